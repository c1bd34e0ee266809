#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/actor_list.h"

namespace jianwei::cli {
namespace {

constexpr std::size_t kShownRecords = 20;

std::string years_text(const workflow::ActorRow& row) {
  if (row.first_year == 0) return {};
  return row.first_year == row.last_year ? std::to_string(row.first_year) : fmt::format("{}-{}", row.first_year, row.last_year);
}

std::string names_text(const std::vector<std::pair<std::string, std::int64_t>>& partners, std::size_t limit) {
  std::string text;
  for (std::size_t i = 0; i < std::min(limit, partners.size()); ++i) text += fmt::format("{}{} ({})", i > 0 ? "; " : "", partners[i].first, partners[i].second);
  return text;
}

// One actor alone is shown with the records it rests on.
void print_one(const Session& session, const workflow::ActorRow& row) {
  session.print(fmt::format("{}  {}", row.id, row.name));
  session.print(fmt::format("{}: {}   {}: {}", session.say("column.documents"), thousands(static_cast<std::int64_t>(row.record_ids.size())), session.say("column.years"), years_text(row)));
  if (!row.organisations.empty()) session.print(session.say("column.organisations") + ": " + names_text(row.organisations, row.organisations.size()));
  if (!row.persons.empty()) session.print(session.say("column.persons") + ": " + names_text(row.persons, row.persons.size()));
  for (std::size_t i = 0; i < std::min(kShownRecords, row.record_ids.size()); ++i) session.print("  " + row.record_ids[i]);
  if (row.record_ids.size() > kShownRecords) session.note(session.say("actors.more_records", thousands(static_cast<std::int64_t>(row.record_ids.size() - kShownRecords))));
}

template <workflow::ActorKind kind>
Action define_actors(CLI::App& app) {
  struct Options {
    WorkspaceOption workspace;
    std::vector<std::string> name;
    std::int32_t top = 20;
  };
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  app.add_option("NAME", options->name, message(environment_language(), "option.actor_name"));
  app.add_option("--top", options->top, message(environment_language(), "option.top"))->check(CLI::Range(1, 1'000'000));
  return [options](Session& session) -> Result<> {
    const bool person = kind == workflow::ActorKind::person;
    const workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::read, person ? "persons" : "organisations"));
    std::string name;
    for (const std::string& word : options->name) name += (name.empty() ? "" : " ") + word;
    const workflow::ActorList list = TRY(workflow::list_actors(workspace, kind, name, options->top, *session.progress, session.thread_count));
    if (session.json) {
      session.print(workflow::to_json(list));
      return {};
    }
    if (list.rows.empty()) {
      session.note(session.say("search.none", name));
      return {};
    }
    if (list.total == 1) {
      print_one(session, list.rows[0]);
      return {};
    }
    TextTable table({session.say("column.id"), session.say("column.documents"), session.say("column.years"), session.say("column.name"), session.say(person ? "column.organisations" : "column.persons")},
                    {false, true, false, false, false});
    for (const workflow::ActorRow& row : list.rows) {
      table.add({row.id, thousands(static_cast<std::int64_t>(row.record_ids.size())), years_text(row), row.name, names_text(person ? row.organisations : row.persons, 2)});
    }
    session.print(table.text(terminal_width()));
    session.note(session.say("actors.total", thousands(list.total)));
    return {};
  };
}

}  // namespace

Action define_persons(CLI::App& app) { return define_actors<workflow::ActorKind::person>(app); }
Action define_organisations(CLI::App& app) { return define_actors<workflow::ActorKind::organisation>(app); }

}  // namespace jianwei::cli
