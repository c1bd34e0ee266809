// Similarity of strings and sets, as entity resolution uses them.
//
// Sources: Jaro (1989), doi:10.1080/01621459.1989.10478785; Winkler (1990), Proc. Survey Research Methods, ASA, 354-359;
//          Myers (1999), doi:10.1145/316542.316550 (bit-parallel edit distance); Broder (1997), doi:10.1109/SEQUEN.1997.666900 (MinHash).
// Page: docs/methods/resolution.md
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace jianwei::analysis {

// Jaro-Winkler similarity in [0, 1] over code points; prefix weight 0.1 over at most four characters, applied whatever the Jaro value.
double jaro_winkler(std::string_view a, std::string_view b);

// Levenshtein distance over code points. Time O(length a * ceil(length b / 64)) for ASCII, O(length a * length b) else.
std::int64_t edit_distance(std::string_view a, std::string_view b);

// 1 - distance / longer length; 1 for two empty strings.
double edit_similarity(std::string_view a, std::string_view b);

// |A and B| / |A or B| of two sorted sets without repeats; 0 for two empty sets.
double jaccard(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b);

// The probability that two sets of Jaccard similarity s share one of b bands of r MinHash values: 1 - (1 - s^r)^b.
double banding_probability(double jaccard_similarity, int rows_per_band, int band_count);

}  // namespace jianwei::analysis
