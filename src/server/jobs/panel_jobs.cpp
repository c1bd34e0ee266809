// The job remind: one mail for each person a Delphi study misses, each with an own link. Made by POST .../delphi/studies/{study}/reminders. A job that is started again
// reminds those who are missing then.
//
// parameters: study, link_base (a link without its secret).
//
// The job settle: the analysis of a closed round; every item is settled by the locked rule. Made by POST .../delphi/studies/{study}/steps with the step analyze. parameters: study, round (whose closing it follows: a job that is
// started again after it was done says so and does nothing), reason (of the step, in the chain of events; may be empty).
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
  const std::string result = workflow::to_json(TRY(workflow::enter_study(workspace, delphi, study, {job.row.asked_by_name, TRY(job.parameters.text("role"))}, job.progress)));
  job.services.events.publish("judgements", JsonWriter().begin_object().field("workspace", job.row.workspace).field("study", study.row.id).end_object().text());
  return result;
}

Result<std::string> run_settle(JobRun& job) {
  workflow::Delphi delphi = TRY(workflow::open_delphi(TRY(job.services.workspaces.folder(job.row.workspace))));
  const std::string id = TRY(job.parameters.text("study"));
  const std::int64_t round = TRY(job.parameters.integer_or("round", 0, 0, 1000));
  workflow::DelphiStudy study = TRY(workflow::load_study(delphi, id));
  const bool done = study.row.round > round || (study.row.round == round && study.state != experts::StudyState::round_closed && study.state != experts::StudyState::round_open);
  if (!done) study = TRY(workflow::take_step(delphi, id, experts::StudyStep::analyze, TRY(job.parameters.text_or("reason", "")), job.row.asked_by_name, job.progress));
  job.services.events.publish("judgements", JsonWriter().begin_object().field("workspace", job.row.workspace).field("study", id).field("state", study.row.state).field("round", study.row.round).end_object().text());
  return JsonWriter().begin_object().field("study", id).field("round", round).field("state", study.row.state).end_object().text();
}

}  // namespace

std::vector<JobKind> panel_job_kinds() {
  const auto check_panel = [](const JsonBody& body, Services&, std::string_view) -> Result<> {
    TRY(body.only({"study", "role"}));
    const std::string role = TRY(body.text("role"));
    if (role == "expert" || role == "analyst" || role == "curator") return {};
    return fail(ErrorKind::invalid_input, "role: '{}' is none of expert, analyst, curator", role);
  };
  const auto check_settle = [](const JsonBody& body, Services&, std::string_view) -> Result<> {
    TRY(body.only({"study", "round", "reason"}));
    return TRY(body.text("study")).empty() ? fail(ErrorKind::invalid_input, "study: is empty") : Result<>();
  };
  return {{"panel", kModerators, check_panel, run_panel}, {"settle", kModerators, check_settle, run_settle}, {"remind", kModerators, [](const JsonBody& body, Services&, std::string_view) { return body.only({"study", "link_base"}); }, run_remind}};
}

}  // namespace jianwei::server
