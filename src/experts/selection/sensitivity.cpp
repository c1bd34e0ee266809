#include "experts/selection/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

#include "base/random.h"

namespace jianwei::experts {
namespace {

Result<> check(const SensitivityOptions& options) {
  if (options.selected_count < 1) return fail(ErrorKind::invalid_input, "a selection of {} items, expected 1 or more", options.selected_count);
  if (!(options.weight_change > 0.0 && options.weight_change < 1.0)) return fail(ErrorKind::invalid_input, "weight change {}, expected a share between 0 and 1", options.weight_change);
  if (options.draw_count < 1) return fail(ErrorKind::invalid_input, "{} draws, expected 1 or more", options.draw_count);
  return {};
}

std::vector<std::int32_t> first_items(const Ranking& ranking, std::int32_t count) {
  std::vector<std::int32_t> items;
  for (std::size_t i = 0; i < ranking.rank.size(); ++i) {
    if (ranking.rank[i] <= count) items.push_back(static_cast<std::int32_t>(i));
  }
  return items;
}

template <class T>
T percentile(const std::vector<T>& sorted, double p) {
  return sorted[static_cast<std::size_t>(p * static_cast<double>(sorted.size() - 1))];
}

// `ranks` [items][draws].
std::vector<RankInterval> intervals_of(const Ranking& given, std::vector<std::vector<std::int32_t>> ranks, std::int32_t selected_count) {
  std::vector<RankInterval> intervals(ranks.size());
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    std::ranges::sort(ranks[i]);
    const auto inside = std::ranges::count_if(ranks[i], [&](std::int32_t rank) { return rank <= selected_count; });
    RankInterval& interval = intervals[i];
    interval.rank = given.rank[i];
    interval.low = percentile(ranks[i], 0.05);
    interval.high = percentile(ranks[i], 0.95);
    interval.selected_share = static_cast<double>(inside) / static_cast<double>(ranks[i].size());
    const double other_side = interval.rank <= selected_count ? 1.0 - interval.selected_share : interval.selected_share;
    interval.flips = other_side >= 0.05;
  }
  return intervals;
}

// One criterion's share of the weighted sum as a line: with weight t and the others in their proportions the value is t z + (1 - t) rest.
struct Line {
  double own = 0.0, rest = 0.0;
};

}  // namespace

Result<std::vector<RankInterval>> perturb_weights(const Decision& decision, const SensitivityOptions& options) {
  TRY(check(options));
  const Ranking given = TRY(rank_items(decision, options.method));
  const std::size_t items = given.rank.size();
  std::vector<std::vector<std::int32_t>> ranks(items);
  Decision drawn = decision;
  Random random(options.seed);
  for (std::int32_t draw = 0; draw < options.draw_count; ++draw) {
    for (std::size_t j = 0; j < drawn.weights.size(); ++j) drawn.weights[j] = decision.weights[j] * (1.0 + options.weight_change * (2.0 * random.uniform() - 1.0));
    const Ranking ranking = TRY(rank_items(drawn, options.method));
    for (std::size_t i = 0; i < items; ++i) ranks[i].push_back(ranking.rank[i]);
  }
  return intervals_of(given, std::move(ranks), options.selected_count);
}

Result<PanelIntervals> resample_experts(std::span<const double> scores, std::int32_t expert_count, const Decision& decision, const SensitivityOptions& options) {
  TRY(check(options));
  const std::size_t cells = decision.scores.size();
  if (expert_count < 1 || scores.size() != cells * static_cast<std::size_t>(expert_count)) return fail(ErrorKind::invalid_input, "{} experts and {} scores of a decision do not fit {} scores", expert_count, cells, scores.size());
  const Ranking given = TRY(rank_items(decision, options.method));
  std::vector<std::vector<std::int32_t>> ranks(given.rank.size());
  std::vector<std::vector<double>> means(cells);
  Decision drawn = decision;
  Random random(options.seed, 1);
  std::vector<double> sums(cells), counts(cells);
  for (std::int32_t draw = 0; draw < options.draw_count; ++draw) {
    std::ranges::fill(sums, 0.0);
    std::ranges::fill(counts, 0.0);
    for (std::int32_t e = 0; e < expert_count; ++e) {
      const std::span<const double> own = scores.subspan(random.below(static_cast<std::uint32_t>(expert_count)) * cells, cells);
      for (std::size_t cell = 0; cell < cells; ++cell) {
        if (std::isnan(own[cell])) continue;
        sums[cell] += own[cell];
        counts[cell] += 1.0;
      }
    }
    for (std::size_t cell = 0; cell < cells; ++cell) {
      drawn.scores[cell] = counts[cell] > 0.0 ? sums[cell] / counts[cell] : decision.scores[cell];
      means[cell].push_back(drawn.scores[cell]);
    }
    const Ranking ranking = TRY(rank_items(drawn, options.method));
    for (std::size_t i = 0; i < ranks.size(); ++i) ranks[i].push_back(ranking.rank[i]);
  }
  PanelIntervals intervals;
  intervals.ranks = intervals_of(given, std::move(ranks), options.selected_count);
  for (std::vector<double>& list : means) {
    std::ranges::sort(list);
    intervals.score_low.push_back(percentile(list, 0.05));
    intervals.score_high.push_back(percentile(list, 0.95));
  }
  return intervals;
}

