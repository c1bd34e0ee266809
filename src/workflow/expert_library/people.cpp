#include "workflow/expert_library/people.h"

#include <algorithm>
#include <map>

#include "records/person_name.h"
#include "workflow/actor_list.h"

namespace jianwei::workflow {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// "Wang Wei (Tsinghua University)": the lake tells two persons of one name apart like this.
std::string_view bare_name(std::string_view name) {
  const std::size_t bracket = name.rfind(" (");
  return bracket != std::string_view::npos && name.ends_with(')') ? name.substr(0, bracket) : name;
}

}  // namespace

std::string name_key(std::string_view name) {
  const PersonName parts = parse_person_name(bare_name(name));
  return parts.family + " " + parts.joined_given();
}

std::int32_t People::find(std::string_view id) const {
  const auto found = person_of_id.find(std::string(id));
  return found == person_of_id.end() ? -1 : found->second;
}

void People::add_joint_works(std::int32_t person, std::vector<experts::JointWork>& to) const {
  for (const std::int32_t row : works[at(person)]) {
    const auto persons = dataset.persons.row(row);
    if (persons.size() > kMostJoint) continue;
    for (const std::int32_t other : persons) {
      if (other != person) to.push_back({person, other, dataset.year[at(row)], row});
    }
  }
}

void People::add_memberships(std::int32_t person, std::vector<experts::Membership>& to) const {
  std::map<std::int32_t, std::pair<std::int16_t, std::int16_t>> years;
  for (const std::int32_t row : works[at(person)]) {
    const std::int16_t year = dataset.year[at(row)];
    for (const std::int32_t organisation : dataset.organisations.row(row)) {
      const auto [found, fresh] = years.try_emplace(organisation, year, year);
      if (fresh || year == 0) continue;
      found->second.first = found->second.first == 0 ? year : std::min(found->second.first, year);
      found->second.second = std::max(found->second.second, year);
    }
  }
  for (const auto& [organisation, span] : years) to.push_back({person, organisation, span.first, span.second});
}

std::shared_ptr<const People> index_people(std::string snapshot_id, analysis::Dataset dataset) {
  auto people = std::make_shared<People>();
  people->snapshot_id = std::move(snapshot_id);
  people->dataset = std::move(dataset);
  const analysis::Dataset& d = people->dataset;
  people->works.resize(d.person_names.size());
  for (std::int64_t row = 0; row < d.document_count(); ++row) {
    people->row_of_record.emplace(d.record_ids[at(row)], static_cast<std::int32_t>(row));
    for (const std::int32_t person : d.persons.row(row)) people->works[at(person)].push_back(static_cast<std::int32_t>(row));
  }
  people->ids.resize(people->works.size());
  for (std::size_t p = 0; p < people->works.size(); ++p) {
    if (people->works[p].empty()) continue;
    people->ids[p] = actor_id(ActorKind::person, d.person_names[p], d.record_ids[at(people->works[p].front())]);
    people->person_of_id.emplace(people->ids[p], static_cast<std::int32_t>(p));
    people->persons_of_name[name_key(d.person_names[p])].push_back(static_cast<std::int32_t>(p));
  }
  return people;
}

Result<std::shared_ptr<const People>> load_people(const Workspace& workspace, Progress& progress, int thread_count) {
  Result<Documents> documents = load_documents(workspace, {}, progress, thread_count);
  if (!documents && documents.error().kind == ErrorKind::not_found) return std::make_shared<const People>();
  if (!documents) return tl::unexpected(documents.error());
  return index_people(documents->snapshot_id, std::move(documents->dataset));
}

}  // namespace jianwei::workflow
