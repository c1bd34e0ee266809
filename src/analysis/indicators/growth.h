// Growth of a series: rate with its uncertainty, count, and the simple ratio.
//
// Rate: slope beta of  ln E[c_t] = alpha + beta t + ln E_t  (E_t corpus, or comparable corpus), fitted by Poisson maximum likelihood;
// the variance is multiplied by phi = max(1, Pearson chi^2 / (n - 2)) (quasi-Poisson) and the interval is beta -+ t_{0.975, n-2} se.
// When every document lies in the first or in the last year the likelihood has no maximum; then Firth's penalty is used and
// `penalised` says so.
//
// Source: McCullagh and Nelder (1989), Generalized Linear Models, chapters 6 and 9; Firth (1993), doi:10.1093/biomet/80.1.27; growth
//         count, rate and simple ratio as asked for the TNO Innovation Outlook indicators (docs/methods/growth.md).
#pragma once

#include <cstdint>
#include <span>

#include "analysis/indicators/series.h"

namespace jianwei::analysis {

struct GrowthRate {
  double log_slope = 0.0;       // beta, per year; exp(beta) - 1 is the growth of the share per year
  double low = 0.0;             // 95 % interval of beta
  double high = 0.0;
  double dispersion = 1.0;      // phi >= 1
  bool estimated = false;       // false: fewer than three years with exposure, or no document at all
  bool penalised = false;
};

// Years with exposure <= 0 are left out. Time O(years * iterations), iterations <= 50.
GrowthRate growth_rate(std::span<const double> counts, std::span<const double> exposure);

struct GrowthWindows {
  double recent = 0.0;          // documents in the last `window_years` complete years
  double previous = 0.0;        // and in as many years before them
  double growth_count = 0.0;    // recent - previous
  double simple_ratio = 1.0;    // (recent + 1) / (previous + 1)
  double share_ratio = 1.0;     // the same, each corrected for the size of the corpus in its window
};

// window_years is cut to half of the complete years (Gargantext: t = min(3, T/2)).
GrowthWindows growth_windows(const UnitSeries& series, std::int64_t unit, std::int64_t window_years = 3);

}  // namespace jianwei::analysis
