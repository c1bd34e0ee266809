// Minimum-cost flow by successive shortest paths with potentials (Dijkstra), on graphs of some hundred thousand edges.
//
// Source: Ahuja, Magnanti and Orlin (1993), Network Flows, section 9.7
#pragma once

#include <cstdint>
#include <vector>

namespace jianwei::experts {

class FlowGraph {
 public:
  explicit FlowGraph(std::int32_t node_count) : first_(static_cast<std::size_t>(node_count), -1) {}

  // Returns the edge's number. capacity >= 0, cost finite and >= 0.
  std::int32_t add_edge(std::int32_t from, std::int32_t to, std::int32_t capacity, double cost);

  // Sends up to `amount` units from `source` to `sink` at the least cost; returns what could be sent. May be called again to send more.
  // Time O(flow * edges log nodes).
  std::int32_t send(std::int32_t source, std::int32_t sink, std::int32_t amount);

  std::int32_t flow(std::int32_t edge) const { return edges_[static_cast<std::size_t>(edge) ^ 1U].capacity; }

  // After send(): nodes that the source still reaches in the residual graph; the edges out of this set are a minimum cut.
  std::vector<std::uint8_t> reachable(std::int32_t source) const;

 private:
  struct Edge {
    std::int32_t to = 0, next = -1, capacity = 0;
    double cost = 0.0;
  };
  bool shortest_path(std::int32_t source, std::int32_t sink);

  std::vector<std::int32_t> first_;
  std::vector<Edge> edges_;              // edge e and its reverse e ^ 1
  std::vector<double> potential_, distance_;
  std::vector<std::int32_t> via_;        // edge by which a node is reached
};

}  // namespace jianwei::experts
