// A chain grows from any item to its nearest neighbour until two are each other's nearest; they merge and the chain goes on from what is left.
// Distances of a merged cluster follow from those of its parts (Lance and Williams), so that the matrix is all that is kept.
#include "analysis/items/linkage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// A full symmetric matrix; row access is contiguous.
class Distances {
 public:
  Distances(const VectorTable& vectors, Linkage linkage, int thread_count) : n_(vectors.row_count), values_(at(n_ * n_)) {
    parallel_blocks(n_, 32, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) {
        for (std::int64_t j = 0; j < n_; ++j) {
          const std::span<const float> a = vectors.row(std::min(i, j)), b = vectors.row(std::max(i, j));
          double cosine = 0.0;
          for (std::size_t k = 0; k < a.size(); ++k) cosine += static_cast<double>(a[k]) * static_cast<double>(b[k]);
          const double distance = std::max(0.0, 1.0 - cosine);
          // Ward is updated in squares.
          values_[at(i * n_ + j)] = i == j ? 0.0F : static_cast<float>(linkage == Linkage::ward ? 2.0 * distance : distance);
        }
      }
    });
  }
  float& operator()(std::int64_t i, std::int64_t j) { return values_[at(i * n_ + j)]; }
  const float* row(std::int64_t i) const { return values_.data() + i * n_; }

 private:
  std::int64_t n_;
  std::vector<float> values_;
};

struct Chain {
  std::vector<std::int32_t> size;    // [items] of the cluster kept at this place, 0 = gone
  std::vector<std::int32_t> active;  // places still in use, increasing

  std::int32_t nearest(const Distances& distances, std::int32_t place, std::int32_t preferred) const {
    const float* row = distances.row(place);
    std::int32_t best = preferred;
    float least = preferred >= 0 ? row[preferred] : std::numeric_limits<float>::infinity();
    for (const std::int32_t other : active) {
      if (other != place && row[other] < least) {
        least = row[other];
        best = other;
      }
    }
    return best;
  }
};

// Puts the cluster of `gone` into `kept` and updates the distances to all others.
void merge_places(Distances& distances, Linkage linkage, Chain& chain, std::int32_t kept, std::int32_t gone) {
  const double a = chain.size[at(kept)], b = chain.size[at(gone)];
  const double between = static_cast<double>(distances(kept, gone));
  chain.active.erase(std::lower_bound(chain.active.begin(), chain.active.end(), gone));
  for (const std::int32_t other : chain.active) {
    if (other == kept) continue;
    const double to_kept = static_cast<double>(distances(kept, other)), to_gone = static_cast<double>(distances(gone, other));
    const double c = chain.size[at(other)];
    const double merged = linkage == Linkage::average ? (a * to_kept + b * to_gone) / (a + b) : ((a + c) * to_kept + (b + c) * to_gone - c * between) / (a + b + c);
    distances(kept, other) = distances(other, kept) = static_cast<float>(merged);
  }
  chain.size[at(kept)] += chain.size[at(gone)];
  chain.size[at(gone)] = 0;
}

std::int32_t find_root(std::vector<std::int32_t>& parent, std::int32_t x) {
  while (parent[at(x)] != x) x = parent[at(x)] = parent[at(parent[at(x)])];
  return x;
}

// Merges are found out of order; sorted by height they are named as nodes.
void name_nodes(Dendrogram& tree) {
  std::stable_sort(tree.merges.begin(), tree.merges.end(), [](const Merge& a, const Merge& b) { return a.height < b.height; });
  std::vector<std::int32_t> parent(at(tree.item_count)), node(at(tree.item_count)), size(at(tree.item_count), 1);
  std::iota(parent.begin(), parent.end(), 0);
  std::iota(node.begin(), node.end(), 0);
  for (std::size_t i = 0; i < tree.merges.size(); ++i) {
    Merge& merge = tree.merges[i];
    const std::int32_t a = find_root(parent, merge.first), b = find_root(parent, merge.second);
    merge.first = std::min(node[at(a)], node[at(b)]);
    merge.second = std::max(node[at(a)], node[at(b)]);
    parent[at(b)] = a;
    size[at(a)] += size[at(b)];
    merge.size = size[at(a)];
    node[at(a)] = tree.item_count + static_cast<std::int32_t>(i);
  }
}

std::string quote_name(const std::string& name) {
  std::string quoted = "'";
  for (const char c : name) quoted += c == '\'' ? std::string("''") : (c == '\n' || c == '\r') ? std::string(" ") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

Result<Dendrogram> link_items(const VectorTable& vectors, Linkage linkage, Progress& progress, int thread_count) {
  if (vectors.row_count < 1) return fail(ErrorKind::invalid_input, "there is no item to cluster");
  if (vectors.row_count > kMaxLinkedItems) return fail(ErrorKind::invalid_input, "{} items: a tree is built for at most {}; use topics of a corpus for more", vectors.row_count, kMaxLinkedItems);
  Dendrogram tree;
  tree.item_count = static_cast<std::int32_t>(vectors.row_count);
  Distances distances(vectors, linkage, thread_count);
  Chain chain{std::vector<std::int32_t>(at(tree.item_count), 1), std::vector<std::int32_t>(at(tree.item_count))};
  std::iota(chain.active.begin(), chain.active.end(), 0);
  std::vector<std::int32_t> path;
  while (chain.active.size() > 1) {
    TRY(progress.check());
    if (path.empty()) path.push_back(chain.active.front());
    while (true) {
      const std::int32_t last = path.back();
      const std::int32_t before = path.size() > 1 ? path[path.size() - 2] : -1;
      const std::int32_t next = chain.nearest(distances, last, before);
      if (next == before) break;
      path.push_back(next);
    }
    const std::int32_t a = std::min(path[path.size() - 1], path[path.size() - 2]), b = std::max(path[path.size() - 1], path[path.size() - 2]);
    path.resize(path.size() - 2);
    const double between = std::max(0.0, static_cast<double>(distances(a, b)));
    tree.merges.push_back({a, b, linkage == Linkage::ward ? std::sqrt(between) : between, 0});
    merge_places(distances, linkage, chain, a, b);
  }
  name_nodes(tree);
  return tree;
}

std::vector<std::int32_t> cut_dendrogram(const Dendrogram& tree, std::int32_t cluster_count) {
  cluster_count = std::clamp(cluster_count, std::int32_t{1}, std::max(tree.item_count, std::int32_t{1}));
  std::vector<std::int32_t> parent(at(2 * std::int64_t{tree.item_count}));
  std::iota(parent.begin(), parent.end(), 0);
  for (std::int32_t i = 0; i < tree.item_count - cluster_count; ++i) {
    const Merge& merge = tree.merges[at(i)];
    parent[at(merge.first)] = parent[at(merge.second)] = tree.item_count + i;
  }
  std::vector<std::int32_t> root(at(tree.item_count));
  std::vector<std::int32_t> size(parent.size(), 0), order;
  for (std::int32_t item = 0; item < tree.item_count; ++item) {
    root[at(item)] = find_root(parent, item);
    if (size[at(root[at(item)])]++ == 0) order.push_back(root[at(item)]);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return size[at(a)] > size[at(b)]; });
  std::vector<std::int32_t> number(parent.size(), -1);
  for (std::size_t i = 0; i < order.size(); ++i) number[at(order[i])] = static_cast<std::int32_t>(i);
  for (std::int32_t& cluster : root) cluster = number[at(cluster)];
  return root;
}

std::vector<std::int32_t> leaf_order(const Dendrogram& tree) {
  std::vector<std::int32_t> order;
  if (tree.item_count == 1) return {0};
  std::vector<std::int32_t> open = {2 * tree.item_count - 2};
  while (!open.empty()) {
    const std::int32_t node = open.back();
    open.pop_back();
    if (node < tree.item_count) {
      order.push_back(node);
    } else {
      const Merge& merge = tree.merges[at(node - tree.item_count)];
      open.push_back(merge.second);
      open.push_back(merge.first);
    }
  }
  return order;
}

std::string to_newick(const Dendrogram& tree, const std::vector<std::string>& names) {
  if (tree.item_count == 1) return quote_name(names[0]) + ";";
  // Built from the merges up, so that a deep tree needs no recursion; a part is moved into the merge that uses it.
  std::vector<std::string> parts(at(2 * std::int64_t{tree.item_count} - 1));
  for (std::int32_t i = 0; i < tree.item_count; ++i) parts[at(i)] = quote_name(names[at(i)]);
  const auto height = [&](std::int32_t node) { return node < tree.item_count ? 0.0 : tree.merges[at(node - tree.item_count)].height; };
  for (std::size_t i = 0; i < tree.merges.size(); ++i) {
    const Merge& merge = tree.merges[i];
    std::string& part = parts[at(tree.item_count) + i];
    part = fmt::format("({}:{:.5g},{}:{:.5g})", parts[at(merge.first)], merge.height - height(merge.first), parts[at(merge.second)], merge.height - height(merge.second));
    parts[at(merge.first)].clear();
    parts[at(merge.second)].clear();
  }
  return parts.back() + ";";
}

}  // namespace jianwei::analysis