Result<std::vector<Overtaking>> smallest_overtakings(const Decision& decision, std::int32_t selected_count, std::size_t limit) {
  const Ranking given = TRY(rank_items(decision, RankingMethod::weighted_sum));
  const std::size_t items = given.rank.size();
  const double sum = std::accumulate(decision.weights.begin(), decision.weights.end(), 0.0);
  std::vector<Overtaking> found;
  for (std::size_t j = 0; j < decision.weights.size(); ++j) {
    // The normalised score on this criterion alone, and the mean of the others in their proportions.
    Decision alone = decision, without = decision;
    for (std::size_t k = 0; k < decision.weights.size(); ++k) alone.weights[k] = k == j ? 1.0 : 0.0;
    without.weights[j] = 0.0;
    if (std::accumulate(without.weights.begin(), without.weights.end(), 0.0) == 0.0) continue;
    const Ranking own = TRY(rank_items(alone, RankingMethod::weighted_sum)), rest = TRY(rank_items(without, RankingMethod::weighted_sum));
    const double weight = decision.weights[j] / sum;
    for (std::size_t in = 0; in < items; ++in) {
      if (given.rank[in] > selected_count) continue;
      for (std::size_t out = 0; out < items; ++out) {
        if (given.rank[out] <= selected_count) continue;
        const Line gap{own.value[in] - own.value[out], rest.value[in] - rest.value[out]};
        if (gap.own == gap.rest) continue;
        const double equal = gap.rest / (gap.rest - gap.own);
        // Only where a step further turns the pair round: the gap falls in the direction of the change.
        if (!(equal >= 0.0 && equal <= 1.0)) continue;
        const double change = equal - weight;
        if (change == 0.0 || (gap.own - gap.rest) * change > 0.0) continue;
        found.push_back({static_cast<std::int32_t>(in), static_cast<std::int32_t>(out), static_cast<std::int32_t>(j), equal, change});
      }
    }
  }
  std::ranges::sort(found, [](const Overtaking& a, const Overtaking& b) {
    if (std::abs(a.change) != std::abs(b.change)) return std::abs(a.change) < std::abs(b.change);
    return std::tie(a.criterion, a.inside, a.outside) < std::tie(b.criterion, b.inside, b.outside);
  });
  if (found.size() > limit) found.resize(limit);
  return found;
}

Result<std::vector<ExpertInfluence>> leave_one_expert_out(std::span<const double> scores, std::int32_t expert_count, const Decision& shape, const SensitivityOptions& options) {
  TRY(check(options));
  const std::size_t cells = static_cast<std::size_t>(shape.item_count) * static_cast<std::size_t>(shape.criterion_count);
  if (scores.size() != cells * static_cast<std::size_t>(expert_count)) return fail(ErrorKind::invalid_input, "{} experts, {} items and {} criteria do not fit {} scores", expert_count, shape.item_count, shape.criterion_count, scores.size());
  // Means without expert `left_out` (-1: of all).
  const auto mean_without = [&](std::int32_t left_out) {
    Decision decision = shape;
    decision.scores.assign(cells, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t cell = 0; cell < cells; ++cell) {
      double sum = 0.0, count = 0.0;
      for (std::int32_t expert = 0; expert < expert_count; ++expert) {
        const double score = scores[static_cast<std::size_t>(expert) * cells + cell];
        if (expert == left_out || std::isnan(score)) continue;
        sum += score;
        count += 1.0;
      }
      if (count > 0.0) decision.scores[cell] = sum / count;
    }
    return decision;
  };
  const std::vector<std::int32_t> chosen = first_items(TRY(rank_items(mean_without(-1), options.method)), options.selected_count);
  std::vector<ExpertInfluence> influences;
  for (std::int32_t expert = 0; expert < expert_count; ++expert) {
    const std::vector<std::int32_t> without = first_items(TRY(rank_items(mean_without(expert), options.method)), options.selected_count);
    ExpertInfluence influence{expert, {}, {}};
    std::ranges::set_difference(chosen, without, std::back_inserter(influence.leaves));
    std::ranges::set_difference(without, chosen, std::back_inserter(influence.enters));
    if (!influence.leaves.empty()) influences.push_back(std::move(influence));
  }
  return influences;
}

}  // namespace jianwei::experts
