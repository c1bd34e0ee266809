#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/collect.h"
#include "workflow/collect_settings.h"

namespace jianwei::cli {

Action define_collect(CLI::App& app) {
  struct Options {
    WorkspaceOption workspace;
    std::string source, query, filter, from, contact, base_url, api_key;
    std::int64_t max_records = 0;
    bool online = false;
  };
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  const Language language = environment_language();
  app.add_option("SOURCE", options->source, message(language, "option.collect_source"))->required();
  app.add_option("--query", options->query, message(language, "option.collect_query"));
  app.add_option("--filter", options->filter, message(language, "option.collect_filter"));
  app.add_option("--from", options->from, message(language, "option.collect_from"));
  app.add_option("--max", options->max_records, message(language, "option.collect_max"))->check(CLI::NonNegativeNumber);
  app.add_option("--contact", options->contact, message(language, "option.contact"))->envname("JIANWEI_CONTACT");
  app.add_option("--api-key", options->api_key, message(language, "option.api_key"))->envname("JIANWEI_API_KEY");
  app.add_option("--base-url", options->base_url, message(language, "option.base_url"));
  app.add_flag("--online", options->online, message(language, "option.online"));
  return [options](Session& session) -> Result<> {
    workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::write, "collect"));
    workflow::CollectRequest request;
    request.source = options->source;
    request.query.text = options->query;
    request.query.filter = options->filter;
    if (!options->from.empty()) request.query.from = TRY(parse_date(options->from));
    // What [collect] of jianwei.toml allows needs no --online; what the command line says goes before it.
    if (TRY(workflow::collect_permit(workspace)).allows(options->source)) request.settings = TRY(workflow::permitted_collection(workspace, options->source));
    if (options->online) request.settings.enabled = true;
    if (!options->contact.empty()) request.settings.http.contact = options->contact;
    if (!options->api_key.empty()) request.settings.api_key = options->api_key;
    if (!options->base_url.empty()) request.settings.base_url = options->base_url;
    request.settings.max_records = options->max_records;
    const workflow::ImportReport report = TRY(workflow::collect_records(workspace, request, *session.progress));
    session.print(session.json ? workflow::to_json(report) : workflow::to_text(report, to_string(session.language)));
    return {};
  };
}

}  // namespace jianwei::cli
