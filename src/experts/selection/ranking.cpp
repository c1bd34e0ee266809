#include "experts/selection/ranking.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace jianwei::experts {
namespace {

Result<> check(const Decision& decision) {
  const auto items = static_cast<std::size_t>(decision.item_count), criteria = static_cast<std::size_t>(decision.criterion_count);
  if (items == 0 || criteria == 0 || decision.scores.size() != items * criteria || decision.weights.size() != criteria || (!decision.is_cost.empty() && decision.is_cost.size() != criteria)) {
    return fail(ErrorKind::invalid_input, "{} items and {} criteria need {} scores and {} weights, got {} and {}", items, criteria, items * criteria, criteria, decision.scores.size(), decision.weights.size());
  }
  for (std::size_t i = 0; i < items; ++i) {
    for (std::size_t j = 0; j < criteria; ++j) {
      if (!std::isfinite(decision.at(i, j))) return fail(ErrorKind::invalid_input, "item {} has no score on criterion {}", i + 1, j + 1);
    }
  }
  double sum = 0.0;
  for (const double weight : decision.weights) {
    if (!(weight >= 0.0)) return fail(ErrorKind::invalid_input, "a weight is {}, expected 0 or more", weight);
    sum += weight;
  }
  if (sum == 0.0) return fail(ErrorKind::invalid_input, "all weights are 0");
  return {};
}

bool is_cost(const Decision& decision, std::size_t criterion) { return !decision.is_cost.empty() && decision.is_cost[criterion] != 0; }

std::vector<double> weighted_sums(const Decision& decision, const std::vector<double>& weights) {
  const auto items = static_cast<std::size_t>(decision.item_count);
  std::vector<double> value(items, 0.0);
  for (std::size_t j = 0; j < weights.size(); ++j) {
    double low = decision.at(0, j), high = low;
    for (std::size_t i = 1; i < items; ++i) {
      low = std::min(low, decision.at(i, j));
      high = std::max(high, decision.at(i, j));
    }
    if (high == low) continue;  // tells no items apart
    for (std::size_t i = 0; i < items; ++i) {
      const double z = (decision.at(i, j) - low) / (high - low);
      value[i] += weights[j] * (is_cost(decision, j) ? 1.0 - z : z);
    }
  }
  return value;
}

std::vector<double> closeness_to_ideal(const Decision& decision, const std::vector<double>& weights) {
  const auto items = static_cast<std::size_t>(decision.item_count);
  std::vector<double> to_ideal(items, 0.0), to_worst(items, 0.0);
  for (std::size_t j = 0; j < weights.size(); ++j) {
    double norm = 0.0;
    for (std::size_t i = 0; i < items; ++i) norm += decision.at(i, j) * decision.at(i, j);
    norm = std::sqrt(norm);
    if (norm == 0.0) continue;
    const auto v = [&](std::size_t i) { return weights[j] * decision.at(i, j) / norm; };
    double low = v(0), high = low;
    for (std::size_t i = 1; i < items; ++i) {
      low = std::min(low, v(i));
      high = std::max(high, v(i));
    }
    const double ideal = is_cost(decision, j) ? low : high, worst = is_cost(decision, j) ? high : low;
    for (std::size_t i = 0; i < items; ++i) {
      to_ideal[i] += (v(i) - ideal) * (v(i) - ideal);
      to_worst[i] += (v(i) - worst) * (v(i) - worst);
    }
  }
  std::vector<double> value(items, 0.0);
  for (std::size_t i = 0; i < items; ++i) {
    const double plus = std::sqrt(to_ideal[i]), minus = std::sqrt(to_worst[i]);
    value[i] = plus + minus == 0.0 ? 0.5 : minus / (plus + minus);  // all items alike: neither near nor far
  }
  return value;
}

std::vector<double> borda_points(const Decision& decision, const std::vector<double>& weights) {
  const auto items = static_cast<std::size_t>(decision.item_count);
  std::vector<double> value(items, 0.0);
  std::vector<double> column(items, 0.0);
  for (std::size_t j = 0; j < weights.size(); ++j) {
    for (std::size_t i = 0; i < items; ++i) column[i] = is_cost(decision, j) ? -decision.at(i, j) : decision.at(i, j);
    std::vector<double> sorted = column;
    std::ranges::sort(sorted);
    for (std::size_t i = 0; i < items; ++i) {
      const auto [first, last] = std::ranges::equal_range(sorted, column[i]);
      const auto worse = static_cast<double>(first - sorted.begin()), equal = static_cast<double>(last - first) - 1.0;
      value[i] += weights[j] * (worse + equal / 2.0);
    }
  }
  return value;
}

}  // namespace

Result<Ranking> rank_items(const Decision& decision, RankingMethod method) {
  TRY(check(decision));
  std::vector<double> weights = decision.weights;
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= sum;
  Ranking ranking;
  switch (method) {
    case RankingMethod::weighted_sum: ranking.value = weighted_sums(decision, weights); break;
    case RankingMethod::topsis: ranking.value = closeness_to_ideal(decision, weights); break;
    case RankingMethod::borda: ranking.value = borda_points(decision, weights); break;
  }
  std::vector<std::int32_t> order(ranking.value.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](std::int32_t a, std::int32_t b) { return ranking.value[static_cast<std::size_t>(a)] > ranking.value[static_cast<std::size_t>(b)]; });
  ranking.rank.assign(order.size(), 0);
  for (std::size_t position = 0; position < order.size(); ++position) ranking.rank[static_cast<std::size_t>(order[position])] = static_cast<std::int32_t>(position + 1);
  return ranking;
}

}  // namespace jianwei::experts
