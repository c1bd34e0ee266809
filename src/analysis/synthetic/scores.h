// How much of what was planted has been found.
//
// Source: Strehl and Ghosh (2002), JMLR 3:583-617 (NMI with the geometric mean; 0 when a side has one cluster only).
// Page: docs/methods/synthetic.md
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace jianwei::analysis {

// Normalised mutual information of two labellings of the same items, [0, 1]. Time O(n log n).
double normalized_mutual_information(std::span<const std::int64_t> a, std::span<const std::int64_t> b);

// The share of planted items whose any form stands among the first k of the ranking; forms are compared folded. 1 when nothing is planted.
double recall_at(std::span<const std::vector<std::string>> planted_forms, std::span<const std::vector<std::string>> ranked_forms, std::int64_t k);

// Years in both intervals over years in either, ends included; 0 when they do not meet.
double interval_overlap(std::int32_t first_a, std::int32_t last_a, std::int32_t first_b, std::int32_t last_b);

}  // namespace jianwei::analysis
