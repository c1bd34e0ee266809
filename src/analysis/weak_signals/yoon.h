// Weak-signal maps: degree of visibility and of diffusion of each unit, and the quadrant it falls in.
//
//   DoV_j = TF_j / NN_j (1 - tw (n - j)),   DoD_j = DF_j / NN_j (1 - tw (n - j)),   j = 1..n periods, NN_j documents of period j
//   KEM: x = mean TF, y = growth of DoV;  KIM: x = mean DF, y = growth of DoD;  growth = geometric mean of the ratios of consecutive periods
// The medians of x and y split each map:  weak = low x, high y; strong = high, high; latent = low, low; well_known = high x, low y.
// A unit is called weak only when both maps say so (`agreed`).
//
// Source: Yoon (2012), doi:10.1016/j.eswa.2012.04.059.   Page: docs/methods/weak_signals.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/indicators/series.h"
#include "base/result.h"

namespace jianwei::analysis {

struct WeakSignalOptions {
  double time_weight = 0.05;       // tw; 1 - tw (n - 1) must stay positive
  std::int64_t max_periods = 10;   // the last complete years; Yoon used ten, and over more the oldest would weigh nothing
  double min_documents = 5.0;      // of a unit over all periods; without support the long tail sets the medians
  double zero_offset = 0.5;        // added to a count of 0 so that ratios exist
};

// DoV (with term frequencies) or DoD (with document frequencies) of one unit. [periods]
std::vector<double> degrees(std::span<const double> frequency, std::span<const double> documents, double time_weight);

// Geometric mean of the ratios of consecutive degrees, minus 1; counts of 0 are taken as zero_offset.
double degree_growth(std::span<const double> frequency, std::span<const double> documents, const WeakSignalOptions& options);

enum class Quadrant : std::int8_t { unsupported, weak, strong, latent, well_known };

struct WeakSignal {
  double mean_frequency = 0.0;          // x of the keyword emergence map
  double visibility_growth = 0.0;       // y, per period
  double mean_document_frequency = 0.0; // x of the keyword issue map
  double diffusion_growth = 0.0;        // y
  Quadrant emergence_map = Quadrant::unsupported;
  Quadrant issue_map = Quadrant::unsupported;
  Quadrant agreed = Quadrant::unsupported;  // the common quadrant, unsupported when the maps differ
};

struct WeakSignalMap {
  std::vector<WeakSignal> units;        // [units]
  double median_frequency = 0.0, median_visibility_growth = 0.0;
  double median_document_frequency = 0.0, median_diffusion_growth = 0.0;
};

// `occurrences` [units][years] term frequencies in the shape of series.counts, empty when only documents were counted (then TF = DF).
// The periods are the last complete years of the series, at most max_periods. Errors: invalid_input  shapes differ, or time_weight * (n - 1) >= 1.
Result<WeakSignalMap> map_weak_signals(const UnitSeries& series, std::span<const double> occurrences, const WeakSignalOptions& options);

}  // namespace jianwei::analysis
