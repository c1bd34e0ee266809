// For each ceiling of a logarithmic grid, rate and inflection are found by a coarse grid and then by halving steps around the best point (pattern search: two
// parameters, a smooth likelihood, no derivatives to get wrong). The likelihood is sum c ln E + ln L sum c + sum c ln g - L sum E g with g the curve of ceiling 1,
// so the two sums over g of the coarse grid serve every ceiling.
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

double gompertz(double x) { return x < 700.0 ? std::exp(-x) : 0.0; }  // exp() is slow where it underflows

double shape(SCurveKind kind, double rate, double inflection, double t) {
  const double x = std::exp(std::clamp(-rate * (t - inflection), -50.0, 50.0));
  return kind == SCurveKind::logistic ? 1.0 / (1.0 + x) : gompertz(x);
}

struct Point {
  double rate = 0.1, inflection = 0.0, value = -std::numeric_limits<double>::infinity();
};

class Likelihood {
 public:
  Likelihood(std::span<const double> counts, std::span<const double> exposure, SCurveKind kind) : counts_(counts), exposure_(exposure), kind_(kind) {
    for (std::size_t t = 0; t < counts.size(); ++t) {
      if (exposure[t] <= 0.0) continue;
      total_ += counts[t];
      constant_ += counts[t] * std::log(exposure[t]);
    }
    const auto years = static_cast<double>(counts.size());
    for (double rate = 0.05; rate < 3.5; rate *= 1.5) {
      for (double inflection = -years; inflection <= 6.0 * years; inflection += years / 6.0) coarse_.push_back({rate, inflection, sums(rate, inflection)});
    }
  }

  // The best point of the coarse grid or, if better, `start`; refined to some thousandths of a year and of the rate.
  Point best(double ceiling, const Point& start) const {
    Point best = start;
    best.value = at(ceiling, sums(best.rate, best.inflection));
    for (const Coarse& point : coarse_) {
      const double value = at(ceiling, point.sums);
      if (value > best.value) best = {point.rate, point.inflection, value};
    }
    return refined(ceiling, best, 1e-3);
  }

  // Pattern search from `best` until the steps are below `finest`.
  Point refined(double ceiling, Point best, double finest) const {
    double rate_step = 0.3, inflection_step = static_cast<double>(counts_.size()) / 10.0;
    for (int i = 0; i < 200 && (rate_step > finest || inflection_step > finest); ++i) {
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
  struct Sums {
    double counts_log = 0.0, exposed = 0.0;  // sum c ln g, sum E g
  };
  struct Coarse {
    double rate, inflection;
    Sums sums;
  };

  Sums sums(double rate, double inflection) const {
    Sums sums;
    const bool logistic = kind_ == SCurveKind::logistic;
    const double ratio = std::exp(-rate);
    double x = std::exp(std::min(rate * inflection, 300.0));  // e^(-r (t - t0)) at t = 0; from year to year it shrinks by e^-r
    for (std::size_t t = 0; t < counts_.size(); ++t, x *= ratio) {
      if (exposure_[t] <= 0.0) continue;
      sums.exposed += exposure_[t] * (logistic ? 1.0 / (1.0 + x) : gompertz(x));
      if (counts_[t] > 0.0) sums.counts_log -= counts_[t] * (logistic ? std::log1p(x) : x);
    }
    return sums;
  }

  double at(double ceiling, const Sums& sums) const { return constant_ + total_ * std::log(ceiling) + sums.counts_log - ceiling * sums.exposed; }

  void try_point(double ceiling, double rate, double inflection, Point& best) const {
    if (rate < 0.01 || rate > 6.0) return;
    const double value = at(ceiling, sums(rate, inflection));
    if (value > best.value) best = {rate, inflection, value};
  }

  std::span<const double> counts_, exposure_;
  SCurveKind kind_;
  double total_ = 0.0, constant_ = 0.0;
  std::vector<Coarse> coarse_;
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
  best = likelihood.refined(curve.ceiling, best, 1e-5);
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
