#include "workflow/actor_list.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>

#include "base/hash.h"
#include "base/strings.h"
#include "records/person_name.h"
#include "records/unicode.h"
#include "workflow/judgement/judged_stage.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kListedPartners = 5;

std::string searchable(std::string_view text) { return strip_marks(fold_case(text)); }

// "王晓丽" is found by "wang xiaoli" too.
std::string searchable_name(ActorKind kind, std::string_view name) {
  std::string text = searchable(name);
  if (kind == ActorKind::person && is_cjk_text(name)) {
    const PersonName parts = parse_person_name(name);
    text += " " + parts.family + " " + parts.joined_given();
  }
  return text;
}

bool holds_all(const std::string& text, const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

std::vector<std::pair<std::string, std::int64_t>> most_frequent(const std::map<std::int32_t, std::int64_t>& counts, const std::vector<std::string>& names) {
  std::vector<std::pair<std::string, std::int64_t>> list;
  for (const auto& [id, count] : counts) list.emplace_back(names[static_cast<std::size_t>(id)], count);
  std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
  if (list.size() > kListedPartners) list.resize(kListedPartners);
  return list;
}

ActorRow describe(ActorKind kind, std::int32_t actor, const std::vector<std::int32_t>& documents, const analysis::Dataset& d) {
  const bool person = kind == ActorKind::person;
  ActorRow row;
  row.name = (person ? d.person_names : d.organisation_names)[static_cast<std::size_t>(actor)];
  row.id = actor_id(kind, row.name, d.record_ids[static_cast<std::size_t>(documents.front())]);
  std::map<std::int32_t, std::int64_t> organisations, persons;
  for (const std::int32_t document : documents) {
    row.record_ids.push_back(d.record_ids[static_cast<std::size_t>(document)]);
    if (const std::int16_t year = d.year[static_cast<std::size_t>(document)]; year != 0) {
      row.first_year = row.first_year == 0 ? year : std::min(row.first_year, year);
      row.last_year = std::max(row.last_year, year);
    }
    for (const std::int32_t id : d.organisations.row(document)) {
      if (person || id != actor) ++organisations[id];
    }
    for (const std::int32_t id : d.persons.row(document)) {
      if (!person || id != actor) ++persons[id];
    }
  }
  row.organisations = most_frequent(organisations, d.organisation_names);
  row.persons = most_frequent(persons, d.person_names);
  return row;
}

const analysis::IdLists& lists_of(ActorKind kind, const analysis::Dataset& d) { return kind == ActorKind::person ? d.persons : d.organisations; }
const std::vector<std::string>& names_of(ActorKind kind, const analysis::Dataset& d) { return kind == ActorKind::person ? d.person_names : d.organisation_names; }

std::vector<std::vector<std::int32_t>> documents_of_actors(ActorKind kind, const analysis::Dataset& d) {
  std::vector<std::vector<std::int32_t>> documents(names_of(kind, d).size());
  for (std::int64_t i = 0; i < d.document_count(); ++i) {
    for (const std::int32_t actor : lists_of(kind, d).row(i)) documents[static_cast<std::size_t>(actor)].push_back(static_cast<std::int32_t>(i));
  }
  return documents;
}

}  // namespace

std::string actor_id(ActorKind kind, std::string_view name, std::string_view first_record) {
  const bool person = kind == ActorKind::person;
  return fmt::format("{}-{:010x}", person ? "person" : "organisation", hash64(fmt::format("{}\t{}", name, person ? first_record : "")) >> 24);
}

Result<ActorList> list_actors(const Workspace& workspace, ActorKind kind, std::string_view name, std::int64_t limit, Progress& progress, int thread_count) {
  Documents documents = TRY(load_documents(workspace, {}, progress, thread_count));
  apply_to_entities(documents.dataset, TRY(standing_judgements(workspace)), {});
  ActorList list = list_actors(documents.dataset, make_actor_directory(documents.dataset, kind), name, 0, limit);
  list.snapshot_id = documents.snapshot_id;
  return list;
}

