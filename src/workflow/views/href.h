// The link from a number to the records behind it. `base` is the address of the workspace's resources ("/api/v1/w/demo"); "" writes no links: a terminal has none.
#pragma once

#include <string>
#include <string_view>

#include "base/json_writer.h"

namespace jianwei::workflow {

inline void write_href(JsonWriter& json, std::string_view name, std::string_view base, std::string_view path) {
  if (base.empty()) return;
  std::string href(base);
  href += '/';
  href += path;
  json.field(name, href);
}

}  // namespace jianwei::workflow
