#include "workflow/routine/technologies.h"

#include <simdjson.h>

#include <algorithm>
#include <map>

#include "base/json_writer.h"
#include "base/strings.h"
#include "store/app_db.h"
#include "workflow/routine/routine_files.h"

namespace jianwei::workflow {
namespace {

Result<> check(std::string_view name, const Decision& decision) {
  if (trim(name).empty()) return fail(ErrorKind::invalid_input, "a list of technologies needs a name: jianwei technologies add WS NAME --on TERM --why ...");
  if (trim(decision.why).empty()) return fail(ErrorKind::invalid_input, "--why is empty: say why, it is kept with the list and printed in the reports");
  return {};
}

Result<> enter(const Workspace& workspace, std::string_view name, const char* kind, const std::vector<std::string>& units, const Decision& decision) {
  store::RoutineDb database = TRY(store::RoutineDb::open(workspace.root()));
  return database.add_technology_event({std::string(name), kind, text_list_json(units), decision.why, decision.by, store::utc_now()});
}

}  // namespace

Result<std::vector<TechnologyList>> technology_lists(const Workspace& workspace) {
  std::optional<store::RoutineDb> database = TRY(open_routine_if_there(workspace.root()));
  if (!database) return std::vector<TechnologyList>();
  std::map<std::string, TechnologyList> alive;
  for (const store::TechnologyEventRow& event : TRY(database->technology_events())) {
    TechnologyList& list = alive[event.list];
    list.name = event.list;
    list.why = event.why;
    list.decided_by = event.decided_by;
    list.decided_at = event.decided_at;
    for (const std::string& unit : TRY(read_text_list(event.units))) {
      std::erase(list.units, unit);
      if (event.kind == "added") list.units.push_back(unit);
    }
  }
  std::vector<TechnologyList> lists;
  for (auto& [name, list] : alive) {
    if (!list.units.empty()) lists.push_back(std::move(list));
  }
  return lists;
}

Result<TechnologyList> add_technologies(Workspace& workspace, std::string_view name, const std::vector<std::string>& units, const Decision& decision) {
  TRY(check(name, decision));
  std::vector<std::string> wanted;
  for (const std::string& unit : units) {
    if (!trim(unit).empty()) wanted.emplace_back(trim(unit));
  }
  if (wanted.empty()) return fail(ErrorKind::invalid_input, "name at least one term or topic: --on topic-3 --on \"solid state battery\"");
  TRY(enter(workspace, name, "added", wanted, decision));
  for (TechnologyList& list : TRY(technology_lists(workspace))) {
    if (list.name == name) return std::move(list);
  }
  return fail(ErrorKind::internal, "the list {} was not kept", name);
}

Result<> remove_technologies(Workspace& workspace, std::string_view name, const std::vector<std::string>& units, const Decision& decision) {
  TRY(check(name, decision));
  std::string known;
  for (const TechnologyList& list : TRY(technology_lists(workspace))) {
    known += (known.empty() ? "" : ", ") + list.name;
    if (list.name != name) continue;
    for (const std::string& unit : units) {
      if (std::find(list.units.begin(), list.units.end(), unit) == list.units.end()) return fail(ErrorKind::not_found, "\"{}\" is not on the list {}: {}", unit, name, join(list.units, ", "));
    }
    return enter(workspace, name, "removed", units.empty() ? list.units : units, decision);
  }
  return fail(ErrorKind::not_found, "there is no list \"{}\"; there are: {}", name, known.empty() ? "none, `jianwei technologies add` makes one" : known);
}

}  // namespace jianwei::workflow
