// The job backup, as `jianwei backup`: <state>/backups/<workspace>-<time>.tar.zst, read back and verified. Takes no parameters.
#include <filesystem>

#include "base/json_writer.h"
#include "base/strings.h"
#include "server/jobs/job.h"
#include "server/services.h"
#include "store/app_db.h"
#include "workflow/backup/backup.h"

namespace jianwei::server {
namespace {

Result<std::string> run_backup(JobRun& job) {
  const std::filesystem::path folder = job.services.state / "backups";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be made: {}", folder.string(), error.message());
  const std::string name = fmt::format("{}-{}-job{}.tar.zst", job.row.workspace, replace_all(store::utc_now(), ":", ""), job.row.number);
  const store::BackupManifest manifest = TRY(workflow::backup_workspace(TRY(job.services.workspaces.folder(job.row.workspace)), folder / name, job.progress));
  return JsonWriter().begin_object().field("file", name).field("files", manifest.files.size()).field("bytes", manifest.bytes()).end_object().text();
}

}  // namespace

std::vector<JobKind> upkeep_job_kinds() {
  return {{"backup", kAdmins, [](const JsonBody& body, Services&, std::string_view) { return body.only({}); }, run_backup}};
}

}  // namespace jianwei::server
