// Made-up words, names and spellings of the synthetic corpus.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "analysis/synthetic/synthetic.h"
#include "base/random.h"
#include "records/record.h"

namespace jianwei::analysis {

// Terms that do not repeat: English of pronounceable syllables, Chinese of two or three technical morphemes.
class WordMaker {
 public:
  explicit WordMaker(std::uint64_t seed) : random_(seed, 3) {}
  SyntheticTerm term(int word_count);

 private:
  Random random_;
  std::unordered_set<std::string> used_;
};

// "Family, Given" of syllables, or of pinyin when `pinyin`. The same number gives the same name.
std::string made_up_person(std::uint64_t seed, std::uint64_t number, bool pinyin);

std::string join_terms(Random& random, const std::vector<const SyntheticTerm*>& terms, bool chinese);
std::string title_case(std::string_view text);

// What happens to a record on its way into a source: 0 capitals and initials, 1 an abbreviated venue and award prefixes, 2 lower case;
// a slip of the pen or a year off now and then.
void respell(Random& random, int source, Record& record);

}  // namespace jianwei::analysis