ActorDirectory make_actor_directory(const analysis::Dataset& d, ActorKind kind) {
  const std::vector<std::string>& names = names_of(kind, d);
  ActorDirectory directory;
  directory.kind = kind;
  directory.documents = documents_of_actors(kind, d);
  for (std::size_t actor = 0; actor < names.size(); ++actor) {
    directory.searchable.push_back(searchable_name(kind, names[actor]));
    if (directory.documents[actor].empty()) continue;
    const auto number = static_cast<std::int32_t>(actor);
    directory.order.push_back(number);
    directory.by_name.try_emplace(names[actor], number);
    directory.by_id.try_emplace(actor_id(kind, names[actor], d.record_ids[static_cast<std::size_t>(directory.documents[actor].front())]), number);
  }
  std::sort(directory.order.begin(), directory.order.end(), [&](std::int32_t a, std::int32_t b) {
    const std::size_t x = directory.documents[static_cast<std::size_t>(a)].size(), y = directory.documents[static_cast<std::size_t>(b)].size();
    return x != y ? x > y : names[static_cast<std::size_t>(a)] != names[static_cast<std::size_t>(b)] ? names[static_cast<std::size_t>(a)] < names[static_cast<std::size_t>(b)] : a < b;
  });
  return directory;
}

ActorList list_actors(const analysis::Dataset& d, const ActorDirectory& directory, std::string_view name, std::int64_t offset, std::int64_t limit) {
  std::vector<std::string> words;
  for (const std::string& word : split_trimmed(name, " ")) words.push_back(searchable(word));
  std::vector<std::int32_t> matching;
  if (!words.empty()) {
    std::copy_if(directory.order.begin(), directory.order.end(), std::back_inserter(matching), [&](std::int32_t actor) { return holds_all(directory.searchable[static_cast<std::size_t>(actor)], words); });
  }
  const std::vector<std::int32_t>& found = words.empty() ? directory.order : matching;
  ActorList list;
  list.total = static_cast<std::int64_t>(found.size());
  for (std::int64_t i = offset; i < std::min(offset + limit, list.total); ++i) {
    const std::int32_t actor = found[static_cast<std::size_t>(i)];
    list.rows.push_back(describe(directory.kind, actor, directory.documents[static_cast<std::size_t>(actor)], d));
  }
  return list;
}

Result<ActorRow> find_actor(const analysis::Dataset& d, const ActorDirectory& directory, std::string_view text) {
  const std::string wanted(text);
  auto found = directory.by_id.find(wanted);
  if (found == directory.by_id.end() && (found = directory.by_name.find(wanted)) == directory.by_name.end()) {
    return fail(ErrorKind::not_found, "no {} of the newest run has the id or name \"{}\"", directory.kind == ActorKind::person ? "person" : "organisation", text);
  }
  return describe(directory.kind, found->second, directory.documents[static_cast<std::size_t>(found->second)], d);
}

void write_actor(JsonWriter& json, const ActorRow& row, bool with_records) {
  const auto write = [&json](std::string_view key, const std::vector<std::pair<std::string, std::int64_t>>& partners) {
    json.key(key).begin_array();
    for (const auto& [name, count] : partners) json.begin_object().field("name", name).field("documents", count).end_object();
    json.end_array();
  };
  json.field("id", row.id).field("name", row.name).field("documents", static_cast<std::int64_t>(row.record_ids.size()));
  json.field("first_year", row.first_year).field("last_year", row.last_year);
  write("organisations", row.organisations);
  write("persons", row.persons);
  if (!with_records) return;
  json.key("records").begin_array();
  for (const std::string& id : row.record_ids) json.value(id);
  json.end_array();
}

std::string to_json(const ActorList& list) {
  JsonWriter json;
  json.begin_object().field("snapshot", list.snapshot_id).field("total", list.total).key("actors").begin_array();
  for (const ActorRow& row : list.rows) {
    json.begin_object();
    write_actor(json, row, true);
    json.end_object();
  }
  return std::move(json.end_array().end_object()).text();
}

}  // namespace jianwei::workflow
