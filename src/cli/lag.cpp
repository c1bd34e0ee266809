#include <algorithm>
#include <cmath>
#include <memory>

#include "base/json_writer.h"
#include "cli/lag.h"
#include "cli/workspace_options.h"
#include "workflow/indicators/indicators.h"
#include "workflow/lag/lag.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::string name, unit = "term";
  std::int32_t top = 25;
  double support = 3.0;
};

void write_quantiles(JsonWriter& json, std::string_view name, const analysis::Quantiles& values) {
  json.key(name).begin_object().field("units", values.count);
  if (values.count > 0) json.field("lower_quartile", values.lower_quartile).field("median", values.median).field("upper_quartile", values.upper_quartile);
  if (values.count > 0 && std::isfinite(values.interval.low)) json.field("low", values.interval.low).field("high", values.interval.high);
  json.end_object();
}

void write_uptakes(JsonWriter& json, const analysis::SourceLags& lags, std::size_t unit) {
  constexpr std::string_view kStates[] = {"not_yet", "in_or_before", "observed"};
  json.key("kinds").begin_array();
  for (std::size_t k = 0; k < lags.kinds.size(); ++k) {
    const analysis::Uptake& uptake = lags.uptakes[unit][k];
    json.begin_object().field("kind", to_string(workflow::kind_of(lags.kinds[k]))).field("state", kStates[static_cast<std::size_t>(uptake.state)]).field("documents", uptake.documents);
    if (uptake.first != 0) json.field("first_year", uptake.first);
    if (uptake.year != 0) json.field("year", uptake.year);
    if (uptake.high != 0) json.field("year_high", uptake.high);
    json.end_object();
  }
  json.end_array();
}

// Units that more than one kind carries, the candidates of the ranking first; one unit when it was named.
std::vector<std::size_t> shown_units(const workflow::StudyResult& result, const analysis::SourceLags& lags, workflow::UnitReference reference, const Options& options) {
  if (!options.name.empty()) return {reference.index};
  std::vector<std::size_t> shown;
  const auto& emergence = result.results(reference.unit).emergence;
  for (std::size_t u = 0; u < lags.uptakes.size(); ++u) {
    const auto carried = std::count_if(lags.uptakes[u].begin(), lags.uptakes[u].end(), [](const analysis::Uptake& uptake) { return uptake.state != analysis::UptakeState::not_yet; });
    const bool observed = std::any_of(lags.uptakes[u].begin(), lags.uptakes[u].end(), [](const analysis::Uptake& uptake) { return uptake.state == analysis::UptakeState::observed; });
    if (carried >= 2 && observed && emergence[u].rank > 0) shown.push_back(u);
  }
  std::stable_sort(shown.begin(), shown.end(), [&](std::size_t a, std::size_t b) { return emergence[a].rank < emergence[b].rank; });
  if (shown.size() > static_cast<std::size_t>(options.top)) shown.resize(static_cast<std::size_t>(options.top));
  return shown;
}

std::string json_text(const workflow::StudyResult& result, const analysis::SourceLags& lags, workflow::Unit unit, const std::vector<std::size_t>& shown, const Options& options, Language language) {
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("unit", workflow::to_string(unit)).field("until", workflow::last_complete_year(result.results(unit))).field("support", options.support);
  json.key("kinds").begin_array();
  for (const analysis::KindCover& cover : lags.kinds) {
    json.begin_object().field("kind", to_string(workflow::kind_of(cover))).field("first_year", cover.years.first).field("last_year", cover.years.last).field("documents", cover.documents).end_object();
  }
  json.end_array().key("pairs").begin_array();
  for (const analysis::PairLag& pair : lags.pairs) {
    json.begin_object().field("from", to_string(workflow::kind_of(lags.kinds[pair.from]))).field("to", to_string(workflow::kind_of(lags.kinds[pair.to])));
    write_quantiles(json, "lag", pair.lag);
    write_quantiles(json, "by_size", pair.by_size);
    write_quantiles(json, "excess", pair.excess);
    json.field("from_first", pair.from_first).field("to_first", pair.to_first).field("same_year", pair.same_year).field("unknown", pair.unknown);
    if (pair.from_first + pair.to_first > 0) json.key("from_first_share").begin_object().field("low", pair.from_first_share.low).field("high", pair.from_first_share.high).end_object();
    json.end_object();
  }
  json.end_array().key("units").begin_array();
  for (const std::size_t u : shown) {
    json.begin_object().field("id", workflow::unit_id(result, {unit, u})).field("label", workflow::unit_label(result, {unit, u}, language));
    write_uptakes(json, lags, u);
    json.end_object();
  }
  return json.end_array().end_object().text();
}

void print_tables(const Session& session, const workflow::StudyResult& result, const analysis::SourceLags& lags, workflow::Unit unit, const std::vector<std::size_t>& shown) {
  const auto kind_name = [&](std::size_t k) { return session.say(fmt::format("kind.{}", to_string(workflow::kind_of(lags.kinds[k])))); };
  if (lags.pairs.empty()) {
    session.note(session.say("lag.one_kind"));
  } else {
    TextTable pairs({session.say("lag.pair"), session.say("lag.units"), session.say("lag.median"), session.say("lag.quartiles"), session.say("lag.excess"), session.say("lag.order"), session.say("lag.unknown")}, {false, true, true, true, true, true, true});
    for (const analysis::PairLag& pair : lags.pairs) {
      pairs.add({kind_name(pair.from) + " → " + kind_name(pair.to), std::to_string(pair.lag.count), workflow::lag_text(pair.lag), pair.lag.count > 0 ? fmt::format("{:+.1f} {:+.1f}", pair.lag.lower_quartile, pair.lag.upper_quartile) : "–",
                 workflow::lag_text(pair.excess), fmt::format("{} : {} : {}", pair.from_first, pair.same_year, pair.to_first), std::to_string(pair.unknown)});
    }
    session.print(pairs.text(terminal_width()));
  }
  std::vector<std::string> heads = {session.say("column.label")};
  for (std::size_t k = 0; k < lags.kinds.size(); ++k) heads.push_back(fmt::format("{} {}–{}", kind_name(k), lags.kinds[k].years.first, lags.kinds[k].years.last));
  heads.push_back(session.say("column.id"));
  TextTable units(heads, std::vector<bool>(heads.size(), false));
  for (const std::size_t u : shown) {
    std::vector<std::string> cells = {workflow::unit_label(result, {unit, u}, session.language)};
    for (const analysis::Uptake& uptake : lags.uptakes[u]) cells.push_back(workflow::uptake_text(uptake));
    cells.push_back(workflow::unit_id(result, {unit, u}));
    units.add(cells);
  }
  if (!shown.empty()) session.print("\n" + units.text(terminal_width()));
}

}  // namespace

Action define_lag(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  const Language language = environment_language();
  app.add_option("UNIT", options->name, message(language, "option.lag_unit"));
  app.add_option("--unit", options->unit, message(language, "option.unit"))->check(CLI::IsMember({"term", "topic"}));
  app.add_option("--support", options->support, message(language, "option.lag_support"))->check(CLI::Range(1.0, 1e6));
  app.add_option("--top", options->top, message(language, "option.top"))->check(CLI::Range(1, 1'000'000));
  return [options](Session& session) -> Result<> {
    const workflow::StudyResult result = TRY(find_result(session, options->workspace, options->study, "lag", options->unit == "topic"));
    workflow::UnitReference reference{TRY(workflow::parse_unit(options->unit)), 0};
    if (!options->name.empty()) reference = TRY(workflow::find_unit(result, options->name));
    const analysis::SourceLags lags = TRY(workflow::measure_lags(result, reference.unit, options->support));
    const std::vector<std::size_t> shown = shown_units(result, lags, reference, *options);
    if (session.json) {
      session.print(json_text(result, lags, reference.unit, shown, *options, session.language));
      return {};
    }
    print_tables(session, result, lags, reference.unit, shown);
    session.note(session.say("lag.note", options->support));
    return {};
  };
}

}  // namespace jianwei::cli
