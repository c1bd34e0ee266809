#include "experts/assignment/flow.h"

#include <algorithm>
#include <limits>
#include <queue>
#include <utility>

namespace jianwei::experts {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();

}  // namespace

std::int32_t FlowGraph::add_edge(std::int32_t from, std::int32_t to, std::int32_t capacity, double cost) {
  const auto edge = static_cast<std::int32_t>(edges_.size());
  edges_.push_back({to, first_[static_cast<std::size_t>(from)], capacity, cost});
  first_[static_cast<std::size_t>(from)] = edge;
  edges_.push_back({from, first_[static_cast<std::size_t>(to)], 0, -cost});
  first_[static_cast<std::size_t>(to)] = edge + 1;
  return edge;
}

// Dijkstra on reduced costs, which stay >= 0 because every potential is a shortest distance of the graph before.
bool FlowGraph::shortest_path(std::int32_t source, std::int32_t sink) {
  distance_.assign(first_.size(), kFar);
  via_.assign(first_.size(), -1);
  distance_[static_cast<std::size_t>(source)] = 0.0;
  using Entry = std::pair<double, std::int32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  queue.push({0.0, source});
  while (!queue.empty()) {
    const auto [distance, node] = queue.top();
    queue.pop();
    const auto at = static_cast<std::size_t>(node);
    if (distance > distance_[at]) continue;
    for (std::int32_t e = first_[at]; e >= 0; e = edges_[static_cast<std::size_t>(e)].next) {
      const Edge& edge = edges_[static_cast<std::size_t>(e)];
      if (edge.capacity == 0) continue;
      const auto to = static_cast<std::size_t>(edge.to);
      // A reduced cost may miss 0 by a rounding error.
      const double reached = distance + std::max(0.0, edge.cost + potential_[at] - potential_[to]);
      if (reached < distance_[to]) {
        distance_[to] = reached;
        via_[to] = e;
        queue.push({reached, edge.to});
      }
    }
  }
  return distance_[static_cast<std::size_t>(sink)] < kFar;
}

std::int32_t FlowGraph::send(std::int32_t source, std::int32_t sink, std::int32_t amount) {
  potential_.resize(first_.size(), 0.0);
  std::int32_t sent = 0;
  while (sent < amount && shortest_path(source, sink)) {
    const double farthest = distance_[static_cast<std::size_t>(sink)];
    for (std::size_t node = 0; node < potential_.size(); ++node) potential_[node] += std::min(distance_[node], farthest);
    std::int32_t step = amount - sent;
    for (std::int32_t node = sink; node != source; node = edges_[static_cast<std::size_t>(via_[static_cast<std::size_t>(node)]) ^ 1U].to) {
      step = std::min(step, edges_[static_cast<std::size_t>(via_[static_cast<std::size_t>(node)])].capacity);
    }
    for (std::int32_t node = sink; node != source;) {
      const auto edge = static_cast<std::size_t>(via_[static_cast<std::size_t>(node)]);
      edges_[edge].capacity -= step;
      edges_[edge ^ 1U].capacity += step;
      node = edges_[edge ^ 1U].to;
    }
    sent += step;
  }
  return sent;
}

std::vector<std::uint8_t> FlowGraph::reachable(std::int32_t source) const {
  std::vector<std::uint8_t> seen(first_.size(), 0);
  std::vector<std::int32_t> open{source};
  seen[static_cast<std::size_t>(source)] = 1;
  while (!open.empty()) {
    const std::int32_t node = open.back();
    open.pop_back();
    for (std::int32_t e = first_[static_cast<std::size_t>(node)]; e >= 0; e = edges_[static_cast<std::size_t>(e)].next) {
      const Edge& edge = edges_[static_cast<std::size_t>(e)];
      if (edge.capacity == 0 || seen[static_cast<std::size_t>(edge.to)]) continue;
      seen[static_cast<std::size_t>(edge.to)] = 1;
      open.push_back(edge.to);
    }
  }
  return seen;
}

}  // namespace jianwei::experts
