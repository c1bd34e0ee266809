// Which pairs of records are worth comparing.
//
// A pair is a candidate when the two share any of: an identifier; the key of the title (of either language); a band of MinHash values of
// the title's 3-grams; one of their rarest title words; their rarest author names with a year at most one apart; year, volume and first
// page; the abstract's SimHash. Title-based candidates whose signatures leave no chance of likeness are dropped. Blocks that are too large
// (generic titles) are sorted by year and author, and only neighbours paired.
//
// Source: Broder (1997), doi:10.1109/SEQUEN.1997.666900; Shrivastava and Li (2014), arXiv:1406.4784 (one permutation, densified);
//         Hernandez and Stolfo (1995), doi:10.1145/223784.223807 (sorted neighbourhood)
// Page: docs/methods/resolution.md
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "analysis/resolution/prepared.h"

namespace jianwei::analysis {

// Three rows and eight bands: a pair of Jaccard similarity 0.8 becomes a candidate with probability 0.997, of 0.5 with 0.66.
inline constexpr int kMinHashRows = 3;
inline constexpr int kMinHashBands = 8;

// Sorted, without repeats. Time O(n log n); memory O(n + candidates).
Result<std::vector<PackedPair>> candidate_pairs(const PreparedRecords& prepared, int thread_count, Progress& progress);

// The same for records as they come, as pairs of input indices (a < b), sorted: what bounds the recall of resolve().
Result<std::vector<std::pair<std::int64_t, std::int64_t>>> blocked_pairs(std::span<const ResolutionRecord> records, int thread_count, Progress& progress);

// The share of the gold pairs (a < b) that are among the candidates (sorted); 1 without gold pairs.
double pair_coverage(std::span<const std::pair<std::int64_t, std::int64_t>> candidates, std::span<const std::pair<std::int64_t, std::int64_t>> gold);

}  // namespace jianwei::analysis
