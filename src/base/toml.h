// toml++ for the .cpp files that read settings: texts on which its own parser would stop the program ("[ <") throw instead.
#pragma once

#include <stdexcept>

#define TOML_ASSERT(condition) ((condition) ? void() : throw std::invalid_argument("not TOML"))
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wterminate"  // its noexcept functions stop the program as before
#include <toml++/toml.h>
#pragma GCC diagnostic pop
