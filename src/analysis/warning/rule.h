// A watch rule: an indicator of a set of units passes a threshold, and by more than chance.
//
// A unit fires at a year when it has at least min_documents in the last three years, its value lies beyond the threshold and
//   with p     q <= significance, q by Benjamini-Hochberg over the units the rule watches in that year (those with enough documents)
//   without p  the 95 % interval lies beyond the threshold (significance 0: no test at all)
//
// Source: the alert on an indicator that passes a threshold is what analysts asked for in the evaluation of FUSE (IDA D-5735, 2016);
//         Benjamini and Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.   Page: docs/methods/warning.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/indicators/year_indicators.h"

namespace jianwei::analysis {

enum class Comparison : std::int8_t { above, below };

struct WatchRule {
  Indicator indicator = Indicator::growth;
  Comparison comparison = Comparison::above;
  double threshold = 0.0;
  double significance = 0.05;    // [0, 1]; 0 = no test
  double min_documents = 5.0;    // in the last three years
};

// One unit at one year.
struct WatchCase {
  std::int32_t unit = 0;
  std::int16_t year = 0;
  Measure measure;               // q is that over the rule's units
  double documents = 0.0;        // in the last three years
  bool eligible = false;         // enough documents, and the indicator is known
  bool significant = false;
  bool beyond = false;           // the threshold
  bool fired() const { return eligible && significant && beyond; }
};

bool is_beyond(const WatchRule& rule, double value);

// The rows of `table`, in its order; `documents` [rows] of the last three years. Time O(rows log rows).
std::vector<WatchCase> evaluate_rule(const WatchRule& rule, const YearTable& table, std::span<const double> documents);

}  // namespace jianwei::analysis
