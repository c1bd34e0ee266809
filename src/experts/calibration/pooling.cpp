#include "experts/calibration/pooling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace jianwei::experts {

std::vector<double> weights_from_past(std::span<const PastPerformance> members, double shrinkage) {
  const auto skill = [](const PastPerformance& member) { return std::max(0.0, 1.0 - member.brier / 0.25); };
  double sum = 0.0, count = 0.0;
  for (const PastPerformance& member : members) {
    sum += skill(member) * static_cast<double>(member.forecast_count);
    count += static_cast<double>(member.forecast_count);
  }
  const double mean = count == 0.0 ? 0.0 : sum / count;
  std::vector<double> weights;
  for (const PastPerformance& member : members) {
    const auto n = static_cast<double>(member.forecast_count);
    weights.push_back((n * skill(member) + shrinkage * mean) / (n + shrinkage));
  }
  const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight = all == 0.0 ? 1.0 / static_cast<double>(weights.size()) : weight / all;
  return weights;
}

Result<double> pool_probabilities(std::span<const double> probabilities, std::span<const double> weights, PoolMethod method, double extremizing) {
  if (probabilities.empty() || probabilities.size() != weights.size()) return fail(ErrorKind::invalid_input, "pooling: {} probabilities and {} weights", probabilities.size(), weights.size());
  double sum = 0.0, pooled = 0.0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double p = probabilities[i];
    if (!(p >= 0.0 && p <= 1.0)) return fail(ErrorKind::invalid_input, "pooling: probability {} is {}, expected 0 to 1", i + 1, p);
    if (!(weights[i] >= 0.0)) return fail(ErrorKind::invalid_input, "pooling: weight {} is {}, expected 0 or more", i + 1, weights[i]);
    const double held = std::clamp(p, 0.001, 0.999);
    pooled += weights[i] * (method == PoolMethod::linear ? p : std::log(held / (1.0 - held)));
    sum += weights[i];
  }
  if (sum == 0.0) return fail(ErrorKind::invalid_input, "pooling: all weights are 0");
  pooled /= sum;
  if (method == PoolMethod::linear) return pooled;
  return 1.0 / (1.0 + std::exp(-extremizing * pooled));
}

}  // namespace jianwei::experts
