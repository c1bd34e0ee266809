#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/views/bursts.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::int32_t top = 25;
  double max_q = 0.05;
};

}  // namespace

Action define_bursts(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  app.add_option("--top", options->top, message(environment_language(), "option.top"))->check(CLI::Range(1, 1'000'000));
  app.add_option("--max-q", options->max_q, message(environment_language(), "option.max_q"))->check(CLI::Range(0.0, 1.0));
  return [options](Session& session) -> Result<> {
    const workflow::StudyResult result = TRY(find_result(session, options->workspace, options->study, "bursts", false));
    const std::vector<const analysis::UnitBurst*> shown = workflow::choose_bursts(result, options->max_q, static_cast<std::size_t>(options->top));
    if (session.json) {
      session.print(workflow::bursts_json(result, shown));
      return {};
    }
    if (shown.empty()) {
      session.note(session.say("report.no_bursts"));
      return {};
    }
    TextTable table({session.say("column.label"), session.say("column.period"), session.say("column.documents"), session.say("column.weight"), "q", session.say("column.id")}, {false, false, true, true, true, false});
    for (const analysis::UnitBurst* burst : shown) {
      const workflow::TermRow& term = result.terms[static_cast<std::size_t>(burst->unit)];
      table.add({(burst->level > 1 ? "  " : "") + term.label, fmt::format("{}–{}{}", burst->first_year, burst->last_year, burst->open ? " →" : ""), fmt::format("{:.0f}", burst->documents),
                 fmt::format("{:.1f}", burst->weight), fmt::format("{:.3f}", burst->q_value), term.id});
    }
    session.print(table.text(terminal_width()));
    return {};
  };
}

}  // namespace jianwei::cli
