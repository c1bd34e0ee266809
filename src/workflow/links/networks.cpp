#include "workflow/links/networks.h"

#include <algorithm>
#include <numeric>

#include "base/strings.h"
#include "workflow/links/study_links.h"
#include "workflow/run/network_stage.h"

namespace jianwei::workflow {
namespace {

using analysis::Counting;
using analysis::IdLists;
using analysis::Similarity;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// Items that rows list, with what they are called.
struct Items {
  IdLists rows;
  std::vector<std::string> ids, labels;  // [items]
};

analysis::NetworkOptions options_of(const NetworkRequest& request, Counting counting, Similarity similarity) {
  analysis::NetworkOptions options;
  options.counting = request.counting.value_or(counting);
  options.similarity = request.similarity.value_or(similarity);
  options.neighbors_per_node = request.neighbors_per_node;
  options.thread_count = request.thread_count;
  return options;
}

// Flags of the items to keep: at least min_count, the `limit` largest (ties: the smaller number).
std::vector<std::uint8_t> choose(const std::vector<double>& sizes, double min_size, std::int32_t limit) {
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
  if (limit > 0 && order.size() > at(limit)) order.resize(at(limit));
  std::vector<std::uint8_t> keep(sizes.size(), 0);
  for (const std::size_t i : order) keep[i] = sizes[i] >= min_size && sizes[i] > 0.0;
  return keep;
}

std::vector<double> occurrences(const IdLists& rows, std::size_t item_count) {
  std::vector<double> counts(item_count, 0.0);
  for (const std::int32_t item : rows.values) ++counts[at(item)];
  return counts;
}

// The edges the network had before items were left out, seen from those that stay.
Result<NetworkResult> name_nodes(const StudyResult& result, std::string_view name, const analysis::Graph& whole, const std::vector<std::uint8_t>& keep, const std::vector<double>& sizes,
                                 const Items& items, Progress& progress) {
  std::vector<std::int32_t> kept;
  const analysis::Graph graph = analysis::subgraph(whole, keep, &kept);
  NetworkResult network = TRY(finish_network(result.study, std::string(name), graph, progress));
  for (const std::int32_t item : kept) {
    network.node_ids.push_back(items.ids[at(item)]);
    network.labels.push_back(items.labels[at(item)]);
    network.node_weights.push_back(sizes[at(item)]);
  }
  return network;
}

// Counting uses the whole rows (a paper of ten authors gives each tenth author his due); similarity sees the items that stay.
Result<NetworkResult> project(const StudyResult& result, std::string_view name, const Items& items, const NetworkRequest& request, Counting counting, Similarity similarity, Progress& progress) {
  const std::vector<double> sizes = occurrences(items.rows, items.ids.size());
  const std::vector<std::uint8_t> keep = choose(sizes, request.min_count, request.node_count);
  const analysis::Graph graph = TRY(analysis::project_rows(items.rows, static_cast<std::int64_t>(items.ids.size()), options_of(request, counting, similarity), keep, progress));
  return name_nodes(result, name, graph, keep, sizes, items, progress);
}

Items document_items(const StudyResult& result) {
  Items items;
  items.ids = result.dataset.record_ids;
  items.labels = result.titles;
  return items;
}

Result<NetworkResult> coupling(const Workspace& workspace, const StudyResult& result, std::string_view name, const NetworkRequest& request, Progress& progress) {
  const CitedWorks works = TRY(load_cited_works(workspace, result.snapshot_id, result.dataset, result.titles));
  if (works.references.values.empty()) return fail(ErrorKind::not_found, "no {}: the records carry no references", name);
  Items items = document_items(result);
  items.rows = analysis::transpose(works.references, works.work_count());
  analysis::NetworkOptions options = options_of(request, Counting::full, Similarity::none);
  options.max_row_items = 5000;  // a handbook that thousands cite ties everything to everything
  const analysis::Graph whole = TRY(analysis::project_rows(items.rows, static_cast<std::int64_t>(items.ids.size()), options, progress));
  std::vector<double> reference_counts(items.ids.size(), 0.0);
  for (std::size_t d = 0; d < items.ids.size(); ++d) reference_counts[d] = static_cast<double>(works.references.row(static_cast<std::int64_t>(d)).size());
  std::vector<double> sizes = analysis::strengths(whole);
  for (std::size_t d = 0; d < sizes.size(); ++d) {
    if (reference_counts[d] < request.min_count) sizes[d] = 0.0;
  }
  return name_nodes(result, name, whole, choose(sizes, 0.0, request.node_count), reference_counts, items, progress);
}

Result<NetworkResult> citation(const StudyResult& result, std::string_view name, const NetworkRequest& request, Progress& progress) {
  const IdLists& references = result.dataset.references;
  if (references.values.empty()) return fail(ErrorKind::not_found, "no {}: no record cites another record of the study", name);
  if (request.similarity.value_or(Similarity::none) != Similarity::none) return fail(ErrorKind::invalid_input, "citations are links, not counts: a {} has no similarity", name);
  const analysis::Graph whole = TRY(analysis::link_by_citation(references, request.counting.value_or(Counting::full)));
  std::vector<double> links(result.titles.size(), 0.0);
  for (std::size_t d = 0; d < links.size(); ++d) links[d] = static_cast<double>(whole.degree(static_cast<std::int64_t>(d)));
  const std::vector<std::uint8_t> keep = choose(links, request.min_count, request.node_count);
  NetworkResult network = TRY(name_nodes(result, name, whole, keep, links, document_items(result), progress));
  direct_edges(references, keep, network);
  return network;
}

Result<Items> load_items(const Workspace& workspace, const StudyResult& result, std::string_view name) {
  Items items;
  const analysis::Dataset& dataset = result.dataset;
  const auto named = [&](const IdLists& rows, const std::vector<std::string>& names) {
    items.rows = rows;
    items.ids = names;
    items.labels = names;
  };
  if (name == "author-network") named(dataset.persons, dataset.person_names);
  if (name == "organisation-network") named(dataset.organisations, dataset.organisation_names);
  if (name == "country-network") named(dataset.countries, dataset.country_names);
  if (name == "class-network") {
    const NamedLists classes = TRY(load_classes(workspace, result.snapshot_id, dataset));
    named(classes.lists, classes.names);
  }
  if (name == "co-citation-network") {
    const CitedWorks works = TRY(load_cited_works(workspace, result.snapshot_id, dataset, result.titles));
    items.rows = works.references;
    items.labels = works.labels;
    for (std::int64_t w = 0; w < works.work_count(); ++w) {
      const std::int32_t document = works.documents[at(w)];
      items.ids.push_back(document >= 0 ? dataset.record_ids[at(document)] : fmt::format("work-{}", w));
      if (works.years[at(w)] != 0 && items.labels[at(w)].find(std::to_string(works.years[at(w)])) == std::string::npos) items.labels[at(w)] += fmt::format(" ({})", works.years[at(w)]);
    }
  }
  if (name == "term-network") {
    const analysis::UnitDocuments& units = result.term_results.documents;
    items.rows = analysis::transpose(IdLists{units.offsets, units.documents}, static_cast<std::int64_t>(result.titles.size()));
    for (const TermRow& term : result.terms) {
      items.ids.push_back(term.id);
      items.labels.push_back(term.label);
    }
  }
  return items;
}

constexpr std::string_view missing_field(std::string_view name) {
  if (name == "author-network") return "authors";
  if (name == "organisation-network") return "organisations";
  if (name == "country-network") return "countries";
  if (name == "class-network") return "classifications (CPC, IPC, subjects)";
  if (name == "co-citation-network") return "references";
  return "terms";
}

}  // namespace

const std::vector<std::string>& network_names() {
  static const std::vector<std::string> names = {"term-network",   "citation-network",     "co-citation-network", "coupling-network",
                                                 "author-network", "organisation-network", "country-network",     "class-network"};
  return names;
}

Result<NetworkResult> make_network(const Workspace& workspace, const StudyResult& result, std::string_view name, const NetworkRequest& request, Progress& progress) {
  const auto& names = network_names();
  if (std::find(names.begin(), names.end(), name) == names.end()) return fail(ErrorKind::invalid_input, "\"{}\" is no network; known are: {}", name, join(names, ", "));
  if (name == "citation-network") return citation(result, name, request, progress);
  if (name == "coupling-network") return coupling(workspace, result, name, request, progress);
  const Items items = TRY(load_items(workspace, result, name));
  if (items.rows.values.empty()) return fail(ErrorKind::not_found, "no {}: the records carry no {}", name, missing_field(name));
  const bool actors = name == "author-network" || name == "organisation-network" || name == "country-network";
  const bool words = name == "term-network" || name == "class-network";
  return project(result, name, items, request, actors ? Counting::fractional : Counting::full, words ? Similarity::association_strength : Similarity::none, progress);
}

}  // namespace jianwei::workflow
