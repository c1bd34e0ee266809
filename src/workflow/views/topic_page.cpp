#include "workflow/views/topic_page.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/sentence.h"
#include "base/strings.h"
#include "sources/live/http.h"
#include "workflow/indicators/indicators.h"
#include "workflow/report/evidence_book.h"
#include "workflow/report/forecast_view.h"
#include "workflow/run/indicator_stage.h"
#include "workflow/run/topic_stage.h"
#include "workflow/views/bursts.h"
#include "workflow/views/emerging.h"
#include "workflow/views/href.h"
#include "workflow/views/terms.h"
#include "workflow/views/topics.h"
#include "workflow/views/unit_series.h"
#include "workflow/views/weak_signals.h"

namespace jianwei::workflow {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

constexpr std::pair<std::string_view, Group> kActorGroups[] = {{"organisations", Group::organisation}, {"persons", Group::person}, {"countries", Group::country},
                                                               {"funders", Group::funder},             {"sources", Group::source}, {"venues", Group::venue}};

const std::string& topic_label(const StudyResult& result, std::size_t topic, Language language) { return unit_label(result, {Unit::topic, topic}, language); }

// Score, rank, why it is no candidate, parts.
void write_emergence(JsonWriter& json, const ResultIndex& index, Unit unit, std::size_t u) {
  const UnitResults& units = index.result().results(unit);
  const Emergence& emergence = units.emergence[u];
  json.key("emergence").begin_object().field("score", emergence.score).field("rank", emergence.rank).field("of", index.ranking(unit, Candidates::all).size()).field("gate", emergence.gate).field("rising", rises(units, u)).key("components").begin_array();
  for (const Component& component : emergence.components) json.begin_object().field("name", component.name).field("value", component.value).field("contribution", component.contribution).end_object();
  json.end_array();
  write_said(json, "model", units.emergence_model);
  json.end_object();
  write_band(json, units, u);
  write_s_curve(json, units, index.s_curve(unit, u));
  write_spark(json, index.result(), unit, u);
}

void write_subresources(JsonWriter& json, std::string_view base, const std::string& place, std::initializer_list<std::string_view> names) {
  if (base.empty()) return;
  json.key("links").begin_object();
  for (const std::string_view name : names) json.field(name, fmt::format("{}/{}/{}", base, place, name));
  json.end_object();
}

}  // namespace

std::string topic_json(const ResultIndex& index, std::size_t topic, Language language, std::string_view base) {
  const StudyResult& result = index.result();
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("title", topic_label(result, topic, language));
  write_topic_fields(json, result, topic, base);
  write_emergence(json, index, Unit::topic, topic);
  std::int64_t newest = 0;
  for (const std::int32_t d : index.documents(Unit::topic, topic)) newest = std::max<std::int64_t>(newest, result.dataset.year[at(d)]);
  json.field("newest_year", newest);
  write_subresources(json, base, "topics/" + result.topics[topic].id, {"documents", "terms", "series", "actors", "neighbours", "history"});
  return json.end_object().text();
}

std::string term_json(const ResultIndex& index, std::size_t term, Language language, std::string_view base) {
  const StudyResult& result = index.result();
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("title", unit_label(result, {Unit::term, term}, language));
  write_term_fields(json, result.terms[term], base);
  write_emergence(json, index, Unit::term, term);
  json.key("bursts").begin_array();
  for (const analysis::UnitBurst& burst : result.bursts) {
    if (burst.unit == static_cast<std::int64_t>(term)) write_burst(json, result, burst, base);
  }
  json.end_array().key("weak_signal");
  write_mapped_term(json, result, term, base);
  // The topics whose words it is among.
  json.key("topics").begin_array();
  for (std::size_t k = 0; k < result.topics.size(); ++k) {
    for (const auto& [t, weight] : result.topics[k].terms) {
      if (t == static_cast<std::int32_t>(term)) json.begin_object().field("id", result.topics[k].id).field("label", topic_label(result, k, language)).field("weight", weight).end_object();
    }
  }
  json.end_array();
  write_subresources(json, base, "terms/" + result.terms[term].id, {"documents", "series", "actors"});
  return json.end_object().text();
}

