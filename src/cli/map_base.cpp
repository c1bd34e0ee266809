// jianwei map-base install|show|remove: the approved base map of a server, from the command line.
#include <memory>

#include "base/file.h"
#include "base/json_writer.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "server/access/offline.h"

namespace jianwei::cli {

Action define_map_base(CLI::App& app) {
  struct Options {
    std::string verb, state, file, approval, name, by;
  };
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  app.require_subcommand(1);
  for (const std::string_view name : {"install", "show", "remove"}) {
    CLI::App* sub = app.add_subcommand(std::string(name), message(language, fmt::format("map_base.verb.{}", name)));
    sub->fallthrough();
    sub->callback([options, name] { options->verb = name; });
    sub->add_option("--state", options->state, message(language, "option.state_of"))->required();
    if (name != "show") sub->add_option("--by", options->by, message(language, "option.by"));
    if (name != "install") continue;
    sub->add_option("FILE", options->file, message(language, "option.map_file"))->required();
    sub->add_option("--approval", options->approval, message(language, "option.map_approval"))->required();
    sub->add_option("--name", options->name, message(language, "option.map_name"));
  }
  return [options](Session& session) -> Result<> {
    server::OfflineState state = TRY(server::open_state(options->state));
    std::error_code error;
    if (options->verb == "install" && std::filesystem::is_regular_file(options->file, error) && std::filesystem::file_size(options->file, error) > server::kMaxMapBytes) {
      return fail(ErrorKind::invalid_input, "{}: larger than {} MiB: simplify its outlines", options->file, server::kMaxMapBytes >> 20);
    }
    if (options->verb == "install") TRY(server::install_map_offline(state, TRY(read_file(options->file)), options->approval, options->name, decider(options->by)));
    if (options->verb == "remove") TRY(server::remove_map_offline(state, decider(options->by)));
    const auto base = TRY(server::installed_map_base(options->state));
    if (session.json) session.print(server::to_json(base));
    else if (base) session.print(session.say("map_base.installed", base->approval, base->name, base->features, base->by, base->at));
    else session.print(session.say("map_base.none"));
    return {};
  };
}

}  // namespace jianwei::cli
