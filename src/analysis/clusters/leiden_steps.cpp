// Refinement and aggregation of one level.
//
// Sums over neighbours go to a dense scratch array with a list of the touched places. Refinement treats each cluster by itself, so blocks
// of clusters run in parallel with random numbers that depend on (seed, node) alone.
#include <algorithm>
#include <cmath>

#include "analysis/clusters/leiden_level.h"
#include "base/parallel.h"
#include "base/random.h"

namespace jianwei::analysis::leiden_steps {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

constexpr std::int64_t kNodesPerBlock = 4096;

// First label of each block of about kNodesPerBlock nodes; a block is a run of whole labels.
std::vector<std::int64_t> cut_blocks(const Groups& groups) {
  std::vector<std::int64_t> bounds = {0};
  const auto label_count = static_cast<std::int64_t>(groups.offsets.size()) - 1;
  for (std::int64_t label = 1; label <= label_count; ++label) {
    if (label == label_count || groups.offsets[at(label)] - groups.offsets[at(bounds.back())] >= kNodesPerBlock) bounds.push_back(label);
  }
  return bounds;
}

}  // namespace

Groups group_by(std::span<const std::int32_t> label, std::int32_t label_count) {
  Groups groups;
  groups.offsets.assign(at(label_count) + 1, 0);
  groups.nodes.resize(label.size());
  for (const std::int32_t l : label) ++groups.offsets[at(l) + 1];
  for (std::size_t l = 1; l < groups.offsets.size(); ++l) groups.offsets[l] += groups.offsets[l - 1];
  std::vector<std::int64_t> next(groups.offsets.begin(), groups.offsets.end() - 1);
  for (std::size_t node = 0; node < label.size(); ++node) groups.nodes[at(next[at(label[node])]++)] = static_cast<std::int32_t>(node);
  return groups;
}

Level reorder(const Level& level, std::span<const std::int32_t> order, int thread_count) {
  Level result;
  std::vector<std::int32_t> number(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) number[at(order[i])] = static_cast<std::int32_t>(i);
  result.node_weights.resize(order.size());
  result.own_offsets.assign(order.size() + 1, 0);
  for (std::size_t i = 0; i < order.size(); ++i) {
    result.node_weights[i] = level.node_weights[at(order[i])];
    result.own_offsets[i + 1] = result.own_offsets[i] + level.offsets[at(order[i]) + 1] - level.offsets[at(order[i])];
  }
  result.own_neighbors.resize(level.neighbors.size());
  result.own_weights.resize(level.weights.size());
  const bool weighted = !level.weights.empty();
  parallel_blocks(static_cast<std::int64_t>(order.size()), kNodesPerBlock, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      auto place = at(result.own_offsets[at(i)]);
      const std::int32_t old = order[at(i)];
      for (std::int64_t e = level.offsets[at(old)]; e < level.offsets[at(old) + 1]; ++e, ++place) {
        result.own_neighbors[place] = number[at(level.neighbors[at(e)])];
        if (weighted) result.own_weights[place] = level.weights[at(e)];
      }
    }
  });
  result.offsets = result.own_offsets;
  result.neighbors = result.own_neighbors;
  result.weights = result.own_weights;
  return result;
}

namespace {

// What refinement knows of the parts of one cluster; a part is named by the place of its first node in the cluster.
struct Parts {
  std::vector<std::int32_t> of;      // [places] the part of each node
  std::vector<double> weight;        // [places] N of the part
  std::vector<double> outside;       // [places] edge weight between the part and the rest of the cluster
  std::vector<std::int32_t> size;    // [places] nodes
  std::vector<double> link;          // [places] scratch
  void reset(std::size_t count) {
    of.resize(count);
    weight.resize(count);
    outside.assign(count, 0.0);
    size.assign(count, 1);
    link.assign(count, 0.0);
  }
};

struct Cluster {
  std::span<const std::int32_t> nodes;
  std::int32_t label;
  double weight;
};

void refine_cluster(const Level& level, double resolution, double randomness, std::uint64_t seed, std::span<const std::int32_t> cluster, std::span<const std::int32_t> place,
                    const Cluster& whole, Parts& parts) {
  parts.reset(whole.nodes.size());
  for (std::size_t p = 0; p < whole.nodes.size(); ++p) {
    const std::int32_t node = whole.nodes[p];
    parts.of[p] = static_cast<std::int32_t>(p);
    parts.weight[p] = level.node_weights[at(node)];
    for (std::int64_t e = level.offsets[at(node)]; e < level.offsets[at(node) + 1]; ++e) {
      if (cluster[at(level.neighbors[at(e)])] == whole.label) parts.outside[p] += level.weight(e);
    }
  }
  std::vector<std::int32_t> touched;
  std::vector<double> running;
  for (std::size_t p = 0; p < whole.nodes.size(); ++p) {
    const std::int32_t node = whole.nodes[p];
    const double node_weight = level.node_weights[at(node)];
    if (parts.size[p] != 1 || parts.of[p] != static_cast<std::int32_t>(p)) continue;
    if (parts.outside[p] < resolution * node_weight * (whole.weight - node_weight)) continue;  // not well connected to the rest
    touched.clear();
    for (std::int64_t e = level.offsets[at(node)]; e < level.offsets[at(node) + 1]; ++e) {
      const std::int32_t neighbor = level.neighbors[at(e)];
      if (cluster[at(neighbor)] != whole.label) continue;
      const std::int32_t part = parts.of[at(place[at(neighbor)])];
      if (parts.link[at(part)] == 0.0) touched.push_back(part);
      parts.link[at(part)] += level.weight(e);
    }
    // Largest gain first, so that exp never overflows. Staying alone is worth 0.
    double largest = 0.0;
    for (const std::int32_t part : touched) largest = std::max(largest, parts.link[at(part)] - resolution * node_weight * parts.weight[at(part)]);
    double sum = std::exp(-largest / randomness);
    running.clear();
    for (const std::int32_t part : touched) {
      const double gain = parts.link[at(part)] - resolution * node_weight * parts.weight[at(part)];
      const bool well_connected = parts.outside[at(part)] >= resolution * parts.weight[at(part)] * (whole.weight - parts.weight[at(part)]);
      if (gain >= 0.0 && well_connected) sum += std::exp((gain - largest) / randomness);
      running.push_back(sum);
    }
    const double pick = Random(seed, static_cast<std::uint64_t>(node)).uniform() * sum;
    const double alone = std::exp(-largest / randomness);
    if (pick >= alone && !touched.empty()) {
      const auto chosen = std::min<std::ptrdiff_t>(std::upper_bound(running.begin(), running.end(), pick) - running.begin(), static_cast<std::ptrdiff_t>(touched.size()) - 1);
      const std::size_t part = at(touched[static_cast<std::size_t>(chosen)]);
      parts.outside[part] += parts.outside[p] - 2.0 * parts.link[part];
      parts.weight[part] += node_weight;
      ++parts.size[part];
      parts.of[p] = static_cast<std::int32_t>(part);
      parts.size[p] = 0;
    }
    for (const std::int32_t part : touched) parts.link[at(part)] = 0.0;
  }
}

}  // namespace

