// The job remind: one mail for each person a Delphi study misses, each with an own link. Made by POST .../delphi/studies/{study}/reminders. A job that is started again
// reminds those who are missing then.
//
// parameters: study, link_base (a link without its secret).
//
// The job panel: what a study said, into the ledger. Made by POST .../delphi/studies/{study}/ledger. parameters: study, role (of who asks: curator, analyst; else expert).
#include "server/jobs/panel_jobs.h"

#include "base/json_writer.h"
#include "server/services.h"
#include "workflow/delphi/reminders.h"
#include "workflow/delphi/study_judgements.h"

namespace jianwei::server {
namespace {

Result<std::string> run_remind(JobRun& job) {
  const workflow::Workspace workspace = TRY(job.services.workspaces.open_to_read(job.row.workspace));
  workflow::Delphi delphi = TRY(workflow::open_delphi(workspace.root()));
  const workflow::DelphiStudy study = TRY(workflow::load_study(delphi, TRY(job.parameters.text("study"))));
  return workflow::to_json(TRY(workflow::mail_reminders(workspace, delphi, study, TRY(job.parameters.text("link_base")), job.row.asked_by_name, job.progress)));
}

Result<std::string> run_panel(JobRun& job) {
  workflow::Workspace workspace = TRY(job.services.workspaces.open_to_read(job.row.workspace));
  workflow::Delphi delphi = TRY(workflow::open_delphi(workspace.root()));
  const workflow::DelphiStudy study = TRY(workflow::load_study(delphi, TRY(job.parameters.text("study"))));
  const std::string result = workflow::to_json(TRY(workflow::enter_study(workspace, delphi, study, {job.row.asked_by_name, TRY(job.parameters.text("role"))})));
  job.services.events.publish("judgements", JsonWriter().begin_object().field("workspace", job.row.workspace).field("study", study.row.id).end_object().text());
  return result;
}

}  // namespace

std::vector<JobKind> panel_job_kinds() {
  const auto check_panel = [](const JsonBody& body, Services&, std::string_view) -> Result<> {
    TRY(body.only({"study", "role"}));
    const std::string role = TRY(body.text("role"));
    if (role == "expert" || role == "analyst" || role == "curator") return {};
    return fail(ErrorKind::invalid_input, "role: '{}' is none of expert, analyst, curator", role);
  };
  return {{"panel", kModerators, check_panel, run_panel}, {"remind", kModerators, [](const JsonBody& body, Services&, std::string_view) { return body.only({"study", "link_base"}); }, run_remind}};
}

}  // namespace jianwei::server
