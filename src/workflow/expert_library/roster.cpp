#include "workflow/expert_library/roster.h"

#include <algorithm>

#include "records/person_name.h"
#include "records/unicode.h"
#include "workflow/expert_library/fields.h"
#include "workflow/expert_library/record_texts.h"

namespace jianwei::workflow {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// Two names agree when the full keys are equal, or the family name and first letter when one of them has initials only. Equality of keys alone must say so: a full name
// carries its block under the tag of its own side, initials carry it under both.
void add_name_keys(std::string_view name, bool of_expert, std::vector<std::string>& keys) {
  const PersonName parts = parse_person_name(name.substr(0, name.ends_with(')') ? name.rfind(" (") : std::string_view::npos));
  if (parts.family.empty()) return;
  const std::string block = person_block(parts);
  keys.push_back(parts.family + " " + parts.joined_given());
  if (of_expert || parts.only_initials()) keys.push_back("expert:" + block);
  if (!of_expert || parts.only_initials()) keys.push_back("thing:" + block);
}

Result<> add_author(const Roster& roster, const std::string& author, Thing& thing) {
  if (const auto expert = roster.expert_of_id.find(author); expert != roster.expert_of_id.end()) {
    thing.persons.push_back(roster.own_number(expert->second));
    for (const std::string& person : roster.experts[expert->second].persons) {
      if (const std::int32_t number = roster.people->find(person); number >= 0) thing.persons.push_back(number);
    }
    thing.authors.emplace_back(roster.experts[expert->second].name());
    return {};
  }
  if (author.starts_with("expert-")) return fail(ErrorKind::not_found, "there is no expert '{}' in the library", author);
  if (author.starts_with("person-")) {
    const std::int32_t person = roster.people->find(author);
    if (person < 0) return fail(ErrorKind::not_found, "there is no person '{}' in the lake", author);
    thing.persons.push_back(person);
    thing.authors.push_back(roster.people->dataset.person_names[at(person)]);
    return {};
  }
  thing.authors.push_back(author);  // a name: whoever bears it
  return {};
}

void add_record(const Roster& roster, std::int32_t row, Thing& thing) {
  const analysis::Dataset& d = roster.people->dataset;
  for (const std::int32_t person : d.persons.row(row)) {
    thing.persons.push_back(person);
    thing.authors.push_back(d.person_names[at(person)]);
  }
}

Result<std::int32_t> row_of(const Roster& roster, const std::string& record) {
  const auto found = roster.people->row_of_record.find(record);
  if (found == roster.people->row_of_record.end()) return fail(ErrorKind::not_found, "there is no record '{}' in the newest snapshot; 'jianwei search WS WORDS' finds ids", record);
  return found->second;
}

void sort_out(std::vector<std::int32_t>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

std::int32_t Roster::canonical(std::int32_t person) const {
  const auto found = holder.find(person);
  if (found == holder.end()) return person;
  for (const std::string& id : experts[found->second].persons) {
    if (const std::int32_t first = people->find(id); first >= 0) return first;
  }
  return person;
}

Expert Roster::expert(std::int32_t number) const {
  if (at(number) >= people->works.size()) return experts[at(number) - people->works.size()];
  const auto found = holder.find(number);
  return found != holder.end() ? experts[found->second] : person_as_expert(*people, number);
}

Result<Expert> Roster::expert(std::string_view id) const {
  if (const auto found = expert_of_id.find(std::string(id)); found != expert_of_id.end()) return experts[found->second];
  if (const std::int32_t person = people->find(id); person >= 0) return expert(person);
  return fail(ErrorKind::not_found, "there is no expert or person '{}'", id);
}

Result<Roster> load_roster(store::ExpertDb& db, std::shared_ptr<const People> people) {
  Roster roster;
  roster.people = std::move(people);
  roster.experts = TRY(load_experts(db));
  roster.ties = TRY(load_ties(db));
  roster.assigned.assign(roster.experts.size(), 0);
  for (std::size_t e = 0; e < roster.experts.size(); ++e) {
    roster.expert_of_id.emplace(roster.experts[e].id, e);
    if (roster.experts[e].identity != IdentityState::certain) continue;
    for (const std::string& id : roster.experts[e].persons) {
      if (const std::int32_t person = roster.people->find(id); person >= 0) roster.holder.emplace(person, e);
    }
  }
  for (const store::ObjectRow& row : TRY(db.objects("assignment"))) {
    const Fields fields = TRY(Fields::parse(row.body, row.id));
    if (TRY(fields.flag("closed", false))) continue;
    for (const std::string& id : TRY(fields.texts("experts"))) {
      if (const auto found = roster.expert_of_id.find(id); found != roster.expert_of_id.end()) ++roster.assigned[found->second];
    }
  }
  return roster;
}

Result<Thing> find_thing(const Workspace& workspace, store::ExpertDb& db, const Roster& roster, const ThingRequest& request) {
  Thing thing;
  thing.text = request.text;
  thing.label = request.text.substr(0, 80);
  if (!request.record.empty()) {
    const std::int32_t row = TRY(row_of(roster, request.record));
    add_record(roster, row, thing);
    thing.records.push_back(row);
    for (const std::int32_t organisation : roster.people->dataset.organisations.row(row)) thing.organisations.push_back(organisation);
    const auto texts = TRY(read_record_texts(workspace, {request.record}));
    if (const auto found = texts.find(request.record); found != texts.end()) {
      thing.text += (thing.text.empty() ? "" : "\n") + found->second.title + "\n" + found->second.abstract;
      thing.label = found->second.title;
    }
  }
  if (!request.entry.empty()) {
    const auto row = TRY(db.object("entry", request.entry));
    if (!row) return fail(ErrorKind::not_found, "there is no entry '{}' in a technology list", request.entry);
    const Fields fields = TRY(Fields::parse(row->body, row->id));
    thing.label = request.entry;
    thing.text += (thing.text.empty() ? "" : "\n") + TRY(fields.text("zh")) + "\n" + TRY(fields.text("en"));
    const Fields origin = TRY(fields.object("origin"));
    if (const std::string by = TRY(origin.text("by")); !by.empty() && by != "erased") TRY(add_author(roster, by, thing));
    for (const std::string& author : TRY(origin.texts("authors"))) TRY(add_author(roster, author, thing));
  }
  for (const std::string& author : request.authors) TRY(add_author(roster, author, thing));
  for (const std::string& wanted : request.organisations) {
    const auto& names = roster.people->dataset.organisation_names;
    for (std::size_t o = 0; o < names.size(); ++o) {
      if (fold_case(names[o]) == fold_case(wanted)) thing.organisations.push_back(static_cast<std::int32_t>(o));
    }
  }
  if (thing.text.empty() && thing.authors.empty()) return fail(ErrorKind::invalid_input, "name what is to be judged: a text, a record, an entry of a technology list, or authors");
  sort_out(thing.persons);
  sort_out(thing.organisations);
  return thing;
}

std::vector<FoundConflict> check_conflicts(const Roster& roster, const Expert& expert, const Thing& thing, const experts::ConflictOptions& options) {
  const People& people = *roster.people;
  experts::Expert judge;
  std::vector<experts::JointWork> joint;
  std::vector<experts::Membership> memberships;
  const auto own = roster.expert_of_id.find(expert.id);
  if (own != roster.expert_of_id.end()) judge.persons.push_back(roster.own_number(own->second));
  std::vector<std::string> names = {expert.name_zh, expert.name_en, expert.pinyin};
  for (const std::string& id : expert.persons) {
    const std::int32_t person = people.find(id);
    if (person < 0) continue;
    judge.persons.push_back(person);
    people.add_joint_works(person, joint);
    people.add_memberships(person, memberships);
    names.push_back(people.dataset.person_names[at(person)]);
  }
  for (const std::int32_t person : thing.persons) {
    if (at(person) < people.works.size()) people.add_memberships(person, memberships);
  }
  // An organisation stated in the library is one of the lake when the names agree.
  if (own != roster.expert_of_id.end() && !expert.organisation.empty()) {
    for (std::size_t o = 0; o < people.dataset.organisation_names.size(); ++o) {
      if (fold_case(people.dataset.organisation_names[o]) == fold_case(expert.organisation)) memberships.push_back({roster.own_number(own->second), static_cast<std::int32_t>(o), 0, 0});
    }
  }
  judge.identity_certain = false;  // names are always compared: that it is one person does not say that it is not another
  for (const std::string& name : names) {
    if (!name.empty()) add_name_keys(name, true, judge.name_keys);
  }
  experts::Judged judged{thing.persons, thing.organisations, {}};
  std::vector<std::string> apart_names;
  for (const std::string& id : expert.apart) {
    if (const std::int32_t person = people.find(id); person >= 0) apart_names.push_back(people.dataset.person_names[at(person)]);
  }
  for (const std::string& author : thing.authors) {
    if (std::find(apart_names.begin(), apart_names.end(), author) == apart_names.end()) add_name_keys(author, false, judged.name_keys);
  }
  std::vector<experts::Tie> ties;
  std::vector<FoundConflict> found;
  for (const DeclaredTie& tie : roster.ties) {
    for (const auto& [mine, other] : {std::pair{tie.a, tie.b}, std::pair{tie.b, tie.a}}) {
      const bool is_mine = mine == expert.id || std::find(expert.persons.begin(), expert.persons.end(), mine) != expert.persons.end();
      if (!is_mine || mine.empty()) continue;
      std::vector<std::int32_t> ends;
      if (const auto end = roster.expert_of_id.find(other); end != roster.expert_of_id.end()) {
        ends.push_back(roster.own_number(end->second));
        for (const std::string& id : roster.experts[end->second].persons) ends.push_back(people.find(id));
      } else if (other.starts_with("person-")) {
        ends.push_back(people.find(other));
      } else {
        for (const std::int32_t organisation : thing.organisations) {
          if (fold_case(people.dataset.organisation_names[at(organisation)]) == fold_case(other)) found.push_back({experts::ConflictKind::declared, "", other, {}, tie.reason});
        }
      }
      for (const std::int32_t end : ends) {
        if (end >= 0 && !judge.persons.empty()) ties.push_back({judge.persons.front(), end, tie.reason});
      }
    }
  }
  const auto name_of = [&](std::int32_t person) -> std::string {
    if (person < 0) return {};
    return at(person) < people.works.size() ? people.dataset.person_names[at(person)] : std::string(roster.experts[at(person) - people.works.size()].name());
  };
  for (const experts::Conflict& conflict : experts::find_conflicts(judge, judged, {joint, memberships, ties}, options)) {
    FoundConflict one{conflict.kind, name_of(conflict.person), conflict.organisation >= 0 ? people.dataset.organisation_names[at(conflict.organisation)] : "", {}, conflict.reason};
    for (const std::int64_t row : conflict.works) one.records.push_back(people.dataset.record_ids[at(row)]);
    found.push_back(std::move(one));
  }
  // Its author bears its author's name: said once.
  const auto is = [](experts::ConflictKind kind) { return [kind](const FoundConflict& conflict) { return conflict.kind == kind; }; };
  if (std::any_of(found.begin(), found.end(), is(experts::ConflictKind::same_person))) std::erase_if(found, is(experts::ConflictKind::unresolved));
  return found;
}

void write_conflicts(JsonWriter& json, const std::vector<FoundConflict>& conflicts) {
  json.begin_array();
  for (const FoundConflict& conflict : conflicts) {
    json.begin_object().field("kind", experts::to_string(conflict.kind)).field("with", conflict.person).field("organisation", conflict.organisation).field("reason", conflict.reason).key("records").begin_array();
    for (const std::string& record : conflict.records) json.value(record);
    json.end_array().end_object();
  }
  json.end_array();
}

std::int16_t last_year(const People& people) {
  const auto& years = people.dataset.year;
  return years.empty() ? std::int16_t{0} : *std::max_element(years.begin(), years.end());
}

}  // namespace jianwei::workflow
