#include "workflow/links/impact.h"

#include <algorithm>

#include "analysis/graph/networks.h"
#include "base/json_writer.h"
#include "workflow/links/study_links.h"

namespace jianwei::workflow {
namespace {

using analysis::IdLists;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// Venues stand for what is combined when at least a twentieth of the documents have two of them.
constexpr double kMinShareWithVenues = 0.05;

// Rows of two or more entries: documents of which a combination can be told.
std::int64_t count_combining(const IdLists& lists) {
  std::int64_t count = 0;
  for (std::size_t d = 0; d + 1 < lists.offsets.size(); ++d) count += lists.offsets[d + 1] - lists.offsets[d] >= 2;
  return count;
}

// The lists of all documents of each topic, one after the other.
IdLists join_by_topic(const StudyResult& result, const IdLists& lists) {
  IdLists joined;
  const analysis::UnitDocuments& units = result.topic_results.documents;
  for (std::size_t k = 0; k < result.topics.size(); ++k) {
    for (std::int64_t e = units.offsets[k]; e < units.offsets[k + 1]; ++e) {
      const auto row = lists.row(units.documents[at(e)]);
      joined.values.insert(joined.values.end(), row.begin(), row.end());
    }
    joined.offsets.push_back(static_cast<std::int64_t>(joined.values.size()));
  }
  return joined;
}

void measure_topics(const StudyResult& result, const std::vector<double>& diversity, Impact& impact) {
  const analysis::UnitDocuments& units = result.topic_results.documents;
  for (std::size_t k = 0; k < result.topics.size(); ++k) {
    TopicImpact topic;
    std::int64_t combining = 0, atypical = 0;
    double sum = 0.0;
    for (std::int64_t e = units.offsets[k]; e < units.offsets[k + 1]; ++e) {
      const auto d = at(units.documents[at(e)]);
      ++topic.documents;
      if (impact.disruption[d].measured) {
        ++topic.disruption_measured;
        sum += impact.disruption[d].index();
      }
      combining += impact.novelty[d].pairs > 0;
      atypical += impact.novelty[d].pairs > 0 && impact.novelty[d].tenth_percentile_z < 0.0;
    }
    if (topic.disruption_measured > 0) topic.mean_disruption = sum / static_cast<double>(topic.disruption_measured);
    if (combining > 0) topic.share_atypical = static_cast<double>(atypical) / static_cast<double>(combining);
    topic.diversity = diversity[k];
    impact.topics.push_back(topic);
  }
}

void write_document(JsonWriter& json, const StudyResult& result, const Impact& impact, std::size_t d) {
  const analysis::Disruption& disruption = impact.disruption[d];
  const analysis::Novelty& novelty = impact.novelty[d];
  json.begin_object().field("record", result.dataset.record_ids[d]).field("year", std::int64_t{result.dataset.year[d]}).field("title", result.titles[d]);
  if (disruption.measured) {
    json.key("disruption").begin_object().field("cd", disruption.index()).field("cd_without_n_k", disruption.index_without_references());
    json.field("n_i", disruption.only_focal).field("n_j", disruption.both).field("n_k", disruption.only_references).end_object();
  }
  if (novelty.pairs > 0) {
    json.key("novelty").begin_object().field("median_z", novelty.median_z).field("tenth_percentile_z", novelty.tenth_percentile_z);
    json.field("pairs", novelty.pairs).field("first_pairs", novelty.first_pairs).end_object();
  }
  if (impact.new_combinations[d].measured) {
    const analysis::NewCombinations& made = impact.new_combinations[d];
    json.key("new_combinations").begin_object().field("novelty", made.novelty).field("new_pairs", made.new_pairs).field("reused_pairs", made.reused_pairs).end_object();
  }
  if (impact.diversity[d] >= 0.0) json.field("diversity", impact.diversity[d]);
  if (impact.has_references) json.field("paths_through", impact.main_path.through[d]);
  json.end_object();
}

}  // namespace

Result<Impact> measure_impact(const Workspace& workspace, const StudyResult& result, int window_years, Progress& progress) {
  Impact impact;
  impact.window_years = window_years;
  const analysis::Dataset& dataset = result.dataset;
  const int threads = result.study.thread_count;
  const CitedWorks works = TRY(load_cited_works(workspace, result.snapshot_id, dataset, result.titles));
  impact.disruption = TRY(analysis::disruption(works.references, works.work_count(), works.work_of, dataset.year, window_years, threads));
  for (std::int64_t d = 0; d < dataset.document_count(); ++d) impact.documents_with_references += !works.references.row(d).empty();
  impact.has_references = impact.documents_with_references > 0;
  impact.main_path = TRY(analysis::find_main_path(dataset.references));

  const NamedLists venues = TRY(load_reference_venues(workspace, result.snapshot_id, dataset));
  const double enough = kMinShareWithVenues * static_cast<double>(dataset.document_count());
  impact.basis = static_cast<double>(count_combining(venues.lists)) >= enough && enough > 0.0 ? NoveltyBasis::reference_venues : NoveltyBasis::terms;
  if (impact.basis == NoveltyBasis::reference_venues) {
    impact.novelty = TRY(analysis::combination_novelty(venues.lists, venues.years, dataset.year, progress, 300, threads));
    impact.new_combinations = TRY(analysis::new_combinations(venues.lists, dataset.year, {}, progress));
  } else {
    const analysis::UnitDocuments& units = result.term_results.documents;
    const IdLists terms = analysis::transpose(IdLists{units.offsets, units.documents}, dataset.document_count());
    impact.novelty = TRY(analysis::combination_novelty(terms, {}, dataset.year, progress, 300, threads));
    impact.new_combinations.resize(dataset.year.size());
  }
  analysis::NetworkOptions cosine;
  cosine.similarity = analysis::Similarity::cosine;
  cosine.thread_count = threads;
  const analysis::Graph similarity = TRY(analysis::project_rows(venues.lists, static_cast<std::int64_t>(venues.names.size()), cosine, progress));
  impact.diversity = analysis::row_diversity(venues.lists, similarity);
  for (std::size_t d = 0; d < impact.diversity.size(); ++d) {
    if (venues.lists.row(static_cast<std::int64_t>(d)).size() < 2) impact.diversity[d] = -1.0;
  }
  measure_topics(result, analysis::row_diversity(join_by_topic(result, venues.lists), similarity), impact);
  return impact;
}

std::vector<std::int32_t> order_documents(const Impact& impact, ImpactOrder order) {
  if (order == ImpactOrder::main_path) return impact.main_path.documents;
  std::vector<std::pair<double, std::int32_t>> ranked;
  for (std::size_t d = 0; d < impact.disruption.size(); ++d) {
    const analysis::Disruption& disruption = impact.disruption[d];
    // Of equal indices the one more works stand behind comes first.
    const double support = 1e-9 * static_cast<double>(disruption.only_focal + disruption.both);
    const auto row = static_cast<std::int32_t>(d);
    if (order == ImpactOrder::disruption && disruption.measured) ranked.emplace_back(disruption.index() + support, row);
    if (order == ImpactOrder::consolidation && disruption.measured) ranked.emplace_back(support - disruption.index(), row);
    if (order == ImpactOrder::novelty && impact.novelty[d].pairs > 0) ranked.emplace_back(-impact.novelty[d].tenth_percentile_z, row);
    if (order == ImpactOrder::new_combinations && impact.new_combinations[d].measured) ranked.emplace_back(impact.new_combinations[d].novelty, row);
    if (order == ImpactOrder::diversity && impact.diversity[d] >= 0.0) ranked.emplace_back(impact.diversity[d], row);
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::int32_t> documents;
  for (const auto& [value, row] : ranked) documents.push_back(row);
  return documents;
}

products::Sheet impact_sheet(const StudyResult& result, const Impact& impact) {
  using products::Cell;
  products::Sheet sheet{"impact", {"record", "year", "title", "cd", "cd_without_n_k", "n_i", "n_j", "n_k", "novelty_basis", "median_z", "tenth_percentile_z", "pairs", "first_pairs", "new_combinations", "new_pairs", "new_pairs_reused", "diversity", "paths_through", "main_path_place"}, {}};
  std::vector<std::int64_t> place(result.titles.size(), 0);
  for (std::size_t i = 0; i < impact.main_path.documents.size(); ++i) place[at(impact.main_path.documents[i])] = static_cast<std::int64_t>(i) + 1;
  const std::string basis = impact.basis == NoveltyBasis::terms ? "terms" : "reference_venues";
  for (std::size_t d = 0; d < result.titles.size(); ++d) {
    const analysis::Disruption& cd = impact.disruption[d];
    const analysis::Novelty& novelty = impact.novelty[d];
    const auto when = [](bool known, Cell cell) { return known ? cell : Cell(); };
    const bool told = novelty.pairs > 0;
    const analysis::NewCombinations& made = impact.new_combinations[d];
    sheet.rows.push_back({result.dataset.record_ids[d], std::int64_t{result.dataset.year[d]}, result.titles[d], when(cd.measured, cd.index()), when(cd.measured, cd.index_without_references()),
                          when(cd.measured, cd.only_focal), when(cd.measured, cd.both), when(cd.measured, cd.only_references), when(told, basis), when(told, novelty.median_z),
                          when(told, novelty.tenth_percentile_z), novelty.pairs, when(told, novelty.first_pairs), when(made.measured, made.novelty),
                          when(made.measured, made.new_pairs), when(made.measured, made.reused_pairs), when(impact.diversity[d] >= 0.0, impact.diversity[d]),
                          when(impact.has_references, impact.main_path.through[d]), when(place[d] > 0, place[d])});
  }
  return sheet;
}

std::string impact_json(const StudyResult& result, const Impact& impact, ImpactOrder order, std::size_t top) {
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("window_years", std::int64_t{impact.window_years});
  json.field("has_references", impact.has_references).field("documents_with_references", impact.documents_with_references);
  json.field("novelty_basis", impact.basis == NoveltyBasis::terms ? "terms" : "reference_venues");
  json.key("documents").begin_array();
  const std::vector<std::int32_t> documents = order_documents(impact, order);
  for (std::size_t i = 0; i < std::min(top, documents.size()); ++i) write_document(json, result, impact, at(documents[i]));
  json.end_array().key("topics").begin_array();
  for (std::size_t k = 0; k < impact.topics.size(); ++k) {
    const TopicImpact& topic = impact.topics[k];
    json.begin_object().field("id", result.topics[k].id).field("label_zh", result.topics[k].label_zh).field("label_en", result.topics[k].label_en).field("documents", topic.documents);
    json.field("disruption_measured", topic.disruption_measured).field("mean_cd", topic.mean_disruption).field("share_atypical", topic.share_atypical).field("diversity", topic.diversity).end_object();
  }
  json.end_array().key("main_path").begin_object().field("links_left_out", impact.main_path.left_out).field("log_path_count", impact.main_path.log_path_count).key("documents").begin_array();
  for (std::size_t i = 0; i < impact.main_path.documents.size(); ++i) {
    const auto d = at(impact.main_path.documents[i]);
    json.begin_object().field("record", result.dataset.record_ids[d]).field("year", std::int64_t{result.dataset.year[d]}).field("title", result.titles[d]);
    if (i > 0) json.field("share_of_paths", impact.main_path.path_shares[i - 1]);
    json.end_object();
  }
  json.end_array().end_object().end_object();
  return std::move(json).text();
}

}  // namespace jianwei::workflow
