#include "workflow/expert_library/profile.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/json_writer.h"
#include "workflow/expert_library/record_texts.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kListed = 20;      // partners and topics
constexpr std::size_t kListedWorks = 200;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

using RowsBy = std::map<std::int32_t, std::vector<std::int32_t>>;

std::vector<std::pair<std::int32_t, std::vector<std::int32_t>>> most_first(const RowsBy& rows, std::size_t limit) {
  std::vector<std::pair<std::int32_t, std::vector<std::int32_t>>> list(rows.begin(), rows.end());
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
  if (list.size() > limit) list.resize(limit);
  return list;
}

void write_records(JsonWriter& json, const analysis::Dataset& d, const std::vector<std::int32_t>& rows) {
  json.key("records").begin_array();
  for (const std::int32_t row : rows) json.value(d.record_ids[at(row)]);
  json.end_array();
}

void write_topics(JsonWriter& json, const analysis::Dataset& d, const StudyResult& run, const std::vector<std::int32_t>& rows) {
  std::unordered_map<std::string, std::int64_t> row_of;
  for (std::int64_t i = 0; i < run.dataset.document_count(); ++i) row_of.emplace(run.dataset.record_ids[at(i)], i);
  std::map<std::int32_t, std::pair<double, std::vector<std::int32_t>>> topics;
  double total = 0.0;
  for (const std::int32_t row : rows) {
    const auto found = row_of.find(d.record_ids[at(row)]);
    if (found == row_of.end() || found->second >= run.document_topics.document_count()) continue;
    for (std::int64_t e = run.document_topics.offsets[at(found->second)]; e < run.document_topics.offsets[at(found->second) + 1]; ++e) {
      auto& [share, behind] = topics[run.document_topics.topics[at(e)]];
      share += run.document_topics.shares[at(e)];
      behind.push_back(row);
      total += run.document_topics.shares[at(e)];
    }
  }
  std::vector<std::pair<std::int32_t, std::pair<double, std::vector<std::int32_t>>>> list(topics.begin(), topics.end());
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.second.first > b.second.first; });
  if (list.size() > kListed) list.resize(kListed);
  for (const auto& [topic, found] : list) {
    const TopicRow& row = run.topics[at(topic)];
    json.begin_object().field("id", row.id).field("zh", row.label_zh).field("en", row.label_en).field("share", found.first / total);
    write_records(json, d, found.second);
    json.end_object();
  }
}

}  // namespace