std::string topic_terms_json(const ResultIndex& index, std::size_t topic, std::size_t count, std::string_view base) {
  const StudyResult& result = index.result();
  const analysis::DocumentTopics& shares = result.document_topics;
  std::vector<double> in_topic(result.terms.size(), 0.0);
  std::vector<std::int64_t> documents(result.terms.size(), 0);
  double in_topic_total = 0.0, overall_total = 0.0;
  for (std::size_t d = 0; d + 1 < shares.offsets.size(); ++d) {
    float share = 0.0F;
    for (auto e = at(shares.offsets[d]); e < at(shares.offsets[d + 1]); ++e) share = shares.topics[e] == static_cast<std::int32_t>(topic) ? shares.shares[e] : share;
    if (share <= 0.0F) continue;
    for (const std::int32_t term : index.document_terms().row(static_cast<std::int64_t>(d))) {
      in_topic[at(term)] += share;
      documents[at(term)] += share >= kTopicShare;
      in_topic_total += share;
    }
  }
  std::vector<std::size_t> present;
  for (std::size_t t = 0; t < in_topic.size(); ++t) {
    overall_total += static_cast<double>(result.terms[t].document_count);
    if (in_topic[t] >= 1.0) present.push_back(t);  // less than a document says nothing
  }
  std::set<std::size_t> listed;
  for (const double lambda : {1.0, 0.6, 0.0}) {
    const auto relevance = [&](std::size_t t) {
      const double inside = in_topic[t] / in_topic_total;
      return lambda * std::log(inside) + (1.0 - lambda) * std::log(inside / (static_cast<double>(result.terms[t].document_count) / overall_total));
    };
    std::vector<std::pair<double, std::size_t>> order;
    for (const std::size_t t : present) order.emplace_back(-relevance(t), t);
    std::sort(order.begin(), order.end());
    for (std::size_t i = 0; i < std::min(count, order.size()); ++i) listed.insert(order[i].second);
  }
  for (const auto& [term, weight] : result.topics[topic].terms) listed.insert(at(term));
  std::vector<std::size_t> rows(listed.begin(), listed.end());
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return in_topic[a] > in_topic[b]; });
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("id", result.topics[topic].id).field("in_topic_total", in_topic_total).field("overall_total", overall_total);
  json.key("items").begin_array();
  for (const std::size_t t : rows) {
    const TermRow& term = result.terms[t];
    json.begin_object().field("id", term.id).field("label", term.label).field("label_zh", term.label_zh).field("label_en", term.label_en).field("in_topic", in_topic[t]).field("overall", term.document_count);
    json.field("documents", documents[t]).field("weight", in_topic[t] / in_topic_total).field("share", static_cast<double>(term.document_count) / overall_total);
    const auto phi = std::find_if(result.topics[topic].terms.begin(), result.topics[topic].terms.end(), [&](const auto& pair) { return at(pair.first) == t; });
    if (phi != result.topics[topic].terms.end()) json.field("phi", phi->second);
    write_href(json, "documents_href", base, fmt::format("records?topic={}&term={}", result.topics[topic].id, term.id));
    json.end_object();
  }
  return json.end_array().end_object().text();
}

