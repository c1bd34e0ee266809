// The job report, as `jianwei report`: WS/reports/<id>/ with report.html, report.pdf, report.docx, report.pptx as asked, and report.json that says what it is:
// {"id","template","language","title","run","snapshot","created_at","by","files":[...]}. The folder appears when all of it is written.
//
// parameters: template (default: study), language (zh, en; default: the workspace's), formats ["html", "pdf", "docx", "pptx"] (default: html), title, top (rows
// of the rankings; default: the template's), period {from, to} (years), filters {kinds, sources, languages, query, units, countries}, issue (keep it as the
// next one of its series) and series. A period or a filter of records computes the study anew for these records, beside the run everybody sees.
#include <algorithm>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "server/access/secrets.h"
#include "server/jobs/job.h"
#include "server/services.h"
#include "store/app_db.h"
#include "workflow/routine/issues.h"
#include "workflow/run/run.h"
#include "workflow/views/routine.h"

namespace jianwei::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxTitleBytes = 300;

struct ReportParameters {
  std::string report_template, language, series;
  std::vector<std::string> formats;
  workflow::ReportOptions options;  // top_count 0: the template's
  bool issue = false;
  bool own_study = false;           // of a period or of some records
};

// The records of a period and of filters, into the workspace's study.
Result<> read_selection(const JsonBody& body, workflow::Study& study, ReportParameters& parameters) {
  const JsonBody period = TRY(body.object_or_empty("period"));
  TRY(period.only({"from", "to"}));
  if (period.has("from")) study.from = static_cast<std::int16_t>(TRY(period.integer_or("from", 0, 1000, 2999)));
  if (period.has("to")) study.until = static_cast<std::int16_t>(TRY(period.integer_or("to", 0, 1000, 2999)));
  if (study.from != 0 && study.until != 0 && study.from > study.until) return fail(ErrorKind::invalid_input, "period: from {} is after to {}", study.from, study.until);
  const JsonBody filters = TRY(body.object_or_empty("filters"));
  TRY(filters.only({"kinds", "sources", "languages", "query", "units", "countries"}));
  parameters.options.units = TRY(filters.texts_or_empty("units"));
  parameters.options.countries = TRY(filters.texts_or_empty("countries"));
  const std::vector<std::string> kinds = TRY(filters.texts_or_empty("kinds"));
  if (!kinds.empty()) study.kinds.clear();
  for (const std::string& name : kinds) {
    const auto kind = parse_record_kind(name);
    if (!kind) return fail(ErrorKind::invalid_input, "filters.kinds: \"{}\" is no kind of record", name);
    study.kinds.push_back(*kind);
  }
  if (filters.has("sources")) study.sources = TRY(filters.texts_or_empty("sources"));
  if (filters.has("languages")) study.languages = TRY(filters.texts_or_empty("languages"));
  if (filters.has("query")) study.query = TRY(filters.text_or("query", ""));
  parameters.own_study = period.has("from") || period.has("to") || !kinds.empty() || filters.has("sources") || filters.has("languages") || filters.has("query");
  return {};
}

Result<ReportParameters> read_report(const JsonBody& body, workflow::Study& study) {
  TRY(body.only({"template", "language", "formats", "title", "top", "period", "filters", "issue", "series"}));
  ReportParameters parameters;
  parameters.report_template = TRY(body.text_or("template", workflow::kStudyTemplate));
  parameters.language = TRY(body.text_or("language", ""));
  if (!parameters.language.empty() && parameters.language != "zh" && parameters.language != "en") return fail(ErrorKind::invalid_input, "language: \"{}\" is neither zh nor en", parameters.language);
  parameters.formats = TRY(body.texts_or_empty("formats"));
  if (parameters.formats.empty()) parameters.formats = {"html"};
  for (const std::string& format : parameters.formats) {
    if (format != "html" && format != "pdf" && format != "docx" && format != "pptx") return fail(ErrorKind::invalid_input, "formats: \"{}\" is none of html, pdf, docx, pptx", format);
  }
  std::sort(parameters.formats.begin(), parameters.formats.end());
  parameters.formats.erase(std::unique(parameters.formats.begin(), parameters.formats.end()), parameters.formats.end());
  parameters.options.top_count = static_cast<std::int32_t>(TRY(body.integer_or("top", 0, 0, 1000)));
  parameters.options.title = trim(TRY(body.text_or("title", "")));
  if (parameters.options.title.size() > kMaxTitleBytes) return fail(ErrorKind::invalid_input, "title: longer than {} bytes", kMaxTitleBytes);
  parameters.issue = TRY(body.flag_or("issue", false));
  parameters.series = TRY(body.text_or("series", ""));
  if (!parameters.series.empty() && !parameters.issue) return fail(ErrorKind::invalid_input, "series: only an issue has one: \"issue\": true");
  TRY(read_selection(body, study, parameters));
  return parameters;
}

