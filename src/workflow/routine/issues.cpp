#include "workflow/routine/issues.h"

#include <algorithm>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "store/app_db.h"
#include "workflow/indicators/indicators.h"
#include "workflow/report/quality.h"
#include "workflow/routine/routine_files.h"
#include "workflow/technology_list/followed_lists.h"
#include "workflow/views/routine.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

constexpr int kImpactWindowYears = 5;

Result<> check_series(std::string_view series) {
  const bool plain = !series.empty() && series.size() <= 80 && series.front() != '.' && std::all_of(series.begin(), series.end(), [](char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; });
  if (!plain) return fail(ErrorKind::invalid_input, "the series \"{}\" must be letters, digits, \"-\", \"_\" and \".\", at most 80 of them: it names a folder", series);
  return {};
}

std::string parameters_json(const ReportOptions& options) {
  JsonWriter json;
  json.begin_object().field("title", options.title).field("top", options.top_count).key("units").raw(text_list_json(options.units)).key("countries").raw(text_list_json(options.countries));
  return std::move(json.end_object()).text();
}

// What the gallery of reports shows of the folder.
std::string about_json(const ReportTemplate& form, Language language, const StudyResult& result) {
  JsonWriter json;
  json.begin_object().field("template", form.id).field("language", to_string(language)).field("run", result.run_id).field("snapshot", result.snapshot_id);
  return std::move(json.end_object()).text();
}

void write_change(JsonWriter& json, const UnitChange& change) {
  const IssueUnit& shown = change.vanished() ? change.before : change.after;
  json.begin_object().field("id", shown.id).field("label_en", shown.label_en).field("label_zh", shown.label_zh).field("event", change.appeared() ? "new" : change.vanished() ? "gone" : "changed");
  json.field("rank_before", change.before.rank).field("rank", change.after.rank).field("documents_before", change.before.documents).field("documents", change.after.documents);
  json.key("examples").raw(text_list_json(shown.examples)).end_object();
}

}  // namespace

std::string default_series(const ReportTemplate& form, Language language) { return fmt::format("{}-{}", form.id, to_string(language)); }

Result<ReportMaterial> gather_material(const Workspace& workspace, const StudyResult& result, const ReportTemplate& form, std::string_view series, Progress& progress) {
  ReportMaterial material;
  material.form = form;
  material.quality = TRY(measure_quality(workspace));
  material.technologies = TRY(followed_lists(workspace));
  // A run on an old data version has no references to read any more: the section says that it is not measured.
  if (form.has("disruption")) {
    if (auto impact = measure_impact(workspace, result, kImpactWindowYears, progress)) material.impact = std::move(*impact);
    else if (impact.error().kind == ErrorKind::cancelled) return tl::unexpected<Error>(impact.error());
  }
  std::vector<std::int32_t> listed;
  for (const TechnologyList& list : material.technologies) {
    for (const std::string& name : list.units) {
      const auto reference = find_unit(result, name);
      if (reference && reference->unit == Unit::term) listed.push_back(static_cast<std::int32_t>(reference->index));
    }
  }
  material.numbers = issue_numbers(result, listed);
  material.numbers.report_template = form.id;
  material.numbers.template_version = form.version;
  for (const ReportAlert& alert : material.quality.alerts) material.numbers.alerts.push_back(alert.id);
  std::optional<store::RoutineDb> database = TRY(open_routine_if_there(workspace.root()));
  if (database) {
    if (const auto last = TRY(database->last_issue(series))) material.last = TRY(load_issue(workspace, *last));
  }
  return material;
}

