// With n_v the weight of node v, N_c of cluster c and w_vc the edge weight between them, moving v to c is worth w_vc - gamma n_v N_c (v itself
// taken out of c), so only neighbouring clusters and an empty one (worth 0) can be best.
//
// Each worker has its own copy of the labels and of the clusters' sums, as they stood at the start of the round; a shard changes the copy,
// notes its moves and puts the copy back. Sums over neighbours stand beside the cluster's weight, so that one cache line answers for both.
#include "analysis/clusters/leiden_moves.h"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "base/parallel.h"

namespace jianwei::analysis::leiden_steps {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// A move must gain more than rounding could: relative to the sizes met in the sum.
constexpr double kMinGain = 1e-9;
// Few nodes with many arcs (upper levels) are dense: there every node touches every shard.
constexpr std::int32_t kMinShardedNodes = 65'536;
constexpr std::int64_t kArcsPerShard = 500'000;
constexpr std::int64_t kMaxShards = 8;
// How far ahead rows are called into the cache: the labels of one node's neighbours, then what is known of those clusters.
constexpr std::int32_t kLabelsAhead = 3;
constexpr std::int32_t kClustersAhead = 1;
// Shards that wait for each other's moves can undo them for ever; a tenth of this is usual.
constexpr int kMaxShardedRounds = 50;

struct ClusterState {
  double weight = 0.0;
  std::int32_t size = 0;
  float link = 0.0F;  // edge weight to the node being looked at; 0 between visits
};

struct Move {
  std::int32_t node, from, to;
};

struct Worker {
  std::vector<std::int32_t> label;
  std::vector<ClusterState> clusters;
  std::vector<std::int32_t> touched;
};

struct Shard {
  std::int32_t begin = 0, end = 0;
  std::int32_t next_empty = 0;  // where to look for an empty cluster among the shard's own numbers
  std::vector<Move> moves;
};

std::vector<Shard> cut_shards(const Level& level, bool one_shard) {
  const auto arcs = static_cast<std::int64_t>(level.neighbors.size());
  const std::int64_t count = one_shard || level.node_count() < kMinShardedNodes ? 1 : std::clamp<std::int64_t>(arcs / kArcsPerShard, 1, kMaxShards);
  std::vector<Shard> shards(at(count));
  for (std::int64_t s = 0; s < count; ++s) {
    shards[at(s)].begin = s == 0 ? 0 : shards[at(s) - 1].end;
    const auto end = std::lower_bound(level.offsets.begin(), level.offsets.end() - 1, arcs * (s + 1) / count);
    shards[at(s)].end = s + 1 == count ? level.node_count() : static_cast<std::int32_t>(end - level.offsets.begin());
  }
  return shards;
}

class Mover {
 public:
  Mover(const Level& level, const MoveOptions& options, std::vector<std::int32_t>& cluster, std::vector<std::uint8_t>& waiting)
      : level_(level), options_(options), cluster_(cluster), waiting_(waiting), shards_(cut_shards(level, options.one_shard)), clusters_(cluster.size()), moved_(cluster.size(), 0) {
    for (std::size_t node = 0; node < cluster.size(); ++node) {
      clusters_[at(cluster[node])].weight += level.node_weights[node];
      ++clusters_[at(cluster[node])].size;
    }
    const std::int64_t threads = options.thread_count > 0 ? options.thread_count : default_thread_count();
    workers_.resize(std::min(shards_.size(), at(threads)));
    if (shards_.size() > 1) outside_ = std::vector<std::atomic<std::uint8_t>>(cluster.size());
    parallel_blocks(std::ssize(workers_), 1, options.thread_count, [&](std::int64_t w, std::int64_t, std::int64_t) {
      workers_[at(w)].label = cluster_;
      workers_[at(w)].clusters = clusters_;
      workers_[at(w)].touched.resize(cluster_.size() + 1);
    });
  }

