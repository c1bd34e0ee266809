// May this person judge this thing? Conflict checks fail on identity, not on logic: the author of a work under a second spelling of the name. So the check works on
// resolved persons with all their identities, and a person whose identity is not resolved is in conflict until somebody decides.
//
//   same_person   the expert, under any identity, is author, applicant or owner
//   coauthor      they wrote together within the window (years up to and including `now`)
//   organisation  they belong to the same organisation within the window
//   declared      somebody declared a tie
//   unresolved    the expert's identity is not certain and the name agrees with an author's
//
// Source: NeurIPS conflict policy (three years); failures of OpenReview and HotCRP as their trackers tell them (docs/methods/conflicts.md)
// Page:   docs/methods/conflicts.md
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jianwei::experts {

enum class ConflictKind : std::uint8_t { same_person, coauthor, organisation, declared, unresolved };
std::string_view to_string(ConflictKind kind);

struct JointWork {
  std::int32_t a = 0, b = 0;       // persons, either order
  std::int16_t year = 0;           // 0 = unknown: counts as within the window
  std::int64_t work = 0;
};

struct Membership {
  std::int32_t person = 0, organisation = 0;
  std::int16_t first_year = 0, last_year = 0;  // 0 = open
};

struct Tie {
  std::int32_t a = 0, b = 0;
  std::string reason;              // as declared
};

// Everything known about people, by resolved person.
struct ConflictFacts {
  std::span<const JointWork> joint_works;
  std::span<const Membership> memberships;
  std::span<const Tie> ties;
};

struct Expert {
  std::vector<std::int32_t> persons;       // all resolved persons this expert may be (usually one)
  bool identity_certain = true;
  std::vector<std::string> name_keys;      // folded names, compared when the identity is uncertain
};

struct Judged {
  std::vector<std::int32_t> persons;       // authors, applicants, owners
  std::vector<std::int32_t> organisations; // applicants that are bodies
  std::vector<std::string> name_keys;
};

struct Conflict {
  ConflictKind kind = ConflictKind::same_person;
  std::int32_t person = -1;                // of the thing; -1 = a body
  std::int32_t organisation = -1;          // shared
  std::vector<std::int64_t> works;         // evidence
  std::string reason;                      // of a declared tie
};

struct ConflictOptions {
  std::int16_t now = 0;                    // year, > 0
  std::int32_t window_years = 3;
};

// Empty: free to judge. Time O(facts * persons). Deterministic order: by kind, then person, then organisation.
std::vector<Conflict> find_conflicts(const Expert& expert, const Judged& thing, const ConflictFacts& facts, const ConflictOptions& options);

}  // namespace jianwei::experts
