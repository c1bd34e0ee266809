#include "workflow/views/watch.h"

#include "workflow/indicators/indicators.h"

namespace jianwei::workflow {
namespace {

void write_measure(JsonWriter& json, const analysis::Measure& measure) {
  json.field("value", measure.value).field("low", measure.low).field("high", measure.high).field("p", measure.p).field("q", measure.q);
}

void write_counts(JsonWriter& json, const analysis::Replay& replay, const analysis::ReplayCounts& counts) {
  json.field("threshold", counts.threshold).field("alerts", counts.alerts).field("right", counts.right).field("wrong", counts.wrong).field("unknown", counts.unknown).field("precision", counts.precision());
  json.field("events", counts.events).field("caught", counts.caught).field("recall", counts.recall()).field("false_alarms_a_year", replay.false_alarms_a_year(counts)).field("false_alarms_a_month", replay.false_alarms_a_year(counts) / 12.0);
}

}  // namespace

std::string_view outcome_key(analysis::CaseOutcome outcome) {
  return outcome == analysis::CaseOutcome::right ? "verdict.right" : outcome == analysis::CaseOutcome::wrong ? "verdict.wrong" : "verdict.open";
}

void write_watch(JsonWriter& json, const WatchList& watch) {
  json.field("id", watch.id).field("name", watch.name).field("unit", to_string(watch.unit)).field("rule", rule_text(watch.rule)).field("indicator", analysis::indicator_name(watch.rule.indicator));
  json.field("comparison", watch.rule.comparison == analysis::Comparison::above ? "above" : "below").field("threshold", watch.rule.threshold).field("significance", watch.rule.significance);
  json.field("min_documents", watch.rule.min_documents).field("query", watch.query).key("units").begin_array();
  for (const std::string& unit : watch.units) json.value(unit);
  json.end_array().field("horizon_years", watch.horizon_years).field("outcome_growth", watch.outcome_growth).field("why", watch.why).field("by", watch.decided_by).field("at", watch.decided_at);
}

std::string watch_json(const WatchList& watch) {
  JsonWriter json;
  json.begin_object();
  write_watch(json, watch);
  return json.end_object().text();
}

void write_scored_watch(JsonWriter& json, const WatchList& watch, const std::vector<ScoredAlert>& alerts) {
  const Calibration calibration = calibrate(alerts, watch.id);
  json.begin_object();
  write_watch(json, watch);
  json.key("calibration").begin_object().field("alerts", calibration.alerts).field("right", calibration.right).field("partly", calibration.partly).field("wrong", calibration.wrong);
  json.field("cannot_tell", calibration.cannot_tell).field("open", calibration.open);
  if (calibration.right + calibration.partly + calibration.wrong > 0) json.field("precision", calibration.precision).field("low", calibration.interval.low).field("high", calibration.interval.high);
  json.end_object().end_object();
}

std::string watches_json(const std::vector<WatchList>& watches, const std::vector<ScoredAlert>& alerts) {
  JsonWriter json;
  json.begin_array();
  for (const WatchList& watch : watches) write_scored_watch(json, watch, alerts);
  return json.end_array().text();
}

std::string replay_json(const StudyResult& result, const ReplayedWatch& replayed, Language language) {
  const analysis::Replay& replay = replayed.replay;
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).key("rule").begin_object();
  write_watch(json, replayed.watch);
  json.end_object().field("units", replayed.unit_count).field("first_year", replay.first_year).field("last_year", replay.last_year).field("judged_years", replay.judged_years).field("prevalence", replay.prevalence);
  write_counts(json, replay, replay.counts);
  json.field("precision_low", replay.precision_interval.low).field("precision_high", replay.precision_interval.high).field("mean_lead_years", replay.mean_lead_years).key("at_recall").begin_array();
  for (const analysis::RecallPoint& point : replay.at_recall) {
    json.begin_object().field("recall_wanted", point.recall_wanted).field("reached", point.reached);
    if (point.reached) write_counts(json, replay, point.counts);
    json.end_object();
  }
  json.end_array().key("alerts_fired").begin_array();
  for (const analysis::ReplayAlert& alert : replay.alerts) {
    const UnitReference reference{replayed.watch.unit, static_cast<std::size_t>(alert.watched.unit)};
    json.begin_object().field("year", alert.watched.year).field("id", unit_id(result, reference)).field("label", unit_label(result, reference, language));
    write_measure(json, alert.watched.measure);
    json.field("documents", alert.watched.documents).field("outcome", outcome_key(alert.outcome).substr(8));
    if (alert.outcome != analysis::CaseOutcome::unknown) json.field("share_ratio", alert.share_ratio);
    if (alert.outcome == analysis::CaseOutcome::right) json.field("lead_years", alert.lead_years);
    json.end_object();
  }
  return json.end_array().end_object().text();
}

std::string checked_watches_json(const StudyResult& result, const std::vector<CheckedWatch>& checked) {
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).key("rules").begin_array();
  for (const CheckedWatch& one : checked) {
    json.begin_object();
    write_watch(json, one.watch);
    json.field("watched", one.unit_count).field("firing", one.firing).field("written", one.written).key("alerts").begin_array();
    for (std::size_t i = 0; i < one.alerts.size(); ++i) {
      json.begin_object().field("id", one.alerts[i].id).field("unit", one.alerts[i].unit_id).field("label", one.labels[i]).field("year", one.alerts[i].year);
      write_measure(json, one.measures[i]);
      json.end_object();
    }
    json.end_array().end_object();
  }
  return json.end_array().end_object().text();
}

void write_alert(JsonWriter& json, const ScoredAlert& alert) {
  json.begin_object().field("id", alert.alert.id).field("year", alert.alert.year).field("unit", alert.alert.unit_id).field("label", alert.label).field("rule", alert.rule_name).field("verdict", alert.verdict).field("why", alert.why);
  json.field("by", alert.decided_by).field("at", alert.decided_at).field("created_at", alert.alert.created_at).key("case").raw(alert.alert.evidence).end_object();
}

std::string alerts_json(const std::vector<ScoredAlert>& alerts) {
  JsonWriter json;
  json.begin_array();
  for (const ScoredAlert& alert : alerts) write_alert(json, alert);
  return json.end_array().text();
}

}  // namespace jianwei::workflow
