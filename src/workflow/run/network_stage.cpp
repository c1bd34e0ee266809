// Each network keeps the nodes people can look at (a few hundred) and the strongest edges of each; the whole of it is exported on demand.
#include "workflow/run/network_stage.h"

#include <algorithm>
#include <numeric>

#include "analysis/clusters/leiden.h"
#include "analysis/graph/graph.h"
#include "analysis/graph/layout.h"
#include "analysis/graph/networks.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kTermNodes = 300;
constexpr std::size_t kActorNodes = 60;
constexpr std::size_t kCitationNodes = 200;
constexpr double kMaxTermShare = 0.1;  // a term in a tenth of all documents ties everything to everything

// Flags of the `count` items with the most occurrences; at least two each.
std::vector<std::uint8_t> most_frequent(const std::vector<std::int64_t>& occurrences, std::size_t count) {
  std::vector<std::size_t> order(occurrences.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return occurrences[a] > occurrences[b]; });
  std::vector<std::uint8_t> flags(occurrences.size(), 0);
  for (std::size_t i = 0; i < std::min(count, order.size()); ++i) {
    if (occurrences[order[i]] >= 2) flags[order[i]] = 1;
  }
  return flags;
}

// The rows with only flagged items, renumbered densely.
struct Selection {
  analysis::IdLists rows;
  std::vector<std::int32_t> items;
};
Selection select_items(const analysis::IdLists& lists, const std::vector<std::uint8_t>& keep) {
  Selection selection;
  std::vector<std::int32_t> number(keep.size(), -1);
  for (std::size_t i = 0; i < keep.size(); ++i) {
    if (keep[i] == 0) continue;
    number[i] = static_cast<std::int32_t>(selection.items.size());
    selection.items.push_back(static_cast<std::int32_t>(i));
  }
  for (std::size_t r = 0; r + 1 < lists.offsets.size(); ++r) {
    for (const std::int32_t item : lists.row(static_cast<std::int64_t>(r))) {
      if (number[static_cast<std::size_t>(item)] >= 0) selection.rows.values.push_back(number[static_cast<std::size_t>(item)]);
    }
    selection.rows.offsets.push_back(static_cast<std::int64_t>(selection.rows.values.size()));
  }
  return selection;
}

Result<NetworkResult> term_network(const Study& study, const std::vector<TermRow>& terms, const text::CountMatrix& counts, Progress& progress) {
  // The most frequent phrases first: single words say little on a map, and are taken only when phrases are few.
  const double limit = std::max(20.0, kMaxTermShare * static_cast<double>(counts.row_count));
  std::vector<std::uint8_t> keep(terms.size(), 0);
  std::size_t kept = 0;
  for (const bool phrases : {true, false}) {
    for (std::size_t t = 0; t < terms.size() && kept < kTermNodes; ++t) {
      const bool is_phrase = terms[t].word_count > 1 || terms[t].language == "zh";
      if (is_phrase != phrases || terms[t].document_count > limit) continue;
      keep[t] = 1;
      ++kept;
    }
  }
  analysis::IdLists rows;
  rows.offsets = counts.offsets;
  rows.values = counts.columns;
  const Selection selection = select_items(rows, keep);
  analysis::NetworkOptions options;
  options.min_row_count = 2;
  options.neighbors_per_node = 8;
  options.thread_count = study.thread_count;
  const analysis::Graph graph = TRY(analysis::project_rows(selection.rows, static_cast<std::int64_t>(selection.items.size()), options, progress));
  NetworkResult network = TRY(finish_network(study, "term-network", graph, progress));
  for (const std::int32_t term : selection.items) {
    const TermRow& row = terms[static_cast<std::size_t>(term)];
    network.node_ids.push_back(row.id);
    network.labels.push_back(row.label);
    network.node_weights.push_back(row.document_count);
  }
  return network;
}

