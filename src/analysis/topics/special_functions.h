// ln Gamma and digamma for x > 0, by upward recurrence and the asymptotic series (Abramowitz and Stegun 6.1.40 and 6.3.18); error below 1e-12.
#pragma once

#include <cmath>

namespace jianwei::analysis {

inline double ln_gamma(double x) {
  double product = 1.0;
  while (x < 8.0) {
    product *= x;
    x += 1.0;
  }
  const double r = 1.0 / x;
  const double r2 = r * r;
  const double series = r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * (1.0 / 1260 - r2 * (1.0 / 1680 - r2 * (1.0 / 1188 - r2 * 691.0 / 360360)))));
  return (x - 0.5) * std::log(x) - x + 0.91893853320467274178 + series - std::log(product);
}

inline double digamma(double x) {
  double shift = 0.0;
  while (x < 8.0) {
    shift += 1.0 / x;
    x += 1.0;
  }
  const double r2 = 1.0 / (x * x);
  return std::log(x) - 0.5 / x - r2 * (1.0 / 12 - r2 * (1.0 / 120 - r2 * (1.0 / 252 - r2 * (1.0 / 240 - r2 * (1.0 / 132 - r2 * 691.0 / 32760))))) - shift;
}

}  // namespace jianwei::analysis
