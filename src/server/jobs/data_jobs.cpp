// Jobs that bring data in: import, as `jianwei import`.
//
// parameters of import: uploads [ids] (or one: upload), format, mapping (TOML, as docs/formats/tables.md), again, dry_run.
#include <algorithm>

#include "server/jobs/job.h"
#include "server/jobs/uploads.h"
#include "server/services.h"
#include "sources/tables/mapping.h"
#include "workflow/import.h"

namespace jianwei::server {
namespace {

struct ImportParameters {
  std::vector<std::string> uploads;
  workflow::ImportOptions options;
};

Result<ImportParameters> read_import(const JsonBody& body) {
  TRY(body.only({"uploads", "upload", "format", "mapping", "again", "dry_run"}));
  ImportParameters parameters;
  parameters.options.bare_names = true;
  parameters.uploads = TRY(body.texts_or_empty("uploads"));
  const std::string one = TRY(body.text_or("upload", ""));
  if (!one.empty()) parameters.uploads.push_back(one);
  if (parameters.uploads.empty()) return fail(ErrorKind::invalid_input, "uploads: name at least one upload");
  parameters.options.format = TRY(body.text_or("format", ""));
  const std::string mapping = TRY(body.text_or("mapping", ""));
  if (!mapping.empty()) parameters.options.mapping = TRY(sources::parse_mapping(mapping, "mapping"));
  parameters.options.again = TRY(body.flag_or("again", false));
  parameters.options.dry_run = TRY(body.flag_or("dry_run", false));
  return parameters;
}

Result<> check_import(const JsonBody& body, Services& services, std::string_view workspace) {
  for (const std::string& upload : TRY(read_import(body)).uploads) TRY(uploaded_file(services, workspace, upload));
  return {};
}

Result<std::string> run_import(JobRun& job) {
  const ImportParameters parameters = TRY(read_import(job.parameters));
  std::vector<std::string> paths;
  for (const std::string& upload : parameters.uploads) paths.push_back(TRY(uploaded_file(job.services, job.row.workspace, upload)).string());
  workflow::Workspace workspace = TRY(job.services.workspaces.open_for_job(job.row.workspace, "import", job.progress));
  const workflow::ImportReport report = TRY(workflow::import_files(workspace, paths, parameters.options, job.progress));
  const workflow::FileReport totals = report.totals();
  job.log(fmt::format("read {}, new {}, updated {}, repeats {}, rejected {}", totals.read, totals.kept, totals.updated, totals.duplicates, totals.rejected));
  job.services.workspaces.forget(job.row.workspace);
  if (totals.read <= totals.rejected) {
    const auto refused = std::find_if(report.files.begin(), report.files.end(), [](const workflow::FileReport& file) { return file.failed && !file.warnings.empty(); });
    if (refused != report.files.end()) return fail(ErrorKind::invalid_input, "no file gave a record that can be used; {}: {}", refused->path, refused->warnings.front().message);
    return fail(ErrorKind::invalid_input, "no file gave a record that can be used; the import preview says why");
  }
  // The lake holds what was read; the files have done their duty.
  if (!report.dry_run) {
    for (const std::string& upload : parameters.uploads) TRY(remove_upload(job.services, upload));
  }
  return workflow::to_json(report);
}

}  // namespace

std::vector<JobKind> data_job_kinds() { return {{"import", kAnalysts, check_import, run_import}}; }

}  // namespace jianwei::server
