// jianwei technologies VERB WS ...: the named lists that every issue follows.
#include <memory>

#include "base/json_writer.h"
#include "base/strings.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/routine/technologies.h"

namespace jianwei::cli {

Action define_technologies(CLI::App& app) {
  struct Options {
    WorkspaceOption workspace;
    std::string verb, name, why, by;
    std::vector<std::string> on;
  };
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  app.require_subcommand(1);
  for (const char* name : {"add", "remove", "list"}) {
    CLI::App* sub = app.add_subcommand(name, message(language, fmt::format("technologies.verb.{}", name)));
    sub->fallthrough();
    sub->callback([options, name] { options->verb = name; });
    options->workspace.define(*sub);
    if (std::string_view(name) == "list") continue;
    sub->add_option("NAME", options->name, message(language, "option.list_name"))->required();
    sub->add_option("--on", options->on, message(language, "option.report_units"));
    sub->add_option("--why", options->why, message(language, "option.reason"))->required();
    sub->add_option("--by", options->by, message(language, "option.by"));
  }
  return [options](Session& session) -> Result<> {
    const bool writes = options->verb != "list";
    workflow::Workspace workspace = TRY(options->workspace.open(session, writes ? store::Access::write : store::Access::read, "technologies"));
    const workflow::Decision decision{options->why, decider(options->by)};
    if (options->verb == "add") TRY(workflow::add_technologies(workspace, options->name, options->on, decision));
    if (options->verb == "remove") TRY(workflow::remove_technologies(workspace, options->name, options->on, decision));
    JsonWriter json;
    json.begin_array();
    TextTable table({session.say("column.name"), session.say("column.watched"), session.say("column.by"), session.say("column.why")});
    const auto lists = TRY(workflow::technology_lists(workspace));
    for (const workflow::TechnologyList& list : lists) {
      json.begin_object().field("name", list.name).key("units").begin_array();
      for (const std::string& unit : list.units) json.value(unit);
      json.end_array().field("why", list.why).field("by", list.decided_by).field("at", list.decided_at).end_object();
      table.add({list.name, join(list.units, ", "), list.decided_by, list.why});
    }
    if (session.json) session.print(std::move(json.end_array()).text());
    else if (lists.empty()) session.note(session.say("technologies.none", options->workspace.path));
    else session.print(table.text(terminal_width()));
    return {};
  };
}

}  // namespace jianwei::cli
