// jianwei serve WS...: the workspace in a browser.
#include "server/serve.h"

#include <memory>

#include "base/json_writer.h"
#include "cli/command_list.h"

namespace jianwei::cli {

Action define_serve(CLI::App& app) {
  auto options = std::make_shared<server::ServeOptions>();
  const Language language = environment_language();
  app.add_option("WS", options->workspaces, message(language, "option.workspaces"))->required();
  app.add_option("--listen", options->listen, message(language, "option.listen"))->capture_default_str();
  app.add_option("--state", options->state, message(language, "option.state"));
  app.add_option("--public-url", options->public_url, message(language, "option.public_url"));
  app.add_flag("--trust-proxy", options->trust_proxy, message(language, "option.trust_proxy"));
  app.add_option("--rate", options->requests_per_second, message(language, "option.rate"))->check(CLI::Range(1.0, 1e6))->capture_default_str();
  app.add_option("--web", options->pages, message(language, "option.web"));
  return [options](Session& session) -> Result<> {
    const auto started = [&session](const server::Started& now) {
      if (session.json) {
        JsonWriter json;
        json.begin_object().field("url", now.url);
        if (!now.secret.empty()) json.field("secret", now.secret);
        session.print(json.end_object().text());
      } else {
        session.print(session.say("serve.url", now.url));
        if (!now.secret.empty()) session.print(session.say("serve.secret", now.url, now.secret));
      }
      std::fflush(stdout);
    };
    return server::serve(*options, started, *session.progress);
  };
}

}  // namespace jianwei::cli
