// What the routine products share: their database, and lists of texts kept in it as JSON.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/routine_db.h"

namespace jianwei::workflow {

// Nothing when the workspace has none yet: reading makes no file.
Result<std::optional<store::RoutineDb>> open_routine_if_there(const std::filesystem::path& workspace);

std::string text_list_json(const std::vector<std::string>& texts);
// Errors: corrupt
Result<std::vector<std::string>> read_text_list(std::string_view json);

}  // namespace jianwei::workflow
