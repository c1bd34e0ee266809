#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/search.h"

namespace jianwei::cli {

Action define_search(CLI::App& app) {
  struct Options {
    WorkspaceOption workspace;
    std::vector<std::string> words;
    std::vector<std::string> filters;
    std::string method = "bm25";
    std::int32_t top = 20;
  };
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  app.add_option("QUERY", options->words, message(environment_language(), "option.query"))->required();
  app.add_option("--top", options->top, message(environment_language(), "option.top"))->check(CLI::Range(1, 1'000'000));
  app.add_option("--method", options->method, message(environment_language(), "option.ranking_method"))->check(CLI::IsMember({"bm25", "dense", "hybrid"}));
  app.add_option("--filter", options->filters, message(environment_language(), "option.filter"));
  return [options](Session& session) -> Result<> {
    const workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::read, "search"));
    std::string query;
    for (const std::string& word : options->words) query += (query.empty() ? "" : " ") + word;
    workflow::SearchOptions how;
    how.limit = options->top;
    how.method = TRY(analysis::parse_ranking_method(options->method));
    how.thread_count = session.thread_count;
    for (const std::string& condition : options->filters) TRY(workflow::add_condition(how.filter, condition));
    const workflow::SearchResult found = TRY(workflow::search(workspace, query, how, *session.progress));
    if (session.json) {
      session.print(workflow::to_json(found));
      return {};
    }
    if (found.hits.empty()) {
      session.note(session.say("search.none", query));
      return {};
    }
    for (const workflow::SearchHit& hit : found.hits) {
      session.print(fmt::format("{}  {}  {}", hit.id, hit.year > 0 ? std::to_string(hit.year) : "    ", hit.title));
      if (!hit.snippet.empty()) session.print("    " + hit.snippet);
    }
    session.note(session.say(found.all_words ? "search.done" : "search.any", thousands(found.match_count)));
    return {};
  };
}

}  // namespace jianwei::cli
