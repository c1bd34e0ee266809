// The word lists that say which words may take part in terms, and the plurals that rules get wrong. Loaded once from the shipped data files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/result.h"

namespace jianwei::text {

// The parts a word may play; a word can have several.
enum WordClass : std::uint16_t {
  kDeterminer = 1 << 0,
  kPreposition = 1 << 1,
  kBe = 1 << 2,
  kModal = 1 << 3,      // modal and auxiliary verbs
  kPronoun = 1 << 4,
  kConjunction = 1 << 5,
  kAdverb = 1 << 6,
  kInside = 1 << 7,     // function word that may stand inside a phrase
  kBreakWord = 1 << 8,  // never part of a term
  kVague = 1 << 9,      // may not start or end a phrase, nor be a term
  kHead = 1 << 10,      // no term alone; ends a phrase only with strong evidence
  kSolo = 1 << 11,      // no term alone
  kNumber = 1 << 12,    // set by the miner
  kWeak = 1 << 13,      // starts a phrase only with strong evidence
};
inline constexpr std::uint16_t kFunctionWord = kDeterminer | kPreposition | kBe | kModal | kPronoun | kConjunction | kAdverb;

struct Lexicon {
  std::unordered_map<std::string, std::uint16_t> classes;    // folded word -> WordClass bits
  std::unordered_map<std::string, std::string> plurals;      // plural -> singular; a word that is kept maps to itself
  std::unordered_set<std::string> stop_phrases;              // folded words parted by blanks; Chinese ones without

  std::uint16_t classes_of(std::string_view word) const;
};

// The lexicon of the shipped files. Errors: not_found when one is missing; corrupt when a line cannot be read.
Result<const Lexicon*> lexicon();

}  // namespace jianwei::text
