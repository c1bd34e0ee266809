// jianwei watch VERB WS ...: one options struct, one function a verb.
#include <memory>

#include "base/json_writer.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/indicators/indicators.h"
#include "workflow/run/run.h"
#include "workflow/watch/watch.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  std::string verb;
  std::string name, indicator = "growth", unit = "term", query, why, by, alert, verdict;
  std::vector<std::string> on;
  double above = 0.0, below = 0.0, significance = 0.05, min_documents = 5.0, outcome_growth = 0.08;
  bool above_given = false, below_given = false;
  std::int32_t horizon = 3, from = 0, top = 20;
};

workflow::Decision decision_of(const Options& options) { return {options.why, decider(options.by)}; }

void write_rule(JsonWriter& json, const workflow::WatchList& watch) {
  json.field("id", watch.id).field("name", watch.name).field("unit", workflow::to_string(watch.unit)).field("rule", workflow::rule_text(watch.rule)).field("indicator", analysis::indicator_name(watch.rule.indicator));
  json.field("comparison", watch.rule.comparison == analysis::Comparison::above ? "above" : "below").field("threshold", watch.rule.threshold).field("significance", watch.rule.significance);
  json.field("min_documents", watch.rule.min_documents).field("query", watch.query).key("units").begin_array();
  for (const std::string& unit : watch.units) json.value(unit);
  json.end_array().field("horizon_years", watch.horizon_years).field("outcome_growth", watch.outcome_growth).field("why", watch.why).field("by", watch.decided_by).field("at", watch.decided_at);
}

void write_measure(JsonWriter& json, const analysis::Measure& measure) {
  json.field("value", measure.value).field("low", measure.low).field("high", measure.high).field("p", measure.p).field("q", measure.q);
}

Result<> add(const Session& session, workflow::Workspace& workspace, const Options& options) {
  if (options.above_given == options.below_given) return fail(ErrorKind::invalid_input, "give one threshold: --above X or --below X");
  workflow::WatchList watch;
  watch.name = options.name;
  watch.unit = TRY(workflow::parse_unit(options.unit));
  watch.units = options.on;
  watch.query = options.query;
  const bool above = options.above_given;
  watch.rule = {*analysis::parse_indicator(options.indicator), above ? analysis::Comparison::above : analysis::Comparison::below, above ? options.above : options.below, options.significance, options.min_documents};
  watch.horizon_years = options.horizon;
  watch.outcome_growth = options.outcome_growth;
  // A rule that watches nothing is a slip: where there is a run, the units are looked up before the rule is kept.
  if (const auto result = workflow::load_latest_run(workspace)) TRY(workflow::watched_units(*result, watch));
  watch = TRY(workflow::add_watch(workspace, std::move(watch), decision_of(options)));
  if (session.json) {
    JsonWriter json;
    json.begin_object();
    write_rule(json, watch);
    session.print(json.end_object().text());
  } else {
    session.print(session.say("watch.added", watch.name, watch.id, workflow::rule_text(watch.rule)));
    session.note(session.say("watch.added_next", options.workspace.path, watch.name));
  }
  return {};
}

Result<> remove(const Session& session, workflow::Workspace& workspace, const Options& options) {
  TRY(workflow::remove_watch(workspace, options.name, decision_of(options)));
  session.print(session.json ? JsonWriter().begin_object().field("removed", options.name).end_object().text() : session.say("watch.removed", options.name));
  return {};
}

Result<> list(const Session& session, workflow::Workspace& workspace) {
  const std::vector<workflow::WatchList> rules = TRY(workflow::watches(workspace));
  const std::vector<workflow::ScoredAlert> alerts = TRY(workflow::alerts(workspace));
  JsonWriter json;
  json.begin_array();
  TextTable table({session.say("column.name"), session.say("column.rule"), session.say("column.watched"), session.say("column.alerts"), session.say("column.scored"), session.say("column.precision"), session.say("column.by"), session.say("column.why")},
                  {false, false, false, true, true, true, false, false});
  for (const workflow::WatchList& watch : rules) {
    const workflow::Calibration calibration = workflow::calibrate(alerts, watch.id);
    const std::int64_t scored = calibration.right + calibration.partly + calibration.wrong;
    json.begin_object();
    write_rule(json, watch);
    json.key("calibration").begin_object().field("alerts", calibration.alerts).field("right", calibration.right).field("partly", calibration.partly).field("wrong", calibration.wrong);
    json.field("cannot_tell", calibration.cannot_tell).field("open", calibration.open);
    if (scored > 0) json.field("precision", calibration.precision).field("low", calibration.interval.low).field("high", calibration.interval.high);
    json.end_object().end_object();
    std::string watched = session.say(watch.unit == workflow::Unit::term ? "watch.terms" : "watch.topics");
    for (const std::string& unit : watch.units) watched += (unit == watch.units.front() ? ": " : ", ") + unit;
    if (!watch.query.empty()) watched += " \"" + watch.query + "\"";
    table.add({watch.name, workflow::rule_text(watch.rule), watched, std::to_string(calibration.alerts), std::to_string(scored),
               scored > 0 ? fmt::format("{:.2f} [{:.2f}, {:.2f}]", calibration.precision, calibration.interval.low, calibration.interval.high) : "–", watch.decided_by, watch.why});
  }
  if (session.json) {
    session.print(json.end_array().text());
  } else if (rules.empty()) {
    session.note(session.say("watch.none"));
  } else {
    session.print(table.text(terminal_width()));
  }
  return {};
}

