#include "workflow/routine/delivery.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/hmac.h"
#include "base/strings.h"
#include "sources/live/http.h"
#include "sources/live/mail.h"
#include "store/app_db.h"
#include "workflow/routine/mail_message.h"
#include "workflow/routine/routine_files.h"
#include "workflow/routine/schedule.h"

namespace jianwei::workflow {
namespace {

constexpr std::int64_t kTries = 8, kFirstPause = 300, kLongestPause = 86'400;

// The value of an environment variable that the settings name. Errors: invalid_input  it is not set
Result<std::string> secret_of(const std::string& variable, std::string_view table) {
  if (variable.empty()) return std::string();
  const char* value = std::getenv(variable.c_str());
  if (value == nullptr || *value == '\0') return fail(ErrorKind::invalid_input, "[{}] of jianwei.toml names the environment variable {}, which is not set: set it where jianwei runs", table, variable);
  return std::string(value);
}

// Rules whose alerts rest at `now`; "*" for all.
std::set<std::string> muted_rules(const std::vector<store::MuteRow>& mutes, std::string_view now) {
  std::map<std::string, const store::MuteRow*> last;
  for (const store::MuteRow& mute : mutes) last[mute.rule] = &mute;
  std::set<std::string> muted;
  for (const auto& [rule, mute] : last) {
    if (mute->kind == "muted" && (mute->until.empty() || now.substr(0, 10) <= mute->until)) muted.insert(rule);
  }
  return muted;
}

struct Attempt {
  sources::MailOutcome outcome = sources::MailOutcome::refused;
  std::string problem;
};

Result<Attempt> send_by_mail(const Workspace& workspace, const MailSettings& mail, const std::vector<ScoredAlert>& alerts, const std::string& batch, std::string_view now) {
  const sources::MailAttempt attempt = sources::send_mail(TRY(mail_server(mail)), mail.from, mail.to, mail_text(alerts, mail, workspace.settings.name, batch, now, parse_language(workspace.settings.language)));
  return Attempt{attempt.outcome, attempt.problem};
}

Result<Attempt> send_by_webhook(const Workspace& workspace, const WebhookSettings& webhook, const std::vector<ScoredAlert>& alerts, const std::string& batch, std::string_view now, Progress& progress) {
  const std::string secret = TRY(secret_of(webhook.secret_variable, "webhook"));
  const std::string body = webhook_json(alerts, workspace.settings.name, batch);
  sources::HttpOptions options;
  options.max_tries = 1;
  options.timeout_ms = 30'000;
  options.max_body_bytes = 1 << 16;
  options.allow_http = sources::is_this_machine(sources::host_of(webhook.url));
  sources::HttpClient client(options);
  // The receiver computes the same over "<time>.<body>" and refuses old times; the delivery's id tells it what it has seen.
  const sources::HttpHeaders headers = {{"Content-Type", "application/json"}, {"X-Jianwei-Delivery", batch}, {"X-Jianwei-Time", std::string(now)}, {"X-Jianwei-Signature", "sha256=" + hmac_sha256_hex(secret, std::string(now) + "." + body)}};
  const auto answer = client.post(webhook.url, headers, body, progress);
  if (answer) return Attempt{sources::MailOutcome::accepted, ""};
  if (answer.error().kind == ErrorKind::cancelled) return tl::unexpected<Error>(answer.error());
  return Attempt{sources::MailOutcome::refused, answer.error().message};
}

std::string later(std::string_view now, std::int64_t attempts) {
  const auto seconds = read_utc(now);
  const std::int64_t pause = std::min(kLongestPause, kFirstPause << std::min<std::int64_t>(attempts - 1, 10));
  return seconds ? utc_text(*seconds + pause) : std::string(now);
}

// One channel: enter what is new, send what waits as one message, write down what came of it.
template <class Send>
Result<> serve_channel(store::RoutineDb& database, std::string_view channel, const std::vector<ScoredAlert>& all, std::string_view now, DeliveryReport& report, Send send) {
  std::vector<std::string> ids;
  for (const ScoredAlert& alert : all) ids.push_back(alert.alert.id);
  const auto rows = [&]() -> Result<std::map<std::string, store::DeliveryRow>> {
    std::map<std::string, store::DeliveryRow> own;
    for (store::DeliveryRow& row : TRY(database.deliveries())) {
      if (row.channel == channel) own[row.alert_id] = std::move(row);
    }
    return own;
  };
  TRY(database.enter_deliveries(channel, ids, "waiting", now));
  const std::set<std::string> muted = muted_rules(TRY(database.mutes()), now);
  std::map<std::string, store::DeliveryRow> known = TRY(rows());
  std::vector<ScoredAlert> due;
  std::vector<std::string> due_ids, interrupted;
  std::int64_t attempts = 0;
  for (const ScoredAlert& alert : all) {
    const store::DeliveryRow& row = known[alert.alert.id];
    if (row.state == "sending") interrupted.push_back(row.alert_id);
    if (row.state != "waiting" || row.next_try > now) continue;
    if (muted.contains("*") || muted.contains(alert.alert.rule_id)) continue;
    due.push_back(alert);
    due_ids.push_back(row.alert_id);
    attempts = std::max(attempts, row.attempts);
  }
  // Marked before it left by a process that is gone: it may have arrived.
  if (!interrupted.empty()) TRY(database.set_deliveries(channel, interrupted, {"", "", "unsure", 0, std::string(now), "", "the program stopped while it was being sent", std::string(now)}));
  if (!due.empty()) {
    const std::string batch = fmt::format("d{:016x}", hash64(std::string(channel) + "\n" + join(due_ids, "\n")));
    TRY(database.set_deliveries(channel, due_ids, {"", "", "sending", attempts + 1, std::string(now), batch, "", std::string(now)}));
    const Result<Attempt> attempt = send(due, batch);
    if (!attempt) {
      TRY(database.set_deliveries(channel, due_ids, {"", "", attempt.error().kind == ErrorKind::cancelled ? "unsure" : "waiting", attempts, std::string(now), batch, attempt.error().message, std::string(now)}));
      return tl::unexpected<Error>(attempt.error());
    }
    store::DeliveryRow to{"", "", "sent", attempts + 1, std::string(now), batch, attempt->problem, std::string(now)};
    if (attempt->outcome == sources::MailOutcome::unsure) to.state = "unsure";
    if (attempt->outcome == sources::MailOutcome::refused) {
      to.state = to.attempts >= kTries ? "failed" : "waiting";
      to.next_try = later(now, to.attempts);
    }
    TRY(database.set_deliveries(channel, due_ids, to));
    if (to.state == "sent") report.sent += std::ssize(due_ids);
    else report.problems.push_back(fmt::format("{}: {}", channel, attempt->problem));
  }
  for (const auto& [id, row] : TRY(rows())) {
    report.unsure += row.state == "unsure" ? 1 : 0;
    report.failed += row.state == "failed" ? 1 : 0;
    report.waiting += row.state == "waiting" ? 1 : 0;
  }
  for (const ScoredAlert& alert : all) report.muted += known[alert.alert.id].state == "waiting" && (muted.contains("*") || muted.contains(alert.alert.rule_id)) ? 1 : 0;
  return {};
}

}  // namespace

Result<sources::MailServer> mail_server(const MailSettings& mail) {
  const bool here = sources::is_this_machine(sources::host_of(mail.url));
  return sources::MailServer{mail.url, mail.user, TRY(secret_of(mail.password_variable, "mail")), mail.url.starts_with("smtp://") && !here, 60'000};
}

Result<DeliveryReport> deliver_alerts(Workspace& workspace, std::string_view now, Progress& progress) {
  DeliveryReport report;
  const DeliverySettings settings = TRY(delivery_settings(workspace));
  if (!settings.mail.is_set() && !settings.webhook.is_set()) return report;
  // Before anything leaves: a secret that is missing must not stop the second channel after the first has sent.
  TRY(check_secrets(settings));
  const std::vector<ScoredAlert> all = TRY(alerts(workspace));
  store::RoutineDb database = TRY(store::RoutineDb::open(workspace.root()));
  if (settings.mail.is_set()) {
    TRY(serve_channel(database, "mail", all, now, report, [&](const std::vector<ScoredAlert>& due, const std::string& batch) { return send_by_mail(workspace, settings.mail, due, batch, now); }));
  }
  if (settings.webhook.is_set()) {
    TRY(serve_channel(database, "webhook", all, now, report, [&](const std::vector<ScoredAlert>& due, const std::string& batch) { return send_by_webhook(workspace, settings.webhook, due, batch, now, progress); }));
  }
  return report;
}

Result<> check_secrets(const DeliverySettings& settings) {
  TRY(secret_of(settings.mail.password_variable, "mail"));
  TRY(secret_of(settings.webhook.secret_variable, "webhook"));
  return {};
}

Result<std::string> send_test(const Workspace& workspace, std::string_view channel, std::string_view now, Progress& progress) {
  const DeliverySettings settings = TRY(delivery_settings(workspace));
  if (channel != "mail" && channel != "webhook") return fail(ErrorKind::invalid_input, "channel: \"{}\" is neither mail nor webhook", channel);
  if (channel == "mail" ? !settings.mail.is_set() : !settings.webhook.is_set()) return fail(ErrorKind::invalid_input, "[{}] is not in jianwei.toml of the workspace: nothing is sent there (docs/reports.md)", channel);
  const Language language = parse_language(workspace.settings.language);
  ScoredAlert test;
  test.rule_name = message(language, "alert.test_rule");
  test.label = message(language, "alert.test_label");
  test.alert.id = "test";
  test.alert.year = parse_int(now.substr(0, 4)).value_or(0);
  test.alert.created_at = now;
  test.alert.evidence = "{}";
  const std::string batch = fmt::format("t{:016x}", hash64(std::string(channel) + std::string(now)));
  const Attempt attempt = channel == "mail" ? TRY(send_by_mail(workspace, settings.mail, {test}, batch, now)) : TRY(send_by_webhook(workspace, settings.webhook, {test}, batch, now, progress));
  if (attempt.outcome == sources::MailOutcome::accepted) return std::string();
  return attempt.problem.empty() ? std::string("the other side did not answer") : attempt.problem;
}

Result<> mute_alerts(Workspace& workspace, std::string_view rule, std::string_view until, bool mute, const Decision& decision) {
  if (trim(decision.why).empty()) return fail(ErrorKind::invalid_input, "why: is empty; say why, it is kept with the decision");
  if (!until.empty()) TRY(read_utc(until));
  const std::string id = rule == "*" ? "*" : TRY(find_watch(workspace, rule)).id;
  store::RoutineDb database = TRY(store::RoutineDb::open(workspace.root()));
  return database.add_mute({id, std::string(until.substr(0, 10)), mute ? "muted" : "unmuted", decision.why, decision.by, store::utc_now()});
}

Result<std::vector<store::DeliveryRow>> list_deliveries(const Workspace& workspace) {
  std::optional<store::RoutineDb> database = TRY(open_routine_if_there(workspace.root()));
  if (!database) return std::vector<store::DeliveryRow>();
  return database->deliveries();
}

Result<std::vector<store::MuteRow>> list_mutes(const Workspace& workspace) {
  std::optional<store::RoutineDb> database = TRY(open_routine_if_there(workspace.root()));
  if (!database) return std::vector<store::MuteRow>();
  return database->mutes();
}

}  // namespace jianwei::workflow
