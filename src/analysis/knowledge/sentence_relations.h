// Who does what with what: relations between terms that stand in one sentence, by verb patterns in English and Chinese.
//
// A sentence is cut from the text; terms are found in it longest first; for each two neighbouring terms a ... b the words between them are
// compared with a list of patterns (relation_patterns.cpp):
//   uses         a uses b: "a based on b", "a using b", "a 采用 b", "基于 b 的 a", "b-based a"
//   improves     a improves b: "a improves b", "b is improved by a", "a 提高 b"
//   applied_to   a is applied to b: "a for b", "a applied to b", "a 用于 b"
//   kind_of      a is a kind of b: "b such as a", "a is a kind of b", "b 包括 a"
// No pattern, or a negation between the two ("does not improve", "未"): the sentence only says that both occur (co_occurs).
//
// Source: patterns in the manner of Hearst (1992), doi:10.3115/992133.992154 (kind_of), widened by verbs.
// Page:   docs/methods/knowledge.md
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace jianwei::analysis {

enum class TermRelation : std::uint8_t { uses, improves, applied_to, kind_of, co_occurs };
std::string_view to_string(TermRelation relation);  // "uses", ...

// Sentences of a text, without surrounding blanks: at 。！？；and line ends, and at . ! ? ; before a blank and a capital, digit or Chinese character.
std::vector<std::string_view> split_sentences(std::string_view text);

// Finds terms by their written forms, whatever the case, with hyphens read as blanks.
class TermFinder {
 public:
  // `form` of term `term`; the first term that gives a form keeps it. Forms of one letter or of no letter are ignored.
  void add(std::string_view form, std::int32_t term);

  struct Place {
    std::int32_t term = 0;
    std::size_t begin = 0, end = 0;  // bytes of the normalised sentence
  };
  // Longest match first from the left, without overlap. `normalised` is what normalise() gave.
  std::vector<Place> find(std::string_view normalised) const;

  // Case folded, hyphens and slashes as blanks, runs of blanks as one.
  static std::string normalise(std::string_view text);

 private:
  std::unordered_map<std::string, std::int32_t> terms_;
  std::size_t longest_ = 0;  // bytes
};

struct FoundRelation {
  std::int32_t source = 0;
  std::int32_t target = 0;
  TermRelation relation = TermRelation::co_occurs;
};

// Relations of one sentence, each pair of different terms once: neighbours by pattern, all other pairs as co_occurs (source < target).
// Sentences with more than `max_terms` terms are lists and give nothing.
std::vector<FoundRelation> relate_terms(const TermFinder& finder, std::string_view sentence, std::size_t max_terms = 12);

// What the words between two terms say: the relation, and whether it runs from the second to the first. `before` are the words in front of
// the first term (for "基于 b 的 a"). For tests and relate_terms().
struct PatternMatch {
  TermRelation relation = TermRelation::co_occurs;
  bool reversed = false;
};
PatternMatch match_pattern(std::string_view before, std::string_view between);

}  // namespace jianwei::analysis
