// Where the program's own data files are (dictionaries, stop words, country names).
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace jianwei {

// The path of a shipped data file: $JIANWEI_SHARE/<name>, else <folder of the program>/../share/jianwei/<name>.
// Errors: not_found  names both places looked at.
Result<std::filesystem::path> share_file(std::string_view name);

}  // namespace jianwei
