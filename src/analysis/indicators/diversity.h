// Diversity of the documents a unit gained: over organisations, countries and sources.
//
//   Shannon, normalised   H / ln(min(n, K)) in [0, 1], n incidences, K categories that occur in the corpus of the same window
//   Gini-Simpson          1 - sum n_i (n_i - 1) / (n (n - 1)): chance that two incidences differ; unbiased for small n
//   Rao-Stirling          sum_ij d_ij p_i p_j with distances d_ij in [0, 1] (i != j); equals 1 - sum p_i^2 when all distances are 1
//
// Source: Stirling (2007), doi:10.1098/rsif.2007.0213; Rao (1982), doi:10.1016/0040-5809(82)90004-1; unbiased form: Simpson (1949),
//         doi:10.1038/163688a0.   Page: docs/methods/growth.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/dataset.h"

namespace jianwei::analysis {

struct Diversity {
  std::int64_t incidences = 0;   // n
  std::int64_t categories = 0;   // with at least one incidence
  double shannon = 0.0;          // normalised, [0, 1]; 0 when n < 2
  double gini_simpson = 0.0;     // [0, 1]; 0 when n < 2
};

// `counts` per category, zeros allowed; `possible` is K above (at least the number of non-zero counts).
Diversity diversity(std::span<const std::int64_t> counts, std::int64_t possible);

// `proportions` [k] summing to 1, `distance` [k][k] row-major, symmetric. Time O(k^2).
double rao_stirling(std::span<const double> proportions, std::span<const double> distance);

struct GrowthDiversity {
  Diversity organisations, countries, sources;
};

// Diversity of each unit's documents dated in `window` (the documents it added). Time O(entries + incidences).
std::vector<GrowthDiversity> growth_diversity(const Dataset& dataset, const UnitDocuments& units, const YearRange& window);

}  // namespace jianwei::analysis
