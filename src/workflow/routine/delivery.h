// Alerts on their way out: mail and webhook when jianwei.toml asks for them, an Atom feed always. No mail is sent twice; a webhook whose answer got lost
// is called again, with the same alert ids.
//
// An alert waits in WS/routine.db for each channel. Before a message leaves, its alerts are marked `sending` and the mark is on the disk; after the answer
// they are `sent`, or wait again (at once refused: 5 min, 10, 20, ... up to a day, eight times). A message of which nobody can say whether it
// arrived (the line broke, or we were killed) is `unsure`: people decide, nothing is repeated. Alerts that wait go in one message: a digest.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "base/progress.h"
#include "store/routine_db.h"
#include "workflow/routine/delivery_settings.h"
#include "workflow/watch/watch.h"

namespace jianwei::workflow {

struct DeliveryReport {
  std::int64_t sent = 0, waiting = 0, muted = 0, unsure = 0, failed = 0;  // alerts, over all channels; `sent`: by this call
  std::vector<std::string> problems;
};

// Sends what waits. `now`: UTC text, decides what is due and which mutes hold. Errors: invalid_input  settings; cancelled
Result<DeliveryReport> deliver_alerts(Workspace& workspace, std::string_view now, Progress& progress);

// A message that says it is a test, sent at once by "mail" or "webhook"; nothing is entered. The problem, "" = it was taken.
// Errors: invalid_input  no such channel, or it is not set: names the table of jianwei.toml; cancelled
Result<std::string> send_test(const Workspace& workspace, std::string_view channel, std::string_view now, Progress& progress);

// `rule`: name or id of a watch rule, or "*". `until`: a date, "" = until unmuted. Errors: not_found, invalid_input
Result<> mute_alerts(Workspace& workspace, std::string_view rule, std::string_view until, bool mute, const Decision& decision);

Result<std::vector<store::DeliveryRow>> list_deliveries(const Workspace& workspace);
Result<std::vector<store::MuteRow>> list_mutes(const Workspace& workspace);  // in order; the last of a rule holds

// Errors: invalid_input  a secret that the settings name is not in the environment
Result<> check_secrets(const DeliverySettings& settings);

// What a mail, a webhook and a feed say of alerts; each with its evidence case. Pure.
std::string mail_text(const std::vector<ScoredAlert>& alerts, const MailSettings& settings, std::string_view workspace_name, std::string_view message_id, std::string_view now, Language language);
std::string webhook_json(const std::vector<ScoredAlert>& alerts, std::string_view workspace_name, std::string_view delivery);
std::string alert_feed(const std::vector<ScoredAlert>& alerts, std::string_view workspace_name, Language language);  // Atom (RFC 4287), newest first

}  // namespace jianwei::workflow
