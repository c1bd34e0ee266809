#include "workflow/judgement/bench.h"

namespace jianwei::workflow::judgement {

void follow_objects(NetworkResult& network, const NewNodes& changed) {
  std::vector<std::int32_t> number(network.node_ids.size(), -1);
  std::map<std::string, std::int32_t> place;
  NetworkResult kept;
  kept.id = network.id;
  kept.modularity = network.modularity;
  for (std::size_t n = 0; n < network.node_ids.size(); ++n) {
    const auto found = changed.find(network.node_ids[n]);
    const std::string& id = found == changed.end() ? network.node_ids[n] : found->second.first;
    if (id.empty()) continue;
    const auto [known, added] = place.try_emplace(id, static_cast<std::int32_t>(kept.node_ids.size()));
    number[n] = known->second;
    if (!added) {
      kept.node_weights[static_cast<std::size_t>(known->second)] += network.node_weights[n];
      continue;
    }
    kept.node_ids.push_back(id);
    kept.labels.push_back(found == changed.end() ? network.labels[n] : found->second.second);
    kept.node_weights.push_back(network.node_weights[n]);
    kept.communities.push_back(network.communities[n]);
    kept.x.push_back(network.x[n]);
    kept.y.push_back(network.y[n]);
  }
  std::map<std::pair<std::int32_t, std::int32_t>, double> edges;
  for (std::size_t e = 0; e < network.edge_from.size(); ++e) {
    const std::int32_t a = number[static_cast<std::size_t>(network.edge_from[e])], b = number[static_cast<std::size_t>(network.edge_to[e])];
    if (a >= 0 && b >= 0 && a != b) edges[{a, b}] += network.edge_weights[e];
  }
  for (const auto& [ends, weight] : edges) {
    kept.edge_from.push_back(ends.first);
    kept.edge_to.push_back(ends.second);
    kept.edge_weights.push_back(weight);
  }
  network = std::move(kept);
}

}  // namespace jianwei::workflow::judgement
