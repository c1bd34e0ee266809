#include "server/log.h"

#include <chrono>
#include <cstdio>
#include <mutex>

#include <fmt/format.h>

#include "server/access/secrets.h"

namespace jianwei::server {

JsonWriter log_fields() {
  JsonWriter json;
  json.begin_object();
  return json;
}

void log_event(std::string_view level, std::string_view event, JsonWriter fields) {
  static std::mutex mutex;  // lines of different threads stay whole
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  std::string at = utc_text(milliseconds / 1000);
  at.insert(at.size() - 1, fmt::format(".{:03}", milliseconds % 1000));
  fields.field("at", at).field("level", level).field("event", event).end_object();
  const std::string line = std::move(fields).text() + '\n';
  const std::lock_guard lock(mutex);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace jianwei::server
