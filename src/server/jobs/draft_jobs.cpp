// The job draft {topic}, as `jianwei draft WS TOPIC`: asks the language model of [draft] in jianwei.toml; its result is the draft.
#include "server/jobs/job.h"
#include "server/services.h"
#include "workflow/draft/draft.h"

namespace jianwei::server {
namespace {

Result<std::string> read_topic(const JsonBody& body) {
  TRY(body.only({"topic"}));
  return body.text("topic");
}

Result<> check_draft(const JsonBody& body, Services& services, std::string_view workspace) {
  TRY(read_topic(body));
  return workflow::require_drafts(TRY(workflow::draft_settings(TRY(services.workspaces.open_to_read(workspace)))));
}

Result<std::string> run_draft(JobRun& job) {
  const workflow::Workspace workspace = TRY(job.services.workspaces.open_to_read(job.row.workspace));
  const auto result = TRY(job.services.workspaces.result(job.row.workspace));
  return workflow::draft_json(TRY(workflow::draft_topic(workspace, *result, TRY(read_topic(job.parameters)), job.row.asked_by_name, job.progress)));
}

}  // namespace

std::vector<JobKind> draft_job_kinds() { return {{"draft", kAnalysts, check_draft, run_draft}}; }

}  // namespace jianwei::server
