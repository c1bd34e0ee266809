#include "text/term_scores.h"

#include <cmath>

namespace jianwei::text {

double npmi(double f_ab, double f_a, double f_b, double total) {
  if (f_ab <= 0.0) return -1.0;
  const double log_p = std::log(f_ab / total);
  return log_p >= 0.0 ? 1.0 : (log_p - std::log(f_a / total) - std::log(f_b / total)) / -log_p;
}

double merge_significance(double f_ab, double f_a, double f_b, double total) { return (f_ab - f_a * f_b / total) / std::sqrt(f_ab); }

double c_value(double words, double f, std::int64_t container_count, double container_frequency, double length_offset) {
  const double nested = container_count > 0 ? container_frequency / static_cast<double>(container_count) : 0.0;
  return std::log2(words + length_offset) * (f - nested);
}

}  // namespace jianwei::text
