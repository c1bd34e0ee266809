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
  bool all = false, map = false;
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

// Rare terms that rise by more than chance, with what confirms them.
void show_signals(const Session& session, const workflow::StudyResult& result, const Options& options) {
  const std::size_t count = options.all ? result.signals.size() : std::min(result.signals.size(), static_cast<std::size_t>(options.top));
  if (session.json) {
    JsonWriter json;
    json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("found", result.signals.size()).key("signals").begin_array();
    for (std::size_t i = 0; i < count; ++i) {
      const analysis::SignalEvidence& signal = result.signals[i];
      const auto u = static_cast<std::size_t>(signal.unit);
      json.begin_object().field("id", result.terms[u].id).field("label", result.terms[u].label).key("forms").begin_array();
      for (const std::string& form : result.terms[u].forms) json.value(form);
      json.end_array().field("quadrant", quadrant_name(result.weak_signals.units[u].agreed)).field("documents", result.terms[u].document_count);
      json.field("window_years", signal.rise.window_years).field("recent", signal.rise.recent).field("before", signal.rise.before).field("share_ratio", signal.rise.ratio).field("p", signal.rise.p).field("q", signal.q).field("first_year", signal.first_year);
      json.field("sources", signal.sources).field("organisations", signal.organisations).field("author_groups", signal.author_groups).field("isolation", signal.isolation);
      json.field("spread", signal.spread).field("isolated", signal.isolated).field("novel", signal.novel).field("confirmations", signal.confirmations()).end_object();
    }
    session.print(json.end_array().end_object().text());
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
               session.say(fmt::format("quadrant.{}", quadrant_name(result.weak_signals.units[u].agreed))), result.terms[u].id});
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