Result<store::IssueRow> make_issue(Workspace& workspace, const StudyResult& result, const IssueRequest& request, Progress& progress) {
  const ReportTemplate form = TRY(find_report_template(workspace.root(), request.report_template));
  const std::string series = request.series.empty() ? default_series(form, request.options.language) : request.series;
  TRY(check_series(series));
  if (request.formats.empty()) return fail(ErrorKind::invalid_input, "an issue needs at least one format: html, pdf, docx or pptx");
  ReportMaterial material = TRY(gather_material(workspace, result, form, series, progress));
  material.numbers.number = material.last ? material.last->number + 1 : 1;
  material.numbers.created = store::utc_now();
  ReportOptions options = request.options;
  if (options.top_count == 0) options.top_count = form.rows;
  const products::Report report = TRY(build_report(result, material, options));

  const std::string id = fmt::format("{}-{:04}", series, material.numbers.number);
  const fs::path folder = fs::path("reports") / id;
  std::error_code error;
  fs::create_directories(workspace.root() / folder, error);
  if (error) return fail(ErrorKind::unavailable, "{} cannot be made: {}", (workspace.root() / folder).string(), error.message());
  std::vector<std::string> files;
  for (const std::string& format : request.formats) {
    const fs::path file = folder / fmt::format("{}.{}", id, format);
    TRY(write_report(report, options.language, workspace.root() / file, progress));
    files.push_back(file.generic_string());
  }
  const std::string numbers = to_json(material.numbers);
  TRY(write_file_atomically(workspace.root() / folder / "numbers.json", numbers));
  TRY(write_file_atomically(workspace.root() / folder / "report.json", about_json(form, options.language, result)));
  const std::string records = (folder / ".records.txt").generic_string();
  TRY(write_file_atomically(workspace.root() / records, join(material.numbers.records, "\n")));
  const store::IssueRow row{series, material.numbers.number, form.id, form.version, std::string(to_string(options.language)), parameters_json(options), result.run_id, result.snapshot_id,
                            result.software_version, numbers, records, text_list_json(files), material.numbers.created};
  store::RoutineDb database = TRY(store::RoutineDb::open(workspace.root()));
  TRY(database.add_issue(row));
  return row;
}

Result<std::vector<store::IssueRow>> list_issues(const Workspace& workspace, std::string_view series) {
  std::optional<store::RoutineDb> database = TRY(open_routine_if_there(workspace.root()));
  if (!database) return std::vector<store::IssueRow>();
  return database->issues(series);
}

Result<store::IssueRow> find_issue(const Workspace& workspace, std::string_view id) {
  for (store::IssueRow& issue : TRY(list_issues(workspace, ""))) {
    if (issue_id(issue) == id) return std::move(issue);
  }
  return fail(ErrorKind::not_found, "there is no issue {}", id);
}

Result<IssueNumbers> load_issue(const Workspace& workspace, const store::IssueRow& issue) {
  IssueNumbers numbers = TRY(read_issue_numbers(issue.numbers));
  const fs::path file = workspace.root() / issue.records;
  const auto text = read_file(file);
  if (!text) return fail(ErrorKind::corrupt, "the records of issue {} of {} are gone ({}): restore the folder from a backup, or start another series", issue.number, issue.series, file.string());
  for (const std::string_view id : split(*text, "\n")) {
    if (!id.empty()) numbers.records.emplace_back(id);
  }
  return numbers;
}

Result<std::string> issue_difference_json(const Workspace& workspace, std::string_view series, std::int64_t number, std::int32_t rank_count) {
  const std::vector<store::IssueRow> all = TRY(list_issues(workspace, series));
  if (series.empty() || all.empty()) return fail(ErrorKind::not_found, "there is no issue of a series \"{}\": `jianwei issues WS` lists what there is", series);
  const auto found = number == 0 ? all.end() - 1 : std::find_if(all.begin(), all.end(), [&](const store::IssueRow& row) { return row.number == number; });
  if (found == all.end()) return fail(ErrorKind::not_found, "the series {} has no issue {}: its last is {}", series, number, all.back().number);
  const IssueNumbers now = TRY(load_issue(workspace, *found));
  JsonWriter json;
  json.begin_object().field("series", found->series).field("number", found->number).field("data_version", found->snapshot_id).field("run", found->run_id).field("created", found->created_at);
  json.key("parameters").raw(found->parameters).key("files").raw(found->files).field("documents", now.documents);
  if (found == all.begin()) {
    json.key("since").null();
  } else {
    const IssueNumbers before = TRY(load_issue(workspace, *(found - 1)));
    const IssueDifference difference = compare_issues(before, now, rank_count);
    json.key("since").begin_object().field("number", before.number).field("data_version", before.snapshot_id).field("comparable", difference.comparable).field("documents", before.documents);
    json.key("new_records").raw(text_list_json(difference.new_records)).key("gone_records").raw(text_list_json(difference.gone_records)).key("topics").begin_array();
    for (const UnitChange& change : difference.topics) write_change(json, change);
    json.end_array().key("terms").begin_array();
    for (const UnitChange& change : difference.terms) write_change(json, change);
    json.end_array().key("new_alerts").raw(text_list_json(difference.new_alerts)).end_object();
  }
  return std::move(json.end_object()).text();
}

}  // namespace jianwei::workflow
