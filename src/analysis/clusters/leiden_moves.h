// Internal to Leiden: the local moving step, in rounds over fixed shards of nodes.
//
// A round visits the waiting nodes of every shard in order and moves each to the neighbouring (or an empty) cluster of largest gain. Inside a
// shard a move is seen at once; what other shards do is seen at the end of the round, when all moves are applied in shard order. So shards run
// in parallel and the result depends on the shards alone, never on the threads. A small graph is one shard: plain Leiden.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/clusters/leiden_level.h"

namespace jianwei::analysis::leiden_steps {

struct MoveOptions {
  double resolution = 0.0;
  double stop_share = 0.0;  // a round that moves no more than this share of the nodes is the last one; 0: until nothing moves
  bool one_shard = false;   // for nodes in no order: shards that see little of their neighbours' moves need many more rounds
  int thread_count = 0;
};

// Moves nodes until a round changes (almost) nothing. `cluster` holds numbers in [0, nodes) and is changed; `waiting` [nodes] says which
// nodes to look at and afterwards which ones were left. Gives the nodes that moved, increasing.
std::vector<std::int32_t> move_nodes(const Level& level, const MoveOptions& options, std::vector<std::int32_t>& cluster, std::vector<std::uint8_t>& waiting);

}  // namespace jianwei::analysis::leiden_steps
