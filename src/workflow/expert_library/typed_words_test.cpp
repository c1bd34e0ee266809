#include "workflow/expert_library/typed_words.h"

#include <gtest/gtest.h>

namespace jianwei::workflow {
namespace {

std::string error_of(const Result<>& result) { return result ? "" : result.error().message; }

TEST(TypedWords, TakesWordsOfAnyScript) {
  EXPECT_EQ(error_of(check_line("zh", "量子传感器的小型化 — naïve 😀", 200)), "");
  EXPECT_EQ(error_of(check_text("purpose", "first\nsecond\tthird", 200)), "");
}

TEST(TypedWords, NamesTheCharacterNobodySees) {
  EXPECT_EQ(error_of(check_line("title.zh", "技术\n预见", 200)), "title.zh: character 3 is U+000A, which nobody sees; take it out");
  EXPECT_EQ(error_of(check_line("name", std::string("a\0b", 3), 200)), "name: character 2 is U+0000, which nobody sees; take it out");
  EXPECT_EQ(error_of(check_text("text", "abc\u202Edef", 200)), "text: character 4 is U+202E, which nobody sees; take it out");
}

TEST(TypedWords, CountsCharactersNotBytes) {
  std::string two_hundred;
  for (int i = 0; i < 200; ++i) two_hundred += "题";
  EXPECT_EQ(error_of(check_line("zh", two_hundred, 200)), "");
  EXPECT_EQ(error_of(check_line("zh", two_hundred + "题", 200)), "zh: has 201 characters, at most 200 fit; shorten it");
}

TEST(TypedWords, NamesTheMemberThatIsNotKnown) {
  simdjson::dom::parser parser;
  const simdjson::dom::object object = parser.parse(std::string_view(R"({"threshold":0.7,"treshold":0.8})")).get_object();
  EXPECT_EQ(error_of(only_members(object, "protocol", {"threshold", "measure"})), "protocol.treshold: is not known here; known are threshold, measure");
}

}  // namespace
}  // namespace jianwei::workflow
