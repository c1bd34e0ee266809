// Which choices hang on the weights, which on a single expert? A selection is only as good as its answer to that.
//
//   weights   every weight drawn from w (1 - u) .. w (1 + u), then scaled to sum 1, many times: the interval of each item's rank, and how often it
//             is among the first k
//   pairwise  the least change of one weight that lets an item outside the selection overtake one inside (weighted sum; exact, by the line
//             s_in - s_out as a function of that weight)
//   answers   the panel drawn anew from itself (bootstrap over experts), many times: the interval of each item's rank and of its scores, and how often it is among the first k
//   experts   the ranking without each expert in turn: ranks seen, and whose absence changes the selection
//
// Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap; Saltelli et al. (2008), Global Sensitivity Analysis (perturbation); Triantaphyllou and Sanchez (1997), doi:10.1111/j.1540-5915.1997.tb01306.x
// Page:   docs/methods/key_technologies.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "experts/selection/ranking.h"

namespace jianwei::experts {

struct SensitivityOptions {
  RankingMethod method = RankingMethod::topsis;
  std::int32_t selected_count = 10;     // k >= 1
  double weight_change = 0.2;           // u, (0, 1)
  std::int32_t draw_count = 1000;
  std::uint64_t seed = 1;
};

struct RankInterval {
  std::int32_t rank = 0;                // with the given weights
  std::int32_t low = 0, high = 0;       // 5th and 95th percentile of the draws
  double selected_share = 0.0;          // of the draws, [0, 1]
  bool flips = false;                   // in 5 % of the draws or more it is on the other side of the selection
};

// [items]. Same seed, same intervals. Time O(draws * cost of a ranking). Errors: those of rank_items; invalid_input for an option out of range
Result<std::vector<RankInterval>> perturb_weights(const Decision& decision, const SensitivityOptions& options);

// The same under another panel of the same kind: experts drawn with replacement, means taken anew. `scores` [experts][items][criteria], NaN = not judged; what none of the drawn
// experts judged keeps the decision's score. `score_low`, `score_high` [items * criteria]: 5th and 95th percentile of the means.
struct PanelIntervals {
  std::vector<RankInterval> ranks;
  std::vector<double> score_low, score_high;
};
// Time O(draws * (experts * items * criteria + cost of a ranking)). Errors: as perturb_weights; invalid_input  scores that do not fit
Result<PanelIntervals> resample_experts(std::span<const double> scores, std::int32_t expert_count, const Decision& decision, const SensitivityOptions& options);

struct Overtaking {
  std::int32_t inside = 0, outside = 0, criterion = 0;
  double weight = 0.0;                  // of the criterion where the two are equal, others in their proportions, [0, 1]
  double change = 0.0;                  // weight - the given one
};
// The smallest change of a single weight that changes the first k of the weighted sum; smallest first, at most `limit`. Empty when none can.
Result<std::vector<Overtaking>> smallest_overtakings(const Decision& decision, std::int32_t selected_count, std::size_t limit);

struct ExpertInfluence {
  std::int32_t expert = 0;
  std::vector<std::int32_t> leaves, enters;  // items of the selection when this expert is left out
};
// `scores` [experts][items][criteria], NaN = not judged; the decision's scores are means over experts. Only experts whose absence changes the selection.
// Errors: invalid_input  an item would have no score without an expert: counted as unjudged there and named when nobody else judged it
Result<std::vector<ExpertInfluence>> leave_one_expert_out(std::span<const double> scores, std::int32_t expert_count, const Decision& shape, const SensitivityOptions& options);

}  // namespace jianwei::experts
