#include <algorithm>
#include <cmath>
#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/views/indicators.h"
#include "workflow/views/weak_signals.h"

namespace jianwei::cli {
namespace {

using analysis::Indicator;

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::string name, unit, indicator, sort = "growth";
  std::int32_t year = 0, top = 25;
};

// What a narrow table shows; --json, --indicator and the export hold everything.
constexpr Indicator kShown[] = {Indicator::documents, Indicator::share,       Indicator::growth,   Indicator::acceleration, Indicator::newness, Indicator::persistence, Indicator::authors, Indicator::organisations,
                                Indicator::countries, Indicator::organisation_diversity, Indicator::cohesion, Indicator::vitality, Indicator::impact,  Indicator::burst,       Indicator::weak_signal};

// "+41 %*": the star says p < 0.05 (of q where there is one).
std::string starred(Indicator indicator, const analysis::Measure& measure) {
  const double p = std::isnan(measure.q) ? measure.p : measure.q;
  return workflow::measure_text(indicator, measure.value) + (p < 0.05 ? "*" : "");
}

std::string number(double value) { return std::isnan(value) ? "" : std::abs(value) >= 1000.0 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value); }

void print_unit_table(const Session& session, const workflow::UnitYears& measured) {
  std::vector<std::string> header = {session.say("column.year")};
  std::vector<bool> numeric = {true};
  for (const Indicator indicator : kShown) {
    header.push_back(session.say(fmt::format("indicator.{}", analysis::indicator_name(indicator))));
    numeric.push_back(true);
  }
  header.push_back(session.say("column.quadrant"));
  numeric.push_back(false);
  TextTable table(header, numeric);
  for (const analysis::YearTable& year : measured.years) {
    std::vector<std::string> cells = {std::to_string(year.year)};
    for (const Indicator indicator : kShown) cells.push_back(starred(indicator, year.rows[0][indicator]));
    cells.push_back(session.say(fmt::format("quadrant.{}", workflow::quadrant_name(year.rows[0].quadrant))));
    table.add(cells);
  }
  session.print(table.text(0));
}

// All indicators of one year, or one indicator of all years, with interval and p.
void print_detail(const Session& session, const workflow::UnitYears& measured, std::optional<Indicator> only) {
  TextTable table({only ? session.say("column.year") : session.say("column.indicator"), session.say("column.value"), session.say("column.interval"), "p", "q"}, {false, true, false, true, true});
  const auto add = [&](const std::string& name, Indicator indicator, const analysis::Measure& measure) {
    table.add({name, workflow::measure_text(indicator, measure.value), workflow::interval_text(indicator, measure), number(measure.p), number(measure.q)});
  };
  if (only) {
    for (const analysis::YearTable& year : measured.years) add(std::to_string(year.year), *only, year.rows[0][*only]);
  } else {
    for (std::size_t i = 0; i < analysis::kIndicatorCount; ++i) {
      const auto indicator = static_cast<Indicator>(i);
      add(session.say(fmt::format("indicator.{}", analysis::indicator_name(indicator))), indicator, measured.years.back().rows[0][indicator]);
    }
  }
  session.print(table.text(terminal_width()));
}

Result<> show_one(const Session& session, const workflow::StudyResult& result, const Options& options, std::optional<Indicator> only) {
  const workflow::UnitReference reference = TRY(workflow::find_unit(result, options.name));
  workflow::UnitYears measured = TRY(workflow::measure_unit(result, reference, *session.progress));
  if (options.year != 0) {
    std::erase_if(measured.years, [&](const analysis::YearTable& table) { return table.year != options.year; });
    if (measured.years.empty()) return fail(ErrorKind::not_found, "{} has no document up to {}, or that year is not complete", workflow::unit_id(result, reference), options.year);
  }
  const std::string& label = workflow::unit_label(result, reference, session.language);
  if (session.json) {
    session.print(workflow::unit_indicators_json(result, measured, session.language));
    return {};
  }
  session.print(fmt::format("{}  {}\n", workflow::unit_id(result, reference), label));
  if (!only) print_unit_table(session, measured);
  if (!only) session.print(fmt::format("\n{}", measured.years.back().year));
  print_detail(session, measured, only);
  session.note(session.say("indicators.note", options.workspace.path, workflow::unit_id(result, reference), measured.years.back().year));
  return {};
}

