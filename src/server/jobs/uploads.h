// Files on their way in: announced, sent in parts of up to 8 MiB in any order and as often as needed, then put together and checked.
//
// Everything of an upload lies in <state>/uploads/<id>/: part-<n> while it arrives, file/<name> when it is complete. What is not complete a week
// after it was announced is removed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "server/services.h"

namespace jianwei::server {

inline constexpr std::int64_t kPartBytes = std::int64_t{8} << 20;
inline constexpr std::int64_t kMaxUploadBytes = std::int64_t{64} << 30;

void add_upload_routes(Router& router, Services& services);

// The file of a complete upload into this workspace. Errors: not_found; conflict  parts are missing
Result<std::filesystem::path> uploaded_file(Services& services, std::string_view workspace, std::string_view id);
Result<> remove_upload(Services& services, std::string_view id);
Result<> remove_old_uploads(Services& services);

// A file name that stays in its folder: the last part of a path, without control characters, at most 200 bytes. Errors: invalid_input
Result<std::string> plain_file_name(std::string_view name);

}  // namespace jianwei::server
