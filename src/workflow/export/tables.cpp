#include "workflow/export/tables.h"

#include "base/strings.h"
#include "workflow/report/sections.h"

namespace jianwei::workflow {
namespace {

using products::Cell;

constexpr const char* kQuadrants[] = {"unsupported", "weak", "strong", "latent", "well_known"};

}  // namespace

products::Sheet topic_sheet(const StudyResult& result) {
  products::Sheet sheet{"topics", {"id", "label_zh", "label_en", "terms", "documents", "weight", "npmi", "exclusivity", "growth_log_slope", "growth_low", "growth_high", "growth_count", "growth_diversity", "change", "area", "domain"}, {}};
  for (std::size_t k = 0; k < result.topics.size(); ++k) {
    const TopicRow& topic = result.topics[k];
    const Indicators& row = result.topic_results.indicators[k];
    std::string terms;
    for (const auto& [term, weight] : topic.terms) terms += (terms.empty() ? "" : "; ") + result.terms[static_cast<std::size_t>(term)].label;
    sheet.rows.push_back({topic.id, topic.label_zh, topic.label_en, terms, result.topic_results.documents.offsets[k + 1] - result.topic_results.documents.offsets[k], topic.document_weight, topic.npmi,
                          topic.exclusivity, row.rate.log_slope, row.rate.low, row.rate.high, row.windows.growth_count, row.growth_diversity_organisations, row.change, Cell{}, Cell{}});
    if (result.topic_levels.empty()) continue;
    const LevelRow& area = result.topic_levels.areas[static_cast<std::size_t>(result.topic_levels.topic_area[k])];
    sheet.rows.back()[sheet.columns.size() - 2] = area.id;
    sheet.rows.back()[sheet.columns.size() - 1] = result.topic_levels.domains[static_cast<std::size_t>(area.parent)].id;
  }
  return sheet;
}

products::Sheet topic_document_sheet(const StudyResult& result) {
  products::Sheet sheet{"topics-documents", {"record", "topic", "weight", "confidence"}, {}};
  const analysis::DocumentTopics& topics = result.document_topics;
  const TopicLevels& levels = result.topic_levels;
  for (std::int64_t d = 0; d < topics.document_count(); ++d) {
    for (std::int64_t e = topics.offsets[static_cast<std::size_t>(d)]; e < topics.offsets[static_cast<std::size_t>(d) + 1]; ++e) {
      const auto entry = static_cast<std::size_t>(e);
      sheet.rows.push_back({result.dataset.record_ids[static_cast<std::size_t>(d)], result.topics[static_cast<std::size_t>(topics.topics[entry])].id, static_cast<double>(topics.shares[entry]), levels.empty() ? Cell{} : Cell{static_cast<double>(levels.confidence[static_cast<std::size_t>(d)])}});
    }
    // Placed without a known word: no share of its text, confidence 0.
    const bool placed = !levels.empty() && topics.offsets[static_cast<std::size_t>(d)] == topics.offsets[static_cast<std::size_t>(d) + 1] && levels.document_topic[static_cast<std::size_t>(d)] >= 0;
    if (placed) sheet.rows.push_back({result.dataset.record_ids[static_cast<std::size_t>(d)], result.topics[static_cast<std::size_t>(levels.document_topic[static_cast<std::size_t>(d)])].id, 0.0, 0.0});
  }
  return sheet;
}

products::Sheet map_sheet(const StudyResult& result) {
  products::Sheet sheet{"map", {"kind", "id", "label", "year", "topic", "x", "y"}, {}};
  const MapResult& map = result.map;
  for (std::size_t t = 0; t < map.topic_x.size() && t < result.topics.size(); ++t) {
    const TopicRow& topic = result.topics[t];
    sheet.rows.push_back({std::string("topic"), topic.id, topic.label_zh, Cell{}, topic.id, map.topic_x[t], map.topic_y[t]});
  }
  for (std::size_t d = 0; d < map.x.size(); ++d) {
    const std::int16_t year = result.dataset.year[d];
    sheet.rows.push_back({std::string("document"), result.dataset.record_ids[d], result.titles[d], year > 0 ? Cell{std::int64_t{year}} : Cell{},
                          map.topic[d] >= 0 ? Cell{result.topics[static_cast<std::size_t>(map.topic[d])].id} : Cell{}, static_cast<double>(map.x[d]), static_cast<double>(map.y[d])});
  }
  return sheet;
}

products::Sheet term_sheet(const StudyResult& result, const TermEvidences& evidence) {
  products::Sheet sheet{"terms", {"id", "label", "forms", "language", "words", "documents", "termhood", "npmi", "significance", "c_value", "left_entropy", "right_entropy", "keyword_documents", "growth_log_slope", "growth_low", "growth_high", "growth_count"}, {}};
  const analysis::UnitSeries& series = result.term_results.series;
  for (std::int64_t y = 0; y < series.years.count(); ++y) sheet.columns.push_back(std::to_string(series.years.first + y));
  for (std::size_t t = 0; t < result.terms.size(); ++t) {
    const TermRow& term = result.terms[t];
    const Indicators& row = result.term_results.indicators[t];
    std::vector<Cell> cells = {term.id, term.label, join(term.forms, "|"), term.language, std::int64_t{term.word_count}, std::int64_t{term.document_count}, term.termhood};
    if (const auto found = evidence.find(term.id); found != evidence.end()) {
      const text::TermEvidence& e = found->second;
      cells.insert(cells.end(), {e.npmi, e.significance, e.c_value, e.left_entropy, e.right_entropy, e.keyword_documents});
    } else {
      cells.resize(cells.size() + 6);
    }
    cells.insert(cells.end(), {row.rate.log_slope, row.rate.low, row.rate.high, row.windows.growth_count});
    for (const double count : series.count_row(static_cast<std::int64_t>(t))) cells.emplace_back(static_cast<std::int64_t>(count));
    sheet.rows.push_back(std::move(cells));
  }
  return sheet;
}

products::Sheet emerging_sheet(const StudyResult& result) {
  const UnitResults& units = result.term_results;
  products::Sheet sheet{"emerging", {"id", "label", "forms", "score", "rank", "documents", "growth_count", "growth_log_slope", "growth_low", "growth_high", "growth_diversity", "change"}, {}};
  const std::vector<std::size_t> ranked = top_emerging(units, units.emergence.size(), Candidates::all);
  if (!ranked.empty()) {
    for (const Component& component : units.emergence[ranked[0]].components) sheet.columns.push_back("contribution_" + component.name);
  }
  for (const std::size_t u : ranked) {
    const TermRow& term = result.terms[u];
    const Indicators& row = units.indicators[u];
    std::vector<Cell> cells = {term.id, term.label, join(term.forms, "|"), units.emergence[u].score, std::int64_t{units.emergence[u].rank}, std::int64_t{term.document_count}, row.windows.growth_count,
                               row.rate.log_slope, row.rate.low, row.rate.high, row.growth_diversity_organisations, row.change};
    for (const Component& component : units.emergence[u].components) cells.emplace_back(component.contribution);
    sheet.rows.push_back(std::move(cells));
  }
  return sheet;
}

products::Sheet weak_signal_sheet(const StudyResult& result) {
  products::Sheet sheet{"weak-signals", {"id", "label", "quadrant", "documents", "mean_document_frequency", "diffusion_growth", "mean_frequency", "visibility_growth"}, {}};
  for (std::size_t u = 0; u < result.weak_signals.units.size(); ++u) {
    const analysis::WeakSignal& unit = result.weak_signals.units[u];
    if (unit.agreed == analysis::Quadrant::unsupported) continue;
    sheet.rows.push_back({result.terms[u].id, result.terms[u].label, std::string(kQuadrants[static_cast<std::size_t>(unit.agreed)]), std::int64_t{result.terms[u].document_count}, unit.mean_document_frequency,
                          unit.diffusion_growth, unit.mean_frequency, unit.visibility_growth});
  }
  return sheet;
}

products::Sheet burst_sheet(const StudyResult& result) {
  products::Sheet sheet{"bursts", {"id", "label", "first_year", "last_year", "open", "level", "weight", "documents", "p", "q"}, {}};
  for (const analysis::UnitBurst& burst : result.bursts) {
    const TermRow& term = result.terms[static_cast<std::size_t>(burst.unit)];
    sheet.rows.push_back({term.id, term.label, std::int64_t{burst.first_year}, std::int64_t{burst.last_year}, std::int64_t{burst.open ? 1 : 0}, std::int64_t{burst.level}, burst.weight, burst.documents,
                          burst.p_value, burst.q_value});
  }
  return sheet;
}

products::Network to_network(const StudyResult& result, const NetworkResult& network) {
  products::Network made;
  made.title = network.id;
  made.description = fmt::format("Jianwei {}, data {}, run {}, seed {}, modularity {:.3f}{}", result.software_version, result.snapshot_id, result.run_id, result.study.seed, network.modularity,
                                 result.synthetic ? ", SYNTHETIC DATA" : "");
  made.weight_names = {"documents"};
  made.directed = network.id == "citation-network";  // citing -> cited
  for (std::size_t i = 0; i < network.node_ids.size(); ++i) {
    products::NetworkNode node;
    node.id = network.node_ids[i];
    node.label = network.labels[i];
    node.x = network.x[i];
    node.y = network.y[i];
    node.cluster = network.communities[i];
    node.weights = {network.node_weights[i]};
    made.nodes.push_back(std::move(node));
  }
  for (std::size_t e = 0; e < network.edge_from.size(); ++e) made.edges.push_back({network.edge_from[e], network.edge_to[e], network.edge_weights[e]});
  return made;
}

}  // namespace jianwei::workflow
