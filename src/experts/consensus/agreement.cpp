#include "experts/consensus/agreement.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "experts/consensus/quantiles.h"

namespace jianwei::experts {
namespace {

double total(std::span<const std::int64_t> counts) {
  return static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}));
}

// A of one layer: the pattern of categories that still hold answers.
double layer_agreement(const std::vector<std::uint8_t>& pattern) {
  const auto categories = static_cast<double>(pattern.size());
  double unimodal = 0.0, bimodal = 0.0, filled = 0.0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    filled += pattern[i];
    for (std::size_t j = i + 1; j < pattern.size(); ++j) {
      for (std::size_t k = j + 1; k < pattern.size(); ++k) {
        const int triple = pattern[i] * 4 + pattern[j] * 2 + pattern[k];
        if (triple == 6 || triple == 3) unimodal += 1.0;
        if (triple == 5) bimodal += 1.0;
      }
    }
  }
  double u = 1.0;
  if (unimodal + bimodal > 0.0) {
    u = ((categories - 2.0) * unimodal - (categories - 1.0) * bimodal) / ((categories - 2.0) * (unimodal + bimodal));
  }
  return u * (1.0 - (filled - 1.0) / (categories - 1.0));
}

}  // namespace

Statistic agreement_share(std::span<const std::int64_t> counts, std::int32_t from, std::int32_t to) {
  const double all = total(counts);
  if (all == 0.0) return Statistic::none(kTooFew);
  double inside = 0.0;
  for (std::int32_t k = std::max(from, 1); k <= std::min<std::int32_t>(to, static_cast<std::int32_t>(counts.size())); ++k) {
    inside += static_cast<double>(counts[static_cast<std::size_t>(k - 1)]);
  }
  return Statistic::of(inside / all);
}

Statistic tastle_wierman_consensus(std::span<const std::int64_t> counts) {
  const double all = total(counts);
  if (all == 0.0 || counts.size() < 2) return Statistic::none(kTooFew);
  double mean = 0.0;
  for (std::size_t k = 0; k < counts.size(); ++k) mean += static_cast<double>(k) * static_cast<double>(counts[k]) / all;
  const auto range = static_cast<double>(counts.size() - 1);
  double consensus = 1.0;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (counts[k] == 0) continue;  // the logarithm may not exist there, and 0 log 0 = 0
    consensus += static_cast<double>(counts[k]) / all * std::log2(1.0 - std::abs(static_cast<double>(k) - mean) / range);
  }
  return Statistic::of(std::clamp(consensus, 0.0, 1.0));  // a rounding error beyond the ends
}

Statistic van_der_eijk_agreement(std::span<const std::int64_t> counts) {
  const double all = total(counts);
  if (all == 0.0 || counts.size() < 3) return Statistic::none(kTooFew);
  std::vector<std::int64_t> left(counts.begin(), counts.end());
  double agreement = 0.0;
  for (;;) {
    std::int64_t height = 0, filled = 0;
    std::vector<std::uint8_t> pattern(left.size(), 0);
    for (std::size_t k = 0; k < left.size(); ++k) {
      if (left[k] == 0) continue;
      pattern[k] = 1;
      ++filled;
      height = height == 0 ? left[k] : std::min(height, left[k]);
    }
    if (filled == 0) break;
    agreement += static_cast<double>(height * filled) / all * layer_agreement(pattern);
    for (std::int64_t& count : left) {
      if (count > 0) count -= height;
    }
  }
  return Statistic::of(agreement);
}

Statistic bimodality_coefficient(std::span<const double> answers) {
  const auto n = static_cast<double>(answers.size());
  if (answers.size() < 4) return Statistic::none(kTooFew);
  const double mean = std::accumulate(answers.begin(), answers.end(), 0.0) / n;
  double m2 = 0.0, m3 = 0.0, m4 = 0.0;
  for (const double x : answers) {
    const double d = x - mean;
    m2 += d * d / n;
    m3 += d * d * d / n;
    m4 += d * d * d * d / n;
  }
  if (m2 == 0.0) return Statistic::none(kUnanimous);
  const double skewness = m3 / std::pow(m2, 1.5) * std::sqrt(n * (n - 1.0)) / (n - 2.0);
  const double kurtosis = (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * (m4 / (m2 * m2) - 3.0) + 6.0);
  return Statistic::of((skewness * skewness + 1.0) / (kurtosis + 3.0 * (n - 1.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0))));
}

RamDisagreement ram_disagreement(std::span<const double> answers) {
  RamDisagreement result;
  result.p30 = quantile(answers, 0.3);
  result.p70 = quantile(answers, 0.7);
  if (!result.p30.defined()) return result;
  const double center = (result.p30.value + result.p70.value) / 2.0;
  // 2.35 and 1.5 as in the RAND/UCLA manual; an article that prints 2.5 computes with 2.35.
  result.ipras = Statistic::of(2.35 + 1.5 * std::abs(5.0 - center));
  result.disagreement = result.p70.value - result.p30.value > result.ipras.value;
  return result;
}

MajorityCut majority_opinion_cut(std::span<const ItemVotes> items) {
  MajorityCut cut;
  std::int64_t majority = 0, all = 0;
  for (const ItemVotes& item : items) {
    if (2 * item.agree > item.all) majority += item.agree;
    if (2 * item.disagree > item.all) majority += item.disagree;
    all += item.all;
  }
  cut.passes.assign(items.size(), 0);
  if (all == 0) return cut;
  cut.threshold = Statistic::of(static_cast<double>(majority) / static_cast<double>(all));
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto larger = static_cast<double>(std::max(items[i].agree, items[i].disagree));
    cut.passes[i] = items[i].all > 0 && larger / static_cast<double>(items[i].all) >= cut.threshold.value ? 1 : 0;
  }
  return cut;
}

}  // namespace jianwei::experts
