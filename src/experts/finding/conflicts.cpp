#include "experts/finding/conflicts.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace jianwei::experts {
namespace {

bool contains(const std::vector<std::int32_t>& list, std::int32_t value) { return std::ranges::find(list, value) != list.end(); }

// Years now - window + 1 .. now; an open end reaches into it.
bool within(std::int16_t first, std::int16_t last, const ConflictOptions& options) {
  const int begin = options.now - options.window_years + 1;
  return (last == 0 || last >= begin) && (first == 0 || first <= options.now);
}

void find_coauthors(const Expert& expert, const Judged& thing, const ConflictFacts& facts, const ConflictOptions& options, std::vector<Conflict>& found) {
  std::map<std::int32_t, Conflict> by_person;
  for (const JointWork& work : facts.joint_works) {
    if (!within(work.year, work.year, options)) continue;
    for (const auto& [mine, other] : {std::pair{work.a, work.b}, std::pair{work.b, work.a}}) {
      if (!contains(expert.persons, mine) || !contains(thing.persons, other) || contains(expert.persons, other)) continue;
      Conflict& conflict = by_person[other];
      conflict.kind = ConflictKind::coauthor;
      conflict.person = other;
      conflict.works.push_back(work.work);
    }
  }
  for (auto& [person, conflict] : by_person) {
    std::ranges::sort(conflict.works);
    conflict.works.erase(std::unique(conflict.works.begin(), conflict.works.end()), conflict.works.end());
    found.push_back(std::move(conflict));
  }
}

void find_shared_organisations(const Expert& expert, const Judged& thing, const ConflictFacts& facts, const ConflictOptions& options, std::vector<Conflict>& found) {
  std::vector<std::int32_t> own;
  for (const Membership& membership : facts.memberships) {
    if (contains(expert.persons, membership.person) && within(membership.first_year, membership.last_year, options)) own.push_back(membership.organisation);
  }
  std::map<std::pair<std::int32_t, std::int32_t>, bool> seen;
  const auto add = [&](std::int32_t person, std::int32_t organisation) {
    if (!seen.emplace(std::pair{person, organisation}, true).second) return;
    Conflict conflict;
    conflict.kind = ConflictKind::organisation;
    conflict.person = person;
    conflict.organisation = organisation;
    found.push_back(std::move(conflict));
  };
  for (const std::int32_t body : thing.organisations) {
    if (contains(own, body)) add(-1, body);
  }
  for (const Membership& membership : facts.memberships) {
    if (contains(thing.persons, membership.person) && !contains(expert.persons, membership.person) && within(membership.first_year, membership.last_year, options) && contains(own, membership.organisation)) {
      add(membership.person, membership.organisation);
    }
  }
}

}  // namespace

std::string_view to_string(ConflictKind kind) {
  switch (kind) {
    case ConflictKind::same_person: return "same_person";
    case ConflictKind::coauthor: return "coauthor";
    case ConflictKind::organisation: return "organisation";
    case ConflictKind::declared: return "declared";
    case ConflictKind::unresolved: return "unresolved";
  }
  return "";
}

std::vector<Conflict> find_conflicts(const Expert& expert, const Judged& thing, const ConflictFacts& facts, const ConflictOptions& options) {
  std::vector<Conflict> found;
  for (const std::int32_t person : thing.persons) {
    if (!contains(expert.persons, person)) continue;
    Conflict conflict;
    conflict.person = person;
    found.push_back(std::move(conflict));
  }
  find_coauthors(expert, thing, facts, options, found);
  find_shared_organisations(expert, thing, facts, options, found);
  for (const Tie& tie : facts.ties) {
    for (const auto& [mine, other] : {std::pair{tie.a, tie.b}, std::pair{tie.b, tie.a}}) {
      if (!contains(expert.persons, mine) || !contains(thing.persons, other)) continue;
      Conflict conflict;
      conflict.kind = ConflictKind::declared;
      conflict.person = other;
      conflict.reason = tie.reason;
      found.push_back(std::move(conflict));
      break;
    }
  }
  if (!expert.identity_certain) {
    const bool same_name = std::ranges::any_of(expert.name_keys, [&](const std::string& key) { return std::ranges::find(thing.name_keys, key) != thing.name_keys.end(); });
    // Who stands without any resolved person cannot be checked at all.
    if (same_name || expert.persons.empty()) {
      Conflict conflict;
      conflict.kind = ConflictKind::unresolved;
      found.push_back(std::move(conflict));
    }
  }
  std::ranges::stable_sort(found, [](const Conflict& a, const Conflict& b) { return std::tie(a.kind, a.person, a.organisation) < std::tie(b.kind, b.person, b.organisation); });
  return found;
}

}  // namespace jianwei::experts
