#include <algorithm>
#include <memory>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "products/exporters/sheet.h"
#include "workflow/export/tables.h"
#include "workflow/report/forecast_view.h"
#include "workflow/report/sections.h"
#include "workflow/run/kept_hindcast.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::string unit = "term";
  std::string output;
  std::int32_t top = 25;
  bool all = false;
  bool csv = false;
};

struct Row {
  std::size_t unit = 0;
  std::string id, label, label_zh, label_en, forms;
  std::int64_t documents = 0;
};

std::vector<Row> rank_rows(const workflow::StudyResult& result, workflow::Unit unit, std::size_t count, workflow::Candidates which, Language language) {
  std::vector<Row> rows;
  const workflow::UnitResults& units = result.results(unit);
  for (const std::size_t u : workflow::top_emerging(units, count, which)) {
    Row row{u, "", "", "", "", "", units.documents.offsets[u + 1] - units.documents.offsets[u]};
    if (unit == workflow::Unit::term) {
      row.id = result.terms[u].id;
      row.label = result.terms[u].label;
      row.label_zh = result.terms[u].label_zh;
      row.label_en = result.terms[u].label_en;
      row.forms = join(result.terms[u].forms, "|");
    } else {
      row.id = result.topics[u].id;
      row.label_zh = result.topics[u].label_zh;
      row.label_en = result.topics[u].label_en;
      row.label = language == Language::zh ? result.topics[u].label_zh : result.topics[u].label_en;
      for (std::size_t i = 0; i < std::min<std::size_t>(10, result.topics[u].terms.size()); ++i) {
        row.forms += (i > 0 ? "|" : "") + result.terms[static_cast<std::size_t>(result.topics[u].terms[i].first)].label;
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// The sheet of the export, cut to the rows shown; of topics the few columns they have.
std::string csv_text(const workflow::StudyResult& result, workflow::Unit unit, const std::vector<Row>& rows) {
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
    for (const Row& row : rows) sheet.rows.push_back({row.id, row.label, row.forms, result.topic_results.emergence[row.unit].score, std::int64_t{result.topic_results.emergence[row.unit].rank}, row.documents});
  }
  return products::to_csv(sheet, {.byte_order_mark = false});
}

std::string json_text(const workflow::StudyResult& result, workflow::Unit unit, const std::vector<Row>& rows) {
  const workflow::UnitResults& units = result.results(unit);
  const analysis::CalibratedForecasts forecasts = workflow::forecast_units(units, result.study.horizon_years);
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("unit", workflow::to_string(unit)).field("until", result.study.until);
  json.field("horizon", result.study.horizon_years).field("model", units.emergence_model).key("ranking").begin_array();
  for (const Row& row : rows) {
    const workflow::Emergence& emergence = units.emergence[row.unit];
    const workflow::Indicators& indicators = units.indicators[row.unit];
    json.begin_object().field("id", row.id).field("label", row.label).field("label_zh", row.label_zh).field("label_en", row.label_en).key("forms").begin_array();
    for (const std::string_view form : split(row.forms, "|")) json.value(form);
    json.end_array().field("score", emergence.score).field("rank", emergence.rank).field("documents", row.documents).key("components").begin_array();
    for (const workflow::Component& component : emergence.components) {
      json.begin_object().field("name", component.name).field("value", component.value).field("contribution", component.contribution).end_object();
    }
    json.end_array().key("growth").begin_object().field("count", indicators.windows.growth_count).field("log_slope", indicators.rate.log_slope).field("low", indicators.rate.low);
    json.field("high", indicators.rate.high).field("diversity", indicators.growth_diversity_organisations).field("change", indicators.change).end_object();
    workflow::write_forecast(json, units, forecasts, row.unit);
    json.end_object();
  }
  return json.end_array().end_object().text();
}

void print_table(const Session& session, const workflow::StudyResult& result, workflow::Unit unit, const std::vector<Row>& rows) {
  const workflow::UnitResults& units = result.results(unit);
  TextTable table({"#", session.say("column.label"), session.say("column.documents"), session.say("column.growth_count"), session.say("column.growth_rate"), session.say("column.score"), session.say("report.forecast"), session.say("column.id"),
                   session.say("column.why")},
                  {true, false, true, true, true, true, false, false, false});
  const analysis::CalibratedForecasts forecasts = workflow::forecast_units(units, result.study.horizon_years);
  for (const Row& row : rows) {
    const workflow::Emergence& emergence = units.emergence[row.unit];
    const std::vector<const workflow::Component*> best = workflow::largest_contributions(emergence, 3);
    std::string why;
    for (std::size_t i = 0; i < best.size(); ++i) {
      why += fmt::format("{}{} {:+.2f}", i > 0 ? ", " : "", session.say("component." + best[i]->name), best[i]->contribution);
    }
    table.add({std::to_string(emergence.rank), row.label, thousands(row.documents), fmt::format("{:+.0f}", units.indicators[row.unit].windows.growth_count),
               workflow::rate_text(units.indicators[row.unit].rate), fmt::format("{:.3f}", emergence.score), workflow::forecast_text(units, forecasts, row.unit), row.id, why});
  }
  session.print(table.text(terminal_width()));
  session.note(session.say("emerging.model", units.emergence_model));
  session.note(session.say("report.forecast") + ": " + workflow::coverage_text(forecasts, session.language));
  const workflow::HindcastSummary hindcast = workflow::read_hindcast(result.hindcast_json);
  if (hindcast.present && hindcast.unit == workflow::to_string(unit)) {
    session.note(session.say("emerging.hindcast", hindcast.origin_count, hindcast.horizon_years, session.say("method." + hindcast.best_baseline), hindcast.delta, hindcast.low, hindcast.high));
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
    const std::vector<Row> rows = rank_rows(result, unit, count, options->all ? workflow::Candidates::all : workflow::Candidates::rising, session.language);
    if (session.json || options->csv) {
      const std::string text = session.json ? json_text(result, unit, rows) : csv_text(result, unit, rows);
      if (!options->output.empty()) return write_file_atomically(options->output, text);
      session.print(std::string_view(text).substr(0, text.size() - (text.ends_with('\n') ? 1 : 0)));
      return {};
    }
    if (rows.empty()) {
      session.note(session.say("emerging.none"));
      return {};
    }
    print_table(session, result, unit, rows);
    if (!options->all) session.note(session.say("emerging.rising_only"));
    return {};
  };
}

}  // namespace jianwei::cli
