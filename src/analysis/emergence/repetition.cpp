#include "analysis/emergence/repetition.h"

#include <algorithm>
#include <cmath>

namespace jianwei::analysis {

std::vector<Repetition> repetition(const Past& past, std::span<const std::int32_t> wanted) {
  constexpr double kLeastLongTexts = 0.8;
  std::vector<Repetition> result(wanted.size());
  if (past.occurrences.empty() || long_text_share(past, 0, past.year_count() - 1) < kLeastLongTexts) return result;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto u = static_cast<std::size_t>(wanted[i]);
    const auto documents = static_cast<double>(past.units.offsets[u + 1] - past.units.offsets[u]);
    if (documents <= 0.0) continue;
    const double further = std::max(0.0, past.occurrences[u] - documents);
    result[i] = {further / documents, (further + 2.0 * std::sqrt(further + 1.0)) / documents};
  }
  return result;
}

}  // namespace jianwei::analysis
