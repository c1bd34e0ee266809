// For each ceiling of a logarithmic grid, rate and inflection are found by a coarse grid and then by halving steps around the best point (pattern search: two
// parameters, a smooth likelihood, no derivatives to get wrong).
#include "analysis/forecast/s_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace jianwei::analysis {

namespace {

constexpr int kCeilings = 41;            // from just above the present share to 1000 times it
constexpr double kLargestFactor = 1000.0;
constexpr double kChiSquare95 = 3.841;   // one parameter

double shape(SCurveKind kind, double rate, double inflection, double t) {
  const double x = std::exp(std::clamp(-rate * (t - inflection), -50.0, 50.0));
  return kind == SCurveKind::logistic ? 1.0 / (1.0 + x) : std::exp(-x);
}

struct Point {
  double rate = 0.1, inflection = 0.0, value = -std::numeric_limits<double>::infinity();
};

class Likelihood {
 public:
  Likelihood(std::span<const double> counts, std::span<const double> exposure, SCurveKind kind) : counts_(counts), exposure_(exposure), kind_(kind) {}

  double at(double ceiling, double rate, double inflection) const {
    double sum = 0.0;
    for (std::size_t t = 0; t < counts_.size(); ++t) {
      if (exposure_[t] <= 0.0) continue;
      const double mean = std::max(exposure_[t] * ceiling * shape(kind_, rate, inflection, static_cast<double>(t)), 1e-9);
      sum += counts_[t] * std::log(mean) - mean;
    }
    return sum;
  }

  Point best(double ceiling, const Point& start) const {
    const auto years = static_cast<double>(counts_.size());
    Point best = start;
    best.value = at(ceiling, best.rate, best.inflection);
    for (double rate = 0.05; rate < 3.5; rate *= 1.5) {
      for (double inflection = -years; inflection <= 6.0 * years; inflection += years / 6.0) try_point(ceiling, rate, inflection, best);
    }
    double rate_step = 0.3, inflection_step = years / 10.0;
    for (int i = 0; i < 200 && (rate_step > 1e-5 || inflection_step > 1e-5); ++i) {
      const double before = best.value;
      for (const double sign : {-1.0, 1.0}) {
        const Point centre = best;
        try_point(ceiling, centre.rate * std::exp(sign * rate_step), centre.inflection, best);
        try_point(ceiling, centre.rate, centre.inflection + sign * inflection_step, best);
        try_point(ceiling, centre.rate * std::exp(sign * rate_step), centre.inflection - sign * inflection_step, best);
        try_point(ceiling, centre.rate * std::exp(sign * rate_step), centre.inflection + sign * inflection_step, best);
      }
      if (best.value <= before + 1e-10) {
        rate_step *= 0.5;
        inflection_step *= 0.5;
      }
    }
    return best;
  }

  // Pearson chi-square over degrees of freedom, at least 1.
  double dispersion(double ceiling, const Point& point) const {
    double sum = 0.0;
    std::int64_t years = 0;
    for (std::size_t t = 0; t < counts_.size(); ++t) {
      if (exposure_[t] <= 0.0) continue;
      const double mean = std::max(exposure_[t] * ceiling * shape(kind_, point.rate, point.inflection, static_cast<double>(t)), 0.1);
      sum += (counts_[t] - mean) * (counts_[t] - mean) / mean;
      ++years;
    }
    return years > 3 ? std::max(1.0, sum / static_cast<double>(years - 3)) : 1.0;
  }

 private:
  void try_point(double ceiling, double rate, double inflection, Point& best) const {
    if (rate < 0.01 || rate > 6.0) return;
    const double value = at(ceiling, rate, inflection);
    if (value > best.value) best = {rate, inflection, value};
  }
  std::span<const double> counts_, exposure_;
  SCurveKind kind_;
};

// Mean share of years [first, last).
double mean_share(std::span<const double> counts, std::span<const double> exposure, std::size_t first, std::size_t last) {
  double c = 0.0, e = 0.0;
  for (std::size_t t = first; t < last; ++t) {
    c += counts[t];
    e += exposure[t];
  }
  return e > 0.0 ? c / e : 0.0;
}

}  // namespace

double s_curve_value(const SCurve& curve, double t) { return curve.ceiling * shape(curve.kind, curve.rate, curve.inflection, t); }

SCurve fit_s_curve(std::span<const double> counts, std::span<const double> exposure, SCurveKind kind) {
  SCurve curve;
  curve.kind = kind;
  curve.ceiling_high = std::numeric_limits<double>::infinity();
  const std::size_t years = counts.size();
  double total = 0.0;
  for (const double c : counts) total += c;
  if (years < 5 || total < 10.0) return curve;
  const double now = mean_share(counts, exposure, years - 3, years);
  if (now <= mean_share(counts, exposure, 0, years / 2)) return curve;

  const Likelihood likelihood(counts, exposure, kind);
  std::vector<double> ceilings, values;
  Point start, best;
  for (int i = 0; i < kCeilings; ++i) {
    const double ceiling = 0.5 * now * std::pow(2.0 * kLargestFactor, static_cast<double>(i) / (kCeilings - 1));
    const Point point = likelihood.best(ceiling, start);
    ceilings.push_back(ceiling);
    values.push_back(point.value);
    start = point;
    if (point.value > best.value) {
      best = point;
      curve.ceiling = ceiling;
    }
  }
  curve.fitted = true;
  curve.rate = best.rate;
  curve.inflection = best.inflection;
  const double dispersion = likelihood.dispersion(curve.ceiling, best);
  curve.log_likelihood = best.value / dispersion;
  const double least = best.value - 0.5 * kChiSquare95 * dispersion;
  const auto inside = [&](std::size_t i) { return values[i] >= least; };
  std::size_t low = 0, high = values.size() - 1;
  while (!inside(low)) ++low;
  while (!inside(high)) --high;
  curve.ceiling_low = ceilings[low];
  if (high + 1 < values.size()) curve.ceiling_high = ceilings[high + 1];  // the next point outside bounds it
  if (low > 0) curve.ceiling_low = ceilings[low - 1];
  curve.ceiling_known = std::isfinite(curve.ceiling_high) && curve.inflection < static_cast<double>(years - 1);
  return curve;
}

}  // namespace jianwei::analysis
