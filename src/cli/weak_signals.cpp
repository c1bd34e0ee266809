#include <algorithm>
#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/views/weak_signals.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::int32_t top = 25;
  bool all = false, map = false;
};

// Rare terms that rise by more than chance, with what confirms them.
void show_signals(const Session& session, const workflow::StudyResult& result, const Options& options) {
  const std::size_t count = options.all ? result.signals.size() : std::min(result.signals.size(), static_cast<std::size_t>(options.top));
  if (session.json) {
    session.print(workflow::signals_json(result, count));
    return;
  }
  if (count == 0) {
    session.note(session.say("report.no_weak_signals"));
    return;
  }
  TextTable table({session.say("column.label"), session.say("column.recent"), session.say("column.before"), session.say("column.ratio"), "p", "q", session.say("column.first_year"), session.say("column.spread"), session.say("column.isolation"),
                   session.say("column.confirmed"), session.say("column.quadrant"), session.say("column.id")},
                  {false, true, true, true, true, true, true, true, true, false, false, false});
  for (std::size_t i = 0; i < count; ++i) {
    const analysis::SignalEvidence& signal = result.signals[i];
    const auto u = static_cast<std::size_t>(signal.unit);
    std::string confirmed;
    const auto add = [&](bool holds, const char* key) {
      if (holds) confirmed += (confirmed.empty() ? "" : session.say("report.list_separator")) + session.say(key);
    };
    add(signal.spread, "signal.spread");
    add(signal.isolated, "signal.isolated");
    add(signal.novel, "signal.novel");
    table.add({result.terms[u].label, fmt::format("{:.0f} ({})", signal.rise.recent, signal.rise.window_years), fmt::format("{:.0f}", signal.rise.before), fmt::format("{:.1f}", signal.rise.ratio), fmt::format("{:.1e}", signal.rise.p), fmt::format("{:.3f}", signal.q),
               std::to_string(signal.first_year), fmt::format("{}/{}/{}", signal.sources, signal.organisations, signal.author_groups), fmt::format("{:.2f}", signal.isolation), confirmed,
               session.say(fmt::format("quadrant.{}", workflow::quadrant_name(result.weak_signals.units[u].agreed))), result.terms[u].id});
  }
  session.print(table.text(terminal_width()));
  session.note(session.say("weak_signals.evidence_note", options.workspace.path, result.terms[static_cast<std::size_t>(result.signals[0].unit)].id));
}

}  // namespace

Action define_weak_signals(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  app.add_option("--top", options->top, message(environment_language(), "option.top"))->check(CLI::Range(1, 1'000'000));
  app.add_flag("--all", options->all, message(environment_language(), "option.all_quadrants"));
  app.add_flag("--map", options->map, message(environment_language(), "option.map"));
  return [options](Session& session) -> Result<> {
    const workflow::StudyResult result = TRY(find_result(session, options->workspace, options->study, "weak-signals", false));
    if (!options->map) {
      show_signals(session, result, *options);
      return {};
    }
    const analysis::WeakSignalMap& map = result.weak_signals;
    std::vector<std::size_t> shown = workflow::choose_signal_terms(result, options->all);
    if (!options->all && shown.size() > static_cast<std::size_t>(options->top)) shown.resize(static_cast<std::size_t>(options->top));

    if (session.json) {
      session.print(workflow::signal_map_json(result, shown));
      return {};
    }
    if (shown.empty()) {
      session.note(session.say("report.no_weak_signals"));
      return {};
    }
    TextTable table({session.say("column.label"), session.say("column.quadrant"), session.say("column.documents"), session.say("column.per_year"), session.say("column.diffusion"), session.say("column.visibility"), session.say("column.id")},
                    {false, false, true, true, true, true, false});
    for (const std::size_t u : shown) {
      const analysis::WeakSignal& unit = map.units[u];
      table.add({result.terms[u].label, session.say(fmt::format("quadrant.{}", workflow::quadrant_name(unit.agreed))), thousands(result.terms[u].document_count), fmt::format("{:.1f}", unit.mean_document_frequency),
                 fmt::format("{:+.0f} %", 100 * unit.diffusion_growth), fmt::format("{:+.0f} %", 100 * unit.visibility_growth), result.terms[u].id});
    }
    session.print(table.text(terminal_width()));
    session.note(session.say("weak_signals.note"));
    return {};
  };
}

}  // namespace jianwei::cli
