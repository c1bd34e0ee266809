#include "analysis/retrieval/fusion.h"

#include <algorithm>
#include <utility>

namespace jianwei::analysis {

std::vector<ScoredDocument> fuse_rankings(std::span<const std::vector<ScoredDocument>> rankings, std::int64_t limit, double constant) {
  std::vector<std::pair<std::int32_t, double>> parts;
  for (const std::vector<ScoredDocument>& ranking : rankings) {
    for (std::size_t i = 0; i < ranking.size(); ++i) parts.emplace_back(ranking[i].document, 1.0 / (constant + static_cast<double>(i + 1)));
  }
  std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::pair<std::int32_t, double>> sums;
  for (const auto& [document, part] : parts) {
    if (sums.empty() || sums.back().first != document) sums.emplace_back(document, 0.0);
    sums.back().second += part;
  }
  std::stable_sort(sums.begin(), sums.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  if (static_cast<std::int64_t>(sums.size()) > limit) sums.resize(static_cast<std::size_t>(limit));
  std::vector<ScoredDocument> fused;
  for (const auto& [document, sum] : sums) fused.push_back({document, static_cast<float>(sum)});
  return fused;
}

}  // namespace jianwei::analysis