  // Gives the number of moves.
  std::int64_t round() {
    std::atomic<std::size_t> next = 0;
    parallel_blocks(std::ssize(workers_), 1, options_.thread_count, [&](std::int64_t w, std::int64_t, std::int64_t) {
      for (std::size_t s = next++; s < shards_.size(); s = next++) {
        if (level_.weights.empty()) {
          visit_shard<false>(shards_[s], workers_[at(w)]);
        } else {
          visit_shard<true>(shards_[s], workers_[at(w)]);
        }
      }
    });
    return apply();
  }

  std::size_t shard_count() const { return shards_.size(); }

  std::vector<std::int32_t> moved() const {
    std::vector<std::int32_t> nodes;
    for (std::size_t node = 0; node < moved_.size(); ++node) {
      if (moved_[node] != 0) nodes.push_back(static_cast<std::int32_t>(node));
    }
    return nodes;
  }

 private:
  template <bool weighted>
  void visit_shard(Shard& shard, Worker& worker) {
    shard.moves.clear();
    shard.next_empty = shard.begin;
    for (std::int32_t node = shard.begin; node < shard.end; ++node) {
      if (waiting_[at(node)] == 0) continue;
      waiting_[at(node)] = 0;
      prefetch(node, shard, worker);
      const std::int32_t target = best_cluster<weighted>(node, shard, worker);
      const std::int32_t own = worker.label[at(node)];
      if (target == own) continue;
      const double weight = level_.node_weights[at(node)];
      worker.clusters[at(own)].weight -= weight;
      if (--worker.clusters[at(own)].size == 0) worker.clusters[at(own)].weight = 0.0;
      worker.clusters[at(target)].weight += weight;
      ++worker.clusters[at(target)].size;
      worker.label[at(node)] = target;
      shard.moves.push_back({node, own, target});
      wake_neighbors(node, target, shard, worker);
    }
    if (shards_.size() == 1) return;  // nobody else will look at the copy
    for (const Move& move : shard.moves) {
      worker.label[at(move.node)] = move.from;
      worker.clusters[at(move.from)] = clusters_[at(move.from)];
      worker.clusters[at(move.to)] = clusters_[at(move.to)];
    }
  }

  void prefetch(std::int32_t node, const Shard& shard, const Worker& worker) const {
    const std::int32_t labels = node + kLabelsAhead;
    if (labels < shard.end && waiting_[at(labels)] != 0) {
      for (std::int64_t e = level_.offsets[at(labels)]; e < level_.offsets[at(labels) + 1]; ++e) __builtin_prefetch(&worker.label[at(level_.neighbors[at(e)])]);
    }
    const std::int32_t clusters = node + kClustersAhead;
    if (clusters < shard.end && waiting_[at(clusters)] != 0) {
      for (std::int64_t e = level_.offsets[at(clusters)]; e < level_.offsets[at(clusters) + 1]; ++e) __builtin_prefetch(&worker.clusters[at(worker.label[at(level_.neighbors[at(e)])])], 1);
    }
  }

  template <bool weighted>
  std::int32_t best_cluster(std::int32_t node, Shard& shard, Worker& worker) {
    std::int32_t* const touched = worker.touched.data();
    ClusterState* const clusters = worker.clusters.data();
    const std::int32_t* const label = worker.label.data();
    std::size_t touched_count = 0;
    const std::int64_t end = level_.offsets[at(node) + 1];
    for (std::int64_t e = level_.offsets[at(node)]; e < end; ++e) {
      const std::int32_t c = label[level_.neighbors[at(e)]];
      touched[touched_count] = c;
      touched_count += clusters[c].link == 0.0F;
      clusters[c].link += weighted ? level_.weights[at(e)] : 1.0F;
    }
    const std::int32_t own = label[node];
    const double weight = level_.node_weights[at(node)];
    const double pull = options_.resolution * weight;
    const double stay = clusters[own].link - pull * (clusters[own].weight - weight);
    clusters[own].link = 0.0F;
    // Two nodes alone in different shards would swap places for ever: only the one with the larger number joins.
    const bool alone = shards_.size() > 1 && clusters[own].size == 1;
    double best_gain = stay;
    std::int32_t best = own;
    for (std::size_t i = 0; i < touched_count; ++i) {
      ClusterState& state = clusters[touched[i]];
      const double gain = state.link - pull * state.weight;
      state.link = 0.0F;
      if (gain > best_gain && touched[i] != own && !(alone && state.size == 1 && touched[i] > own)) {
        best_gain = gain;
        best = touched[i];
      }
    }
    if (best_gain < 0.0 && clusters[own].size > 1) {  // alone is better, when a number for it is free
      while (shard.next_empty < shard.end && (clusters_[at(shard.next_empty)].size != 0 || clusters[shard.next_empty].size != 0)) ++shard.next_empty;
      if (shard.next_empty < shard.end) {
        best = shard.next_empty;
        best_gain = 0.0;
      }
    }
    return best_gain - stay > kMinGain * (1.0 + std::abs(stay)) ? best : own;
  }

