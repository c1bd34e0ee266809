#include "workflow/views/networks.h"

#include <algorithm>
#include <set>

#include "base/strings.h"
#include "records/unicode.h"
#include "sources/live/http.h"
#include "workflow/views/href.h"

namespace jianwei::workflow {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

Result<std::size_t> find_node(const NetworkResult& network, std::string_view text) {
  const std::string wanted = fold_case(trim(text));
  std::vector<std::string> similar;
  for (std::size_t n = 0; n < network.node_ids.size(); ++n) {
    if (network.node_ids[n] == text) return n;
  }
  for (std::size_t n = 0; n < network.labels.size(); ++n) {
    const std::string label = fold_case(network.labels[n]);
    if (label == wanted) return n;
    if (similar.size() < 8 && !wanted.empty() && label.find(wanted) != std::string::npos) similar.push_back(network.labels[n]);
  }
  return fail(ErrorKind::not_found, "the {} has no node \"{}\"{}", network.id, text, similar.empty() ? std::string() : fmt::format("; near it are: {}", join(similar, "; ")));
}

// Strongest neighbours of `node`, at most `count`.
std::vector<std::size_t> strongest(const NetworkResult& network, std::size_t node, std::size_t count) {
  std::vector<std::pair<double, std::size_t>> around;
  for (std::size_t e = 0; e < network.edge_from.size(); ++e) {
    const std::size_t from = at(network.edge_from[e]), to = at(network.edge_to[e]);
    if (from == node || to == node) around.emplace_back(-network.edge_weights[e], from == node ? to : from);
  }
  std::sort(around.begin(), around.end());
  std::vector<std::size_t> nodes;
  for (const auto& [weight, other] : around) {
    if (nodes.size() == count) break;
    if (std::find(nodes.begin(), nodes.end(), other) == nodes.end()) nodes.push_back(other);
  }
  return nodes;
}

// What a node's documents are asked for by; "" when a node is itself a document.
std::string_view family(const NetworkResult& network) {
  if (network.id == "term-network") return "term";
  if (network.id == "organisation-network") return "organisation";
  if (network.id == "country-network") return "country";
  return "";
}

}  // namespace

std::string networks_json(const ResultIndex& index) {
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const NetworkResult& network : index.result().networks) {
    json.begin_object().field("id", network.id).field("nodes", network.node_ids.size()).field("edges", network.edge_from.size()).field("modularity", network.modularity).end_object();
  }
  return json.end_array().key("next_cursor").null().field("total", index.result().networks.size()).end_object().text();
}

Result<std::string> ego_network_json(const ResultIndex& index, std::string_view id, const EgoRequest& request, std::string_view base) {
  const StudyResult& result = index.result();
  const auto found = std::find_if(result.networks.begin(), result.networks.end(), [&](const NetworkResult& network) { return network.id == id; });
  if (found == result.networks.end()) return fail(ErrorKind::not_found, "the newest run has no network \"{}\"", id);
  const NetworkResult& network = *found;
  std::vector<std::size_t> nodes;
  std::set<std::size_t> known;
  const auto add = [&](std::size_t node) {
    if (known.insert(node).second) nodes.push_back(node);
  };
  if (request.node.empty()) {
    std::vector<std::size_t> order(network.node_ids.size());
    for (std::size_t n = 0; n < order.size(); ++n) order[n] = n;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return network.node_weights[a] > network.node_weights[b]; });
    for (std::size_t i = 0; i < std::min(order.size(), request.neighbours); ++i) add(order[i]);
  } else {
    add(TRY(find_node(network, request.node)));
    for (const std::size_t n : strongest(network, nodes.front(), request.neighbours)) add(n);
    if (request.depth > 1) {
      const std::vector<std::size_t> first(nodes.begin() + 1, nodes.end());
      for (const std::size_t node : first) {
        for (const std::size_t n : strongest(network, node, std::max<std::size_t>(1, request.neighbours / 4))) add(n);
      }
    }
  }
  const std::string_view group = family(network);
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("id", network.id).field("total_nodes", network.node_ids.size()).field("total_edges", network.edge_from.size());
  json.key("node");
  request.node.empty() ? json.null() : json.value(network.node_ids[nodes.front()]);
  const auto link = [&](std::string_view value) { return fmt::format("{}={}", group, sources::url_encode(value)); };
  json.key("nodes").begin_array();
  for (const std::size_t n : nodes) {
    json.begin_object().field("id", network.node_ids[n]);
    const std::optional<std::int32_t> record = group.empty() ? index.record(network.node_ids[n]) : std::nullopt;
    json.field("label", record ? result.titles[at(*record)] : network.labels[n]).field("weight", network.node_weights[n]).field("community", network.communities[n]).field("x", network.x[n]).field("y", network.y[n]);
    write_href(json, "documents_href", base, group.empty() ? "records/" + network.node_ids[n] : "records?" + link(network.node_ids[n]));
    json.end_object();
  }
  json.end_array().key("edges").begin_array();
  for (std::size_t e = 0; e < network.edge_from.size(); ++e) {
    const std::size_t from = at(network.edge_from[e]), to = at(network.edge_to[e]);
    if (!known.contains(from) || !known.contains(to)) continue;
    json.begin_object().field("source", network.node_ids[from]).field("target", network.node_ids[to]).field("weight", network.edge_weights[e]);
    if (!group.empty()) write_href(json, "documents_href", base, fmt::format("records?{}&{}", link(network.node_ids[from]), link(network.node_ids[to])));
    json.end_object();
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow
