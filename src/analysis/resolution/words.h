// The words of titles and names, read once per record and kept in 16 bytes each: comparing a pair of records then needs no memory of its own.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "analysis/resolution/comparable.h"

namespace jianwei::analysis {

// Spellings of small numbers as one: "fourth", "4th" and "iv" are "4". Single letters are left alone.
std::string_view plain_number(std::string_view word);

// A number that may be the number of a part: digits, a roman numeral, a Chinese one.
bool is_number_word(std::string_view word);

// One bit per letter that occurs; two words at edit distance d differ in at most 2 d of them.
std::uint32_t letters_of(std::string_view word);

// Edit distance 1, or 2 for words of eight letters and more; words with digits and short ones are no slips of one another.
bool is_misspelling(std::string_view a, std::string_view b);
// The same for words of a title or name.
bool is_misspelling(const Word& a, std::string_view text_a, const Word& b, std::string_view text_b);
// False where their lengths, letters or digits already say no.
inline bool may_be_misspelling(const Word& a, const Word& b) {
  const int shorter = std::min(a.length, b.length);
  const int longer = std::max(a.length, b.length);
  const int flags = a.flags | b.flags;
  if (shorter < 4 || longer - shorter > 2 || (flags & word_has_digit) != 0) return false;
  if ((flags & word_not_ascii) != 0) return true;
  std::uint32_t differing = a.letters ^ b.letters;
  for (int allowed = shorter >= 8 ? 4 : 2; allowed > 0; --allowed) differing &= differing - 1;  // takes the lowest bit away
  return differing == 0;
}
// The bytes of title_text().
inline std::size_t title_size(const Word& word) { return word.number != 0 ? 1 : word.length; }

// Appends the words of a folded title that are compared: stop words left out, at most 80, small numbers as digits.
void read_title_words(std::string_view folded, const WordWeights& weights, std::vector<Word>& out);
// Appends the words of folded names, at most 15 persons; Word::number says whose each is.
void read_name_words(std::string_view folded, const WordWeights& weights, std::vector<Word>& out);

// The text of a word of a folded title, of folded names.
std::string_view title_text(const Word& word, std::string_view folded);
inline std::string_view name_text(const Word& word, std::string_view folded) { return folded.substr(word.begin, word.length); }

// Its weight in a title: rarity, little for what editors add in brackets ("panel session").
double weight_of(const Word& word, const WordWeights& weights);

}  // namespace jianwei::analysis
