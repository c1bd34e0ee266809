#include "analysis/topics/topic_quality.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "analysis/clusters/leiden.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// The documents both fits hold and place, as two parallel lists.
struct Common {
  std::vector<std::int32_t> own, other;
};

Common common_documents(std::span<const std::int32_t> topic, const OtherFit& fit) {
  Common common;
  for (std::size_t d = 0; d < topic.size(); ++d) {
    if (topic[d] < 0 || fit.topic[d] < 0 || (!fit.held.empty() && fit.held[d] == 0)) continue;
    common.own.push_back(topic[d]);
    common.other.push_back(fit.topic[d]);
  }
  return common;
}

// [topics] the best Jaccard of each topic among the other fit's; -1 for a topic without a common document.
std::vector<double> best_overlaps(const Common& common, std::int32_t topic_count) {
  std::map<std::pair<std::int32_t, std::int32_t>, double> shared;
  std::map<std::int32_t, double> other_size;
  std::vector<double> size(at(topic_count), 0.0), best(at(topic_count), -1.0);
  for (std::size_t i = 0; i < common.own.size(); ++i) {
    shared[{common.own[i], common.other[i]}] += 1;
    size[at(common.own[i])] += 1;
    other_size[common.other[i]] += 1;
  }
  for (const auto& [pair, n] : shared) best[at(pair.first)] = std::max(best[at(pair.first)], n / (size[at(pair.first)] + other_size[pair.second] - n));
  return best;
}

}  // namespace

std::vector<std::int32_t> largest_topics(const DocumentTopics& documents) {
  std::vector<std::int32_t> topic(at(documents.document_count()), -1);
  for (std::size_t d = 0; d < topic.size(); ++d) {
    if (documents.offsets[d] < documents.offsets[d + 1]) topic[d] = documents.topics[at(documents.offsets[d])];
  }
  return topic;
}

std::vector<double> topic_coverage(std::span<const std::int32_t> topic, std::int32_t topic_count) {
  std::vector<double> coverage(at(topic_count), 0.0);
  for (const std::int32_t k : topic) {
    if (k >= 0) coverage[at(k)] += 1.0 / static_cast<double>(topic.size());
  }
  return coverage;
}

FitAgreement compare_fits(std::span<const std::int32_t> topic, std::int32_t topic_count, std::span<const OtherFit> others) {
  FitAgreement agreement;
  std::vector<double> sum(at(topic_count), 0.0), seen(at(topic_count), 0.0);
  for (const OtherFit& fit : others) {
    const Common common = common_documents(topic, fit);
    agreement.adjusted_rand.push_back(adjusted_rand_index(common.own, common.other));
    const std::vector<double> best = best_overlaps(common, topic_count);
    for (std::size_t k = 0; k < best.size(); ++k) {
      if (best[k] < 0) continue;
      sum[k] += best[k];
      seen[k] += 1;
    }
  }
  for (std::size_t k = 0; k < sum.size(); ++k) agreement.stability.push_back(seen[k] > 0 ? sum[k] / seen[k] : 0.0);
  return agreement;
}

std::vector<std::uint8_t> draw_documents(std::int64_t document_count, double share, std::uint64_t seed, std::uint64_t stream) {
  Random random(seed, stream);
  std::vector<std::int32_t> order(at(document_count));
  std::iota(order.begin(), order.end(), 0);
  const std::int64_t kept = std::llround(share * static_cast<double>(document_count));
  std::vector<std::uint8_t> held(at(document_count), 0);
  for (std::int64_t i = 0; i < kept; ++i) {
    std::swap(order[at(i)], order[at(i) + random.below(static_cast<std::uint32_t>(document_count - i))]);
    held[at(order[at(i)])] = 1;
  }
  return held;
}

}  // namespace jianwei::analysis
