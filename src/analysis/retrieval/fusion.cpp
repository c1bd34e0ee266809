#include "analysis/retrieval/fusion.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace jianwei::analysis {
namespace {

using Part = std::pair<std::int32_t, double>;

// Adds the parts of each document; the best first.
std::vector<ScoredDocument> add_parts(std::vector<Part> parts, std::int64_t limit) {
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.first < b.first; });
  std::vector<Part> sums;
  for (const auto& [document, part] : parts) {
    if (sums.empty() || sums.back().first != document) sums.emplace_back(document, 0.0);
    sums.back().second += part;
  }
  std::stable_sort(sums.begin(), sums.end(), [](const Part& a, const Part& b) { return a.second > b.second; });
  if (static_cast<std::int64_t>(sums.size()) > limit) sums.resize(static_cast<std::size_t>(limit));
  std::vector<ScoredDocument> fused;
  for (const auto& [document, sum] : sums) fused.push_back({document, static_cast<float>(sum)});
  return fused;
}

}  // namespace

std::vector<ScoredDocument> fuse_rankings(std::span<const std::vector<ScoredDocument>> rankings, std::int64_t limit, double constant) {
  std::vector<Part> parts;
  for (const std::vector<ScoredDocument>& ranking : rankings) {
    for (std::size_t i = 0; i < ranking.size(); ++i) parts.emplace_back(ranking[i].document, 1.0 / (constant + static_cast<double>(i + 1)));
  }
  return add_parts(std::move(parts), limit);
}

std::vector<ScoredDocument> fuse_scores(std::span<const std::vector<ScoredDocument>> rankings, std::span<const double> weights, std::int64_t limit) {
  std::vector<Part> parts;
  for (std::size_t r = 0; r < rankings.size(); ++r) {
    const std::vector<ScoredDocument>& ranking = rankings[r];
    if (ranking.empty()) continue;
    double mean = 0.0, variance = 0.0, lowest = ranking.front().score;
    for (const ScoredDocument& found : ranking) mean += found.score / static_cast<double>(ranking.size());
    for (const ScoredDocument& found : ranking) {
      variance += (found.score - mean) * (found.score - mean) / static_cast<double>(ranking.size());
      lowest = std::min<double>(lowest, found.score);
    }
    const double deviation = variance > 0.0 ? std::sqrt(variance) : 1.0;
    // Above the lowest: a document that the ranking lacks then adds nothing, which is the same order.
    for (const ScoredDocument& found : ranking) parts.emplace_back(found.document, weights[r] * (found.score - lowest) / deviation);
  }
  return add_parts(std::move(parts), limit);
}

}  // namespace jianwei::analysis
