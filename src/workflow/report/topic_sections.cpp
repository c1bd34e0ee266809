// Topics, the map of terms, and who works on what.
#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "products/charts/charts.h"
#include "products/charts/science_map.h"
#include "workflow/report/sections.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kTermsPerTopic = 10;
constexpr std::size_t kDocumentsPerTopic = 3;
constexpr std::size_t kEvolutionTopics = 14;

products::Figure evolution_figure(SectionWriter& writer) {
  const analysis::UnitSeries& series = writer.result.topic_results.series;
  const std::size_t period_count = std::clamp<std::size_t>(static_cast<std::size_t>(series.complete_years) / 3, 2, 6);
  const std::size_t years = static_cast<std::size_t>(series.complete_years);
  products::EvolutionChart chart;
  chart.title = writer.say("report.evolution");
  for (std::size_t p = 0; p < period_count; ++p) {
    const auto first = series.years.first + static_cast<std::int64_t>(p * years / period_count);
    const auto last = series.years.first + static_cast<std::int64_t>((p + 1) * years / period_count) - 1;
    chart.periods.push_back(first == last ? std::to_string(first) : fmt::format("{}–{}", first, last));
  }
  // The largest topics, and every topic that emerges now even when it is small: those are the ones an evolution drawing tends to hide.
  std::vector<std::size_t> shown;
  for (std::size_t k = 0; k < std::min(kEvolutionTopics - 4, writer.result.topics.size()); ++k) shown.push_back(k);
  for (const std::size_t k : top_emerging(writer.result.topic_results, 4)) {
    if (std::find(shown.begin(), shown.end(), k) == shown.end()) shown.push_back(k);
  }
  for (const std::size_t k : shown) {
    products::EvolutionChart::Band band;
    band.label = writer.topic_label(k);
    band.href = "#ev-" + writer.book.file(writer.result.topics[k].id, band.label, documents_of(writer.result, Unit::topic, static_cast<std::int64_t>(k)), "");
    for (std::size_t p = 0; p < period_count; ++p) {
      double count = 0;
      double corpus = 0;
      for (std::size_t y = p * years / period_count; y < (p + 1) * years / period_count; ++y) {
        count += series.count_row(static_cast<std::int64_t>(k))[y];
        corpus += series.corpus[y];
      }
      band.value.push_back(corpus > 0 ? count / corpus : 0.0);
    }
    chart.bands.push_back(std::move(band));
  }
  return {products::draw(chart), writer.say("report.evolution_caption")};
}

// What happened to topics since the last run of this study; continuations are the rule and left out.
void add_changes(SectionWriter& writer, products::Section& section) {
  const analysis::TopicIdentity& identity = writer.result.topic_identity;
  if (identity.shared_documents == 0) return;
  const double kept = static_cast<double>(identity.kept_documents) / static_cast<double>(identity.shared_documents);
  section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.topics_kept", 100.0 * kept, identity.shared_documents, identity.adjusted_rand))}});
  products::Table table{writer.say("report.topic_changes"), {{writer.say("column.event"), false}, {writer.say("column.from"), false}, {writer.say("column.to"), false}, {writer.say("column.shared"), true}}, {}, ""};
  const auto ids = [](const std::vector<std::int32_t>& numbers) {
    std::string text;
    for (const std::int32_t number : numbers) text += fmt::format("{}topic-{}", text.empty() ? "" : ", ", number);
    return text;
  };
  for (const analysis::TopicEvent& event : identity.events) {
    if (event.kind == analysis::TopicEventKind::continuation) continue;
    table.rows.push_back({writer.text(writer.say("event." + std::string(analysis::to_string(event.kind)))), writer.text(ids(event.from)), writer.text(ids(event.to)),
                          writer.text(products::format_tick(static_cast<double>(event.documents_shared), 1))});
  }
  if (!table.rows.empty()) section.blocks.push_back(std::move(table));
}

// Which topics may be trusted: coherence and exclusivity, and where the fits were repeated, coverage and stability.
void add_quality(SectionWriter& writer, products::Section& section) {
  const std::optional<TopicQualitySheet>& quality = writer.options.topic_quality;
  products::Table table{writer.say("report.topic_quality"), {{writer.say("report.topic"), false}, {"NPMI", true}, {writer.say("column.exclusivity"), true}}, {}, writer.say(quality ? "report.topic_quality_note" : "report.topic_quality_more")};
  if (quality) {
    for (const char* column : {"column.coverage", "column.seed_stability", "column.sample_stability"}) table.columns.push_back({writer.say(column), true});
  }
  for (std::size_t k = 0; k < writer.result.topics.size(); ++k) {
    const TopicRow& topic = writer.result.topics[k];
    std::vector<products::ReportCell> cells = {writer.text(fmt::format("{} {}", topic.id, writer.topic_label(k))), writer.text(fmt::format("{:.2f}", topic.npmi)), writer.text(fmt::format("{:.2f}", topic.exclusivity))};
    if (quality) {
      const TopicQualityRow& row = quality->topics[k];
      cells.push_back(writer.text(share_text(row.coverage)));
      for (const double value : {row.seed_stability, row.sample_stability}) cells.push_back(writer.text(fmt::format("{:.2f}", value)));
    }
    table.rows.push_back(std::move(cells));
  }
  section.blocks.push_back(std::move(table));
}

