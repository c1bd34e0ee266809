// The hindcast of an earlier run that still holds. It measures how well the ranking foretells, over all terms and several cut-off years; a record come or gone
// among a hundred moves that by less than its interval, and measuring anew costs a quarter of a run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "workflow/study.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// Records come or gone since, as a share of those it was measured on, up to which a hindcast is kept.
inline constexpr double kKeptHindcastChange = 0.02;

// That of the newest finished run with the same options that measured one itself, when the records are nearly the same; its JSON then begins with
// "measured_on": {run, documents, changed}. `options`: as start_run() was given.
Result<std::optional<std::string>> kept_hindcast(Workspace& workspace, const std::string& options, const std::vector<std::string>& record_ids);

// What a kept hindcast was measured on; nothing when the run measured it itself.
struct MeasuredOn {
  std::int64_t documents = 0;
  std::int64_t changed = 0;  // records come or gone since
};
std::optional<MeasuredOn> measured_on(std::string_view hindcast_json);

}  // namespace jianwei::workflow
