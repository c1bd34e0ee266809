#include "workflow/technology_list/followed_lists.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/json_writer.h"
#include "records/unicode.h"
#include "store/routine_db.h"
#include "workflow/expert_library/fields.h"
#include "workflow/expert_library/library.h"
#include "workflow/routine/routine_files.h"
#include "workflow/technology_list/technology_list.h"

namespace jianwei::workflow {
namespace {

Result<std::string> unit_of(const Entry& entry) {
  const Fields origin = TRY(Fields::parse(entry.origin, entry.id));
  for (const char* name : {"topic", "term"}) {
    if (std::string id = TRY(origin.text(name)); !id.empty()) return id;
  }
  return entry.en.empty() ? entry.zh : entry.en;
}

// "topic-3" and "term-..." are what they name; all else is words.
Entry entry_of(const std::string& unit, std::string_view by) {
  Entry entry;
  JsonWriter origin;
  origin.begin_object().field("kind", "import").field("by", by);
  if (unit.starts_with("topic-")) origin.field("topic", unit);
  if (unit.starts_with("term-")) origin.field("term", unit);
  entry.origin = origin.end_object().text();
  (is_cjk_text(unit) ? entry.zh : entry.en) = unit;
  return entry;
}

struct OldList {
  std::vector<std::string> units;
  std::string why, by;
};

Result<std::map<std::string, OldList>> old_lists(const std::vector<store::TechnologyEventRow>& events) {
  std::map<std::string, OldList> lists;
  for (const store::TechnologyEventRow& event : events) {
    OldList& list = lists[event.list];
    list.why = event.why;
    list.by = event.decided_by;
    for (const std::string& unit : TRY(read_text_list(event.units))) {
      std::erase(list.units, unit);
      if (event.kind == "added") list.units.push_back(unit);
    }
  }
  return lists;
}

}  // namespace

Result<> take_over_technologies(const std::filesystem::path& workspace_root, store::ExpertDb& db) {
  std::optional<store::RoutineDb> routine = TRY(open_routine_if_there(workspace_root));
  if (!routine) return {};
  const std::vector<store::TechnologyEventRow> events = TRY(routine->technology_events());
  if (events.empty()) return {};
  std::set<std::string> there;  // of a take-over that was cut off
  for (const Longlist& list : TRY(load_lists(db))) there.insert(list.en.empty() ? list.zh : list.en);
  for (const auto& [name, old] : TRY(old_lists(events))) {
    if (old.units.empty() || there.contains(name)) continue;
    const bool chinese = is_cjk_text(name);
    const Longlist list = TRY(make_list(db, chinese ? name : "", chinese ? "" : name, old.by));
    std::vector<Entry> entries;
    for (const std::string& unit : old.units) entries.push_back(entry_of(unit, old.by));
    for (const Entry& entry : TRY(add_entries(db, list.id, std::move(entries), old.by))) TRY(decide_entry(db, entry.id, "accepted", old.why, old.by));
  }
  return routine->clear_technology_events();
}

Result<std::vector<TechnologyList>> followed_lists(const Workspace& workspace) {
  std::error_code error;
  std::optional<store::RoutineDb> routine = TRY(open_routine_if_there(workspace.root()));
  const bool old = routine && !TRY(routine->technology_events()).empty();
  if (!old && !std::filesystem::exists(workspace.root() / "experts" / "experts.db", error)) return std::vector<TechnologyList>();
  const auto db = TRY(open_experts(workspace.root()));
  std::map<std::string, store::ExpertEventRow> decided;  // entry -> the last decision on it
  for (const store::ExpertEventRow& event : TRY(db->events())) {
    if (event.kind == "entry_accepted") decided[event.object] = event;
  }
  std::vector<TechnologyList> lists;
  for (const Longlist& head : TRY(load_lists(*db))) {
    const Longlist list = TRY(load_list(*db, head.id));
    TechnologyList followed{list.en.empty() ? list.zh : list.en, {}, "", "", ""};
    for (const Entry& entry : list.entries) {
      if (entry.state != "accepted") continue;
      followed.units.push_back(TRY(unit_of(entry)));
      const auto event = decided.find(entry.id);
      if (event == decided.end() || event->second.at < followed.decided_at) continue;
      followed.why = TRY(TRY(Fields::parse(event->second.detail, entry.id)).text("reason"));
      followed.decided_by = event->second.actor;
      followed.decided_at = event->second.at;
    }
    if (!followed.units.empty()) lists.push_back(std::move(followed));
  }
  return lists;
}

}  // namespace jianwei::workflow
