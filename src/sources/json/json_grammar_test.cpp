// What RFC 8259 allows and forbids, as a value of a field the reader does not use: cases named as in JSONTestSuite (y_ must be read, n_ must be refused), written by hand after the grammar.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "sources/tables/reading_test.h"

namespace jianwei::sources {
namespace {

// The middle one of three lines holds `value`.
void read_value(Collected& found, const std::string& value) {
  const auto line = [](const std::string& v) { return fmt::format("{{\"title\":\"A title\",\"abstract\":\"fine\",\"extra\":{}}}\n", v); };
  read_text_into(found, line("0") + line(value) + line("1"), "x.jsonl", 1);
}

TEST(JsonGrammar, WhatItAllowsIsRead) {
  const std::vector<std::string> allowed = {
      // y_number
      "0", "-0", "123", "-123", "-1", "1.5", "123.456789", "0e1", "0e+1", "20e1", "1E22", "1E-2", "1E+2", "1e-2", "123.456e78", "-0.000000000000000000000000000001", "123e65", " 4 ", "\t4",
      // y_string
      R"("")", R"(" ")", R"("asd")", R"("\u0060\u012a\u12AB")", R"("\uD801\udc37")", R"("\ud83d\ude39\ud83d\udc8d")", R"("\"\\\/\b\f\n\r\t")", R"("\\u0000")", R"("\"")", R"("a/*b*/c/*d//e")",
      R"("\\a")", R"("\u0012")", R"("\uFFFF")", R"("\u0000")", R"("\u002c")", R"("new\u00A0line")", R"("\uDBFF\uDFFE")", R"("\u0821")", R"("\u0061\u30af\u30EA\u30b9")", "\"€𝄞\"", "\"π\"", "\"\x7f\"",
      "\"\xe2\x80\xa8\"", "\"\xe2\x80\xa9\"", "\"\xf4\x8f\xbf\xbf\"", "\"\xef\xbf\xbf\"",
      // y_structure, y_array, y_object
      "true", "false", "null", "[]", "[ ]", "[[] ]", R"([""])", "[false]", R"([null, 1, "1", {}])", "[1,null,null,null,2]", "[ 1\t]", "{}", "{ }", R"({"":0})", R"({"foo\u0000bar": 42})", R"({"a":"b","a":"c"})",
      R"({"asd":"sdf", "dfg":"fgh"})", R"({ "min": -1.0e+28, "max": 1.0e+28 })", R"({"a":[]})", R"({"title":"\u041f\u043e\u043b"})"};
  for (const std::string& value : allowed) {
    Collected found;
    read_value(found, value);
    EXPECT_EQ(found.records.size(), 3u) << value;
    EXPECT_TRUE(found.rejects.empty()) << value;
  }
}

TEST(JsonGrammar, WhatItForbidsIsRefusedAndTheNextLineRead) {
  const std::vector<std::string> forbidden = {
      // n_number
      "++1234", "+1", "+Inf", "-01", "-1.0.", "-2.", ".-1", ".2e-3", "0.1.2", "0.3e+", "0.3e", "0.e1", "0E+", "0E", "0e+", "0e", "1.0e+", "1.0e-", "1.0e", "1 000.0", "1eE2", "2.e+3", "2.e-3", "2.e3", "9.e+", "Inf", "NaN",
      "-NaN", "１", "1+2", "0x1", "0x42", "Infinity", "-Infinity", "0e+-1", "-123.123foo", "1e1\xe5", "-foo", "- 1", "-012", "-.123", "-1x", "1ea", "1.", ".123", "1.2a-3", "1.8011670033376514H-308", "012", "-",
      // n_string
      R"("\uD800\)", R"("\x00")", R"("\u00A")", R"("\uD834\u")", R"("\u")", R"("\a")", R"("\uqqqq")", "\"\\\xe5\"", R"("\')", "'single'", R"("\UA66D")", R"("\)", "\"a\x01z\"", "\"a\tb\"", "\"\xff\"", "\"\xc0\xaf\"",
      "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", "\"\xe2\x82\"", "é", R"(\u0020"asd")", "\"", "\"a",
      // n_array
      "[1 true]", R"(["": 1])", R"(["",])", "[,1]", "[1,,2]", R"(["x",,])", R"(["x"]])", R"(["x")", "[x", "[3[4]]", "[1:2]", "[,]", "[-]", R"([   , ""])", "[*]", "[1,]", "[1,,]", "[", "]", "[a", "[nul", "[tru]", "[fals]",
      // n_object
      R"(["x", truth])", R"({[: "x"})", R"({"x", null})", R"({"x"::"b"})", R"({"a":"a" 123})", R"({key: 'value'})", R"({"a" b})", R"({:"b"})", R"({"a" "b"})", R"({"a":)", R"({"a")", R"({1:1})", R"({9999E9999:1})",
      R"({null:null})", R"({"id":0,,,,,})", R"({'a':0})", R"({"id":0,})", R"({"a":"b"}/**/)", R"({"a":"b"}//)", R"({"a":"b",,"c":"d"})", "{a: \"b\"}", R"({"a":"a)", R"({"foo":"bar", "a"})", "{\"a\":\"b\"}#", "{\"\xb9\":\"0\",}",
      // n_structure, n_single
      "", "*", "<.>", "[<null>]", "1]", "{}}", "[1}", "{\"a\":1]", "True", "TRUE", "nul", "1,", "\xe2\x81\xa0[]", "[\xc2\xa0]", "[\x0c]", "undefined", "[a\xe5]"};
  for (const std::string& value : forbidden) {
    Collected found;
    read_value(found, value);
    EXPECT_EQ(found.records.size(), 2u) << value;
    ASSERT_EQ(found.rejects.size(), 1u) << value;
    EXPECT_EQ(found.rejects[0].line, 2) << value;
    EXPECT_FALSE(found.rejects[0].reason.empty()) << value;
  }
}

}  // namespace
}  // namespace jianwei::sources
