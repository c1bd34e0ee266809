#include <memory>

#include "base/json_writer.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"

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
    std::vector<const analysis::UnitBurst*> shown;
    for (const analysis::UnitBurst& burst : result.bursts) {
      if (burst.q_value <= options->max_q && shown.size() < static_cast<std::size_t>(options->top)) shown.push_back(&burst);
    }
    if (session.json) {
      JsonWriter json;
      json.begin_array();
      for (const analysis::UnitBurst* burst : shown) {
        const workflow::TermRow& term = result.terms[static_cast<std::size_t>(burst->unit)];
        json.begin_object().field("id", term.id).field("label", term.label).field("first_year", burst->first_year).field("last_year", burst->last_year).field("open", burst->open);
        json.field("level", burst->level).field("weight", burst->weight).field("documents", burst->documents).field("p", burst->p_value).field("q", burst->q_value).end_object();
      }
      session.print(json.end_array().text());
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