void write_counts(JsonWriter& json, const analysis::Replay& replay, const analysis::ReplayCounts& counts) {
  json.field("threshold", counts.threshold).field("alerts", counts.alerts).field("right", counts.right).field("wrong", counts.wrong).field("unknown", counts.unknown).field("precision", counts.precision());
  json.field("events", counts.events).field("caught", counts.caught).field("recall", counts.recall()).field("false_alarms_a_year", replay.false_alarms_a_year(counts)).field("false_alarms_a_month", replay.false_alarms_a_year(counts) / 12.0);
}

std::string_view outcome_key(analysis::CaseOutcome outcome) {
  return outcome == analysis::CaseOutcome::right ? "verdict.right" : outcome == analysis::CaseOutcome::wrong ? "verdict.wrong" : "verdict.open";
}

void replay_json(const Session& session, const workflow::StudyResult& result, const workflow::ReplayedWatch& replayed) {
  const analysis::Replay& replay = replayed.replay;
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).key("rule").begin_object();
  write_rule(json, replayed.watch);
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
    const workflow::UnitReference reference{replayed.watch.unit, static_cast<std::size_t>(alert.watched.unit)};
    json.begin_object().field("year", alert.watched.year).field("id", workflow::unit_id(result, reference)).field("label", workflow::unit_label(result, reference, session.language));
    write_measure(json, alert.watched.measure);
    json.field("documents", alert.watched.documents).field("outcome", std::string_view(outcome_key(alert.outcome)).substr(8));
    if (alert.outcome != analysis::CaseOutcome::unknown) json.field("share_ratio", alert.share_ratio);
    if (alert.outcome == analysis::CaseOutcome::right) json.field("lead_years", alert.lead_years);
    json.end_object();
  }
  session.print(json.end_array().end_object().text());
}

void replay_text(const Session& session, const workflow::StudyResult& result, const workflow::ReplayedWatch& replayed, const Options& options) {
  const analysis::Replay& replay = replayed.replay;
  const analysis::ReplayCounts& counts = replay.counts;
  session.print(fmt::format("{}  {}", replayed.watch.name, workflow::rule_text(replayed.watch.rule)));
  session.print(session.say("watch.would_have_fired", counts.alerts, replay.first_year, replay.last_year, thousands(replayed.unit_count)));
  session.print(session.say("watch.outcomes", counts.right, counts.wrong, counts.unknown, replayed.watch.horizon_years, percent(replayed.watch.outcome_growth)));
  session.print(session.say("watch.precision", counts.right + counts.wrong > 0 ? percent(counts.precision()) : "–", percent(replay.precision_interval.low), percent(replay.precision_interval.high), percent(replay.prevalence)));
  session.print(session.say("watch.recall", counts.caught, counts.events, percent(counts.recall()), fmt::format("{:.1f}", replay.mean_lead_years)));
  session.print(session.say("watch.false_alarms", fmt::format("{:.2f}", replay.false_alarms_a_year(counts)), fmt::format("{:.3f}", replay.false_alarms_a_year(counts) / 12.0)) + "\n");
  TextTable curve({session.say("column.recall"), session.say("column.threshold"), session.say("column.alerts"), session.say("column.precision"), session.say("column.false_year"), session.say("column.false_month")}, {true, true, true, true, true, true});
  for (const analysis::RecallPoint& point : replay.at_recall) {
    const double yearly = replay.false_alarms_a_year(point.counts);
    if (point.reached) {
      curve.add({"≥ " + percent(point.recall_wanted), fmt::format("{:.3g}", point.counts.threshold), std::to_string(point.counts.alerts), point.counts.right + point.counts.wrong > 0 ? percent(point.counts.precision()) : "–", fmt::format("{:.2f}", yearly), fmt::format("{:.3f}", yearly / 12.0)});
    } else {
      curve.add({"≥ " + percent(point.recall_wanted), session.say("watch.not_reached"), "", "", "", ""});
    }
  }
  session.print(curve.text(terminal_width()) + "\n");
  TextTable table({session.say("column.year"), session.say("column.label"), session.say("column.value"), session.say("column.interval"), "q", session.say("column.after"), session.say("column.outcome"), session.say("column.lead"), session.say("column.id")},
                  {true, false, true, false, true, true, false, true, false});
  const analysis::Indicator indicator = replayed.watch.rule.indicator;
  for (std::size_t i = replay.alerts.size(); i-- > 0 && i + static_cast<std::size_t>(options.top) >= replay.alerts.size();) {
    const analysis::ReplayAlert& alert = replay.alerts[i];
    const workflow::UnitReference reference{replayed.watch.unit, static_cast<std::size_t>(alert.watched.unit)};
    const bool known = alert.outcome != analysis::CaseOutcome::unknown;
    table.add({std::to_string(alert.watched.year), workflow::unit_label(result, reference, session.language), workflow::measure_text(indicator, alert.watched.measure.value), workflow::interval_text(indicator, alert.watched.measure),
               alert.watched.measure.q == alert.watched.measure.q ? fmt::format("{:.2g}", alert.watched.measure.q) : "", known ? fmt::format("×{:.2f}", alert.share_ratio) : "", session.say(outcome_key(alert.outcome)),
               alert.lead_years > 0 ? std::to_string(alert.lead_years) : "", workflow::unit_id(result, reference)});
  }
  if (!replay.alerts.empty()) session.print(table.text(terminal_width()));
  session.note(session.say("watch.replay_note"));
}