Result<std::string> profile_json(const Workspace& workspace, store::ExpertDb& db, const Roster& roster, const StudyResult* run, std::string_view id) {
  const Expert expert = TRY(roster.expert(id));
  const analysis::Dataset& d = roster.people->dataset;
  // Works of persons it may be are no works of it: they are shown as candidates until somebody decides.
  std::vector<std::int32_t> persons, candidates, rows;
  for (const std::string& person : expert.persons) {
    const std::int32_t number = roster.people->find(person);
    if (number >= 0) (expert.identity == IdentityState::certain ? persons : candidates).push_back(number);
  }
  for (const std::int32_t person : persons) rows.insert(rows.end(), roster.people->works[at(person)].begin(), roster.people->works[at(person)].end());
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());

  RowsBy organisations, countries, languages, partners;
  std::map<std::int8_t, std::int64_t> kinds;
  std::map<std::int16_t, std::int64_t> years;
  std::vector<std::string> ids;
  for (const std::int32_t row : rows) {
    for (const std::int32_t o : d.organisations.row(row)) organisations[o].push_back(row);
    for (const std::int32_t c : d.countries.row(row)) countries[c].push_back(row);
    languages[d.language[at(row)]].push_back(row);
    for (const std::int32_t p : d.persons.row(row)) {
      if (std::find(persons.begin(), persons.end(), p) == persons.end()) partners[p].push_back(row);
    }
    ++kinds[d.kind[at(row)]];
    if (d.year[at(row)] != 0) ++years[d.year[at(row)]];
    ids.push_back(d.record_ids[at(row)]);
  }
  const auto texts = TRY(read_record_texts(workspace, ids));

  JsonWriter json;
  json.begin_object().key("expert").raw(to_json(expert)).key("works").begin_object().field("total", rows.size()).key("by_kind").begin_object();
  for (const auto& [kind, count] : kinds) json.field(to_string(static_cast<RecordKind>(kind)), count);
  json.end_object().key("by_year").begin_array();
  for (const auto& [year, count] : years) json.begin_object().field("year", year).field("works", count).end_object();
  json.end_array().key("records").begin_array();
  for (std::size_t r = rows.size(); r-- > (rows.size() > kListedWorks ? rows.size() - kListedWorks : 0);) {
    const auto text = texts.find(ids[r]);
    json.begin_object().field("record", ids[r]).field("title", text == texts.end() ? "" : text->second.title).field("year", d.year[at(rows[r])]).field("kind", to_string(static_cast<RecordKind>(d.kind[at(rows[r])]))).end_object();
  }
  json.end_array().end_object().key("organisations").begin_array();
  for (const auto& [organisation, behind] : most_first(organisations, kListed)) {
    std::int16_t first = 0, last = 0;
    for (const std::int32_t row : behind) {
      const std::int16_t year = d.year[at(row)];
      if (year == 0) continue;
      first = first == 0 ? year : std::min(first, year);
      last = std::max(last, year);
    }
    json.begin_object().field("name", d.organisation_names[at(organisation)]).field("first_year", first).field("last_year", last);
    write_records(json, d, behind);
    json.end_object();
  }
  for (const auto& [key, list, names] : {std::tuple{"countries", &countries, &d.country_names}, std::tuple{"languages", &languages, &d.language_names}}) {
    json.end_array().key(key).begin_array();
    for (const auto& [value, behind] : most_first(*list, kListed)) json.begin_object().field("value", (*names)[at(value)]).field("works", behind.size()).end_object();
  }
  json.end_array().key("coauthors").begin_array();
  for (const auto& [person, behind] : most_first(partners, kListed)) {
    json.begin_object().field("id", roster.people->ids[at(person)]).field("name", d.person_names[at(person)]).field("works", behind.size());
    write_records(json, d, behind);
    json.end_object();
  }
  json.end_array().key("topics").begin_array();
  if (run != nullptr) write_topics(json, d, *run, rows);
  json.end_array().key("orcids").begin_array();
  std::vector<std::string> orcids;
  for (const auto& [record, text] : texts) {
    for (const auto& [name, orcid] : text.orcids) {
      const bool own = std::any_of(persons.begin(), persons.end(), [&](std::int32_t person) { return name_key(d.person_names[at(person)]) == name_key(name); });
      if (own && std::find(orcids.begin(), orcids.end(), orcid) == orcids.end()) orcids.push_back(orcid);
    }
  }
  for (const std::string& orcid : orcids) json.value(orcid);
  json.end_array().key("identity_candidates").begin_array();
  for (const std::int32_t person : candidates) {
    json.begin_object().field("id", roster.people->ids[at(person)]).field("name", d.person_names[at(person)]).field("works", roster.people->works[at(person)].size()).end_object();
  }
  json.end_array().key("history").begin_array();
  if (!expert.id.empty()) {
    for (const store::ExpertEventRow& event : TRY(db.events(expert.id))) json.begin_object().field("at", event.at).field("by", event.actor).field("kind", event.kind).key("detail").raw(event.detail).end_object();
  }
  json.end_array().key("ties").begin_array();
  for (const DeclaredTie& tie : roster.ties) {
    const auto is_own = [&](const std::string& end) { return end == id || std::find(expert.persons.begin(), expert.persons.end(), end) != expert.persons.end(); };
    if (!is_own(tie.a) && !is_own(tie.b)) continue;
    const std::string& other = is_own(tie.a) ? tie.b : tie.a;
    const auto known = roster.expert(other);  // an organisation is its own name
    json.begin_object().field("id", tie.id).field("with", other).field("name", known ? known->name() : std::string_view(other)).field("reason", tie.reason).end_object();
  }
  const auto held = roster.expert_of_id.find(expert.id);
  return json.end_array().field("assigned", held == roster.expert_of_id.end() ? std::int64_t{0} : roster.assigned[held->second]).end_object().text();
}

}  // namespace jianwei::workflow
