#include "experts/consensus/expertise.h"

#include <cassert>

namespace jianwei::experts {

Authority measure_authority(std::span<const JudgementBasis> bases, std::span<const std::int32_t> familiarity_levels, const AuthorityOptions& options) {
  Authority authority;
  const auto of = [](const std::array<double, 4>& weights, Influence influence) { return weights[static_cast<std::size_t>(influence)]; };
  if (!bases.empty()) {
    double sum = 0.0;
    for (const JudgementBasis& basis : bases) {
      sum += of(options.basis.practice, basis.practice) + of(options.basis.theory, basis.theory) + of(options.basis.literature, basis.literature) +
             of(options.basis.intuition, basis.intuition);
    }
    authority.basis = Statistic::of(sum / static_cast<double>(bases.size()));
  }
  if (!familiarity_levels.empty()) {
    double sum = 0.0;
    for (const std::int32_t level : familiarity_levels) {
      assert(level >= 1 && level <= 5);
      sum += options.familiarity[static_cast<std::size_t>(level - 1)];
    }
    authority.familiarity = Statistic::of(sum / static_cast<double>(familiarity_levels.size()));
  }
  if (authority.basis.defined() && authority.familiarity.defined()) {
    authority.coefficient = Statistic::of((authority.basis.value + authority.familiarity.value) / 2.0);
  }
  return authority;
}

Statistic participation(std::int64_t answered, std::int64_t invited) {
  if (invited <= 0) return Statistic::none(kTooFew);
  return Statistic::of(static_cast<double>(answered) / static_cast<double>(invited));
}

Statistic importance_index(std::span<const std::int64_t> counts, std::span<const double> scores) {
  const double one = 1.0;
  return weighted_importance_index(counts, scores, {&one, 1});
}

Statistic weighted_importance_index(std::span<const std::int64_t> counts, std::span<const double> scores, std::span<const double> weights) {
  assert(counts.size() == scores.size() * weights.size());
  double above = 0.0, below = 0.0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    for (std::size_t l = 0; l < scores.size(); ++l) {
      const double weight = weights[k] * static_cast<double>(counts[k * scores.size() + l]);
      above += weight * scores[l];
      below += weight;
    }
  }
  return below == 0.0 ? Statistic::none(kTooFew) : Statistic::of(above / below);
}

}  // namespace jianwei::experts
