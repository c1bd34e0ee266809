#include <memory>

#include "base/json_writer.h"
#include "cli/command_list.h"
#include "workflow/workspace.h"

namespace jianwei::cli {

Action define_init(CLI::App& app) {
  struct Options {
    std::string path, name;
  };
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  app.add_option("WS", options->path, message(language, "option.workspace"))->required();
  app.add_option("--name", options->name, message(language, "option.name"));
  return [options](Session& session) -> Result<> {
    TRY(workflow::init_workspace(options->path, {options->name, std::string(to_string(session.language))}));
    if (session.json) {
      session.print(JsonWriter().begin_object().field("workspace", options->path).end_object().text());
    } else {
      session.print(session.say("init.done", options->path));
    }
    return {};
  };
}

}  // namespace jianwei::cli
