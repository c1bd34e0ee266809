#include "base/log.h"

#include <cstdio>
#include <cstdlib>

namespace jianwei {

void log_line(LogLevel level, std::string_view message) {
  static const bool debug = std::getenv("JIANWEI_LOG") != nullptr && std::string_view(std::getenv("JIANWEI_LOG")) == "debug";
  if (level == LogLevel::debug && !debug) return;
  fmt::print(stderr, "jianwei: {}{}\n", level == LogLevel::warning ? "warning: " : "", message);
}

}  // namespace jianwei