std::string actors_json(const ResultIndex& index, Unit unit, std::size_t u, std::size_t count, std::string_view base) {
  const StudyResult& result = index.result();
  const std::span<const std::int32_t> documents = index.documents(unit, u);
  const analysis::YearRange recent = recent_window(result.results(unit).series);
  const UnitReference reference{unit, u};
  JsonWriter json, totals;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("id", unit_id(result, reference)).field("documents", documents.size());
  json.field("recent_from", recent.first).field("recent_to", recent.last);
  totals.begin_object();
  for (const auto& [name, group] : kActorGroups) {
    std::unordered_map<std::int32_t, std::pair<std::int64_t, std::int64_t>> counts;  // all, recent
    for (const std::int32_t d : documents) {
      const std::int16_t year = result.dataset.year[at(d)];
      index.each(group, d, [&](std::int32_t id) {
        ++counts[id].first;
        counts[id].second += year >= recent.first && year <= recent.last;
      });
    }
    std::vector<std::pair<std::int32_t, std::pair<std::int64_t, std::int64_t>>> rows(counts.begin(), counts.end());
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second.first != b.second.first ? a.second.first > b.second.first : a.first < b.first; });
    totals.field(name, rows.size());
    json.key(name).begin_array();
    for (std::size_t i = 0; i < std::min(count, rows.size()); ++i) {
      const auto& [id, counted] = rows[i];
      const std::string& label = index.names(group)[at(id)];
      json.begin_object().field("name", label).field("documents", counted.first).field("recent", counted.second);
      json.field("share", static_cast<double>(counted.first) / static_cast<double>(documents.size())).field("overall", index.documents(group, id).size());
      if (!base.empty()) write_href(json, "documents_href", base, fmt::format("records?{}={}&{}={}", to_string(unit), unit_id(result, reference), to_string(group), sources::url_encode(label)));
      json.end_object();
    }
    json.end_array();
  }
  return json.key("totals").raw(totals.end_object().text()).end_object().text();
}

std::string neighbours_json(const ResultIndex& index, std::size_t topic, std::size_t count, int depth, Language language, std::string_view base) {
  const StudyResult& result = index.result();
  std::vector<std::size_t> nodes = {topic};
  std::set<std::size_t> known = {topic};
  const auto add_around = [&](std::size_t node, std::size_t limit) {
    const std::vector<TopicTie>& ties = index.ties(node);
    for (std::size_t i = 0; i < std::min(limit, ties.size()); ++i) {
      if (known.insert(at(ties[i].topic)).second) nodes.push_back(at(ties[i].topic));
    }
  };
  add_around(topic, count);
  if (depth > 1) {
    const std::vector<std::size_t> first(nodes.begin() + 1, nodes.end());
    for (const std::size_t node : first) add_around(node, std::max<std::size_t>(1, count / 3));
  }
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("id", result.topics[topic].id).key("items").begin_array();
  for (std::size_t i = 0; i < std::min(count, index.ties(topic).size()); ++i) {
    const TopicTie& tie = index.ties(topic)[i];
    const TopicRow& other = result.topics[at(tie.topic)];
    json.begin_object().field("id", other.id).field("label", topic_label(result, at(tie.topic), language)).field("label_zh", other.label_zh).field("label_en", other.label_en);
    json.field("documents", index.documents(Unit::topic, at(tie.topic)).size()).field("similarity", tie.cosine).field("shared_documents", tie.documents);
    write_href(json, "documents_href", base, fmt::format("records?topic={},{}", result.topics[topic].id, other.id));
    json.end_object();
  }
  json.end_array().key("nodes").begin_array();
  for (const std::size_t k : nodes) {
    json.begin_object().field("id", result.topics[k].id).field("label", topic_label(result, k, language)).field("label_zh", result.topics[k].label_zh).field("label_en", result.topics[k].label_en);
    json.field("documents", index.documents(Unit::topic, k).size()).field("log_slope", result.topic_results.indicators[k].rate.log_slope);
    write_href(json, "documents_href", base, "topics/" + result.topics[k].id + "/documents");
    json.end_object();
  }
  json.end_array().key("links").begin_array();
  for (const std::size_t a : nodes) {
    for (const TopicTie& tie : index.ties(a)) {
      const std::size_t b = at(tie.topic);
      if (b < a || !known.contains(b)) continue;
      json.begin_object().field("source", result.topics[a].id).field("target", result.topics[b].id).field("similarity", tie.cosine).field("shared_documents", tie.documents);
      write_href(json, "documents_href", base, fmt::format("records?topic={},{}", result.topics[a].id, result.topics[b].id));
      json.end_object();
    }
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow
