// How good a clustering of records is against a known one.
//
// B-cubed: precision = mean over items i of |C(i) and G(i)| / |C(i)|, recall the same over |G(i)|, C and G the predicted and the gold
// cluster of i. Pairs: the share of predicted pairs that are gold, and of gold pairs that are predicted.
// Source: Bagga and Baldwin (1998), LREC workshop on linguistic coreference; Amigo et al. (2009), doi:10.1007/s10791-008-9066-8
// Page: docs/methods/resolution.md
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace jianwei::analysis {

struct PrecisionRecall {
  double precision = 1.0;  // 1 when nothing is predicted
  double recall = 1.0;     // 1 when there is nothing to find
  double f1 = 0.0;
};

PrecisionRecall precision_recall(std::int64_t true_positives, std::int64_t predicted, std::int64_t gold);

// `predicted` and `gold` label every item, [items]; labels are arbitrary. Time O(n log n).
PrecisionRecall b_cubed(std::span<const std::int64_t> predicted, std::span<const std::int64_t> gold);
PrecisionRecall pairwise(std::span<const std::int64_t> predicted, std::span<const std::int64_t> gold);

// Against a list of gold pairs (a < b): `predicted` is a list of pairs too. Repeats are counted once.
PrecisionRecall pairwise(std::vector<std::pair<std::int64_t, std::int64_t>> predicted, std::vector<std::pair<std::int64_t, std::int64_t>> gold);

// The items of the largest cluster: B-cubed hides one that has run away.
std::int64_t largest_cluster(std::span<const std::int64_t> labels);

}  // namespace jianwei::analysis