// [names] rows of the dataset that bear each name, once each.
std::vector<std::vector<std::int32_t>> rows_by_name(const analysis::Dataset& dataset, const analysis::IdLists& lists, std::size_t name_count) {
  std::vector<std::vector<std::int32_t>> rows(name_count);
  for (std::int64_t d = 0; d < dataset.document_count(); ++d) {
    for (const std::int32_t name : lists.row(d)) {
      std::vector<std::int32_t>& own = rows[static_cast<std::size_t>(name)];
      if (own.empty() || own.back() != d) own.push_back(static_cast<std::int32_t>(d));
    }
  }
  return rows;
}

// What the nodes of a network open, by their labels: the documents of the terms, organisations or countries, a record and those that cite it.
std::vector<std::string> open_nodes(SectionWriter& writer, const NetworkResult& network) {
  const StudyResult& result = writer.result;
  std::vector<std::string> hrefs(network.node_ids.size());
  const auto file = [&](std::size_t node, const std::string& key, const std::vector<std::int32_t>& documents) { hrefs[node] = "#ev-" + writer.book.file(key, network.labels[node], documents, ""); };
  if (network.id == "term-network") {
    std::unordered_map<std::string_view, std::int64_t> terms;
    for (std::size_t t = 0; t < result.terms.size(); ++t) terms.emplace(result.terms[t].id, static_cast<std::int64_t>(t));
    for (std::size_t i = 0; i < hrefs.size(); ++i) {
      if (const auto term = terms.find(network.node_ids[i]); term != terms.end()) file(i, network.node_ids[i], documents_of(result, Unit::term, term->second));
    }
    return hrefs;
  }
  if (network.id == "citation-network") {
    std::unordered_map<std::string_view, std::size_t> nodes;
    for (std::size_t i = 0; i < hrefs.size(); ++i) nodes.emplace(network.node_ids[i], i);
    std::vector<std::vector<std::int32_t>> documents(hrefs.size());  // [nodes] the record, then those that cite it
    const std::vector<std::string>& ids = result.dataset.record_ids;
    std::vector<std::size_t> node_of(ids.size(), hrefs.size());
    for (std::size_t d = 0; d < ids.size(); ++d) {
      const auto node = nodes.find(ids[d]);
      if (node == nodes.end()) continue;
      node_of[d] = node->second;
      documents[node->second].push_back(static_cast<std::int32_t>(d));
    }
    for (std::size_t d = 0; d < ids.size(); ++d) {
      for (const std::int32_t cited : result.dataset.references.row(static_cast<std::int64_t>(d))) {
        if (node_of[static_cast<std::size_t>(cited)] < hrefs.size()) documents[node_of[static_cast<std::size_t>(cited)]].push_back(static_cast<std::int32_t>(d));
      }
    }
    for (std::size_t i = 0; i < hrefs.size(); ++i) file(i, "cited-" + network.node_ids[i], documents[i]);
    return hrefs;
  }
  const bool countries = network.id == "country-network";
  if (!countries && network.id != "organisation-network") return hrefs;
  const std::vector<std::string>& names = countries ? result.dataset.country_names : result.dataset.organisation_names;
  const auto rows = rows_by_name(result.dataset, countries ? result.dataset.countries : result.dataset.organisations, names.size());
  std::unordered_map<std::string_view, std::size_t> numbers;
  for (std::size_t i = 0; i < names.size(); ++i) numbers.emplace(names[i], i);
  for (std::size_t i = 0; i < hrefs.size(); ++i) {
    const auto named = numbers.find(network.labels[i]);
    if (named != numbers.end()) file(i, (countries ? "country-" : "organisation-") + names[named->second], rows[named->second]);
  }
  return hrefs;
}

}  // namespace

