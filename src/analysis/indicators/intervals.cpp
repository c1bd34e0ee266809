// The incomplete gamma function by its series below a + 1 and its continued fraction above; the incomplete beta function by the continued
// fraction of Lentz, mirrored where that converges faster (Abramowitz and Stegun 6.5.29, 6.5.31, 26.5.8). Quantiles by bisection.
#include "analysis/indicators/intervals.h"

#include <algorithm>
#include <cmath>

#include "analysis/topics/special_functions.h"

namespace jianwei::analysis {

namespace {

constexpr double kNormal975 = 1.959963984540054;
constexpr double kTiny = 1e-300;
constexpr int kMaxSteps = 500;

double clear_of_zero(double x) { return std::abs(x) < kTiny ? kTiny : x; }

// The continued fraction of I_x(a, b) without its factor.
double beta_fraction(double a, double b, double x) {
  double c = 1.0;
  double d = 1.0 / clear_of_zero(1.0 - (a + b) * x / (a + 1.0));
  double value = d;
  for (int m = 1; m < kMaxSteps; ++m) {
    const double twice = 2.0 * m;
    const double even = m * (b - m) * x / ((a + twice - 1.0) * (a + twice));
    d = 1.0 / clear_of_zero(1.0 + even * d);
    c = clear_of_zero(1.0 + even / c);
    value *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + twice) * (a + twice + 1.0));
    d = 1.0 / clear_of_zero(1.0 + odd * d);
    c = clear_of_zero(1.0 + odd / c);
    value *= d * c;
    if (std::abs(d * c - 1.0) < 1e-15) break;
  }
  return value;
}

double gamma_quantile(double probability, double shape) {
  double low = 0.0, high = shape + 10.0 * std::sqrt(shape) + 20.0;
  for (int step = 0; step < 200 && high - low > 1e-12 * (1.0 + high); ++step) {
    const double middle = 0.5 * (low + high);
    (incomplete_gamma(shape, middle) < probability ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

double incomplete_gamma(double a, double x) {
  if (x <= 0.0) return 0.0;
  const double factor = std::exp(a * std::log(x) - x - ln_gamma(a));
  if (x < a + 1.0) {
    double term = 1.0 / a, sum = term;
    for (int n = 1; n < 10 * kMaxSteps && term > sum * 1e-16; ++n) {
      term *= x / (a + n);
      sum += term;
    }
    return std::min(1.0, sum * factor);
  }
  double b = x + 1.0 - a;
  double c = 1.0 / kTiny, d = 1.0 / clear_of_zero(b), value = d;
  for (int n = 1; n < 10 * kMaxSteps; ++n) {
    const double step = -n * (n - a);
    b += 2.0;
    d = 1.0 / clear_of_zero(step * d + b);
    c = clear_of_zero(b + step / c);
    value *= d * c;
    if (std::abs(d * c - 1.0) < 1e-15) break;
  }
  return std::max(0.0, 1.0 - factor * value);
}

double incomplete_beta(double a, double b, double x) {
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return 1.0;
  const double factor = std::exp(ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1.0) / (a + b + 2.0)) return std::min(1.0, factor * beta_fraction(a, b, x) / a);
  return std::max(0.0, 1.0 - factor * beta_fraction(b, a, 1.0 - x) / b);
}

double normal_two_sided(double z) { return std::erfc(std::abs(z) / std::sqrt(2.0)); }

double student_two_sided(double t, double degrees) { return incomplete_beta(0.5 * degrees, 0.5, degrees / (degrees + t * t)); }

double student_quantile(double probability, double degrees) {
  const double two_sided = 2.0 * (1.0 - probability);
  double low = 0.0, high = 1.0;
  while (student_two_sided(high, degrees) > two_sided && high < 1e9) high *= 2.0;
  for (int step = 0; step < 200 && high - low > 1e-12 * high; ++step) {
    const double middle = 0.5 * (low + high);
    (student_two_sided(middle, degrees) > two_sided ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double binomial_tail(double hits, double trials, double probability) {
  if (hits <= 0.0) return 1.0;
  if (hits > trials) return 0.0;
  return incomplete_beta(hits, trials - hits + 1.0, probability);
}

Interval poisson_interval(double count) {
  return {count > 0.0 ? gamma_quantile(0.025, count) : 0.0, gamma_quantile(0.975, count + 1.0)};
}

Interval wilson_interval(double hits, double trials) {
  if (trials <= 0.0) return {0.0, 1.0};
  const double p = hits / trials, z2 = kNormal975 * kNormal975;
  const double middle = p + z2 / (2.0 * trials);
  const double half = kNormal975 * std::sqrt(p * (1.0 - p) / trials + z2 / (4.0 * trials * trials));
  const double scale = 1.0 + z2 / trials;
  return {std::max(0.0, (middle - half) / scale), std::min(1.0, (middle + half) / scale)};
}

Richness chao1(std::span<const std::int64_t> counts) {
  Richness richness;
  double once = 0.0, twice = 0.0;
  for (const std::int64_t n : counts) {
    if (n > 0) ++richness.seen;
    if (n == 1) ++once;
    if (n == 2) ++twice;
  }
  const auto seen = static_cast<double>(richness.seen);
  const double unseen = once * (once - 1.0) / (2.0 * (twice + 1.0));
  richness.estimated = seen + unseen;
  richness.interval = {seen, seen};
  if (unseen <= 0.0) return richness;
  // Variance of the bias-corrected form; the interval is log-normal in the number unseen.
  const double denominator = twice + 1.0;
  const double variance = once * (once - 1.0) / (2.0 * denominator) + once * (2.0 * once - 1.0) * (2.0 * once - 1.0) / (4.0 * denominator * denominator) +
                          once * once * twice * (once - 1.0) * (once - 1.0) / (4.0 * denominator * denominator * denominator * denominator);
  const double spread = std::exp(kNormal975 * std::sqrt(std::log1p(variance / (unseen * unseen))));
  richness.interval = {seen + unseen / spread, seen + unseen * spread};
  return richness;
}

EffectiveNumber effective_number(std::span<const std::int64_t> counts) {
  double total = 0.0;
  for (const std::int64_t n : counts) total += static_cast<double>(n);
  EffectiveNumber number;
  if (total <= 0.0) return number;
  double entropy = 0.0, square = 0.0;
  for (const std::int64_t n : counts) {
    if (n <= 0) continue;
    const double p = static_cast<double>(n) / total, log_p = std::log(p);
    entropy -= p * log_p;
    square += p * log_p * log_p;
  }
  const double half = kNormal975 * std::sqrt(std::max(0.0, square - entropy * entropy) / total);
  number.value = std::exp(entropy);
  number.interval = {std::max(1.0, std::exp(entropy - half)), std::exp(entropy + half)};
  return number;
}

double age_limit(double range_years, double sightings) {
  if (sightings < 2.0) return range_years;
  return range_years * std::pow(0.05, -1.0 / (sightings - 1.0));
}

MeanInterval mean_interval(std::span<const double> values) {
  MeanInterval result;
  if (values.empty()) return result;
  const auto n = static_cast<double>(values.size());
  for (const double value : values) result.mean += value / n;
  result.interval = {result.mean, result.mean};
  if (values.size() < 2) return result;
  double square = 0.0;
  for (const double value : values) square += (value - result.mean) * (value - result.mean);
  result.standard_error = std::sqrt(square / (n - 1.0) / n);
  const double half = student_quantile(0.975, n - 1.0) * result.standard_error;
  result.interval = {result.mean - half, result.mean + half};
  result.known = true;
  return result;
}

}  // namespace jianwei::analysis
