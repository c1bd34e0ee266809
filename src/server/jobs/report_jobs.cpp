// The job report, as `jianwei report`: WS/reports/<id>/ with report.html, report.pdf, report.docx as asked, and report.json that says what it is:
// {"id","template","language","run","snapshot","created_at","by","files":[...]}. The folder appears when all of it is written.
//
// parameters: template (default: study), language (zh, en; default: the workspace's), formats ["html", "pdf", "docx", "pptx"] (default: html), top (rows of the rankings; default: the template's).
#include <algorithm>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "server/access/secrets.h"
#include "server/jobs/job.h"
#include "server/services.h"
#include "store/app_db.h"
#include "workflow/routine/issues.h"

namespace jianwei::server {
namespace {

namespace fs = std::filesystem;

struct ReportParameters {
  std::string report_template, language;
  std::vector<std::string> formats;
  std::int32_t top = 0;  // 0: the template's
};

Result<ReportParameters> read_report(const JsonBody& body) {
  TRY(body.only({"template", "language", "formats", "top"}));
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
  parameters.top = static_cast<std::int32_t>(TRY(body.integer_or("top", 0, 0, 1000)));
  return parameters;
}

Result<std::string> run_report(JobRun& job) {
  const ReportParameters parameters = TRY(read_report(job.parameters));
  const auto result = TRY(job.services.workspaces.result(job.row.workspace));
  const workflow::Workspace workspace = TRY(job.services.workspaces.open_to_read(job.row.workspace));
  const Language language = parse_language(parameters.language.empty() ? workspace.settings.language : parameters.language);
  const workflow::ReportTemplate form = TRY(workflow::find_report_template(workspace.root(), parameters.report_template));
  const workflow::ReportMaterial material = TRY(workflow::gather_material(workspace, *result, form, workflow::default_series(form, language), job.progress));
  const products::Report report = TRY(workflow::build_report(*result, material, {language, parameters.top > 0 ? parameters.top : form.rows}));

  std::string stamp = store::utc_now().substr(0, 10);
  stamp.erase(std::remove(stamp.begin(), stamp.end(), '-'), stamp.end());
  const std::string id = fmt::format("{}-{}-{}", stamp, result->run_id, random_hex(6));
  const fs::path folder = workspace.root() / "reports";
  const fs::path making = folder / ("." + id);
  std::error_code error;
  fs::create_directories(making, error);
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be made: {}", making.string(), error.message());
  const auto write_all = [&]() -> Result<std::string> {
    JsonWriter json;
    json.begin_object().field("id", id).field("template", form.id).field("language", to_string(language)).field("run", result->run_id).field("snapshot", result->snapshot_id);
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

}  // namespace

std::vector<JobKind> report_job_kinds() {
  const auto check = [](const JsonBody& body, Services& services, std::string_view workspace) -> Result<> {
    const ReportParameters parameters = TRY(read_report(body));
    TRY(services.workspaces.version(workspace));
    TRY(workflow::find_report_template(TRY(services.workspaces.folder(workspace)), parameters.report_template));
    return {};
  };
  return {{"report", kAnalysts, check, run_report}};
}

}  // namespace jianwei::server