products::Section topic_section(SectionWriter& writer) {
  const StudyResult& result = writer.result;
  products::Section section{"topics", writer.say("report.topics"), {}};
  if (result.topics.empty()) {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.no_topics"))}});
    return section;
  }
  section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.topics_intro", result.topics.size(), result.topic_diversity))}});
  section.blocks.push_back(evolution_figure(writer));
  add_changes(writer, section);

  products::Table table{"", {{writer.say("report.topic"), false}, {writer.say("report.documents"), true}, {writer.say("report.growth_rate"), true}, {writer.say("report.growth_count"), true},
                             {writer.say("report.trend"), false}, {writer.say("report.representative"), false}}, {}, writer.say("report.topics_note")};
  for (std::size_t k = 0; k < result.topics.size(); ++k) {
    const TopicRow& topic = result.topics[k];
    std::string terms;
    for (std::size_t i = 0; i < std::min(kTermsPerTopic, topic.terms.size()); ++i) {
      terms += (i > 0 ? writer.say("report.list_separator") : "") + result.terms[static_cast<std::size_t>(topic.terms[i].first)].label;
    }
    const std::string& label = writer.topic_label(k);
    const auto documents = documents_of(result, Unit::topic, static_cast<std::int64_t>(k));
    const auto recent = documents_of(result, Unit::topic, static_cast<std::int64_t>(k), recent_window(result.topic_results.series));
    std::string representative;
    for (std::size_t i = 0; i < std::min(kDocumentsPerTopic, documents.size()); ++i) {
      const auto d = static_cast<std::size_t>(documents[i]);
      representative += fmt::format("{}{} ({})", i > 0 ? " · " : "", result.titles[d], result.dataset.year[d]);
    }
    const Indicators& indicators = result.topic_results.indicators[k];
    products::ReportCell name = writer.text(fmt::format("{} {}", topic.id, label));
    name.note = terms;
    products::ReportCell trend = writer.text("");
    trend.svg = products::sparkline(share_row(result.topic_results.series, k));
    products::ReportCell examples = writer.text("");
    examples.note = representative;
    table.rows.push_back({name, writer.book.number(products::format_tick(static_cast<double>(documents.size()), 1), topic.id, label, documents, writer.say("report.topic_evidence")),
                          writer.text(rate_text(indicators.rate)),
                          writer.book.number(fmt::format("{:+.0f}", indicators.windows.growth_count), topic.id + "-recent", label + " " + writer.say("report.recent_documents"), recent),
                          trend, examples});
  }
  section.blocks.push_back(std::move(table));
  add_quality(writer, section);
  return section;
}

// Documents and topics where they lie; a topic opens its documents.
products::Figure science_map_figure(SectionWriter& writer) {
  const MapResult& map = writer.result.map;
  products::ScienceMap chart;
  chart.title = writer.say("report.science_map");
  chart.x.assign(map.x.begin(), map.x.end());
  chart.y.assign(map.y.begin(), map.y.end());
  chart.topic = map.topic;
  for (std::size_t k = 0; k < map.topic_x.size() && k < writer.result.topics.size(); ++k) {
    const auto documents = documents_of(writer.result, Unit::topic, static_cast<std::int64_t>(k));
    const std::string& label = writer.topic_label(k);
    chart.topics.push_back({map.topic_x[k], map.topic_y[k], static_cast<double>(documents.size()), label, "#ev-" + writer.book.file(writer.result.topics[k].id, label, documents, "")});
  }
  return {products::draw(chart), writer.say("report.science_map_caption", map.x.size(), chart.topics.size(), fmt::format("{:.2f}", map.trustworthiness))};
}

products::Section map_section(SectionWriter& writer) {
  products::Section section{"map", writer.say("report.map"), {}};
  if (!writer.result.map.empty()) section.blocks.push_back(science_map_figure(writer));
  for (const NetworkResult& network : writer.result.networks) {
    if (network.node_ids.empty()) continue;
    products::NetworkChart chart;
    chart.title = writer.say("network." + network.id);
    const std::vector<std::string> hrefs = open_nodes(writer, network);
    for (std::size_t i = 0; i < network.node_ids.size(); ++i) chart.nodes.push_back({network.x[i], network.y[i], network.node_weights[i], network.communities[i], network.labels[i], hrefs[i]});
    for (std::size_t e = 0; e < network.edge_from.size(); ++e) chart.edges.push_back({network.edge_from[e], network.edge_to[e], network.edge_weights[e]});
    section.blocks.push_back(products::Figure{products::draw(chart), writer.say("report.map_caption", network.node_ids.size(), network.edge_from.size(), network.modularity)});
  }
  if (section.blocks.empty()) section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.no_map"))}});
  return section;
}

products::Section actor_section(SectionWriter& writer) {
  const analysis::Dataset& dataset = writer.result.dataset;
  products::Section section{"actors", writer.say("report.actors"), {}};
  const auto chart_of = [&](const analysis::IdLists& lists, const std::vector<std::string>& names, const std::string& family, const std::string& title) {
    const std::vector<std::vector<std::int32_t>> rows = rows_by_name(dataset, lists, names.size());
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!rows[i].empty()) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rows[a].size() > rows[b].size(); });
    if (order.size() > 15) order.resize(15);
    products::BarChart chart{.title = title, .bars = {}};
    for (const std::size_t i : order) {
      const std::string key = writer.book.file(family + "-" + names[i], names[i], rows[i], "");
      chart.bars.push_back({names[i], static_cast<double>(rows[i].size()), products::format_tick(static_cast<double>(rows[i].size()), 1), "#ev-" + key});
    }
    if (!chart.bars.empty()) section.blocks.push_back(products::Figure{products::draw(chart), writer.say("report.actors_caption")});
  };
  chart_of(dataset.organisations, dataset.organisation_names, "organisation", writer.say("report.organisations"));
  chart_of(dataset.countries, dataset.country_names, "country", writer.say("report.countries"));
  if (section.blocks.empty()) section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.no_actors"))}});
  return section;
}

}  // namespace jianwei::workflow
