#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/export/export.h"

namespace jianwei::cli {

Action define_export(CLI::App& app) {
  struct Options {
    WorkspaceOption workspace;
    StudyOptions study;
    std::string what, output;
  };
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  const Language language = environment_language();
  app.add_option("WHAT", options->what, message(language, "option.what"))->required()->check(CLI::IsMember(workflow::exportable()));
  app.add_option("-o,--output", options->output, message(language, "option.export_output"))->required();
  return [options](Session& session) -> Result<> {
    std::optional<workflow::StudyResult> result;
    if (workflow::needs_run(options->what)) result = TRY(find_result(session, options->workspace, options->study, "export", true));
    workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::read, "export"));
    TRY(workflow::export_file(workspace, result ? &*result : nullptr, options->what, options->output, *session.progress));
    session.note(session.say("export.done", options->what, options->output));
    return {};
  };
}

}  // namespace jianwei::cli