  void wake_neighbors(std::int32_t node, std::int32_t target, const Shard& shard, const Worker& worker) {
    for (std::int64_t e = level_.offsets[at(node)]; e < level_.offsets[at(node) + 1]; ++e) {
      const std::int32_t neighbor = level_.neighbors[at(e)];
      if (worker.label[at(neighbor)] == target) continue;
      if (neighbor >= shard.begin && neighbor < shard.end) {
        waiting_[at(neighbor)] = 1;
      } else {
        outside_[at(neighbor)].store(1, std::memory_order_relaxed);
      }
    }
  }

  // Makes the moves of all shards known to all workers.
  std::int64_t apply() {
    std::int64_t count = 0;
    for (const Shard& shard : shards_) {
      count += std::ssize(shard.moves);
      for (const Move& move : shard.moves) {
        cluster_[at(move.node)] = move.to;
        moved_[at(move.node)] = 1;
        const double weight = level_.node_weights[at(move.node)];
        clusters_[at(move.from)].weight -= weight;
        if (--clusters_[at(move.from)].size == 0) clusters_[at(move.from)].weight = 0.0;
        clusters_[at(move.to)].weight += weight;
        ++clusters_[at(move.to)].size;
      }
    }
    if (shards_.size() == 1) return count;
    parallel_blocks(std::ssize(workers_), 1, options_.thread_count, [&](std::int64_t w, std::int64_t, std::int64_t) {
      Worker& worker = workers_[at(w)];
      for (const Shard& shard : shards_) {
        for (const Move& move : shard.moves) {
          worker.label[at(move.node)] = move.to;
          worker.clusters[at(move.from)] = clusters_[at(move.from)];
          worker.clusters[at(move.to)] = clusters_[at(move.to)];
        }
      }
    });
    for (std::size_t node = 0; node < outside_.size(); ++node) {
      waiting_[node] = static_cast<std::uint8_t>(waiting_[node] | outside_[node].load(std::memory_order_relaxed));
      outside_[node].store(0, std::memory_order_relaxed);
    }
    return count;
  }

  const Level& level_;
  const MoveOptions& options_;
  std::vector<std::int32_t>& cluster_;
  std::vector<std::uint8_t>& waiting_;
  std::vector<Shard> shards_;
  std::vector<ClusterState> clusters_;  // as of the start of the round
  std::vector<std::uint8_t> moved_;
  std::vector<Worker> workers_;
  std::vector<std::atomic<std::uint8_t>> outside_;  // nodes another shard has woken
};

}  // namespace

std::vector<std::int32_t> move_nodes(const Level& level, const MoveOptions& options, std::vector<std::int32_t>& cluster, std::vector<std::uint8_t>& waiting) {
  Mover mover(level, options, cluster, waiting);
  const double enough = options.stop_share * static_cast<double>(level.node_count());
  for (int round = 0; mover.shard_count() == 1 || round < kMaxShardedRounds; ++round) {
    if (static_cast<double>(mover.round()) <= enough) break;
  }
  return mover.moved();
}

}  // namespace jianwei::analysis::leiden_steps