std::vector<std::int32_t> refine(const Level& level, double resolution, double randomness, std::uint64_t seed, std::span<const std::int32_t> cluster, int thread_count, std::int32_t& part_count) {
  std::int32_t label_count = 0;
  for (const std::int32_t c : cluster) label_count = std::max(label_count, c + 1);
  const Groups groups = group_by(cluster, label_count);
  std::vector<std::int32_t> place(cluster.size());
  for (std::int32_t label = 0; label < label_count; ++label) {
    for (std::int64_t i = groups.offsets[at(label)]; i < groups.offsets[at(label) + 1]; ++i) place[at(groups.nodes[at(i)])] = static_cast<std::int32_t>(i - groups.offsets[at(label)]);
  }
  const std::vector<std::int64_t> bounds = cut_blocks(groups);
  std::vector<std::int32_t> part(cluster.size());  // first the part's number inside its block
  std::vector<std::int32_t> block_parts(bounds.size(), 0);
  parallel_blocks(static_cast<std::int64_t>(bounds.size()) - 1, 1, thread_count, [&](std::int64_t block, std::int64_t, std::int64_t) {
    Parts parts;
    std::vector<std::int32_t> number;
    std::int32_t next = 0;
    for (std::int64_t label = bounds[at(block)]; label < bounds[at(block) + 1]; ++label) {
      const auto begin = groups.offsets[at(label)];
      const Cluster whole{{groups.nodes.data() + begin, at(groups.offsets[at(label) + 1] - begin)}, static_cast<std::int32_t>(label), [&] {
                            double sum = 0.0;
                            for (std::int64_t i = begin; i < groups.offsets[at(label) + 1]; ++i) sum += level.node_weights[at(groups.nodes[at(i)])];
                            return sum;
                          }()};
      refine_cluster(level, resolution, randomness, seed, cluster, place, whole, parts);
      number.assign(whole.nodes.size(), -1);
      for (std::size_t p = 0; p < whole.nodes.size(); ++p) {
        std::int32_t& n = number[at(parts.of[p])];
        if (n < 0) n = next++;
        part[at(whole.nodes[p])] = n;
      }
    }
    block_parts[at(block) + 1] = next;
  });
  for (std::size_t b = 1; b < block_parts.size(); ++b) block_parts[b] += block_parts[b - 1];
  for (std::size_t b = 0; b + 1 < bounds.size(); ++b) {
    for (std::int64_t i = groups.offsets[at(bounds[b])]; i < groups.offsets[at(bounds[b + 1])]; ++i) part[at(groups.nodes[at(i)])] += block_parts[b];
  }
  part_count = block_parts.back();
  return part;
}

Level aggregate(const Level& level, std::span<const std::int32_t> part, std::int32_t part_count, int thread_count) {
  const Groups groups = group_by(part, part_count);
  // Few blocks, since each needs a scratch as long as the number of parts.
  const std::int64_t block_size = std::max<std::int64_t>(1024, (part_count + 15) / 16);
  struct Block {
    std::vector<std::int64_t> sizes;
    std::vector<std::int32_t> neighbors;
    std::vector<float> weights;
  };
  std::vector<Block> blocks(at((part_count + block_size - 1) / block_size));
  Level result;
  result.node_weights.assign(at(part_count), 0.0);
  parallel_blocks(part_count, block_size, thread_count, [&](std::int64_t b, std::int64_t begin, std::int64_t end) {
    std::vector<double> link(at(part_count), 0.0);
    std::vector<std::int32_t> touched(at(part_count) + 1);
    Block& block = blocks[at(b)];
    for (std::int64_t p = begin; p < end; ++p) {
      std::size_t touched_count = 0;
      for (std::int64_t i = groups.offsets[at(p)]; i < groups.offsets[at(p) + 1]; ++i) {
        const std::int32_t node = groups.nodes[at(i)];
        result.node_weights[at(p)] += level.node_weights[at(node)];
        for (std::int64_t e = level.offsets[at(node)]; e < level.offsets[at(node) + 1]; ++e) {
          const std::int32_t other = part[at(level.neighbors[at(e)])];
          touched[touched_count] = other;
          touched_count += link[at(other)] == 0.0;
          link[at(other)] += level.weight(e);
        }
      }
      const std::size_t before = block.neighbors.size();
      link[at(p)] = 0.0;  // edges inside the part: no self-loops are kept
      for (std::size_t i = 0; i < touched_count; ++i) {
        const std::int32_t other = touched[i];
        if (other == p) continue;
        block.neighbors.push_back(other);
        block.weights.push_back(static_cast<float>(link[at(other)]));
        link[at(other)] = 0.0;
      }
      block.sizes.push_back(static_cast<std::int64_t>(block.neighbors.size() - before));
    }
  });
  result.own_offsets.assign(1, 0);
  for (const Block& block : blocks) {
    for (const std::int64_t size : block.sizes) result.own_offsets.push_back(result.own_offsets.back() + size);
    result.own_neighbors.insert(result.own_neighbors.end(), block.neighbors.begin(), block.neighbors.end());
    result.own_weights.insert(result.own_weights.end(), block.weights.begin(), block.weights.end());
  }
  result.offsets = result.own_offsets;
  result.neighbors = result.own_neighbors;
  result.weights = result.own_weights;
  return result;
}

}  // namespace jianwei::analysis::leiden_steps
