// Diagnostics of the layers below the faces: one line each to standard error, silent unless JIANWEI_LOG=debug or a warning.
#pragma once

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace jianwei {

enum class LogLevel { debug, warning };

void log_line(LogLevel level, std::string_view message);

template <class... Args>
void log_debug(fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::debug, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_warning(fmt::format_string<Args...> format, Args&&... args) {
  log_line(LogLevel::warning, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace jianwei
