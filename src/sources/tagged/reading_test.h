// For the tests of tagged formats: a text read by the format of a name.
#pragma once

#include <string>
#include <vector>

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

// Reads a text by the format that recognises it, which must be the one of this name.
inline void read_recognised(testing::Collected& sink, std::string_view format, const std::string& text) {
  const Format* recognised = testing::recognise_among(tagged_formats(), {"f.txt", text, true});
  ASSERT_NE(recognised, nullptr) << format;
  EXPECT_EQ(recognised->name, format);
  EXPECT_TRUE(read_text(format, text, sink));
}

using Strings = std::vector<std::string>;

// The names of the persons of a role.
inline Strings names(const Record& record, std::string_view role = {}) {
  Strings list;
  for (const Person& person : record.persons) {
    if (person.role == role) list.push_back(person.name);
  }
  return list;
}

}  // namespace jianwei::sources
