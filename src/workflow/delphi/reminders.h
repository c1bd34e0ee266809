// Reminders on their way out: one mail a person that is missing, with a link of its own. Nobody else reads the list.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "workflow/delphi/seats.h"
#include "workflow/routine/delivery_settings.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct ReminderReport {
  std::int64_t missing = 0, sent = 0, refused = 0, unsure = 0, without_address = 0;
};
std::string to_json(const ReminderReport& report);

// `link_base` + secret is a link. A mail that is refused or of which nobody can say whether it arrived is counted and not repeated.
// Errors: invalid_input  [mail] is not set up, or its password is missing; conflict  as remind; cancelled
Result<ReminderReport> mail_reminders(const Workspace& workspace, Delphi& delphi, const DelphiStudy& study, std::string_view link_base, std::string_view actor, Progress& progress);

}  // namespace jianwei::workflow
