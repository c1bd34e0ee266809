#include "analysis/indicators/growth.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace jianwei::analysis {

namespace {

// 97.5 % quantile of Student's t with `degrees` >= 1 of freedom: exact values to 10, then Cornish-Fisher (error < 1e-3).
double student_quantile(std::int64_t degrees) {
  static constexpr double kTable[] = {12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281};
  if (degrees <= 10) return kTable[std::max<std::int64_t>(degrees, 1) - 1];
  const double z = 1.959964;
  const double n = static_cast<double>(degrees);
  return z + (z * z * z + z) / (4.0 * n) + (5.0 * std::pow(z, 5) + 16.0 * z * z * z + 3.0 * z) / (96.0 * n * n);
}

struct Point {
  double time, count, exposure;
};

struct Fit {
  double alpha = 0.0, beta = 0.0;
  double variance_beta = 0.0;
  bool converged = false;
};

// Newton's method on the two-parameter Poisson likelihood; with `firth` each count is raised by half its leverage.
Fit fit_poisson(std::span<const Point> points, bool firth) {
  double count_sum = 0.0, exposure_sum = 0.0;
  for (const Point& p : points) {
    count_sum += p.count;
    exposure_sum += p.exposure;
  }
  Fit fit;
  fit.alpha = std::log((count_sum + (firth ? 0.5 : 0.0)) / exposure_sum);
  for (int iteration = 0; iteration < 50; ++iteration) {
    double i00 = 0.0, i01 = 0.0, i11 = 0.0;  // Fisher information
    for (const Point& p : points) {
      const double mu = p.exposure * std::exp(fit.alpha + fit.beta * p.time);
      i00 += mu;
      i01 += mu * p.time;
      i11 += mu * p.time * p.time;
    }
    const double determinant = i00 * i11 - i01 * i01;
    if (!(determinant > 0.0) || !std::isfinite(determinant)) return fit;
    double u0 = 0.0, u1 = 0.0;  // score
    for (const Point& p : points) {
      const double mu = p.exposure * std::exp(fit.alpha + fit.beta * p.time);
      const double leverage = mu * (i11 - 2.0 * i01 * p.time + i00 * p.time * p.time) / determinant;
      const double residual = p.count + (firth ? 0.5 * leverage : 0.0) - mu;
      u0 += residual;
      u1 += residual * p.time;
    }
    double step0 = (i11 * u0 - i01 * u1) / determinant;
    double step1 = (i00 * u1 - i01 * u0) / determinant;
    const double largest = std::max(std::abs(step0), std::abs(step1));
    if (largest > 2.0) {  // a long step overflows exp; the direction stays
      step0 *= 2.0 / largest;
      step1 *= 2.0 / largest;
    }
    fit.alpha += step0;
    fit.beta += step1;
    fit.variance_beta = i00 / determinant;
    if (largest < 1e-10) {
      fit.converged = true;
      return fit;
    }
  }
  return fit;
}

}  // namespace

GrowthRate growth_rate(std::span<const double> counts, std::span<const double> exposure) {
  std::vector<Point> points;
  points.reserve(counts.size());
  double middle = 0.0;
  for (std::size_t t = 0; t < counts.size(); ++t) {
    if (exposure[t] <= 0.0) continue;
    points.push_back({static_cast<double>(t), counts[t], exposure[t]});
    middle += static_cast<double>(t);
  }
  GrowthRate rate;
  const auto n = static_cast<std::int64_t>(points.size());
  double total = 0.0;
  for (const Point& p : points) total += p.count;
  if (n < 3 || total <= 0.0) return rate;
  for (Point& p : points) p.time -= middle / static_cast<double>(n);

  // The slope is unbounded when all mass lies at one end.
  rate.penalised = points.front().count >= total || points.back().count >= total;
  const Fit fit = fit_poisson(points, rate.penalised);
  if (!fit.converged) return rate;

  double chi2 = 0.0;
  for (const Point& p : points) {
    const double mu = p.exposure * std::exp(fit.alpha + fit.beta * p.time);
    chi2 += (p.count - mu) * (p.count - mu) / mu;
  }
  rate.estimated = true;
  rate.log_slope = fit.beta;
  rate.dispersion = std::max(1.0, chi2 / static_cast<double>(n - 2));
  const double half_width = student_quantile(n - 2) * std::sqrt(rate.dispersion * fit.variance_beta);
  rate.low = fit.beta - half_width;
  rate.high = fit.beta + half_width;
  return rate;
}

GrowthWindows growth_windows(const UnitSeries& series, std::int64_t unit, std::int64_t window_years) {
  GrowthWindows windows;
  const std::int64_t width = std::min(window_years, series.complete_years / 2);
  if (width <= 0) return windows;
  const auto counts = series.count_row(unit);
  const auto exposure = series.exposure_row(unit);
  double recent_exposure = 0.0, previous_exposure = 0.0;
  for (std::int64_t t = series.complete_years - 2 * width; t < series.complete_years; ++t) {
    const bool is_recent = t >= series.complete_years - width;
    (is_recent ? windows.recent : windows.previous) += counts[static_cast<std::size_t>(t)];
    (is_recent ? recent_exposure : previous_exposure) += exposure[static_cast<std::size_t>(t)];
  }
  windows.growth_count = windows.recent - windows.previous;
  windows.simple_ratio = (windows.recent + 1.0) / (windows.previous + 1.0);
  if (recent_exposure > 0.0 && previous_exposure > 0.0) windows.share_ratio = windows.simple_ratio * previous_exposure / recent_exposure;
  return windows;
}

}  // namespace jianwei::analysis
