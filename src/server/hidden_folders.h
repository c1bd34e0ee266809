// Errors name files; whoever asks over HTTP is not told in which folder of the server they lie.
#pragma once

#include <string>

#include "server/services.h"

namespace jianwei::server {

// Folders of workspaces become their ids, the server's state becomes "server".
std::string hide_folders(const Services& services, std::string message);

}  // namespace jianwei::server
