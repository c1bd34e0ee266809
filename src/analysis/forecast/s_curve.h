// Logistic and Gompertz growth of a share, with an honest answer about the ceiling.
//
//   logistic  f(t) = L / (1 + exp(-r (t - t0)))          inflection at t0, where f = L / 2
//   Gompertz  f(t) = L exp(-exp(-r (t - t0)))            inflection at t0, where f = L / e
//   c_t ~ Poisson(E_t f(t)), quasi-likelihood: deviance / dispersion, dispersion = max(1, Pearson chi-square / (years - 3))
// The ceiling L is profiled: for each L of a grid the best r > 0 and t0. Its 95 % interval holds every L with 2 (l_max - l(L)) <= 3.84 dispersion. Before the inflection the data
// hold exp(r t) only and any large L fits as well: the interval has no upper end, and that is what `ceiling_known = false` says.
//
// Source: Meyer, Yung and Ausubel (1999), doi:10.1016/S0040-1625(99)00021-9; profile likelihood: Venzon and Moolgavkar (1988), doi:10.2307/2347496;
//         quasi-likelihood: McCullagh and Nelder (1989), doi:10.1007/978-1-4899-3242-6, chapter 9.   Page: docs/methods/forecast.md
#pragma once

#include <cstdint>
#include <span>

namespace jianwei::analysis {

enum class SCurveKind : std::int8_t { logistic, gompertz };

struct SCurve {
  SCurveKind kind = SCurveKind::logistic;
  bool fitted = false;               // false: fewer than five years or ten documents, or the share does not grow
  double ceiling = 0.0, rate = 0.0;  // best fit: share, per year
  double inflection = 0.0;           // t0, in years after the first of the series
  double ceiling_low = 0.0;          // 95 % interval of the ceiling
  double ceiling_high = 0.0;         // infinite when the data do not bound it
  bool ceiling_known = false;        // both ends of the interval are finite and the inflection lies inside the series
  double log_likelihood = 0.0;       // of the best fit, divided by the dispersion; compares the two kinds
};

// `counts` and `exposure` [years], >= 0. Time O(grid * years): some ten thousand evaluations, about a millisecond for twenty years.
SCurve fit_s_curve(std::span<const double> counts, std::span<const double> exposure, SCurveKind kind);

// f(t) of a fitted curve, t in years after the first of the series.
double s_curve_value(const SCurve& curve, double t);

}  // namespace jianwei::analysis
