#include <memory>

#include "base/json_writer.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/unmerge.h"

namespace jianwei::cli {
Action define_unmerge(CLI::App& app) {
  struct Options {
    WorkspaceOption workspace;
    std::string a, b, reason, by;
  };
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  const Language language = environment_language();
  app.add_option("RECORD", options->a, message(language, "option.record"))->required();
  app.add_option("OTHER", options->b, message(language, "option.record_b"));
  app.add_option("--reason", options->reason, message(language, "option.reason"))->required();
  app.add_option("--by", options->by, message(language, "option.by"));
  return [options](Session& session) -> Result<> {
    workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::write, "unmerge"));
    const store::SnapshotRow snapshot = TRY(workflow::unmerge(workspace, options->a, options->b, options->reason, decider(options->by), session.thread_count, *session.progress));
    if (session.json) {
      session.print(JsonWriter().begin_object().field("snapshot", snapshot.id).field("records", snapshot.record_count).end_object().text());
    } else {
      session.print(session.say("unmerge.done", snapshot.id, thousands(snapshot.record_count)));
    }
    return {};
  };
}

}  // namespace jianwei::cli
