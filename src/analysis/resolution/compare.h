// One pair of records as a vector of comparison levels, and the reasons why a pair may not be one work whatever its score.
// Page: docs/methods/resolution.md (the table of levels)
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "analysis/resolution/comparable.h"

namespace jianwei::analysis {

enum Field : std::uint8_t { field_title, field_persons, field_year, field_venue, field_locus, field_abstract, field_count };
inline constexpr std::uint8_t kUnknownLevel = 255;  // one side has no value: the field says nothing

// Levels from full agreement downwards.
enum TitleLevel : std::uint8_t { title_same_long, title_same_short, title_near, title_contained, title_substituted, title_related, title_different };
enum PersonsLevel : std::uint8_t { persons_same, persons_subset, persons_half, persons_some, persons_none };
enum YearLevel : std::uint8_t { year_same, year_next, year_near, year_far };
enum VenueLevel : std::uint8_t { venue_same, venue_unclear, venue_other };
enum LocusLevel : std::uint8_t { locus_page, locus_issue, locus_other };  // page (and volume); volume and issue only; contradiction
enum AbstractLevel : std::uint8_t { abstract_same, abstract_alike, abstract_other };
inline constexpr std::array<std::uint8_t, field_count> kLevelCounts = {7, 5, 4, 3, 3, 3};

// Why two records cannot be the same work.
enum Conflict : std::uint8_t { conflict_none = 0, conflict_number = 1, conflict_mark = 2, conflict_identifier = 4 };

struct Comparison {
  std::array<std::uint8_t, field_count> levels;
  std::uint8_t conflicts = conflict_none;  // of number and mark; identifiers are judged by the caller
  bool same_title = false;                 // same or nearly so, generic titles included
  double closeness = 0.0;                  // continuous, [0, 1]; orders pairs of the same levels
  // How far the weights of the two records' title words may move, all together, before another level or conflict could come of it, as long as the counts of words
  // that at most kTellingCount records have stay what they are. 0: not known.
  double room = 0.0;
};

inline constexpr std::int32_t kTellingCount = 4;  // rules ask whether at most two, or more than three records have a word

struct ComparisonContext {
  WordWeights title_words;
  WordWeights name_words;
};

// Compares titles in both languages and takes the better pair. Time O(words^2 of what the titles do not share).
Comparison compare(const Comparable& a, const Comparable& b, const ComparisonContext& context);

// Whether two venue names, folded, can be spellings of one name: in-order abbreviation ("curr opin lipidol"), initials ("vldb"), prefix.
bool is_same_venue_name(std::string_view a, std::string_view b);
// The first bytes of the words that is_same_venue_name() compares. Where those of the shorter name do not occur in order in those of the longer, the names differ.
std::string venue_initials(std::string_view folded);

// Whether the signatures of two titles leave a chance of likeness; a cheap test before compare().
bool may_be_alike(const Comparable& a, const Comparable& b);

// For people: "same title; 3 of 3 authors; same year; same first page".
std::string describe(const Comparison& comparison);

}  // namespace jianwei::analysis
