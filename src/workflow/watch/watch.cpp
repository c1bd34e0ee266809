// Rules are stored as JSON in events; a rule's id is the hash of what decides its alerts, so that adding the same rule again changes nothing.
#include "workflow/watch/watch.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/hash.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "records/unicode.h"
#include "workflow/indicators/indicators.h"
#include "workflow/report/evidence_book.h"

namespace jianwei::workflow {
namespace {

constexpr std::int64_t kFirstYears = 5;     // history a replay wants before its first year
constexpr std::size_t kCaseDocuments = 20;  // named in an evidence case

Result<store::WatchStore> open_store(const Workspace& workspace) { return store::WatchStore::open(workspace.lake.path("app.db")); }

std::string to_json(const WatchList& watch, bool with_name) {
  JsonWriter json;
  json.begin_object();
  if (with_name) json.field("name", watch.name);
  json.field("unit", to_string(watch.unit)).field("indicator", analysis::indicator_name(watch.rule.indicator)).field("comparison", watch.rule.comparison == analysis::Comparison::above ? "above" : "below");
  json.field("threshold", watch.rule.threshold).field("significance", watch.rule.significance).field("min_documents", watch.rule.min_documents).field("query", watch.query).key("units").begin_array();
  for (const std::string& unit : watch.units) json.value(unit);
  json.end_array().field("horizon_years", watch.horizon_years).field("outcome_growth", watch.outcome_growth).end_object();
  return std::move(json).text();
}

Result<WatchList> read_rule(const store::WatchEventRow& event) {
  WatchList watch;
  simdjson::dom::parser parser;
  simdjson::dom::element rule;
  const auto damaged = [&] { return fail(ErrorKind::corrupt, "watch rule {} in app.db cannot be read", event.rule_id); };
  if (parser.parse(event.rule).get(rule) != simdjson::SUCCESS) return damaged();
  const auto text = [&](const char* key) {
    std::string_view value;
    return rule[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
  };
  const auto number = [&](const char* key) {
    double value = 0.0;
    if (rule[key].get(value) != simdjson::SUCCESS) value = 0.0;
    return value;
  };
  const auto indicator = analysis::parse_indicator(text("indicator"));
  if (!indicator) return damaged();
  watch.id = event.rule_id;
  watch.name = text("name");
  watch.unit = TRY(parse_unit(text("unit")));
  watch.query = text("query");
  watch.rule = {*indicator, text("comparison") == "below" ? analysis::Comparison::below : analysis::Comparison::above, number("threshold"), number("significance"), number("min_documents")};
  watch.horizon_years = static_cast<std::int64_t>(number("horizon_years"));
  watch.outcome_growth = number("outcome_growth");
  simdjson::dom::array units;
  if (rule["units"].get(units) == simdjson::SUCCESS) {
    for (const simdjson::dom::element unit : units) {
      std::string_view value;
      if (unit.get(value) == simdjson::SUCCESS) watch.units.emplace_back(value);
    }
  }
  watch.why = event.why;
  watch.decided_by = event.decided_by;
  watch.decided_at = event.decided_at;
  return watch;
}

bool holds_query(const StudyResult& result, UnitReference reference, const std::vector<std::string>& words) {
  std::string text;
  if (reference.unit == Unit::term) {
    text = result.terms[reference.index].label;
    for (const std::string& form : result.terms[reference.index].forms) text += "\n" + form;
  } else {
    const TopicRow& topic = result.topics[reference.index];
    text = topic.label_en + "\n" + topic.label_zh;
    for (std::size_t i = 0; i < std::min<std::size_t>(10, topic.terms.size()); ++i) text += "\n" + result.terms[static_cast<std::size_t>(topic.terms[i].first)].label;
  }
  text = fold_case(text);
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

// Documents of the last three years before the end of `year`. [units]
std::vector<double> recent_documents(const UnitResults& units, std::span<const std::int32_t> selected, std::int16_t year) {
  std::vector<double> documents;
  const std::int64_t t = units.series.years.index(year);
  for (const std::int32_t u : selected) {
    double sum = 0.0;
    for (std::int64_t k = std::max<std::int64_t>(0, t - 2); k <= t; ++k) sum += units.series.count_row(u)[static_cast<std::size_t>(k)];
    documents.push_back(sum);
  }
  return documents;
}

Result<std::vector<analysis::WatchCase>> cases_at(const StudyResult& result, const IndicatorTables& tables, const WatchList& watch, std::span<const std::int32_t> units, std::int16_t year, Progress& progress) {
  const analysis::YearTable table = TRY(tables.at(watch.unit, year, units, progress));
  return analysis::evaluate_rule(watch.rule, table, recent_documents(result.results(watch.unit), units, year));
}

std::string evidence_case(const StudyResult& result, const WatchList& watch, const analysis::WatchCase& watched) {
  const UnitReference reference{watch.unit, static_cast<std::size_t>(watched.unit)};
  const UnitResults& units = result.results(watch.unit);
  JsonWriter json;
  json.begin_object().field("rule_id", watch.id).key("rule").raw(to_json(watch, true)).key("unit").begin_object().field("id", unit_id(result, reference));
  json.field("label_en", unit_label(result, reference, Language::en)).field("label_zh", unit_label(result, reference, Language::zh)).end_object().field("year", watched.year);
  json.key("measure").begin_object().field("value", watched.measure.value).field("low", watched.measure.low).field("high", watched.measure.high).field("p", watched.measure.p).field("q", watched.measure.q).end_object();
  json.key("series").begin_array();
  for (std::int64_t t = 0; t <= units.series.years.index(watched.year); ++t) {
    json.begin_object().field("year", units.series.years.first + t).field("documents", units.series.count_row(watched.unit)[static_cast<std::size_t>(t)]).field("share", units.series.share(watched.unit, t)).end_object();
  }
  const std::vector<std::int32_t> documents = documents_of(result, watch.unit, watched.unit, {static_cast<std::int16_t>(watched.year - 2), watched.year});
  json.end_array().field("recent_documents", documents.size()).key("documents").begin_array();
  for (std::size_t i = 0; i < std::min(kCaseDocuments, documents.size()); ++i) {
    const auto d = static_cast<std::size_t>(documents[i]);
    json.begin_object().field("id", result.dataset.record_ids[d]).field("year", result.dataset.year[d]).field("title", result.titles[d]).end_object();
  }
  json.end_array().field("run", result.run_id).field("snapshot", result.snapshot_id).field("software", result.software_version).field("synthetic", result.synthetic).end_object();
  return std::move(json).text();
}

Result<> need_reason(const Decision& decision) {
  if (trim(decision.why).empty()) return fail(ErrorKind::invalid_input, "why: is empty; say why, it is kept with the decision");
  return {};
}

}  // namespace

Result<std::vector<WatchList>> watches(const Workspace& workspace) {
  store::WatchStore store = TRY(open_store(workspace));
  std::map<std::string, WatchList> alive;
  for (const store::WatchEventRow& event : TRY(store.events())) {
    if (event.kind == "added") {
      alive[event.rule_id] = TRY(read_rule(event));
    } else {
      alive.erase(event.rule_id);
    }
  }
  std::vector<WatchList> list;
  for (auto& [id, watch] : alive) list.push_back(std::move(watch));
  std::sort(list.begin(), list.end(), [](const WatchList& a, const WatchList& b) { return a.name < b.name; });
  return list;
}

Result<WatchList> find_watch(const Workspace& workspace, std::string_view name) {
  std::string known;
  for (WatchList& watch : TRY(watches(workspace))) {
    if (watch.id == name || watch.name == name) return std::move(watch);
    known += (known.empty() ? "" : ", ") + watch.name;
  }
  return fail(ErrorKind::not_found, "there is no watch rule \"{}\"; there are: {}", name, known.empty() ? "none, `jianwei watch add` makes one" : known);
}

Result<WatchList> add_watch(Workspace& workspace, WatchList watch, const Decision& decision) {
  TRY(need_reason(decision));
  if (trim(watch.name).empty()) return fail(ErrorKind::invalid_input, "name: a watch rule needs one");
  if (!std::isfinite(watch.rule.threshold)) return fail(ErrorKind::invalid_input, "the threshold is no number");
  watch.id = fmt::format("w{:010x}", hash64(to_json(watch, false)) >> 24);
  for (const WatchList& other : TRY(watches(workspace))) {
    if (other.id == watch.id) return other;  // it is there already
    if (other.name == watch.name) return fail(ErrorKind::conflict, "there is another rule named \"{}\" ({}): remove it first, or choose another name", watch.name, rule_text(other.rule));
  }
  store::WatchStore store = TRY(open_store(workspace));
  watch.why = decision.why;
  watch.decided_by = decision.by;
  watch.decided_at = store::utc_now();
  TRY(store.add_event({0, watch.id, "added", to_json(watch, true), watch.why, watch.decided_by, watch.decided_at}));
  return watch;
}

Result<> remove_watch(Workspace& workspace, std::string_view name, const Decision& decision) {
  TRY(need_reason(decision));
  const WatchList watch = TRY(find_watch(workspace, name));
  store::WatchStore store = TRY(open_store(workspace));
  return store.add_event({0, watch.id, "removed", "", decision.why, decision.by, store::utc_now()});
}

Result<std::vector<std::int32_t>> watched_units(const StudyResult& result, const WatchList& watch) {
  std::vector<std::int32_t> units;
  for (const std::string& name : watch.units) {
    const UnitReference reference = TRY(find_unit(result, name));
    if (reference.unit != watch.unit) return fail(ErrorKind::invalid_input, "\"{}\" is a {}, the rule \"{}\" watches {}s", name, to_string(reference.unit), watch.name, to_string(watch.unit));
    units.push_back(static_cast<std::int32_t>(reference.index));
  }
  if (watch.units.empty()) {
    std::vector<std::string> words;
    for (const std::string_view word : split(watch.query, " ")) {
      if (!trim(word).empty()) words.push_back(fold_case(trim(word)));
    }
    const std::size_t count = watch.unit == Unit::term ? result.terms.size() : result.topics.size();
    for (std::size_t u = 0; u < count; ++u) {
      if (holds_query(result, {watch.unit, u}, words)) units.push_back(static_cast<std::int32_t>(u));
    }
    if (count == 0) return fail(ErrorKind::not_found, "the run has no {}s to watch: import more records and run again", to_string(watch.unit));
    if (units.empty()) return fail(ErrorKind::not_found, "no {} of the run holds \"{}\"", to_string(watch.unit), watch.query);
  }
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
  return units;
}

Result<ReplayedWatch> replay_watch(const StudyResult& result, const WatchList& watch, std::int16_t from, Progress& progress) {
  const UnitResults& results = result.results(watch.unit);
  const std::vector<std::int32_t> units = TRY(watched_units(result, watch));
  const std::int16_t last = last_complete_year(results);
  const auto first = static_cast<std::int16_t>(from != 0 ? from : results.series.years.first + kFirstYears);
  if (first > last || first < results.series.years.first) {
    return fail(ErrorKind::invalid_input, "a replay from {} is not possible: the complete years are {}–{}", first, results.series.years.first, last);
  }
  const IndicatorTables tables(result);
  std::vector<std::vector<analysis::WatchCase>> cases;
  progress.begin("replay", last - first + 1, "years");
  for (std::int16_t year = first; year <= last; ++year) {
    if (results.series.corpus[static_cast<std::size_t>(results.series.years.index(year))] <= 0.0 && cases.empty()) continue;
    cases.push_back(TRY(cases_at(result, tables, watch, units, year, progress)));
    progress.advance();
  }
  analysis::ReplayOptions options;
  options.horizon_years = watch.horizon_years;
  options.outcome_growth = watch.outcome_growth;
  return ReplayedWatch{watch, analysis::replay_rule(watch.rule, cases, results.series, options), static_cast<std::int64_t>(units.size())};
}

Result<std::vector<CheckedWatch>> check_watches(Workspace& workspace, const StudyResult& result, Progress& progress) {
  store::WatchStore store = TRY(open_store(workspace));
  const IndicatorTables tables(result);
  std::vector<CheckedWatch> checked;
  for (WatchList& watch : TRY(watches(workspace))) {
    CheckedWatch one;
    const std::vector<std::int32_t> units = TRY(watched_units(result, watch));
    const std::int16_t year = last_complete_year(result.results(watch.unit));
    const std::vector<analysis::WatchCase> now = TRY(cases_at(result, tables, watch, units, year, progress));
    std::vector<analysis::WatchCase> before(now.size());
    if (year > result.results(watch.unit).series.years.first) before = TRY(cases_at(result, tables, watch, units, static_cast<std::int16_t>(year - 1), progress));
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (!now[i].fired()) continue;
      ++one.firing;
      if (before[i].fired()) continue;
      const UnitReference reference{watch.unit, static_cast<std::size_t>(now[i].unit)};
      const std::string& unit = unit_id(result, reference);
      store::AlertRow alert{fmt::format("a{:010x}", hash64(fmt::format("{} {} {}", watch.id, unit, year)) >> 24), watch.id, unit, year, result.run_id, result.snapshot_id, evidence_case(result, watch, now[i]), store::utc_now()};
      one.alerts.push_back(std::move(alert));
      one.labels.push_back(unit_label(result, reference, Language::en));
      one.measures.push_back(now[i].measure);
    }
    one.written = TRY(store.add_alerts(one.alerts));
    one.unit_count = static_cast<std::int64_t>(units.size());
    one.watch = std::move(watch);
    checked.push_back(std::move(one));
  }
  return checked;
}

Result<std::vector<ScoredAlert>> alerts(const Workspace& workspace) {
  store::WatchStore store = TRY(open_store(workspace));
  std::map<std::string, std::string> names;
  for (const store::WatchEventRow& event : TRY(store.events())) {
    if (event.kind == "added") names[event.rule_id] = TRY(read_rule(event)).name;
  }
  std::map<std::string, store::AlertScoreRow> scores;
  for (store::AlertScoreRow& score : TRY(store.scores())) scores[score.alert_id] = std::move(score);
  std::vector<ScoredAlert> list;
  for (store::AlertRow& row : TRY(store.alerts())) {
    ScoredAlert alert;
    alert.rule_name = names[row.rule_id];
    simdjson::dom::parser parser;
    simdjson::dom::element evidence;
    std::string_view label;
    if (parser.parse(row.evidence).get(evidence) == simdjson::SUCCESS && evidence["unit"]["label_en"].get(label) == simdjson::SUCCESS) alert.label = label;
    if (const auto found = scores.find(row.id); found != scores.end()) {
      alert.verdict = found->second.verdict;
      alert.why = found->second.why;
      alert.decided_by = found->second.decided_by;
      alert.decided_at = found->second.decided_at;
    }
    alert.alert = std::move(row);
    list.push_back(std::move(alert));
  }
  std::stable_sort(list.begin(), list.end(), [](const ScoredAlert& a, const ScoredAlert& b) { return a.alert.year > b.alert.year; });
  return list;
}

Result<> score_alert(Workspace& workspace, std::string_view alert_id, std::string_view verdict, const Decision& decision) {
  TRY(need_reason(decision));
  constexpr std::string_view kVerdicts[] = {"right", "wrong", "partly", "cannot_tell"};
  if (std::find(std::begin(kVerdicts), std::end(kVerdicts), verdict) == std::end(kVerdicts)) return fail(ErrorKind::invalid_input, "\"{}\" is no verdict: right, wrong, partly or cannot_tell", verdict);
  store::WatchStore store = TRY(open_store(workspace));
  const std::vector<store::AlertRow> known = TRY(store.alerts());
  if (std::none_of(known.begin(), known.end(), [&](const store::AlertRow& alert) { return alert.id == alert_id; })) {
    return fail(ErrorKind::not_found, "there is no alert {}: `jianwei watch alerts {}` lists them", alert_id, workspace.root().string());
  }
  return store.add_score({0, std::string(alert_id), std::string(verdict), decision.why, decision.by, store::utc_now()});
}

Calibration calibrate(const std::vector<ScoredAlert>& alerts, std::string_view rule_id) {
  Calibration calibration;
  for (const ScoredAlert& alert : alerts) {
    if (alert.alert.rule_id != rule_id) continue;
    ++calibration.alerts;
    if (alert.verdict == "right") ++calibration.right;
    else if (alert.verdict == "partly") ++calibration.partly;
    else if (alert.verdict == "wrong") ++calibration.wrong;
    else if (alert.verdict == "cannot_tell") ++calibration.cannot_tell;
    else ++calibration.open;
  }
  const auto scored = static_cast<double>(calibration.right + calibration.partly + calibration.wrong);
  const double hits = static_cast<double>(calibration.right) + 0.5 * static_cast<double>(calibration.partly);
  calibration.precision = scored > 0.0 ? hits / scored : 0.0;
  calibration.interval = analysis::wilson_interval(hits, scored);
  return calibration;
}

std::string rule_text(const analysis::WatchRule& rule) {
  return fmt::format("{} {} {:g}{}, n >= {:g}", analysis::indicator_name(rule.indicator), rule.comparison == analysis::Comparison::above ? ">" : "<", rule.threshold,
                     rule.significance > 0.0 ? fmt::format(", q <= {:g}", rule.significance) : "", rule.min_documents);
}

}  // namespace jianwei::workflow