Result<> replay(const Session& session, workflow::Workspace& workspace, const Options& options) {
  workflow::StudyResult result = TRY(workflow::load_latest_run(workspace));
  result.study.thread_count = session.thread_count;
  const workflow::ReplayedWatch replayed = TRY(workflow::replay_watch(result, TRY(workflow::find_watch(workspace, options.name)), static_cast<std::int16_t>(options.from), *session.progress));
  if (session.json) {
    replay_json(session, result, replayed);
  } else {
    replay_text(session, result, replayed, options);
  }
  return {};
}

Result<> check(const Session& session, workflow::Workspace& workspace, const Options& options) {
  workflow::StudyResult result = TRY(workflow::load_latest_run(workspace));
  result.study.thread_count = session.thread_count;
  const std::vector<workflow::CheckedWatch> checked = TRY(workflow::check_watches(workspace, result, *session.progress));
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).key("rules").begin_array();
  for (const workflow::CheckedWatch& one : checked) {
    json.begin_object();
    write_rule(json, one.watch);
    json.field("watched", one.unit_count).field("firing", one.firing).field("written", one.written).key("alerts").begin_array();
    if (!session.json) session.print(session.say("watch.checked", one.watch.name, thousands(one.unit_count), one.firing, one.alerts.size(), one.written));
    for (std::size_t i = 0; i < one.alerts.size(); ++i) {
      json.begin_object().field("id", one.alerts[i].id).field("unit", one.alerts[i].unit_id).field("label", one.labels[i]).field("year", one.alerts[i].year);
      write_measure(json, one.measures[i]);
      json.end_object();
      if (!session.json && i < static_cast<std::size_t>(options.top)) {
        session.print(fmt::format("  {}  {}  {}  {} {}", one.alerts[i].id, one.alerts[i].year, one.labels[i], workflow::measure_text(one.watch.rule.indicator, one.measures[i].value), workflow::interval_text(one.watch.rule.indicator, one.measures[i])));
      }
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  if (session.json) session.print(json.text());
  else if (checked.empty()) session.note(session.say("watch.none"));
  else session.note(session.say("watch.check_note", options.workspace.path));
  return {};
}

Result<> show_alerts(const Session& session, workflow::Workspace& workspace, const Options& options) {
  const std::vector<workflow::ScoredAlert> all = TRY(workflow::alerts(workspace));
  JsonWriter json;
  json.begin_array();
  TextTable table({session.say("column.id"), session.say("column.year"), session.say("column.label"), session.say("column.rule"), session.say("column.verdict"), session.say("column.by"), session.say("column.why")}, {false, true, false, false, false, false, false});
  std::size_t shown = 0;
  for (const workflow::ScoredAlert& alert : all) {
    if (!options.alert.empty() && alert.alert.id != options.alert) continue;
    if (shown++ < static_cast<std::size_t>(options.top)) table.add({alert.alert.id, std::to_string(alert.alert.year), alert.label, alert.rule_name, session.say("verdict." + (alert.verdict.empty() ? "open" : alert.verdict)), alert.decided_by, alert.why});
    json.begin_object().field("id", alert.alert.id).field("year", alert.alert.year).field("unit", alert.alert.unit_id).field("label", alert.label).field("rule", alert.rule_name).field("verdict", alert.verdict).field("why", alert.why);
    json.field("by", alert.decided_by).field("at", alert.decided_at).field("created_at", alert.alert.created_at).key("case").raw(alert.alert.evidence).end_object();
  }
  if (!options.alert.empty() && shown == 0) return fail(ErrorKind::not_found, "there is no alert {}: `jianwei watch alerts {}` lists them", options.alert, options.workspace.path);
  if (session.json || !options.alert.empty()) {
    session.print(json.end_array().text());
  } else if (shown == 0) {
    session.note(session.say("watch.no_alerts"));
  } else {
    session.print(table.text(terminal_width()));
  }
  return {};
}

Result<> score(const Session& session, workflow::Workspace& workspace, const Options& options) {
  TRY(workflow::score_alert(workspace, options.alert, options.verdict, decision_of(options)));
  session.print(session.json ? JsonWriter().begin_object().field("alert", options.alert).field("verdict", options.verdict).end_object().text() : session.say("watch.scored", options.alert, session.say("verdict." + options.verdict)));
  return {};
}

void define_rule_options(CLI::App& app, Options& options, Language language) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < analysis::kIndicatorCount; ++i) names.emplace_back(analysis::indicator_name(static_cast<analysis::Indicator>(i)));
  app.add_option("--name", options.name, message(language, "option.watch_name"))->required();
  app.add_option("--indicator", options.indicator, message(language, "option.watch_indicator"))->check(CLI::IsMember(names));
  app.add_option("--above", options.above, message(language, "option.watch_above"))->each([&options](const std::string&) { options.above_given = true; });
  app.add_option("--below", options.below, message(language, "option.watch_below"))->each([&options](const std::string&) { options.below_given = true; });
  app.add_option("--significance", options.significance, message(language, "option.watch_significance"))->check(CLI::Range(0.0, 1.0));
  app.add_option("--unit", options.unit, message(language, "option.unit"))->check(CLI::IsMember({"term", "topic"}));
  app.add_option("--on", options.on, message(language, "option.watch_on"));
  app.add_option("--query", options.query, message(language, "option.watch_query"));
  app.add_option("--min-documents", options.min_documents, message(language, "option.watch_min_documents"))->check(CLI::Range(0.0, 1e9));
  app.add_option("--horizon", options.horizon, message(language, "option.watch_horizon"))->check(CLI::Range(1, 20));
  app.add_option("--outcome-growth", options.outcome_growth, message(language, "option.watch_outcome"))->check(CLI::Range(0.0, 10.0));
}

}  // namespace

