// The time of day, and how it is written in databases, files and answers.
#pragma once

#include <cstdint>
#include <string>

namespace jianwei {

std::int64_t unix_now();                          // seconds since 1970, UTC
std::string utc_text(std::int64_t unix_seconds);  // ISO 8601: "2026-11-27T20:00:00Z"

}  // namespace jianwei
