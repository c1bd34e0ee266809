// Files that are either the old ones or the new ones, never half-written.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jianwei {

// The whole file. Errors: not_found; unavailable when it cannot be read.
Result<std::string> read_file(const std::filesystem::path& path);

// Writes beside the target, syncs, then renames over it. Errors: unavailable (no space, no permission).
Result<> write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

// Syncs a file, or a folder's entries, to the disk. Errors: unavailable.
Result<> sync_path(const std::filesystem::path& path);

}  // namespace jianwei
