// Does an item belong? Indices of experts' judgements of items before they are put to a panel, and agreement beyond chance over all items.
//
//   CVR     (n_e - N/2) / (N/2), n_e of N experts call the item essential                   [-1, 1]
//   V       sum (r - low) / (n (high - low)) of one item                                    [0, 1] (Aiken)
//   I-CVI   share of experts who rate the item in the upper half of the scale; S-CVI/Ave its mean over items, S-CVI/UA the share of items with I-CVI 1
//   alpha   1 - D_o / D_e with ordinal differences d(c, k) = (sum_{g=c..k} n_g - (n_c + n_k)/2)^2   (Krippendorff), any pattern of missing ratings
//
// Source: Lawshe (1975), doi:10.1111/j.1744-6570.1975.tb01393.x; Aiken (1985), doi:10.1177/0013164485451012;
//         Polit and Beck (2006), doi:10.1002/nur.20147; Krippendorff (2011), Computing Krippendorff's Alpha-Reliability
// Page:   docs/methods/delphi_consensus.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "experts/consensus/statistic.h"

namespace jianwei::experts {

// Ratings of items by experts: value [raters][items], row-major; NaN = not rated.
struct RatingTable {
  std::int32_t rater_count = 0, item_count = 0;
  std::vector<double> value;

  double at(std::int32_t rater, std::int32_t item) const {
    return value[static_cast<std::size_t>(rater) * static_cast<std::size_t>(item_count) + static_cast<std::size_t>(item)];
  }
};

Statistic content_validity_ratio(std::int64_t essential, std::int64_t all);
Statistic aiken_v(std::span<const double> ratings, double low, double high);  // high > low

struct ContentValidity {
  std::vector<Statistic> item_index;     // I-CVI [items]
  Statistic average;                     // S-CVI/Ave
  Statistic universal;                   // S-CVI/UA
};
// A rating of `relevant_from` and above counts as relevant.
ContentValidity content_validity(const RatingTable& ratings, double relevant_from);

// [-1, 1], 1 = perfect, 0 = chance. Undefined with fewer than two pairable ratings or when all ratings are alike. Time O(raters * items + K^2).
Statistic krippendorff_alpha_ordinal(const RatingTable& ratings);

}  // namespace jianwei::experts
