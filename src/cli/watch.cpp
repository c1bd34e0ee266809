// jianwei watch VERB WS ...: one options struct, one function a verb.
#include <memory>

#include "base/json_writer.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/indicators/indicators.h"
#include "workflow/run/run.h"
#include "workflow/views/watch.h"

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
    session.print(workflow::watch_json(watch));
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
  if (session.json) {
    session.print(workflow::watches_json(rules, alerts));
    return {};
  }
  if (rules.empty()) {
    session.note(session.say("watch.none"));
    return {};
  }
  TextTable table({session.say("column.name"), session.say("column.rule"), session.say("column.watched"), session.say("column.alerts"), session.say("column.scored"), session.say("column.precision"), session.say("column.by"), session.say("column.why")},
                  {false, false, false, true, true, true, false, false});
  for (const workflow::WatchList& watch : rules) {
    const workflow::Calibration calibration = workflow::calibrate(alerts, watch.id);
    const std::int64_t scored = calibration.right + calibration.partly + calibration.wrong;
    std::string watched = session.say(watch.unit == workflow::Unit::term ? "watch.terms" : "watch.topics");
    for (const std::string& unit : watch.units) watched += (unit == watch.units.front() ? ": " : ", ") + unit;
    if (!watch.query.empty()) watched += " \"" + watch.query + "\"";
    table.add({watch.name, workflow::rule_text(watch.rule), watched, std::to_string(calibration.alerts), std::to_string(scored),
               scored > 0 ? fmt::format("{:.2f} [{:.2f}, {:.2f}]", calibration.precision, calibration.interval.low, calibration.interval.high) : "–", watch.decided_by, watch.why});
  }
  session.print(table.text(terminal_width()));
  return {};
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
               alert.watched.measure.q == alert.watched.measure.q ? fmt::format("{:.2g}", alert.watched.measure.q) : "", known ? fmt::format("×{:.2f}", alert.share_ratio) : "", session.say(workflow::outcome_key(alert.outcome)),
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
    session.print(workflow::replay_json(result, replayed, session.language));
  } else {
    replay_text(session, result, replayed, options);
  }
  return {};
}

Result<> check(const Session& session, workflow::Workspace& workspace, const Options& options) {
  workflow::StudyResult result = TRY(workflow::load_latest_run(workspace));
  result.study.thread_count = session.thread_count;
  const std::vector<workflow::CheckedWatch> checked = TRY(workflow::check_watches(workspace, result, *session.progress));
  if (session.json) {
    session.print(workflow::checked_watches_json(result, checked));
    return {};
  }
  for (const workflow::CheckedWatch& one : checked) {
    session.print(session.say("watch.checked", one.watch.name, thousands(one.unit_count), one.firing, one.alerts.size(), one.written));
    for (std::size_t i = 0; i < std::min(one.alerts.size(), static_cast<std::size_t>(options.top)); ++i) {
      session.print(fmt::format("  {}  {}  {}  {} {}", one.alerts[i].id, one.alerts[i].year, one.labels[i], workflow::measure_text(one.watch.rule.indicator, one.measures[i].value), workflow::interval_text(one.watch.rule.indicator, one.measures[i])));
    }
  }
  if (checked.empty()) session.note(session.say("watch.none"));
  else session.note(session.say("watch.check_note", options.workspace.path));
  return {};
}

Result<> show_alerts(const Session& session, workflow::Workspace& workspace, const Options& options) {
  std::vector<workflow::ScoredAlert> shown = TRY(workflow::alerts(workspace));
  if (!options.alert.empty()) std::erase_if(shown, [&](const workflow::ScoredAlert& alert) { return alert.alert.id != options.alert; });
  if (!options.alert.empty() && shown.empty()) return fail(ErrorKind::not_found, "there is no alert {}: `jianwei watch alerts {}` lists them", options.alert, options.workspace.path);
  if (session.json || !options.alert.empty()) {
    session.print(workflow::alerts_json(shown));
    return {};
  }
  if (shown.empty()) {
    session.note(session.say("watch.no_alerts"));
    return {};
  }
  TextTable table({session.say("column.id"), session.say("column.year"), session.say("column.label"), session.say("column.rule"), session.say("column.verdict"), session.say("column.by"), session.say("column.why")}, {false, true, false, false, false, false, false});
  if (shown.size() > static_cast<std::size_t>(options.top)) shown.resize(static_cast<std::size_t>(options.top));
  for (const workflow::ScoredAlert& alert : shown) {
    table.add({alert.alert.id, std::to_string(alert.alert.year), alert.label, alert.rule_name, session.say("verdict." + (alert.verdict.empty() ? "open" : alert.verdict)), alert.decided_by, alert.why});
  }
  session.print(table.text(terminal_width()));
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
