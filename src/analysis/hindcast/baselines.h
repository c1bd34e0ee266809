// Simple rankings that any score has to beat, from the same past and for the same candidates.
//
//   random        seeded                              frequency     documents of the last h years
//   last_growth   log ratio of the last year's share to the year before          last_year  ... to that of the last h years
//   mean_growth   mean yearly log growth of the share over the last three years
//   ses, holt, damped_holt, theta   forecast log share, mean of the next h years, less that of the last h years (smoothing.h, y = ln((c + 0.5) / N))
//   burst         weight of the heaviest Kleinberg burst that reaches into the last h years (s = 1.5), else 0
//   vitality      mean 1 / (1 + age) of the unit's documents        newness   the fewer years since the fifth document, the higher
//   logistic      logistic regression on the normal scores of all of these (but random), trained on earlier origins as Jianwei's own model is
//   escore        off unless asked for: see emergence/escore.h
// Page: docs/methods/hindcast.md
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/emergence/features.h"
#include "analysis/emergence/labels.h"
#include "analysis/emergence/logistic.h"
#include "analysis/emergence/past.h"

namespace jianwei::analysis {

struct Baseline {
  std::string name;
  std::vector<double> scores;        // [candidates] of the table, higher = earlier
  std::vector<double> probabilities; // [candidates], empty where the method gives none
};

struct BaselineOptions {
  bool with_escore = false;
  std::uint64_t seed = 1;
};

// Adds the normal scores of the simple baselines of an earlier origin to the rows that `logistic` learns from.
void add_baseline_rows(const Past& past, const FeatureTable& table, const Outcome& outcome, std::int64_t horizon_years, LogisticData& training);

// The baselines at the end of year index table.year_index. Time O(candidates * years) each.
std::vector<Baseline> score_baselines(const Past& past, const FeatureTable& table, std::int64_t horizon_years, const LogisticData& training, const BaselineOptions& options);

}  // namespace jianwei::analysis
