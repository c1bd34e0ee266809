// From a word as written to the key it is compared by, and which hyphens part a word.
#pragma once

#include <string>
#include <string_view>

#include "text/lexicon.h"
#include "text/scan.h"

namespace jianwei::text {

struct Piece {
  std::string_view surface;
  Joint joint = Joint::blank;  // to the piece before
};

// Parts a hyphenated word where its parts are words of their own: "deep-learning" -> deep, learning; "PD-L1", "e-mail", "non-linear",
// "GPT-4", "Li-ion" stay whole. The first piece gets `joint`. Calls `use(piece)` for each.
template <class Use>
void for_each_piece(std::string_view word, Joint joint, Use use);

bool hyphen_joins(std::string_view left, std::string_view right);  // whether "left-right" is one word

// The key of a word: NFKC, case folded, without hyphens and possessive; English plurals ("batteries" -> "battery") and British spellings
// folded when `english`. `capitals`: the text is all capitals, so that capitals do not mark an acronym.
// "" when the word is no token (a long number).
std::string fold_word(std::string_view surface, bool english, bool capitals, const Lexicon& lexicon);

// The length in bytes of a hyphen at the start of `text`, 0 when there is none.
std::size_t hyphen_length(std::string_view text);

template <class Use>
void for_each_piece(std::string_view word, Joint joint, Use use) {
  std::size_t begin = 0;       // of the piece
  std::size_t part = 0;        // of the part after the last hyphen
  for (std::size_t i = 0; i < word.size();) {
    const std::size_t length = hyphen_length(word.substr(i));
    if (length == 0) {
      ++i;
      continue;
    }
    std::size_t end = i + length;
    while (end < word.size() && hyphen_length(word.substr(end)) == 0) ++end;
    if (!hyphen_joins(word.substr(part, i - part), word.substr(i + length, end - i - length))) {
      if (i > begin) use(Piece{word.substr(begin, i - begin), joint});
      joint = Joint::hyphen;
      begin = i + length;
    }
    part = i + length;
    i = part;
  }
  if (begin < word.size()) use(Piece{word.substr(begin), joint});
}

}  // namespace jianwei::text