Result<> show_all(const Session& session, const workflow::StudyResult& result, const Options& options) {
  const workflow::Unit unit = options.unit.empty() ? (result.topics.empty() ? workflow::Unit::term : workflow::Unit::topic) : TRY(workflow::parse_unit(options.unit));
  const std::optional<Indicator> sort = analysis::parse_indicator(options.sort);
  const std::int16_t year = options.year != 0 ? static_cast<std::int16_t>(options.year) : workflow::last_complete_year(result.results(unit));
  const workflow::IndicatorTables tables(result);
  const analysis::YearTable table = TRY(tables.at(unit, year, {}, *session.progress));
  const std::vector<std::size_t> rows = workflow::order_by_indicator(table, *sort, static_cast<std::size_t>(options.top));
  const auto reference = [&](std::size_t r) { return workflow::UnitReference{unit, static_cast<std::size_t>(table.units[r])}; };
  if (session.json) {
    session.print(workflow::indicators_json(result, unit, table, options.sort, rows, session.language));
    return {};
  }
  TextTable text({session.say("column.label"), session.say("indicator.documents"), session.say(fmt::format("indicator.{}", options.sort)), session.say("column.interval"), "p", "q", session.say("indicator.newness"),
                  session.say("indicator.organisations"), session.say("indicator.cohesion"), session.say("indicator.vitality"), session.say("indicator.burst"), session.say("column.quadrant"), session.say("column.id")},
                 {false, true, true, false, true, true, true, true, true, true, true, false, false});
  for (const std::size_t r : rows) {
    const analysis::IndicatorRow& row = table.rows[r];
    const analysis::Measure& chosen = row[*sort];
    text.add({workflow::unit_label(result, reference(r), session.language), starred(Indicator::documents, row[Indicator::documents]), workflow::measure_text(*sort, chosen.value), workflow::interval_text(*sort, chosen), number(chosen.p),
              number(chosen.q), starred(Indicator::newness, row[Indicator::newness]), starred(Indicator::organisations, row[Indicator::organisations]), starred(Indicator::cohesion, row[Indicator::cohesion]),
              starred(Indicator::vitality, row[Indicator::vitality]), starred(Indicator::burst, row[Indicator::burst]), session.say(fmt::format("quadrant.{}", workflow::quadrant_name(row.quadrant))), workflow::unit_id(result, reference(r))});
  }
  session.print(text.text(terminal_width()));
  session.note(session.say("indicators.all_note", year));
  return {};
}

}  // namespace

Action define_indicators(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  const Language language = environment_language();
  std::vector<std::string> names;
  for (std::size_t i = 0; i < analysis::kIndicatorCount; ++i) names.emplace_back(analysis::indicator_name(static_cast<Indicator>(i)));
  app.add_option("UNIT", options->name, message(language, "option.indicator_unit"));
  app.add_option("--unit", options->unit, message(language, "option.unit"))->check(CLI::IsMember({"term", "topic"}));
  app.add_option("--year", options->year, message(language, "option.indicator_year"))->check(CLI::Range(1000, 2999));
  app.add_option("--indicator", options->indicator, message(language, "option.indicator"))->check(CLI::IsMember(names));
  app.add_option("--sort", options->sort, message(language, "option.indicator_sort"))->check(CLI::IsMember(names));
  app.add_option("--top", options->top, message(language, "option.top"))->check(CLI::Range(1, 1'000'000));
  return [options](Session& session) -> Result<> {
    workflow::StudyResult result = TRY(find_result(session, options->workspace, options->study, "indicators", options->unit != "term"));
    result.study.thread_count = session.thread_count;
    if (options->name.empty()) return show_all(session, result, *options);
    return show_one(session, result, *options, options->indicator.empty() ? std::nullopt : analysis::parse_indicator(options->indicator));
  };
}

}  // namespace jianwei::cli
