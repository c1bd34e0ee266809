#include "cli/workspace_options.h"

#include <pwd.h>
#include <unistd.h>

#include "workflow/run/ranking.h"
#include "workflow/run/run.h"

namespace jianwei::cli {

void WorkspaceOption::define(CLI::App& app) {
  const Language language = environment_language();
  app.add_option("WS", path, message(language, "option.workspace"))->required();
}

Result<workflow::Workspace> WorkspaceOption::open(const Session& session, store::Access access, std::string_view command) const {
  store::LakeOptions options;
  options.access = access;
  options.command = std::string(command);
  options.wait_seconds = session.wait ? 1e9 : 0;
  options.progress = session.progress;
  return workflow::open_workspace(path, options);
}

std::string decider(const std::string& by) {
  if (!by.empty()) return by;
  const passwd* user = ::getpwuid(::geteuid());
  return user != nullptr ? user->pw_name : std::to_string(::geteuid());
}

void StudyOptions::define(CLI::App& app) {
  const Language language = environment_language();
  app.add_option("--study", file, message(language, "option.study"));
  app.add_option("--until", until, message(language, "option.until"))->check(CLI::Range(1000, 2999));
  app.add_option("--seed", seed, message(language, "option.seed"))->each([this](const std::string&) { seed_given = true; });
}

Result<workflow::Study> StudyOptions::read(const Session& session, const workflow::Workspace& workspace) const {
  workflow::Study study = file.empty() ? TRY(workflow::workspace_study(workspace)) : TRY(workflow::read_study(file));
  if (until != 0) study.until = static_cast<std::int16_t>(until);
  if (seed_given) study.seed = seed;
  study.thread_count = session.thread_count;
  study.terms.thread_count = session.thread_count;
  return study;
}

Result<workflow::StudyResult> find_ranking(const Session& session, const WorkspaceOption& workspace, const StudyOptions& options, std::string_view command, bool need_topics) {
  if (options.asked()) return find_result(session, workspace, options, command, need_topics);
  workflow::Workspace opened = TRY(workspace.open(session, store::Access::read, command));
  return workflow::load_latest_ranking(opened);
}

Result<workflow::StudyResult> find_result(const Session& session, const WorkspaceOption& workspace, const StudyOptions& options, std::string_view command, bool need_topics) {
  if (!options.asked()) {
    workflow::Workspace opened = TRY(workspace.open(session, store::Access::read, command));
    return workflow::load_latest_run(opened);
  }
  workflow::Workspace opened = TRY(workspace.open(session, store::Access::write, command));
  const workflow::Study study = TRY(options.read(session, opened));
  return workflow::run_study(opened, study, need_topics ? workflow::Depth::full : workflow::Depth::ranking, *session.progress, workflow::Place::aside);
}

}  // namespace jianwei::cli
