// Cuts text into raw tokens: words as written, with how each is joined to the one before it, and breaks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jianwei::text {

// How a token is joined to the one before it in the text.
enum class Joint : std::uint8_t { blank = 0, none = 1, hyphen = 2, slash = 3 };

enum class RawKind : std::uint8_t { brk, word, han };

struct RawToken {
  std::string_view text;  // bytes of the scanned text; a word may hold hyphens ("deep-learning"), Han runs are not yet segmented
  RawKind kind = RawKind::brk;
  Joint joint = Joint::blank;
};

// Appends the tokens of `text`. URLs, e-mail addresses, formulas between dollar signs, LaTeX commands and citations become breaks.
// Time O(bytes).
void scan(std::string_view text, std::vector<RawToken>& tokens);

// `text` itself, or when it carries export damage a repaired copy in `scratch`: "(cid:173)" and soft hyphens between the halves of
// a word, hyphenation at former line ends ("optimiza- tion"), and publishers' copyright notices.
std::string_view repair_text(std::string_view text, std::string& scratch);

// True when the letters of the text are all but all capitals, as in old grant abstracts: then capitals carry no meaning.
bool is_all_capitals(std::string_view text);

}  // namespace jianwei::text
