#include <gtest/gtest.h>
#include <simdjson.h>

#include "base/result.h"
#include "base/sentence.h"
#include "base/share.h"
#include "base/strings.h"

namespace jianwei {
namespace {

std::string zh(std::string_view english) { return say(Language::zh, english); }

TEST(Sentence, IsSaidInTheReadersLanguage) {
  EXPECT_EQ(say(Language::en, "no job 12"), "no job 12");
  EXPECT_EQ(zh("no job 12"), "没有任务 12");
  EXPECT_EQ(zh("no such page"), "没有此页面");
}

TEST(Sentence, FillsByPlaceWhereChineseHasAnotherOrder) { EXPECT_EQ(zh("issue 3 of weekly"), "weekly 第 3 期"); }

TEST(Sentence, NamesFieldsByTheirWords) { EXPECT_EQ(zh("abstract empty in 17 % of the records"), "摘要在 17% 的记录中为空"); }

TEST(Sentence, AnErrorInsideAnErrorIsSaidToo) {
  const Result<> inner = fail(ErrorKind::invalid_input, "\"{}\" is not a date: no year in 1000-2999", "soon");
  const Result<> outer = fail(ErrorKind::invalid_input, "first: {}", inner.error().message);
  EXPECT_EQ(zh(outer.error().message), "first：“soon”不是日期：没有 1000–2999 之间的年份");
  EXPECT_EQ(zh("jianwei.toml: " + inner.error().message), "jianwei.toml：“soon”不是日期：没有 1000–2999 之间的年份");
}

TEST(Sentence, SaysWhatTheSystemSaid) { EXPECT_EQ(zh("a.ris: cannot be opened: Permission denied"), "a.ris：无法打开：没有权限"); }

TEST(Sentence, NamesAndValuesAreNotTranslated) {
  EXPECT_EQ(zh("no user organisation"), "没有用户 organisation");
  EXPECT_EQ(zh("no workspace \"from here to there\"; there are: a, b"), "没有工作区“from here to there”；现有：a, b");
}

TEST(Sentence, AFewWordsBetweenTwoFieldsMakeNoSentence) { EXPECT_EQ(zh("from here to there"), "from here to there"); }

TEST(Sentence, TwoThatAreJoinedAreBothSaid) { EXPECT_EQ(zh("collected from openalex; run r1; 3 new alerts"), "已从 openalex 采集；运行 r1；新增预警 3 条"); }

TEST(Sentence, WhatIsNotKnownStaysAsItIs) { EXPECT_EQ(zh("entirely unheard of"), "entirely unheard of"); }

TEST(Sentence, IsWrittenInBothLanguages) {
  JsonWriter json;
  json.begin_object();
  write_said(json, "message", "no job 7");
  EXPECT_EQ(std::move(json.end_object()).text(), R"({"message":"no job 7","message_zh":"没有任务 7"})");
}

std::string filled_with_sevens(const std::string& pattern) {
  std::string filled;
  for (std::size_t at = 0; at < pattern.size();) {
    if (pattern.compare(at, 2, "{{") == 0 || pattern.compare(at, 2, "}}") == 0) {
      filled += pattern[at];
      at += 2;
    } else if (pattern[at] == '{') {
      filled += "7";
      at = pattern.find('}', at) + 1;
    } else {
      filled += pattern[at++];
    }
  }
  return filled;
}

// Each pattern, filled with things that are no sentences, is recognised as itself and not as a wider one.
TEST(Sentence, EveryPatternIsRecognised) {
  simdjson::dom::parser parser;
  const simdjson::dom::object object = parser.load(share_file("sentences.zh.json")->string());
  int count = 0;
  for (const auto field : object) {
    const std::string pattern(std::string_view(field.key));
    std::string english = filled_with_sevens(pattern);
    if (english.starts_with("system: ")) english.erase(0, 8);
    EXPECT_EQ(zh(english), filled_with_sevens(std::string(std::string_view(field.value)))) << pattern;
    ++count;
  }
  EXPECT_GT(count, 1000);
}

}  // namespace
}  // namespace jianwei
