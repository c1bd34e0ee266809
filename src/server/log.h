// The server's log: one JSON object a line on standard error.
#pragma once

#include <string_view>

#include "base/json_writer.h"

namespace jianwei::server {

// {"at":..., "level":"info", "event":..., <fields>}; `fields` is an open object's inside as JsonWriter wrote it: begin_object() first, no end.
void log_event(std::string_view level, std::string_view event, JsonWriter fields);
JsonWriter log_fields();

}  // namespace jianwei::server