Result<NetworkResult> actor_network(const Study& study, std::string id, const analysis::IdLists& lists, const std::vector<std::string>& names, Progress& progress) {
  std::vector<std::int64_t> occurrences(names.size(), 0);
  for (const std::int32_t name : lists.values) ++occurrences[static_cast<std::size_t>(name)];
  const std::vector<std::uint8_t> keep = most_frequent(occurrences, kActorNodes);
  analysis::NetworkOptions options;
  options.counting = analysis::Counting::fractional;
  options.similarity = analysis::Similarity::none;
  options.neighbors_per_node = 6;
  options.thread_count = study.thread_count;
  const analysis::Graph whole = TRY(analysis::project_rows(lists, static_cast<std::int64_t>(names.size()), options, keep, progress));
  std::vector<std::int32_t> items;
  const analysis::Graph graph = analysis::subgraph(whole, keep, &items);
  NetworkResult network = TRY(finish_network(study, std::move(id), graph, progress));
  for (const std::int32_t item : items) {
    network.node_ids.push_back(names[static_cast<std::size_t>(item)]);
    network.labels.push_back(names[static_cast<std::size_t>(item)]);
    network.node_weights.push_back(static_cast<double>(occurrences[static_cast<std::size_t>(item)]));
  }
  return network;
}

Result<NetworkResult> citation_network(const Study& study, const analysis::Dataset& dataset, Progress& progress) {
  const analysis::Graph whole = TRY(analysis::link_by_citation(dataset.references, analysis::Counting::full));
  const std::vector<double> strengths = analysis::strengths(whole);
  std::vector<std::int64_t> links(strengths.begin(), strengths.end());
  const std::vector<std::uint8_t> keep = most_frequent(links, kCitationNodes);
  std::vector<std::int32_t> kept;
  const analysis::Graph graph = analysis::subgraph(whole, keep, &kept);
  NetworkResult network = TRY(finish_network(study, "citation-network", graph, progress));
  direct_edges(dataset.references, keep, network);
  for (const std::int32_t document : kept) {
    network.node_ids.push_back(dataset.record_ids[static_cast<std::size_t>(document)]);
    network.labels.push_back(dataset.record_ids[static_cast<std::size_t>(document)]);
    network.node_weights.push_back(strengths[static_cast<std::size_t>(document)]);
  }
  return network;
}

}  // namespace

Result<NetworkResult> finish_network(const Study& study, std::string id, const analysis::Graph& graph, Progress& progress) {
  NetworkResult network;
  network.id = std::move(id);
  analysis::LeidenOptions options;
  options.seed = study.seed;
  options.thread_count = study.thread_count;
  const analysis::Clustering clustering = TRY(analysis::leiden(graph, options, progress));
  network.communities = clustering.cluster;
  network.modularity = clustering.quality;
  analysis::LayoutOptions layout;
  layout.seed = study.seed;
  layout.thread_count = study.thread_count;
  analysis::Layout positions = TRY(analysis::place_nodes(graph, clustering.cluster, layout, progress));
  network.x = std::move(positions.x);
  network.y = std::move(positions.y);
  for (const analysis::Edge& edge : analysis::list_edges(graph)) {
    network.edge_from.push_back(edge.source);
    network.edge_to.push_back(edge.target);
    network.edge_weights.push_back(edge.weight);
  }
  return network;
}

void direct_edges(const analysis::IdLists& references, std::span<const std::uint8_t> keep, NetworkResult& network) {
  std::vector<std::int32_t> number(keep.size(), -1);
  std::int32_t next = 0;
  for (std::size_t d = 0; d < keep.size(); ++d) {
    if (keep[d] != 0) number[d] = next++;
  }
  network.edge_from.clear();
  network.edge_to.clear();
  for (std::size_t citing = 0; citing < keep.size(); ++citing) {
    if (number[citing] < 0) continue;
    for (const std::int32_t cited : references.row(static_cast<std::int64_t>(citing))) {
      if (number[static_cast<std::size_t>(cited)] < 0) continue;
      network.edge_from.push_back(number[citing]);
      network.edge_to.push_back(number[static_cast<std::size_t>(cited)]);
    }
  }
  network.edge_weights.assign(network.edge_from.size(), 1.0);
}

Result<std::vector<NetworkResult>> build_networks(const Study& study, const analysis::Dataset& dataset, const std::vector<TermRow>& terms,
                                                  const text::CountMatrix& counts, Progress& progress) {
  std::vector<NetworkResult> networks;
  networks.push_back(TRY(term_network(study, terms, counts, progress)));
  if (!dataset.references.values.empty()) networks.push_back(TRY(citation_network(study, dataset, progress)));
  if (!dataset.organisations.values.empty()) networks.push_back(TRY(actor_network(study, "organisation-network", dataset.organisations, dataset.organisation_names, progress)));
  if (!dataset.countries.values.empty()) networks.push_back(TRY(actor_network(study, "country-network", dataset.countries, dataset.country_names, progress)));
  return networks;
}

}  // namespace jianwei::workflow
