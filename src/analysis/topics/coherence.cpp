// Document lists of the few words asked for, intersected pair by pair.
#include "analysis/topics/coherence.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

std::int64_t count_common(std::span<const std::int32_t> a, std::span<const std::int32_t> b) {
  std::int64_t common = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    common += a[i] == b[j];
    const std::int32_t x = a[i];
    const std::int32_t y = b[j];
    i += x <= y;
    j += y <= x;
  }
  return common;
}

double npmi(double p_i, double p_j, double p_ij) {
  if (p_ij <= 0.0) return -1.0;
  if (p_ij >= 1.0) return 1.0;
  return std::log(p_ij / (p_i * p_j)) / -std::log(p_ij);
}

}  // namespace

std::vector<double> npmi_coherence(const text::CountMatrix& documents, std::span<const std::vector<std::int32_t>> top_words, int thread_count) {
  std::vector<std::int32_t> slot(static_cast<std::size_t>(documents.column_count), -1);
  std::int32_t slot_count = 0;
  for (const std::vector<std::int32_t>& words : top_words) {
    for (const std::int32_t word : words) {
      if (slot[static_cast<std::size_t>(word)] < 0) slot[static_cast<std::size_t>(word)] = slot_count++;
    }
  }
  std::vector<std::vector<std::int32_t>> holders(static_cast<std::size_t>(slot_count));
  for (std::int64_t d = 0; d < documents.row_count; ++d) {
    for (const std::int32_t word : documents.row(d)) {
      const std::int32_t s = slot[static_cast<std::size_t>(word)];
      if (s >= 0) holders[static_cast<std::size_t>(s)].push_back(static_cast<std::int32_t>(d));
    }
  }
  const auto total = static_cast<double>(documents.row_count);
  std::vector<double> coherence(top_words.size(), 0.0);
  parallel_blocks(static_cast<std::int64_t>(top_words.size()), 1, thread_count, [&](std::int64_t block, std::int64_t, std::int64_t) {
    const auto topic = static_cast<std::size_t>(block);
    double sum = 0.0;
    std::int64_t pairs = 0;
    for (std::size_t j = 1; j < top_words[topic].size(); ++j) {
      for (std::size_t i = 0; i < j; ++i, ++pairs) {
        const auto& a = holders[static_cast<std::size_t>(slot[static_cast<std::size_t>(top_words[topic][i])])];
        const auto& b = holders[static_cast<std::size_t>(slot[static_cast<std::size_t>(top_words[topic][j])])];
        sum += npmi(static_cast<double>(a.size()) / total, static_cast<double>(b.size()) / total, static_cast<double>(count_common(a, b)) / total);
      }
    }
    if (pairs > 0) coherence[topic] = sum / static_cast<double>(pairs);
  });
  return coherence;
}

double topic_diversity(std::span<const std::vector<std::int32_t>> top_words) {
  std::unordered_set<std::int32_t> distinct;
  std::size_t total = 0;
  for (const std::vector<std::int32_t>& words : top_words) {
    distinct.insert(words.begin(), words.end());
    total += words.size();
  }
  return total == 0 ? 0.0 : static_cast<double>(distinct.size()) / static_cast<double>(total);
}

}  // namespace jianwei::analysis
