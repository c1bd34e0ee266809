#include "mutate.h"

#include <algorithm>
#include <array>

namespace jianwei::fuzz {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kTokens[] = {
    // lines and characters
    "\n"sv, "\r"sv, "\r\n\r\n"sv, "\t"sv, "\0"sv, "\x1a"sv, "\xef\xbb\xbf"sv, "\xff\xfe"sv, "\xc3"sv, "\xed\xa0\x80"sv, "\xf4\x90\x80\x80"sv, "\xe2\x80\xa8"sv, "中文"sv, "\xd6\xd0\xce\xc4"sv, "e\xcc\x81"sv, "ﬁ"sv,
    // tables
    ","sv, ";"sv, "\""sv, "\"\""sv, "\",\""sv, "=\"1\""sv, "title,year\n"sv, "题名,年份,作者\n"sv,
    // tagged texts
    "ER  - \n"sv, "TY  - JOUR\n"sv, "PY  - 19xx\n"sv, "PT J\n"sv, "\nER\n"sv, "EF\n"sv, "AU "sv, "   "sv, "%0 Journal Article\n"sv, "%T "sv, "RT Journal Article\n"sv, "PMID- 1\n"sv, "FAU - "sv, "{Reference Type}: "sv,
    // BibTeX and LaTeX
    "@article{"sv, "@string{a = "sv, "@comment{"sv, "}"sv, "{"sv, " # "sv, "\\\"{"sv, "\\'"sv, "$"sv, "\\begin{"sv, "\\frac{"sv, "\\"sv,
    // XML, SGML, HTML
    "<"sv, ">"sv, "</"sv, "/>"sv, "<![CDATA["sv, "]]>"sv, "<!--"sv, "-->"sv, "<?xml version=\"1.0\" encoding=\"UTF-16\"?>"sv, "<!DOCTYPE a [<!ENTITY b \"c\">]>"sv, "<PubmedArticle>"sv, "</PubmedArticle>"sv, "<record>"sv,
    "<patdoc>"sv, "<us-patent-grant>"sv, "&amp;"sv, "&#x110000;"sv, "&#0;"sv, "&b;"sv, "<script>"sv, "<title>"sv, "<table>"sv, "PATN\n"sv, "WKU  0"sv,
    // JSON
    "["sv, "]"sv, "{}"sv, "null"sv, "{\"id\":"sv, "\\u0000"sv, "\\ud800"sv, "1e999"sv, "-"sv, "99999999999999999999"sv, "\"title\":"sv, ":"sv, "true"sv, "{\"results\":["sv,
    // PDF
    "%PDF-1.4"sv, "endobj"sv, "stream\n"sv, "endstream"sv, "/Length 99999999"sv, "/FlateDecode"sv, "xref\n"sv, "trailer"sv, "startxref"sv, "<<"sv, ">>"sv, "/Kids [1 0 R]"sv, "BT (x) Tj ET"sv, "(((("sv,
    // numbers, dates, identifiers
    "0"sv, "-1"sv, "2147483648"sv, "9223372036854775808"sv, "2019-02-31"sv, "0000"sv, "10.1000/"sv, "https://doi.org/"sv, "US7123456B2"sv, "0000-0002-1825-0097"sv, "1e308"sv, "NaN"sv,
    // TOML
    "[columns]\n"sv, "\"a\" = "sv, "'''"sv, "= 1979-05-27T00:32:00-07:00\n"sv, "[[a]]\n"sv, "seed = -1\n"sv};

constexpr std::array<std::string_view, 9> kNests = {"["sv, "{\"a\":"sv, "<a>"sv, "{"sv, "("sv, "<<"sv, "[["sv, "<div><p>"sv, "\\emph{"sv};

std::size_t at(std::size_t size, Random& random) { return size == 0 ? 0 : random() % (size + 1); }

// A stretch of `text`, mostly short.
std::string_view stretch(std::string_view text, Random& random) {
  const std::size_t begin = at(text.size(), random);
  const std::size_t most = random.below(4) == 0 ? text.size() : 64;
  return text.substr(begin, random() % (most + 1));
}

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (!piece.empty() && text.size() < bytes) text += piece;
  return text;
}

void change(std::string& text, std::string_view other, std::size_t max_bytes, Random& random) {
  const std::size_t place = at(text.size(), random);
  switch (random.below(16)) {
    case 0: case 1:
      if (place < text.size()) text[place] = static_cast<char>(text[place] ^ (1 << random.below(8)));
      break;
    case 2:
      if (place < text.size()) text[place] = static_cast<char>(random.below(256));
      break;
    case 3: text.insert(place, 1, static_cast<char>(random.below(256))); break;
    case 4: case 5: text.erase(place, random() % 32); break;
    case 6: {
      const std::string_view cut = stretch(text, random);
      text.erase(static_cast<std::size_t>(cut.data() - text.data()), cut.size());
      break;
    }
    case 7: case 8: text.insert(place, stretch(other, random)); break;
    case 9: text.resize(place); break;
    case 10: text.insert(place, std::string(stretch(text, random))); break;
    case 11: text.insert(place, repeated(std::string(stretch(text, random)).substr(0, 200), random() % 5000)); break;
    case 12: case 13: case 14: text.insert(place, kTokens[random.below(static_cast<std::uint32_t>(std::size(kTokens)))]); break;
    default:
      if (random.below(24) == 0) {
        text.insert(place, repeated(kNests[random.below(kNests.size())], random.below(2) == 0 ? 2'000 : 300'000));
        return;
      }
      if (random.below(48) == 0) {
        text.insert(place, std::string(2'000'000, static_cast<char>('a' + random.below(26))));
        return;
      }
      text.replace(place, std::min<std::size_t>(4, text.size() - place), std::string(4, random.below(2) == 0 ? '\xff' : '\0'));
  }
  if (text.size() > max_bytes) text.resize(max_bytes);
}

}  // namespace

std::string mutate(std::string text, std::string_view other, std::size_t max_bytes, Random& random) {
  const std::uint32_t count = 1 + random.below(8);
  for (std::uint32_t i = 0; i < count; ++i) change(text, other, std::max(max_bytes, text.size()), random);
  return text;
}

}  // namespace jianwei::fuzz
