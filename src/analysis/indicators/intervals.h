// Intervals and tail probabilities that the indicators state beside their values.
//
//   Poisson (Garwood)   [Q(alpha/2; c, 1), Q(1 - alpha/2; c + 1, 1)], Q the gamma quantile; exact for whole counts, conservative
//   Wilson              (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)
//   binomial tail       P(X >= k) = I_p(k, n - k + 1), the regularised incomplete beta function
//   Student             two-sided p = I_{n/(n + t^2)}(n/2, 1/2)
//   Chao1               S + f1 (f1 - 1) / (2 (f2 + 1)) categories in all, f1 seen once, f2 seen twice, with the log-normal interval
//   range of sightings  R (1 - C)^(-1/(n-1)), the upper limit of an age whose oldest of n sightings lies R years back
//
// Source: Garwood (1936), doi:10.2307/2333958; Wilson (1927), doi:10.1080/01621459.1927.10502953; Chao (1987), doi:10.2307/2531532;
//         Strauss and Sadler (1989), doi:10.1007/BF00897326.   Page: docs/methods/indicators.md
#pragma once

#include <cstdint>
#include <span>

namespace jianwei::analysis {

struct Interval {
  double low = 0.0, high = 0.0;
};

// Regularised incomplete gamma P(a, x), a > 0, x >= 0, and beta I_x(a, b), a, b > 0, x in [0, 1]. Error below 1e-12.
double incomplete_gamma(double a, double x);
double incomplete_beta(double a, double b, double x);

double normal_two_sided(double z);                        // p of |Z| >= |z|
double student_two_sided(double t, double degrees);       // degrees > 0
double student_quantile(double probability, double degrees);  // probability in (0.5, 1)
double binomial_tail(double hits, double trials, double probability);  // P(X >= hits); 1 when hits <= 0

// All 95 %. Counts >= 0, not necessarily whole (weighted documents).
Interval poisson_interval(double count);
Interval wilson_interval(double hits, double trials);     // [0, 1] when trials is 0

struct Richness {
  std::int64_t seen = 0;         // categories with at least one incidence
  double estimated = 0.0;        // Chao1, >= seen
  Interval interval;             // of the estimate
};
Richness chao1(std::span<const std::int64_t> counts);     // incidences of each category, zeros allowed

// exp(Shannon entropy): the number of equally large categories that would be as diverse; interval by the delta method.
struct EffectiveNumber {
  double value = 0.0;
  Interval interval;
};
EffectiveNumber effective_number(std::span<const std::int64_t> counts);

// Upper 95 % limit of the age, >= range; range when there is one sighting only.
double age_limit(double range_years, double sightings);

struct MeanInterval {
  double mean = 0.0;
  Interval interval;             // Student
  double standard_error = 0.0;
  bool known = false;            // false: fewer than two values
};
MeanInterval mean_interval(std::span<const double> values);

}  // namespace jianwei::analysis
