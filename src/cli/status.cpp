#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/status.h"

namespace jianwei::cli {

Action define_status(CLI::App& app) {
  auto workspace = std::make_shared<WorkspaceOption>();
  workspace->define(app);
  return [workspace](Session& session) -> Result<> {
    const workflow::Workspace opened = TRY(workspace->open(session, store::Access::read, "status"));
    const workflow::WorkspaceStatus status = TRY(workflow::workspace_status(opened));
    session.print(session.json ? workflow::to_json(status) : workflow::to_text(status, to_string(session.language)));
    return {};
  };
}

}  // namespace jianwei::cli
