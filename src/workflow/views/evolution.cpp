#include "workflow/views/evolution.h"

#include <algorithm>

#include "base/strings.h"
#include "workflow/indicators/indicators.h"
#include "workflow/views/href.h"

namespace jianwei::workflow {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

std::string_view event_name(analysis::EvolutionEvent event) {
  constexpr std::string_view kNames[] = {"birth", "growth", "stable", "decline", "split", "merge", "death"};
  return kNames[static_cast<std::size_t>(event)];
}

}  // namespace

Result<std::string> evolution_json(const ResultIndex& index, Language language, std::string_view base) {
  const StudyResult& result = index.result();
  const Result<TopicPeriods>& traced = index.periods();
  if (!traced) return tl::unexpected(traced.error());
  const TopicPeriods& periods = *traced;
  const auto topic_at = [&](std::int64_t period, std::int32_t unit) { return at(periods.topics[at(period)][at(unit)]); };

  // What happened to each node, and whether anything leads to or from it.
  std::vector<std::vector<std::string_view>> events(periods.topics.size());
  std::vector<std::vector<bool>> tied(periods.topics.size());
  for (std::size_t p = 0; p < periods.topics.size(); ++p) {
    events[p].assign(periods.topics[p].size(), "");
    tied[p].assign(periods.topics[p].size(), false);
  }
  for (const analysis::EvolutionStep& step : periods.evolution.steps) {
    for (const std::int32_t unit : step.to) events[at(step.period)][at(unit)] = event_name(step.event);
  }
  for (const analysis::EvolutionLink& link : periods.evolution.links) {
    tied[at(link.period)][at(link.from)] = true;
    tied[at(link.period) + 1][at(link.to)] = true;
  }

  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).key("periods").begin_array();
  for (std::size_t p = 0; p < periods.years.size(); ++p) {
    json.begin_object().field("first", periods.years[p].first).field("last", periods.years[p].second).field("documents", periods.documents[p]);
    write_href(json, "documents_href", base, fmt::format("records?from={}&to={}", periods.years[p].first, periods.years[p].second));
    json.end_object();
  }
  json.end_array().key("nodes").begin_array();
  for (std::size_t p = 0; p < periods.topics.size(); ++p) {
    for (std::size_t u = 0; u < periods.topics[p].size(); ++u) {
      const std::size_t topic = at(periods.topics[p][u]);
      json.begin_object().field("period", p).field("id", result.topics[topic].id).field("label", unit_label(result, {Unit::topic, topic}, language)).field("documents", periods.weights[p][u]);
      json.field("line", periods.evolution.lines[p][u]).field("event", events[p][u]).field("isolated", !tied[p][u]);
      write_href(json, "documents_href", base, fmt::format("topics/{}/documents?from={}&to={}", result.topics[topic].id, periods.years[p].first, periods.years[p].second));
      json.end_object();
    }
  }
  json.end_array().key("flows").begin_array();
  for (const analysis::EvolutionLink& link : periods.evolution.links) {
    const std::int64_t p = link.period;
    json.begin_object().field("period", p).field("from", result.topics[topic_at(p, link.from)].id).field("to", result.topics[topic_at(p + 1, link.to)].id).field("similarity", link.similarity);
    json.field("documents", link.similarity * std::min(periods.weights[at(p)][at(link.from)], periods.weights[at(p) + 1][at(link.to)])).end_object();
  }
  json.end_array().key("events").begin_array();
  for (const analysis::EvolutionStep& step : periods.evolution.steps) {
    json.begin_object().field("event", event_name(step.event)).field("period", step.period).key("from").begin_array();
    for (const std::int32_t unit : step.from) json.value(result.topics[topic_at(step.period - 1, unit)].id);
    json.end_array().key("to").begin_array();
    for (const std::int32_t unit : step.to) json.value(result.topics[topic_at(step.period, unit)].id);
    json.end_array().field("documents_before", step.size_before).field("documents_after", step.size_after).field("similarity", step.similarity).end_object();
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow
