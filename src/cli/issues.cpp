// jianwei issues WS [SERIES]: the issues kept, and what one changed against the issue before.
#include <memory>

#include "base/json_writer.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/routine/issues.h"
#include "workflow/views/routine.h"

namespace jianwei::cli {

Action define_issues(CLI::App& app) {
  struct Options {
    WorkspaceOption workspace;
    std::string series;
    std::int64_t number = 0;
    std::int32_t top = 25;
    bool difference = false;
  };
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  options->workspace.define(app);
  app.add_option("SERIES", options->series, message(language, "option.series"));
  app.add_option("--number", options->number, message(language, "option.issue_number"))->check(CLI::Range(0, 1'000'000));
  app.add_flag("--difference", options->difference, message(language, "option.issue_difference"));
  app.add_option("--top", options->top, message(language, "option.top"))->check(CLI::Range(1, 1000));
  return [options](Session& session) -> Result<> {
    const workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::read, "issues"));
    if (options->difference) {
      session.print(TRY(workflow::issue_difference_json(workspace, options->series, options->number, options->top)));
      return {};
    }
    JsonWriter json;
    json.begin_array();
    TextTable table({session.say("column.series"), "#", session.say("column.created"), session.say("column.template"), session.say("column.data_version"), session.say("column.files")}, {false, true, false, false, false, false});
    bool any = false;
    for (const store::IssueRow& issue : TRY(workflow::list_issues(workspace, options->series))) {
      if (options->number != 0 && issue.number != options->number) continue;
      any = true;
      workflow::write_issue(json, issue, options->number != 0);
      table.add({issue.series, std::to_string(issue.number), issue.created_at, fmt::format("{} {}", issue.report_template, issue.template_version), issue.snapshot_id, issue.files});
    }
    if (session.json) session.print(std::move(json.end_array()).text());
    else if (!any) session.note(session.say("issues.none", options->workspace.path));
    else session.print(table.text(terminal_width()));
    return {};
  };
}

}  // namespace jianwei::cli
