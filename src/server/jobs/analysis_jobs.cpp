// Jobs that compute: run and hindcast, as the commands of these names, on the workspace's study.toml.
//
// parameters of run: until, seed, topic_method, topics ("auto" or a number), fresh; of hindcast: until, seed, cutoffs, horizon, unit.
#include "base/json_writer.h"
#include "server/jobs/job.h"
#include "server/services.h"
#include "workflow/run/run.h"

namespace jianwei::server {
namespace {

Result<workflow::Study> read_study_options(const JsonBody& body, const workflow::Workspace& workspace) {
  workflow::Study study = TRY(workflow::workspace_study(workspace));
  if (body.has("until")) study.until = static_cast<std::int16_t>(TRY(body.integer_or("until", 0, 1000, 2999)));
  if (body.has("seed")) study.seed = static_cast<std::uint64_t>(TRY(body.integer_or("seed", 1, 0, std::int64_t{1} << 53)));
  return study;
}

Result<workflow::Study> read_run(const JsonBody& body, const workflow::Workspace& workspace) {
  TRY(body.only({"until", "seed", "topic_method", "topics", "fresh"}));
  workflow::Study study = TRY(read_study_options(body, workspace));
  const std::string method = TRY(body.text_or("topic_method", ""));
  if (!method.empty()) study.topic_method = TRY(workflow::parse_topic_method(method));
  const std::string topics = TRY(body.text_or("topics", ""));
  if (!topics.empty()) study.topic_count = TRY(workflow::parse_topic_count(topics));
  study.fresh_topics = TRY(body.flag_or("fresh", false));
  return study;
}

struct HindcastParameters {
  workflow::Study study;
  workflow::Unit unit = workflow::Unit::term;
};

Result<HindcastParameters> read_hindcast(const JsonBody& body, const workflow::Workspace& workspace) {
  TRY(body.only({"until", "seed", "cutoffs", "horizon", "unit"}));
  HindcastParameters parameters;
  parameters.study = TRY(read_study_options(body, workspace));
  const std::string cutoffs = TRY(body.text_or("cutoffs", ""));
  if (!cutoffs.empty()) parameters.study.cutoffs = TRY(workflow::parse_cutoffs(cutoffs));
  parameters.study.horizon_years = static_cast<std::int32_t>(TRY(body.integer_or("horizon", parameters.study.horizon_years, 1, 20)));
  parameters.unit = TRY(workflow::parse_unit(TRY(body.text_or("unit", "term"))));
  return parameters;
}

Result<std::string> run_run(JobRun& job) {
  workflow::Workspace workspace = TRY(job.services.workspaces.open_for_job(job.row.workspace, "run", job.progress));
  const workflow::Study study = TRY(read_run(job.parameters, workspace));
  const workflow::StudyResult result = TRY(workflow::run_study(workspace, study, workflow::Depth::full, job.progress));
  job.services.workspaces.forget(job.row.workspace);
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("documents", result.dataset.document_count()).field("terms", result.terms.size());
  return json.field("topics", result.topics.size()).end_object().text();
}

Result<std::string> run_hindcast(JobRun& job) {
  workflow::Workspace workspace = TRY(job.services.workspaces.open_for_job(job.row.workspace, "hindcast", job.progress));
  const HindcastParameters parameters = TRY(read_hindcast(job.parameters, workspace));
  return workflow::hindcast_study(workspace, parameters.study, parameters.unit, job.progress);
}

}  // namespace

std::vector<JobKind> analysis_job_kinds() {
  const auto check_run = [](const JsonBody& body, Services& services, std::string_view workspace) -> Result<> {
    TRY(read_run(body, TRY(services.workspaces.open_to_read(workspace))));
    return {};
  };
  const auto check_hindcast = [](const JsonBody& body, Services& services, std::string_view workspace) -> Result<> {
    TRY(read_hindcast(body, TRY(services.workspaces.open_to_read(workspace))));
    return {};
  };
  return {{"run", kAnalysts, check_run, run_run}, {"hindcast", kAnalysts, check_hindcast, run_hindcast}};
}

}  // namespace jianwei::server
