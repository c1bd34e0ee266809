#include "analysis/resolution/average_linkage.h"

#include <algorithm>
#include <numeric>

namespace jianwei::analysis {
namespace {

struct Merge {
  std::int32_t kept, gone;
  float likeness;
};

class Chain {
 public:
  Chain(std::span<float> likeness, std::span<const double> sizes)
      : count_(static_cast<std::int32_t>(sizes.size())), likeness_(likeness), sizes_(sizes.begin(), sizes.end()), active_(sizes.size(), true) {}

  std::vector<Merge> merges() {
    std::vector<Merge> merges;
    std::vector<std::int32_t> chain;
    std::int32_t next_start = 0;
    for (std::int32_t left = count_; left > 1;) {
      if (chain.empty()) {
        while (!active_[static_cast<std::size_t>(next_start)]) ++next_start;
        chain.push_back(next_start);
      }
      const std::int32_t top = chain.back();
      const std::int32_t before = chain.size() > 1 ? chain[chain.size() - 2] : -1;
      const std::int32_t nearest = nearest_of(top, before);
      if (nearest != before) {
        chain.push_back(nearest);
        continue;
      }
      chain.resize(chain.size() - 2);
      merges.push_back({std::min(top, nearest), std::max(top, nearest), at(top, nearest)});
      join(merges.back().kept, merges.back().gone);
      --left;
    }
    return merges;
  }

 private:
  float& at(std::int32_t a, std::int32_t b) { return likeness_[static_cast<std::size_t>(a) * static_cast<std::size_t>(count_) + static_cast<std::size_t>(b)]; }

  // The likeliest other cluster; `preferred` wins ties, so that a chain ends.
  std::int32_t nearest_of(std::int32_t a, std::int32_t preferred) {
    std::int32_t best = preferred;
    for (std::int32_t b = 0; b < count_; ++b) {
      if (b == a || !active_[static_cast<std::size_t>(b)]) continue;
      if (best < 0 || at(a, b) > at(a, best)) best = b;
    }
    return best;
  }

  void join(std::int32_t kept, std::int32_t gone) {
    const double a = sizes_[static_cast<std::size_t>(kept)];
    const double b = sizes_[static_cast<std::size_t>(gone)];
    for (std::int32_t other = 0; other < count_; ++other) {
      if (!active_[static_cast<std::size_t>(other)] || other == kept || other == gone) continue;
      const auto mean = static_cast<float>((a * at(kept, other) + b * at(gone, other)) / (a + b));
      at(kept, other) = mean;
      at(other, kept) = mean;
    }
    sizes_[static_cast<std::size_t>(kept)] = a + b;
    active_[static_cast<std::size_t>(gone)] = false;
  }

  std::int32_t count_;
  std::span<float> likeness_;
  std::vector<double> sizes_;
  std::vector<bool> active_;
};

}  // namespace

std::vector<std::int32_t> average_linkage(std::span<float> likeness, std::span<const double> sizes, double threshold) {
  std::vector<std::int32_t> parent(sizes.size());
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&parent](std::int32_t i) {
    while (parent[static_cast<std::size_t>(i)] != i) i = parent[static_cast<std::size_t>(i)];
    return i;
  };
  // Average linkage never finds a later merge of two clusters likelier than the merges inside them, so a threshold cuts the tree.
  for (const Merge& merge : Chain(likeness, sizes).merges()) {
    if (merge.likeness < threshold) continue;
    const std::int32_t a = root(merge.kept), b = root(merge.gone);
    parent[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
  }
  std::vector<std::int32_t> labels(sizes.size(), -1);
  std::int32_t count = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const auto r = static_cast<std::size_t>(root(static_cast<std::int32_t>(i)));
    if (labels[r] < 0) labels[r] = count++;
    labels[i] = labels[r];
  }
  return labels;
}

}  // namespace jianwei::analysis