// What the report is of: the newest run, or the study of its own records.
Result<std::shared_ptr<const workflow::StudyResult>> find_material(JobRun& job, const workflow::Study& study, bool own_study) {
  if (!own_study) return job.services.workspaces.result(job.row.workspace);
  workflow::Workspace workspace = TRY(job.services.workspaces.open_for_job(job.row.workspace, "report", job.progress));
  auto result = TRY(workflow::run_study(workspace, study, workflow::Depth::full, job.progress, workflow::Place::aside));
  job.log(fmt::format("computed for {} documents: {}", result.dataset.document_count(), result.run_id));
  return std::make_shared<const workflow::StudyResult>(std::move(result));
}

Result<std::string> write_issue(JobRun& job, const workflow::StudyResult& result, const ReportParameters& parameters) {
  workflow::Workspace workspace = TRY(job.services.workspaces.open_for_job(job.row.workspace, "report", job.progress));
  const workflow::IssueRequest request{parameters.report_template, parameters.series, parameters.options, parameters.formats};
  JsonWriter json;
  workflow::write_issue(json, TRY(workflow::make_issue(workspace, result, request, job.progress)), false);
  return json.text();
}

Result<std::string> write_report(JobRun& job, const workflow::StudyResult& result, const ReportParameters& parameters) {
  const workflow::Workspace workspace = TRY(job.services.workspaces.open_to_read(job.row.workspace));
  const workflow::ReportTemplate form = TRY(workflow::find_report_template(workspace.root(), parameters.report_template));
  const Language language = parameters.options.language;
  workflow::ReportOptions options = parameters.options;
  if (options.top_count == 0) options.top_count = form.rows;
  const workflow::ReportMaterial material = TRY(workflow::gather_material(workspace, result, form, workflow::default_series(form, language), job.progress));
  const products::Report report = TRY(workflow::build_report(result, material, options));

  std::string stamp = store::utc_now().substr(0, 10);
  stamp.erase(std::remove(stamp.begin(), stamp.end(), '-'), stamp.end());
  const std::string id = fmt::format("{}-{}-{}", stamp, result.run_id, random_hex(6));
  const fs::path folder = workspace.root() / "reports";
  const fs::path making = folder / ("." + id);
  std::error_code error;
  fs::create_directories(making, error);
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be made: {}", making.string(), error.message());
  const auto write_all = [&]() -> Result<std::string> {
    JsonWriter json;
    json.begin_object().field("id", id).field("template", form.id).field("language", to_string(language)).field("title", report.title).field("run", result.run_id).field("snapshot", result.snapshot_id);
    json.field("created_at", store::utc_now()).field("by", job.row.asked_by_name).key("files").begin_array();
    for (const std::string& format : parameters.formats) {
      TRY(workflow::write_report(report, language, making / ("report." + format), job.progress));
      json.value("report." + format);
      job.log(fmt::format("report.{} written", format));
    }
    json.end_array().end_object();
    TRY(write_file_atomically(making / "report.json", json.text()));
    fs::rename(making, folder / id, error);
    if (error) return fail(ErrorKind::unavailable, "{}: cannot be made: {}", (folder / id).string(), error.message());
    return json.text();
  };
  Result<std::string> done = write_all();
  if (!done) fs::remove_all(making, error);
  return done;
}

Result<std::string> run_report(JobRun& job) {
  const workflow::Workspace workspace = TRY(job.services.workspaces.open_to_read(job.row.workspace));
  workflow::Study study = TRY(workflow::workspace_study(workspace));
  ReportParameters parameters = TRY(read_report(job.parameters, study));
  parameters.options.language = parse_language(parameters.language.empty() ? workspace.settings.language : parameters.language);
  const auto result = TRY(find_material(job, study, parameters.own_study));
  return parameters.issue ? write_issue(job, *result, parameters) : write_report(job, *result, parameters);
}

Result<> check_report(const JsonBody& body, Services& services, std::string_view workspace) {
  const workflow::Workspace opened = TRY(services.workspaces.open_to_read(workspace));
  workflow::Study study = TRY(workflow::workspace_study(opened));
  const ReportParameters parameters = TRY(read_report(body, study));
  TRY(workflow::find_report_template(opened.root(), parameters.report_template));
  return {};
}

}  // namespace

std::vector<JobKind> report_job_kinds() { return {{"report", kAnalysts, check_report, run_report}}; }

}  // namespace jianwei::server
