#include <algorithm>
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
  bool all = false;
};

std::string_view quadrant_name(analysis::Quadrant quadrant) {
  switch (quadrant) {
    case analysis::Quadrant::weak: return "weak";
    case analysis::Quadrant::strong: return "strong";
    case analysis::Quadrant::latent: return "latent";
    case analysis::Quadrant::well_known: return "well_known";
    case analysis::Quadrant::unsupported: return "unsupported";
  }
  return "unsupported";
}

}  // namespace

Action define_weak_signals(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  app.add_option("--top", options->top, message(environment_language(), "option.top"))->check(CLI::Range(1, 1'000'000));
  app.add_flag("--all", options->all, message(environment_language(), "option.all_quadrants"));
  return [options](Session& session) -> Result<> {
    const workflow::StudyResult result = TRY(find_result(session, options->workspace, options->study, "weak-signals", false));
    const analysis::WeakSignalMap& map = result.weak_signals;
    std::vector<std::size_t> shown;
    for (std::size_t u = 0; u < map.units.size(); ++u) {
      if (map.units[u].agreed == analysis::Quadrant::weak || (options->all && map.units[u].agreed != analysis::Quadrant::unsupported)) shown.push_back(u);
    }
    std::stable_sort(shown.begin(), shown.end(), [&](std::size_t a, std::size_t b) { return map.units[a].diffusion_growth > map.units[b].diffusion_growth; });
    if (!options->all && shown.size() > static_cast<std::size_t>(options->top)) shown.resize(static_cast<std::size_t>(options->top));

    if (session.json) {
      JsonWriter json;
      json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("median_frequency", map.median_document_frequency);
      json.field("median_growth", map.median_diffusion_growth).key("signals").begin_array();
      for (const std::size_t u : shown) {
        const analysis::WeakSignal& unit = map.units[u];
        json.begin_object().field("id", result.terms[u].id).field("label", result.terms[u].label).field("quadrant", quadrant_name(unit.agreed));
        json.field("documents", result.terms[u].document_count).field("mean_document_frequency", unit.mean_document_frequency).field("diffusion_growth", unit.diffusion_growth);
        json.field("mean_frequency", unit.mean_frequency).field("visibility_growth", unit.visibility_growth).end_object();
      }
      session.print(json.end_array().end_object().text());
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
      table.add({result.terms[u].label, session.say(fmt::format("quadrant.{}", quadrant_name(unit.agreed))), thousands(result.terms[u].document_count), fmt::format("{:.1f}", unit.mean_document_frequency),
                 fmt::format("{:+.0f} %", 100 * unit.diffusion_growth), fmt::format("{:+.0f} %", 100 * unit.visibility_growth), result.terms[u].id});
    }
    session.print(table.text(terminal_width()));
    session.note(session.say("weak_signals.note"));
    return {};
  };
}

}  // namespace jianwei::cli
