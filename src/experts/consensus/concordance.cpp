#include "experts/consensus/concordance.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/indicators/intervals.h"

namespace jianwei::experts {
namespace {

double sum_of_ties(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  double ties = 0.0;
  for (std::size_t begin = 0; begin < sorted.size();) {
    std::size_t end = begin;
    while (end < sorted.size() && sorted[end] == sorted[begin]) ++end;
    const auto t = static_cast<double>(end - begin);
    ties += t * t * t - t;
    begin = end;
  }
  return ties;
}

// Spearman's rho over the items both judges ranked; undefined with fewer than three, or when one of them ranked all alike.
Statistic rank_correlation(const RatingTable& scores, std::int32_t a, std::int32_t b) {
  std::vector<double> x, y;
  for (std::int32_t item = 0; item < scores.item_count; ++item) {
    const double first = scores.at(a, item), second = scores.at(b, item);
    if (std::isnan(first) || std::isnan(second)) continue;
    x.push_back(first);
    y.push_back(second);
  }
  if (x.size() < 3) return Statistic::none(kTooFew);
  const std::vector<double> ranks_x = mid_ranks(x), ranks_y = mid_ranks(y);
  const double mean = (static_cast<double>(x.size()) + 1.0) / 2.0;
  double xy = 0.0, xx = 0.0, yy = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (ranks_x[i] - mean) * (ranks_y[i] - mean);
    xx += (ranks_x[i] - mean) * (ranks_x[i] - mean);
    yy += (ranks_y[i] - mean) * (ranks_y[i] - mean);
  }
  if (xx == 0.0 || yy == 0.0) return Statistic::none(kUnanimous);
  return Statistic::of(xy / std::sqrt(xx * yy));
}

void from_correlations(const RatingTable& scores, Concordance& result) {
  double sum = 0.0, pairs = 0.0;
  for (std::int32_t a = 0; a < scores.rater_count; ++a) {
    for (std::int32_t b = a + 1; b < scores.rater_count; ++b) {
      const Statistic rho = rank_correlation(scores, a, b);
      if (!rho.defined()) continue;
      sum += rho.value;
      pairs += 1.0;
    }
  }
  if (pairs == 0.0) return;
  const auto judges = static_cast<double>(scores.rater_count);
  result.w = Statistic::of(std::max(0.0, (1.0 + sum / pairs * (judges - 1.0)) / judges));
}

}  // namespace

std::vector<double> mid_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size(), 0.0);
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    // Ranks begin + 1 .. end share their mean.
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = static_cast<double>(begin + 1 + end) / 2.0;
    begin = end;
  }
  return ranks;
}

Concordance kendall_w(const RatingTable& scores) {
  Concordance result;
  result.judge_count = scores.rater_count;
  result.item_count = scores.item_count;
  if (scores.rater_count < 2 || scores.item_count < 2) return result;
  result.complete = std::ranges::none_of(scores.value, [](double x) { return std::isnan(x); });
  if (!result.complete) {
    from_correlations(scores, result);
    return result;
  }
  const auto items = static_cast<std::size_t>(scores.item_count);
  std::vector<double> rank_sum(items, 0.0);
  for (std::int32_t judge = 0; judge < scores.rater_count; ++judge) {
    const auto row = std::span<const double>(scores.value).subspan(static_cast<std::size_t>(judge) * items, items);
    const std::vector<double> ranks = mid_ranks(row);
    for (std::size_t i = 0; i < items; ++i) rank_sum[i] += ranks[i];
    result.ties += sum_of_ties(row);
  }
  const auto m = static_cast<double>(scores.rater_count), n = static_cast<double>(items);
  for (const double sum : rank_sum) result.squares += (sum - m * (n + 1.0) / 2.0) * (sum - m * (n + 1.0) / 2.0);
  const double full = m * m * (n * n * n - n);
  result.w_uncorrected = Statistic::of(12.0 * result.squares / full);
  const double corrected = full - m * result.ties;
  if (corrected <= 0.0) {
    result.w = Statistic::none(kUnanimous);
    return result;
  }
  result.w = Statistic::of(12.0 * result.squares / corrected);
  result.chi_squared = Statistic::of(m * (n - 1.0) * result.w.value);
  result.p_value = Statistic::of(1.0 - analysis::incomplete_gamma((n - 1.0) / 2.0, result.chi_squared.value / 2.0));
  return result;
}

}  // namespace jianwei::experts