Action define_watch(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  app.require_subcommand(1);
  const auto verb = [&](const char* name) -> CLI::App* {
    CLI::App* sub = app.add_subcommand(name, message(language, fmt::format("watch.verb.{}", name)));
    sub->fallthrough();
    sub->callback([options, name] { options->verb = name; });
    options->workspace.define(*sub);
    return sub;
  };
  const auto reason = [&](CLI::App* sub) {
    sub->add_option("--why", options->why, message(language, "option.reason"))->required();
    sub->add_option("--by", options->by, message(language, "option.by"));
  };
  const auto top = [&](CLI::App* sub) { sub->add_option("--top", options->top, message(language, "option.top"))->check(CLI::Range(1, 1'000'000)); };
  CLI::App* added = verb("add");
  define_rule_options(*added, *options, language);
  reason(added);
  verb("list");
  CLI::App* removed = verb("remove");
  removed->add_option("NAME", options->name, message(language, "option.watch_name"))->required();
  reason(removed);
  CLI::App* replayed = verb("replay");
  replayed->add_option("NAME", options->name, message(language, "option.watch_name"))->required();
  replayed->add_option("--from", options->from, message(language, "option.watch_from"))->check(CLI::Range(1000, 2999));
  top(replayed);
  top(verb("check"));
  CLI::App* alerts = verb("alerts");
  alerts->add_option("ALERT", options->alert, message(language, "option.watch_alert"));
  top(alerts);
  CLI::App* scored = verb("score");
  scored->add_option("ALERT", options->alert, message(language, "option.watch_alert"))->required();
  scored->add_option("VERDICT", options->verdict, message(language, "option.watch_verdict"))->required()->check(CLI::IsMember({"right", "wrong", "partly", "cannot_tell"}));
  reason(scored);

  return [options](Session& session) -> Result<> {
    const bool writes = options->verb == "add" || options->verb == "remove" || options->verb == "check" || options->verb == "score";
    workflow::Workspace workspace = TRY(options->workspace.open(session, writes ? store::Access::write : store::Access::read, "watch"));
    if (options->verb == "add") return add(session, workspace, *options);
    if (options->verb == "remove") return remove(session, workspace, *options);
    if (options->verb == "list") return list(session, workspace);
    if (options->verb == "replay") return replay(session, workspace, *options);
    if (options->verb == "check") return check(session, workspace, *options);
    if (options->verb == "alerts") return show_alerts(session, workspace, *options);
    return score(session, workspace, *options);
  };
}

}  // namespace jianwei::cli
