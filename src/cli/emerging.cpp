#include <algorithm>
#include <memory>

#include "base/file.h"
#include "base/sentence.h"
#include "base/strings.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "products/exporters/sheet.h"
#include "workflow/export/tables.h"
#include "workflow/report/forecast_view.h"
#include "workflow/report/hindcast_verdict.h"
#include "workflow/run/kept_hindcast.h"
#include "workflow/views/emerging.h"

namespace jianwei::cli {
namespace {

using workflow::EmergingRow;

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::string unit = "term";
  std::string output;
  std::int32_t top = 25;
  bool all = false;
  bool csv = false;
};

// The sheet of the export, cut to the rows shown; of topics the few columns they have.
std::string csv_text(const workflow::StudyResult& result, workflow::Unit unit, const std::vector<EmergingRow>& rows) {
  products::Sheet sheet;
  if (unit == workflow::Unit::term) {
    // The sheet holds every candidate in order of rank; those asked for are kept.
    products::Sheet all = workflow::emerging_sheet(result);
    std::size_t next = 0;
    sheet.columns = all.columns;
    for (std::vector<products::Cell>& cells : all.rows) {
      if (next < rows.size() && std::get<std::string>(cells[0]) == rows[next].id) {
        sheet.rows.push_back(std::move(cells));
        ++next;
      }
    }
  } else {
    sheet.columns = {"id", "label", "forms", "score", "rank", "documents"};
    for (const EmergingRow& row : rows) sheet.rows.push_back({row.id, row.label, join(row.forms, "|"), result.topic_results.emergence[row.unit].score, std::int64_t{result.topic_results.emergence[row.unit].rank}, row.documents});
  }
  return products::to_csv(sheet, {.byte_order_mark = false});
}

void print_table(const Session& session, const workflow::StudyResult& result, workflow::Unit unit, const std::vector<EmergingRow>& rows) {
  const workflow::UnitResults& units = result.results(unit);
  TextTable table({"#", session.say("column.label"), session.say("column.documents"), session.say("column.growth_count"), session.say("column.growth_rate"), session.say("column.score"), session.say("report.forecast"), session.say("column.id"),
                   session.say("column.why")},
                  {true, false, true, true, true, true, false, false, false});
  for (const EmergingRow& row : rows) {
    const workflow::Emergence& emergence = units.emergence[row.unit];
    const std::vector<const workflow::Component*> best = workflow::largest_contributions(emergence, 3);
    std::string why;
    for (std::size_t i = 0; i < best.size(); ++i) {
      why += fmt::format("{}{} {:+.2f}", i > 0 ? ", " : "", session.say("component." + best[i]->name), best[i]->contribution);
    }
    table.add({std::to_string(emergence.rank), row.label, thousands(row.documents), fmt::format("{:+.0f}", units.indicators[row.unit].windows.growth_count),
               workflow::rate_text(units.indicators[row.unit].rate), fmt::format("{:.3f}", emergence.score), workflow::forecast_text(units, row.unit), row.id, why});
  }
  session.print(table.text(terminal_width()));
  session.note(session.say("emerging.model", say(session.language, units.emergence_model)));
  session.note(session.say("report.forecast") + ": " + workflow::coverage_text(units.calibration, session.language));
  const workflow::HindcastSummary hindcast = workflow::read_hindcast(result.hindcast_json);
  if (hindcast.present && hindcast.unit == workflow::to_string(unit)) {
    session.note(session.say("emerging.hindcast", hindcast.origin_count, hindcast.horizon_years, session.say("method." + hindcast.best_baseline), hindcast.delta, hindcast.low, hindcast.high) + " " + session.say(workflow::verdict_key(hindcast)));
    if (const auto kept = workflow::measured_on(result.hindcast_json)) session.note(session.say("hindcast.kept", kept->documents, kept->changed));
  }
}

}  // namespace

Action define_emerging(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  const Language language = environment_language();
  app.add_option("--unit", options->unit, message(language, "option.unit"))->check(CLI::IsMember({"term", "topic"}));
  app.add_option("--top", options->top, message(language, "option.top"))->check(CLI::Range(1, 1'000'000));
  app.add_flag("--all", options->all, message(language, "option.all"));
  app.add_flag("--csv", options->csv, message(language, "option.csv"));
  app.add_option("-o,--output", options->output, message(language, "option.output"));
  return [options](Session& session) -> Result<> {
    const workflow::Unit unit = TRY(workflow::parse_unit(options->unit));
    const workflow::StudyResult result = TRY(find_ranking(session, options->workspace, options->study, "emerging", unit == workflow::Unit::topic));
    const std::size_t count = options->all ? result.results(unit).emergence.size() : static_cast<std::size_t>(options->top);
    const std::vector<EmergingRow> rows = workflow::emerging_rows(result, unit, count, options->all ? workflow::Candidates::all : workflow::Candidates::rising, session.language);
    if (session.json || options->csv) {
      const std::string text = session.json ? workflow::emerging_json(result, unit, rows) : csv_text(result, unit, rows);
      if (!options->output.empty()) return write_file_atomically(options->output, text);
      session.print(std::string_view(text).substr(0, text.size() - (text.ends_with('\n') ? 1 : 0)));
      return {};
    }
    const std::size_t shortest = std::min(count, workflow::kShortList);
    if (!rows.empty() && (options->all || rows.size() >= shortest)) {
      print_table(session, result, unit, rows);
      if (!options->all) session.note(session.say("emerging.rising_only"));
      return {};
    }
    // Hardly anything rises: the next by score follow, and the line below says which those are.
    const std::vector<EmergingRow> filled = workflow::emerging_rows(result, unit, shortest, workflow::Candidates::rising_first, session.language);
    if (filled.empty()) {
      session.note(session.say("emerging.none"));
      return {};
    }
    print_table(session, result, unit, filled);
    session.note(session.say("emerging.filled", rows.size()));
    return {};
  };
}

}  // namespace jianwei::cli
