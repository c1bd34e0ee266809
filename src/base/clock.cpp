#include "base/clock.h"

#include <ctime>

namespace jianwei {

std::int64_t unix_now() { return static_cast<std::int64_t>(std::time(nullptr)); }

std::string utc_text(std::int64_t unix_seconds) {
  const auto time = static_cast<std::time_t>(unix_seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char buffer[32];
  return {buffer, std::strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace jianwei
