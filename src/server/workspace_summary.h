// What the list of workspaces says of one.
#pragma once

#include <string>

#include "base/json_writer.h"
#include "server/services.h"

namespace jianwei::server {

// Small enough to be read at each start of the page: counts from the catalogue, no result is loaded.
Result<> write_workspace_summary(JsonWriter& json, Services& services, const std::string& id);

}  // namespace jianwei::server
