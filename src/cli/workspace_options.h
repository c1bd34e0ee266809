// Options that several commands share: the workspace, and which study.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/session.h"
#include "workflow/run/results.h"
#include "workflow/study.h"
#include "workflow/workspace.h"

namespace jianwei::cli {

struct WorkspaceOption {
  std::string path;
  void define(CLI::App& app);
  Result<workflow::Workspace> open(const Session& session, store::Access access, std::string_view command) const;
};

// Who decides: `by`, or when it is empty the name of the user.
std::string decider(const std::string& by);

struct StudyOptions {
  std::string file;
  std::int32_t until = 0;
  std::uint64_t seed = 0;
  bool seed_given = false;

  bool asked() const { return !file.empty() || until != 0 || seed_given; }  // for another study than that of the newest run
  void define(CLI::App& app);
  // The study of the file, else WS/study.toml, else the defaults; then what the command line says.
  Result<workflow::Study> read(const Session& session, const workflow::Workspace& workspace) const;
};

// The result to print: with --until, --study or --seed the ranking of that study (computed when it is not stored), else the newest full run.
Result<workflow::StudyResult> find_result(const Session& session, const WorkspaceOption& workspace, const StudyOptions& options, std::string_view command, bool need_topics);
// The same for what needs the ranking only: of the newest full run no records are read.
Result<workflow::StudyResult> find_ranking(const Session& session, const WorkspaceOption& workspace, const StudyOptions& options, std::string_view command, bool need_topics);

}  // namespace jianwei::cli
