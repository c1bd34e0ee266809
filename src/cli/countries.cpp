#include <algorithm>
#include <cmath>
#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/views/countries.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::string name, by = "country";
  std::int32_t window = 5, top = 25;
  double margin = 2.0 / 3.0;
};

std::string interval(const analysis::Interval& limits, double scale, std::string_view unit) {
  if (!std::isfinite(limits.high)) return fmt::format("[{:.2g}{}, ∞)", scale * limits.low, unit);
  return fmt::format("[{:.2g}{}, {:.2g}{}]", scale * limits.low, unit, scale * limits.high, unit);
}

void show_unit(const Session& session, const workflow::StudyResult& result, const Options& options, const workflow::Standings& standings, workflow::UnitReference reference) {
  const analysis::UnitStanding& unit = standings.units[reference.index];
  const std::size_t count = std::min(unit.actors.size(), static_cast<std::size_t>(options.top));
  if (session.json) {
    session.print(workflow::unit_standing_json(result, standings, reference, static_cast<std::size_t>(options.top), session.language));
    return;
  }
  session.print(fmt::format("{}  {}  {}–{}\n", workflow::unit_id(result, reference), workflow::unit_label(result, reference, session.language), standings.options.window.first, standings.options.window.last));
  TextTable table({session.say("column." + options.by), session.say("column.documents"), session.say("column.share"), session.say("column.interval"), "RTA", session.say("column.interval"), session.say("column.to_strongest"), session.say("column.standing")},
                  {false, true, true, false, true, false, false, false});
  for (std::size_t i = 0; i < count; ++i) {
    const analysis::ActorStanding& row = unit.actors[i];
    table.add({workflow::actor_name(result, standings.actor, row.actor), fmt::format("{:.1f}", row.documents), percent(row.share), interval(row.share_interval, 100.0, " %"), fmt::format("{:.2f}", row.rta), interval(row.rta_interval, 1.0, ""),
               std::isfinite(row.ratio) ? fmt::format("{:.2f} {}", row.ratio, interval(row.ratio_interval, 1.0, "")) : "–", session.say(fmt::format("standing.{}", analysis::standing_name(row.standing)))});
  }
  session.print(table.text(terminal_width()));
  session.note(session.say("countries.note", percent(options.margin)));
}

void show_all(const Session& session, const workflow::StudyResult& result, const Options& options, const workflow::Standings& standings) {
  const std::vector<workflow::ActorOverview> rows = workflow::actor_overviews(standings);
  const std::size_t count = std::min(rows.size(), static_cast<std::size_t>(options.top));
  if (session.json) {
    session.print(workflow::standings_json(result, standings, rows, count, session.language));
    return;
  }
  TextTable table({session.say("column." + options.by), session.say("column.documents"), session.say("standing.lead"), session.say("standing.par"), session.say("standing.follow"), session.say("column.advantages")}, {false, true, true, true, true, false});
  for (std::size_t r = 0; r < count; ++r) {
    const workflow::ActorOverview& row = rows[r];
    std::string best;
    for (std::size_t i = 0; i < std::min<std::size_t>(2, row.advantages.size()); ++i) {
      const workflow::UnitReference reference{standings.unit, row.advantages[i].second};
      best += fmt::format("{}{} ({:.1f})", i > 0 ? "; " : "", workflow::unit_label(result, reference, session.language), row.advantages[i].first);
    }
    table.add({workflow::actor_name(result, standings.actor, row.actor), fmt::format("{:.0f}", row.documents), std::to_string(row.count(analysis::Standing::lead)), std::to_string(row.count(analysis::Standing::par)),
               std::to_string(row.count(analysis::Standing::follow)), best});
  }
  session.print(table.text(terminal_width()));
  session.note(session.say("countries.all_note", standings.options.window.first, standings.options.window.last));
}

}  // namespace

Action define_countries(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  const Language language = environment_language();
  app.add_option("TOPIC", options->name, message(language, "option.standing_unit"));
  app.add_option("--by", options->by, message(language, "option.standing_by"))->check(CLI::IsMember({"country", "organisation"}));
  app.add_option("--window", options->window, message(language, "option.standing_window"))->check(CLI::Range(1, 100));
  app.add_option("--margin", options->margin, message(language, "option.standing_margin"))->check(CLI::Range(0.01, 1.0));
  app.add_option("--top", options->top, message(language, "option.top"))->check(CLI::Range(1, 1'000'000));
  return [options](Session& session) -> Result<> {
    const workflow::StudyResult result = TRY(find_result(session, options->workspace, options->study, "countries", true));
    const workflow::Actor actor = options->by == "country" ? workflow::Actor::country : workflow::Actor::organisation;
    const workflow::UnitReference reference = options->name.empty() ? workflow::UnitReference{workflow::Unit::topic, 0} : TRY(workflow::find_unit(result, options->name));
    const workflow::Standings standings = TRY(workflow::measure_standings(result, reference.unit, actor, options->window, options->margin));
    if (options->name.empty()) {
      show_all(session, result, *options, standings);
    } else {
      show_unit(session, result, *options, standings, reference);
    }
    return {};
  };
}

}  // namespace jianwei::cli
