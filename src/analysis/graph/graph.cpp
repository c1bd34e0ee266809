#include "analysis/graph/graph.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace jianwei::analysis {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

}  // namespace

Result<Graph> build_graph(std::int64_t node_count, std::span<const Edge> edges) {
  std::vector<std::int64_t> next(at(node_count) + 1, 0);
  for (const Edge& edge : edges) {
    if (edge.source < 0 || edge.source >= node_count || edge.target < 0 || edge.target >= node_count) {
      return fail(ErrorKind::invalid_input, "edge {}-{} leaves the {} nodes of the graph", edge.source, edge.target, node_count);
    }
    if (!(edge.weight >= 0.0) || !std::isfinite(edge.weight)) {
      return fail(ErrorKind::invalid_input, "edge {}-{} has weight {}, expected a number >= 0", edge.source, edge.target, edge.weight);
    }
    if (edge.source == edge.target || edge.weight == 0.0) continue;
    ++next[at(edge.source) + 1];
    ++next[at(edge.target) + 1];
  }
  std::partial_sum(next.begin(), next.end(), next.begin());
  struct Arc {
    std::int32_t target;
    double weight;
  };
  std::vector<Arc> arcs(at(next.back()));
  std::vector<std::int64_t> begins(next);
  for (const Edge& edge : edges) {
    if (edge.source == edge.target || edge.weight == 0.0) continue;
    arcs[at(next[at(edge.source)]++)] = {edge.target, edge.weight};
    arcs[at(next[at(edge.target)]++)] = {edge.source, edge.weight};
  }
  Graph graph;
  graph.offsets.reserve(at(node_count) + 1);
  graph.neighbors.reserve(arcs.size());
  graph.weights.reserve(arcs.size());
  for (std::int64_t node = 0; node < node_count; ++node) {
    const auto first = arcs.begin() + begins[at(node)];
    const auto last = arcs.begin() + begins[at(node) + 1];
    // Stable, so that repeated edges are added in the order given.
    std::stable_sort(first, last, [](const Arc& a, const Arc& b) { return a.target < b.target; });
    for (auto arc = first; arc != last;) {
      double sum = 0.0;
      const std::int32_t target = arc->target;
      for (; arc != last && arc->target == target; ++arc) sum += arc->weight;
      graph.neighbors.push_back(target);
      graph.weights.push_back(static_cast<float>(sum));
    }
    graph.offsets.push_back(static_cast<std::int64_t>(graph.neighbors.size()));
  }
  return graph;
}

std::vector<Edge> list_edges(const Graph& graph) {
  std::vector<Edge> edges;
  edges.reserve(at(graph.edge_count()));
  for (std::int64_t node = 0; node < graph.node_count(); ++node) {
    const auto row = graph.row(node);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] > node) edges.push_back({static_cast<std::int32_t>(node), row[i], graph.row_weights(node)[i]});
    }
  }
  return edges;
}

Graph subgraph(const Graph& graph, std::span<const std::uint8_t> keep, std::vector<std::int32_t>* kept) {
  std::vector<std::int32_t> number(keep.size(), -1);
  std::vector<std::int32_t> old;
  for (std::size_t node = 0; node < keep.size(); ++node) {
    if (keep[node] == 0) continue;
    number[node] = static_cast<std::int32_t>(old.size());
    old.push_back(static_cast<std::int32_t>(node));
  }
  Graph result;
  for (const std::int32_t node : old) {
    const auto row = graph.row(node);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (number[at(row[i])] < 0) continue;
      result.neighbors.push_back(number[at(row[i])]);
      result.weights.push_back(graph.row_weights(node)[i]);
    }
    result.offsets.push_back(static_cast<std::int64_t>(result.neighbors.size()));
    if (!graph.node_weights.empty()) result.node_weights.push_back(graph.node_weights[at(node)]);
  }
  if (kept) *kept = std::move(old);
  return result;
}

double total_weight(const Graph& graph) {
  double sum = 0.0;
  for (const float weight : graph.weights) sum += weight;
  return sum / 2.0;
}

std::vector<double> strengths(const Graph& graph) {
  std::vector<double> strength(at(graph.node_count()), 0.0);
  for (std::int64_t node = 0; node < graph.node_count(); ++node) {
    for (const float weight : graph.row_weights(node)) strength[at(node)] += weight;
  }
  return strength;
}

