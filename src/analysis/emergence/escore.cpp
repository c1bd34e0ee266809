#include "analysis/emergence/escore.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace jianwei::analysis {

Result<EScore> score_escore(std::span<const double> counts, std::span<const double> documents, int organisation_count) {
  if (counts.size() != 10 || documents.size() != 10) return fail(ErrorKind::invalid_input, "EScore needs ten periods, not {} and {}", counts.size(), documents.size());
  if (*std::min_element(documents.begin(), documents.end()) <= 0.0) return fail(ErrorKind::invalid_input, "EScore needs documents in each of its ten periods");
  // Rate of periods first..last (1-based): documents with the term over the sum of the roots.
  const auto rate = [&](std::size_t first, std::size_t last) {
    double c = 0.0, roots = 0.0;
    for (std::size_t t = first - 1; t < last; ++t) {
      c += counts[t];
      roots += std::sqrt(documents[t]);
    }
    return c / roots;
  };
  EScore result;
  result.active_trend = rate(8, 10) - rate(4, 6);
  result.recent_trend = 10.0 * (rate(9, 10) - rate(7, 8));
  result.mid_slope = 10.0 * (rate(10, 10) - rate(7, 7)) / 3.0;
  result.score = 2.0 * result.active_trend + result.recent_trend + result.mid_slope;

  const double base = std::accumulate(counts.begin(), counts.begin() + 3, 0.0);
  const double active = std::accumulate(counts.begin() + 3, counts.end(), 0.0);
  const double base_documents = std::accumulate(documents.begin(), documents.begin() + 3, 0.0);
  const auto present_years = std::count_if(counts.begin(), counts.end(), [](double c) { return c > 0.0; });
  if (present_years < 3) result.failed_gate = "years";
  else if (base + active < 7.0) result.failed_gate = "records";
  else if (active < 2.0 * base) result.failed_gate = "active_to_base";
  else if (base > 0.15 * base_documents) result.failed_gate = "base_share";
  else if (organisation_count == 0 || organisation_count == 1) result.failed_gate = "organisations";
  result.candidate = result.failed_gate.empty();
  return result;
}

}  // namespace jianwei::analysis
