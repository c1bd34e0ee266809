#include "analysis/hindcast/metrics.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace jianwei::analysis {

namespace {

std::vector<std::size_t> by_score(std::span<const double> scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] != scores[b] ? scores[a] > scores[b] : a < b; });
  return order;
}

// Sum of values over the first k ranks, each weighted by discount(rank); inside a tie every member has the mean value of the tie.
template <class Value, class Discount>
double expected_sum(std::span<const double> scores, std::int64_t k, Value value, Discount discount) {
  const std::vector<std::size_t> order = by_score(scores);
  const std::size_t limit = std::min(order.size(), static_cast<std::size_t>(std::max<std::int64_t>(k, 0)));
  double sum = 0.0;
  for (std::size_t begin = 0; begin < limit;) {
    std::size_t end = begin;
    double group = 0.0;
    while (end < order.size() && scores[order[end]] == scores[order[begin]]) group += value(order[end++]);
    group /= static_cast<double>(end - begin);
    for (std::size_t rank = begin; rank < std::min(end, limit); ++rank) sum += group * discount(rank);
    begin = end;
  }
  return sum;
}

double positives(std::span<const std::uint8_t> labels) { return static_cast<double>(std::count(labels.begin(), labels.end(), std::uint8_t{1})); }

}  // namespace

double weighted_auprc(std::span<const double> scores, std::span<const std::uint8_t> labels, std::span<const double> weights) {
  const auto weight = [&](std::size_t i) { return weights.empty() ? 1.0 : weights[i]; };
  double total = 0.0;
  for (std::size_t i = 0; i < labels.size(); ++i) total += labels[i] ? weight(i) : 0.0;
  if (total <= 0.0) return 0.0;
  const std::vector<std::size_t> order = by_score(scores);
  double hits = 0.0, seen = 0.0, area = 0.0;
  for (std::size_t begin = 0; begin < order.size();) {
    double gained = 0.0;
    std::size_t end = begin;
    for (; end < order.size() && scores[order[end]] == scores[order[begin]]; ++end) {
      const double w = weight(order[end]);
      seen += w;
      if (labels[order[end]]) gained += w;
    }
    hits += gained;
    if (gained > 0.0) area += gained / total * hits / seen;
    begin = end;
  }
  return area;
}

double auprc(std::span<const double> scores, std::span<const std::uint8_t> labels) { return weighted_auprc(scores, labels, {}); }

double precision_at(std::span<const double> scores, std::span<const std::uint8_t> labels, std::int64_t k) {
  const auto reachable = std::min<std::int64_t>(k, static_cast<std::int64_t>(scores.size()));
  if (reachable <= 0) return 0.0;
  return expected_sum(scores, reachable, [&](std::size_t i) { return labels[i] ? 1.0 : 0.0; }, [](std::size_t) { return 1.0; }) / static_cast<double>(reachable);
}

double ndcg_at(std::span<const double> scores, std::span<const double> gains, std::int64_t k) {
  const auto discount = [](std::size_t rank) { return 1.0 / std::log2(static_cast<double>(rank) + 2.0); };
  std::vector<double> ideal(gains.begin(), gains.end());
  std::sort(ideal.begin(), ideal.end(), std::greater<>());
  double best = 0.0;
  for (std::size_t rank = 0; rank < std::min(ideal.size(), static_cast<std::size_t>(std::max<std::int64_t>(k, 0))); ++rank) best += ideal[rank] * discount(rank);
  if (best <= 0.0) return 0.0;
  return expected_sum(scores, k, [&](std::size_t i) { return gains[i]; }, discount) / best;
}

double csi_at_prevalence(std::span<const double> scores, std::span<const std::uint8_t> labels) {
  const double truth = positives(labels);
  if (truth <= 0.0) return 0.0;
  const double hits = truth * precision_at(scores, labels, static_cast<std::int64_t>(truth));
  return hits / (2.0 * truth - hits);  // called = true = P, so TP + FP + FN = 2P - TP
}

double brier(std::span<const double> probabilities, std::span<const std::uint8_t> labels) {
  if (probabilities.empty()) return 0.0;
  double sum = 0.0;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    const double difference = probabilities[i] - (labels[i] ? 1.0 : 0.0);
    sum += difference * difference;
  }
  return sum / static_cast<double>(probabilities.size());
}

std::vector<ReliabilityBin> reliability(std::span<const double> probabilities, std::span<const std::uint8_t> labels, std::int64_t bin_count) {
  std::vector<ReliabilityBin> bins(static_cast<std::size_t>(std::max<std::int64_t>(bin_count, 1)));
  std::vector<std::size_t> order = by_score(probabilities);
  std::reverse(order.begin(), order.end());
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    ReliabilityBin& bin = bins[rank * bins.size() / order.size()];
    ++bin.count;
    bin.mean_probability += probabilities[order[rank]];
    bin.observed_share += labels[order[rank]] ? 1.0 : 0.0;
  }
  for (ReliabilityBin& bin : bins) {
    if (bin.count == 0) continue;
    bin.mean_probability /= static_cast<double>(bin.count);
    bin.observed_share /= static_cast<double>(bin.count);
  }
  return bins;
}

double crps_normal(double mean, double deviation, double observed) {
  const double z = (observed - mean) / deviation;
  const double density = std::exp(-0.5 * z * z) / 2.5066282746310002;
  const double cumulative = 0.5 * std::erfc(-z / 1.4142135623730951);
  return deviation * (z * (2.0 * cumulative - 1.0) + 2.0 * density - 0.5641895835477563);  // 1 / sqrt(pi)
}

}  // namespace jianwei::analysis
