// For the tests of tagged formats: a text read by the format of a name.
#pragma once

#include <string>

#include "sources/test_support.h"

namespace jianwei::sources {

// Reads a text by a format given by name; `block` bytes at a time.
inline Result<> read_text(std::string_view format, std::string text, testing::Collected& sink, std::size_t block = 1 << 20) {
  for (const Format& one : tagged_formats()) {
    if (one.name != format) continue;
    MemoryStream stream(std::move(text), block);
    Progress progress;
    return one.read(stream, {}, sink, progress);
  }
  return fail(ErrorKind::not_found, "no tagged format {}", format);
}

}  // namespace jianwei::sources
