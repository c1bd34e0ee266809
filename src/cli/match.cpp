#include <memory>

#include "base/file.h"
#include "cli/command_list.h"
#include "workflow/match.h"

namespace jianwei::cli {

Action define_match(CLI::App& app) {
  struct Options {
    workflow::MatchSide needs, solutions;
    std::vector<std::string> need_filters, solution_filters;
    std::string method = "hybrid", output;
    std::int32_t top = 10;
    bool csv = false;
  };
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  app.add_option("NEEDS", options->needs.path, message(language, "option.needs"))->required();
  app.add_option("SOLUTIONS", options->solutions.path, message(language, "option.solutions"))->required();
  app.add_option("--top", options->top, message(language, "option.match_top"))->check(CLI::Range(1, 10'000));
  app.add_option("--method", options->method, message(language, "option.ranking_method"))->check(CLI::IsMember({"bm25", "dense", "hybrid"}));
  app.add_option("--needs-filter", options->need_filters, message(language, "option.filter"));
  app.add_option("--solutions-filter", options->solution_filters, message(language, "option.filter"));
  app.add_flag("--csv", options->csv, message(language, "option.match_csv"));
  app.add_option("-o,--output", options->output, message(language, "option.match_output"));
  return [options](Session& session) -> Result<> {
    for (const std::string& condition : options->need_filters) TRY(workflow::add_condition(options->needs.filter, condition));
    for (const std::string& condition : options->solution_filters) TRY(workflow::add_condition(options->solutions.filter, condition));
    analysis::MatchingOptions how;
    how.method = TRY(analysis::parse_ranking_method(options->method));
    how.limit = options->top;
    how.thread_count = session.thread_count;
    const workflow::MatchResult result = TRY(workflow::match_records(options->needs, options->solutions, how, *session.progress));
    if (!options->output.empty()) {
      TRY(write_file_atomically(options->output, options->output.ends_with(".json") ? workflow::to_json(result) + "\n" : workflow::to_csv(result)));
      session.note(session.say("match.written", thousands(std::ssize(result.needs)), thousands(std::ssize(result.solutions)), options->output));
    }
    if (session.json) {
      session.print(workflow::to_json(result));
      return {};
    }
    if (options->csv) session.print(workflow::to_csv(result));
    if (options->csv || !options->output.empty()) return {};
    for (std::size_t n = 0; n < result.needs.size(); ++n) {
      session.print(fmt::format("{}  {}", result.needs[n].id, result.needs[n].title));
      for (const analysis::Match& match : result.matches[n]) {
        const workflow::MatchRecord& solution = result.solutions[static_cast<std::size_t>(match.solution)];
        std::string terms;
        for (const analysis::SharedTerm& term : match.reasons) terms += (terms.empty() ? "" : ", ") + term.name;
        session.print(fmt::format("    {:7.3f}  {}  {}", match.score, solution.id, solution.title));
        if (!terms.empty()) session.print("             " + terms);
      }
    }
    return {};
  };
}

}  // namespace jianwei::cli
