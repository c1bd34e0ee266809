#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>

#include "base/json_writer.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/indicators/indicators.h"
#include "workflow/standing/standing.h"

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

void write_standing(JsonWriter& json, const analysis::ActorStanding& row) {
  json.field("documents_fractional", row.documents).field("documents", row.whole_documents).field("share", row.share).field("share_low", row.share_interval.low).field("share_high", row.share_interval.high);
  json.field("rta", row.rta).field("rta_low", row.rta_interval.low).field("rta_high", row.rta_interval.high).field("rsca", row.rsca).field("ratio_to_strongest", row.ratio).field("ratio_low", row.ratio_interval.low);
  json.field("ratio_high", row.ratio_interval.high).field("standing", analysis::standing_name(row.standing));
}

void show_unit(const Session& session, const workflow::StudyResult& result, const Options& options, const workflow::Standings& standings, workflow::UnitReference reference) {
  const analysis::UnitStanding& unit = standings.units[reference.index];
  const std::size_t count = std::min(unit.actors.size(), static_cast<std::size_t>(options.top));
  if (session.json) {
    JsonWriter json;
    json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("id", workflow::unit_id(result, reference)).field("label", workflow::unit_label(result, reference, session.language));
    json.field("by", options.by).field("first_year", standings.options.window.first).field("last_year", standings.options.window.last).field("margin", standings.options.margin).field("documents_with_actor", unit.documents).key("actors").begin_array();
    for (std::size_t i = 0; i < count; ++i) {
      json.begin_object().field("name", workflow::actor_name(result, standings.actor, unit.actors[i].actor));
      write_standing(json, unit.actors[i]);
      json.end_object();
    }
    session.print(json.end_array().end_object().text());
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

struct Overview {
  double documents = 0.0;
  std::array<std::int64_t, 4> standings{};                  // by Standing
  std::vector<std::pair<double, std::size_t>> advantages;   // lower end of the RTA, unit: significant ones
};

void show_all(const Session& session, const workflow::StudyResult& result, const Options& options, const workflow::Standings& standings) {
  std::map<std::int32_t, Overview> overview;
  for (std::size_t u = 0; u < standings.units.size(); ++u) {
    for (const analysis::ActorStanding& row : standings.units[u].actors) {
      Overview& actor = overview[row.actor];
      actor.documents += row.documents;
      ++actor.standings[static_cast<std::size_t>(row.standing)];
      if (row.rta_interval.low > 1.0 && row.standing != analysis::Standing::few) actor.advantages.emplace_back(row.rta_interval.low, u);
    }
  }
  std::vector<std::pair<std::int32_t, Overview>> rows(overview.begin(), overview.end());
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second.documents > b.second.documents; });
  if (rows.size() > static_cast<std::size_t>(options.top)) rows.resize(static_cast<std::size_t>(options.top));
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("by", options.by).field("first_year", standings.options.window.first).field("last_year", standings.options.window.last).field("margin", standings.options.margin);
  json.key("actors").begin_array();
  TextTable table({session.say("column." + options.by), session.say("column.documents"), session.say("standing.lead"), session.say("standing.par"), session.say("standing.follow"), session.say("column.advantages")}, {false, true, true, true, true, false});
  for (auto& [actor, row] : rows) {
    std::stable_sort(row.advantages.begin(), row.advantages.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    const auto count = [&](analysis::Standing standing) { return row.standings[static_cast<std::size_t>(standing)]; };
    json.begin_object().field("name", workflow::actor_name(result, standings.actor, actor)).field("documents_fractional", row.documents).field("lead", count(analysis::Standing::lead)).field("par", count(analysis::Standing::par));
    json.field("follow", count(analysis::Standing::follow)).key("advantages").begin_array();
    std::string best;
    for (std::size_t i = 0; i < row.advantages.size(); ++i) {
      const workflow::UnitReference reference{standings.unit, row.advantages[i].second};
      json.begin_object().field("id", workflow::unit_id(result, reference)).field("label", workflow::unit_label(result, reference, session.language)).field("rta_low", row.advantages[i].first).end_object();
      if (i < 2) best += fmt::format("{}{} ({:.1f})", i > 0 ? "; " : "", workflow::unit_label(result, reference, session.language), row.advantages[i].first);
    }
    json.end_array().end_object();
    table.add({workflow::actor_name(result, standings.actor, actor), fmt::format("{:.0f}", row.documents), std::to_string(count(analysis::Standing::lead)), std::to_string(count(analysis::Standing::par)), std::to_string(count(analysis::Standing::follow)), best});
  }
  json.end_array().end_object();
  if (session.json) {
    session.print(json.text());
    return;
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