Components connected_components(const Graph& graph) {
  Components result;
  result.component.assign(at(graph.node_count()), -1);
  std::vector<std::int64_t> sizes;
  std::vector<std::int32_t> queue;
  for (std::int64_t start = 0; start < graph.node_count(); ++start) {
    if (result.component[at(start)] >= 0) continue;
    const auto component = static_cast<std::int32_t>(sizes.size());
    queue.assign(1, static_cast<std::int32_t>(start));
    result.component[at(start)] = component;
    for (std::size_t head = 0; head < queue.size(); ++head) {
      for (const std::int32_t neighbor : graph.row(queue[head])) {
        if (result.component[at(neighbor)] >= 0) continue;
        result.component[at(neighbor)] = component;
        queue.push_back(neighbor);
      }
    }
    sizes.push_back(static_cast<std::int64_t>(queue.size()));
  }
  std::vector<std::int32_t> order(sizes.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return sizes[at(a)] > sizes[at(b)]; });
  std::vector<std::int32_t> number(sizes.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    number[at(order[i])] = static_cast<std::int32_t>(i);
    result.sizes.push_back(sizes[at(order[i])]);
  }
  for (std::int32_t& component : result.component) component = number[at(component)];
  return result;
}

std::vector<std::int32_t> core_numbers(const Graph& graph) {
  // Nodes in buckets by remaining degree; the smallest is taken off and its neighbours move one bucket down.
  const std::size_t count = at(graph.node_count());
  std::vector<std::int32_t> degree(count);
  std::int32_t largest = 0;
  for (std::size_t node = 0; node < count; ++node) {
    degree[node] = static_cast<std::int32_t>(graph.degree(static_cast<std::int64_t>(node)));
    largest = std::max(largest, degree[node]);
  }
  std::vector<std::size_t> bucket_begin(at(largest) + 2, 0);
  for (const std::int32_t d : degree) ++bucket_begin[at(d) + 1];
  std::partial_sum(bucket_begin.begin(), bucket_begin.end(), bucket_begin.begin());
  std::vector<std::size_t> next(bucket_begin);
  std::vector<std::int32_t> order(count);
  std::vector<std::size_t> place(count);
  for (std::size_t node = 0; node < count; ++node) {
    place[node] = next[at(degree[node])]++;
    order[place[node]] = static_cast<std::int32_t>(node);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::int32_t node = order[i];
    for (const std::int32_t neighbor : graph.row(node)) {
      if (degree[at(neighbor)] <= degree[at(node)]) continue;
      const std::size_t front = bucket_begin[at(degree[at(neighbor)])]++;
      const std::int32_t other = order[front];
      std::swap(order[front], order[place[at(neighbor)]]);
      std::swap(place[at(other)], place[at(neighbor)]);
      --degree[at(neighbor)];
    }
    // The bucket of this degree now starts after this node.
    bucket_begin[at(degree[at(node)])] = std::max(bucket_begin[at(degree[at(node)])], i + 1);
  }
  return degree;
}

std::vector<double> pagerank(const Graph& graph, double damping, int iteration_count, double tolerance) {
  const std::size_t count = at(graph.node_count());
  if (count == 0) return {};
  const std::vector<double> strength = strengths(graph);
  std::vector<double> rank(count, 1.0 / static_cast<double>(count));
  std::vector<double> next(count);
  for (int iteration = 0; iteration < iteration_count; ++iteration) {
    double spread = 0.0;  // what isolated nodes hold
    for (std::size_t node = 0; node < count; ++node) spread += strength[node] > 0.0 ? 0.0 : rank[node];
    const double base = (1.0 - damping + damping * spread) / static_cast<double>(count);
    double change = 0.0;
    for (std::size_t node = 0; node < count; ++node) {
      double sum = 0.0;
      const auto row = graph.row(static_cast<std::int64_t>(node));
      const auto weights = graph.row_weights(static_cast<std::int64_t>(node));
      for (std::size_t i = 0; i < row.size(); ++i) sum += rank[at(row[i])] * weights[i] / strength[at(row[i])];
      next[node] = base + damping * sum;
      change += std::abs(next[node] - rank[node]);
    }
    rank.swap(next);
    if (change < tolerance) break;
  }
  return rank;
}

}  // namespace jianwei::analysis
