// Expectation maximisation of the two-class mixture over level patterns, with Dirichlet and Beta priors.
#include "analysis/resolution/fellegi_sunter.h"

#include <algorithm>
#include <cmath>

namespace jianwei::analysis {
namespace {

constexpr int kIterations = 40;
constexpr double kPriorPairs = 200.0;   // a field's prior counts as much as this many pairs
constexpr double kLambdaPairs = 20.0;   // a stratum's prior

// Starting points and prior means: what bibliographic duplicates and near misses look like (the levels of compare.h, in order).
constexpr std::array<std::array<double, 8>, field_count> kPriorMatch = {{
    {0.62, 0.16, 0.14, 0.05, 0.015, 0.010, 0.005},
    {0.70, 0.18, 0.07, 0.03, 0.02},
    {0.90, 0.07, 0.02, 0.01},
    {0.65, 0.34, 0.01},
    {0.86, 0.08, 0.06},
    {0.82, 0.14, 0.04},
}};
constexpr std::array<std::array<double, 8>, field_count> kPriorOther = {{
    {0.002, 0.02, 0.01, 0.04, 0.10, 0.25, 0.578},
    {0.02, 0.03, 0.06, 0.19, 0.70},
    {0.14, 0.18, 0.22, 0.46},
    {0.12, 0.58, 0.30},
    {0.01, 0.03, 0.96},
    {0.01, 0.05, 0.94},
}};

// Pool adjacent violators: the closest non-increasing sequence, levels weighted by how often they occur.
void make_non_increasing(std::array<double, 8>& values, const std::array<double, 8>& mass, std::size_t count) {
  std::array<double, 8> sum{};
  std::array<double, 8> weight{};
  std::array<std::size_t, 8> length{};
  std::size_t blocks = 0;
  for (std::size_t i = 0; i < count; ++i) {
    sum[blocks] = values[i] * mass[i];
    weight[blocks] = mass[i];
    length[blocks] = 1;
    ++blocks;
    while (blocks > 1 && sum[blocks - 1] / weight[blocks - 1] > sum[blocks - 2] / weight[blocks - 2]) {
      sum[blocks - 2] += sum[blocks - 1];
      weight[blocks - 2] += weight[blocks - 1];
      length[blocks - 2] += length[blocks - 1];
      --blocks;
    }
  }
  for (std::size_t block = 0, i = 0; block < blocks; ++block) {
    for (std::size_t k = 0; k < length[block]; ++k) values[i++] = sum[block] / weight[block];
  }
}

}  // namespace

MatchModel MatchModel::fit(std::vector<LevelPattern> patterns, std::int32_t stratum_count) {
  std::sort(patterns.begin(), patterns.end(), [](const LevelPattern& a, const LevelPattern& b) { return std::tie(a.levels, a.stratum) < std::tie(b.levels, b.stratum); });
  MatchModel model;
  model.m_ = kPriorMatch;
  model.u_ = kPriorOther;
  model.lambda_.assign(static_cast<std::size_t>(stratum_count), 0.2);
  model.lambda_.resize(std::max<std::size_t>(1, model.lambda_.size()), 0.2);
  const auto refresh = [&] {
    for (std::size_t field = 0; field < field_count; ++field) {
      std::array<double, 8> mass{};
      for (std::size_t level = 0; level < kLevelCounts[field]; ++level) {
        model.weight_[field][level] = std::clamp(std::log2(model.m_[field][level] / model.u_[field][level]), -12.0, 12.0);
        mass[level] = model.m_[field][level] + model.u_[field][level];
      }
      make_non_increasing(model.weight_[field], mass, kLevelCounts[field]);
    }
  };
  refresh();
  for (int iteration = 0; iteration < kIterations; ++iteration) {
    std::array<std::array<double, 8>, field_count> match{};
    std::array<std::array<double, 8>, field_count> other{};
    std::vector<double> matches(model.lambda_.size(), 0.0);
    std::vector<double> totals(model.lambda_.size(), 0.0);
    for (const LevelPattern& pattern : patterns) {
      const auto pairs = static_cast<double>(pattern.pair_count);
      const auto stratum = static_cast<std::size_t>(pattern.stratum);
      const double p = model.probability(pattern.levels, pattern.stratum);
      matches[stratum] += p * pairs;
      totals[stratum] += pairs;
      for (std::size_t field = 0; field < field_count; ++field) {
        if (pattern.levels[field] == kUnknownLevel) continue;
        match[field][pattern.levels[field]] += p * pairs;
        other[field][pattern.levels[field]] += (1 - p) * pairs;
      }
    }
    double change = 0;
    for (std::size_t field = 0; field < field_count; ++field) {
      double match_total = kPriorPairs;
      double other_total = kPriorPairs;
      for (std::size_t level = 0; level < kLevelCounts[field]; ++level) {
        match_total += match[field][level];
        other_total += other[field][level];
      }
      for (std::size_t level = 0; level < kLevelCounts[field]; ++level) {
        const double m = (match[field][level] + kPriorPairs * kPriorMatch[field][level]) / match_total;
        change = std::max(change, std::abs(m - model.m_[field][level]));
        model.m_[field][level] = m;
        model.u_[field][level] = (other[field][level] + kPriorPairs * kPriorOther[field][level]) / other_total;
      }
    }
    for (std::size_t s = 0; s < model.lambda_.size(); ++s) {
      model.lambda_[s] = (matches[s] + 0.1 * kLambdaPairs) / (totals[s] + kLambdaPairs);
    }
    refresh();
    if (change < 1e-6) break;
  }
  return model;
}

double MatchModel::log2_weight(const std::array<std::uint8_t, field_count>& levels) const {
  double weight = 0;
  for (std::size_t field = 0; field < field_count; ++field) {
    if (levels[field] != kUnknownLevel) weight += weight_[field][levels[field]];
  }
  return weight;
}

double MatchModel::probability(const std::array<std::uint8_t, field_count>& levels, std::int32_t stratum) const {
  const double lambda = match_share(stratum);
  const double log2_odds = std::log2(lambda / (1 - lambda)) + log2_weight(levels);
  return 1.0 / (1.0 + std::exp2(-log2_odds));
}

double MatchModel::match_share(std::int32_t stratum) const { return std::clamp(lambda_[static_cast<std::size_t>(stratum)], 1e-6, 0.95); }

}  // namespace jianwei::analysis
