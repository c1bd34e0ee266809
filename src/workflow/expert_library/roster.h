// Everybody who may judge, by one numbering: the persons of the lake, then an own number for each expert of the library. An expert who is a person of the lake for certain
// stands for that person. The conflict check of docs/methods/conflicts.md runs over these numbers.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json_writer.h"
#include "experts/finding/conflicts.h"
#include "workflow/expert_library/library.h"
#include "workflow/expert_library/people.h"

namespace jianwei::workflow {

struct Roster {
  std::shared_ptr<const People> people;
  std::vector<Expert> experts;                            // of the library
  std::vector<DeclaredTie> ties;
  std::unordered_map<std::int32_t, std::size_t> holder;   // person -> index into experts, for certain
  std::unordered_map<std::string, std::size_t> expert_of_id;
  std::vector<std::int64_t> assigned;                     // [experts] items of open assignments

  std::int32_t own_number(std::size_t expert) const { return static_cast<std::int32_t>(people->works.size() + expert); }
  // The one number a person counts under: the first person of its holder.
  std::int32_t canonical(std::int32_t person) const;
  // The expert of a number or of an id ("expert-3", "person-..."): of the library, else as the lake knows it. Errors: not_found
  Result<Expert> expert(std::string_view id) const;
  Expert expert(std::int32_t number) const;
};
Result<Roster> load_roster(store::ExpertDb& db, std::shared_ptr<const People> people);

// A thing to be judged: what it says, and who is behind it.
struct Thing {
  std::string label, text;
  std::vector<std::int32_t> persons, organisations;       // numbers of the roster, of the lake
  std::vector<std::string> authors;                       // names as given
  std::vector<std::int32_t> records;                      // rows that are the thing itself: no evidence of expertise
};

// What a thing is asked for by; fields may be combined.
struct ThingRequest {
  std::string text;                                       // of a proposal, a statement
  std::string record;                                     // a record of the lake: its authors are the authors
  std::string entry;                                      // of a technology list: its proposer and named authors are its authors
  std::vector<std::string> authors, organisations;        // names, or ids of persons and experts
};
// Errors: not_found; invalid_input  neither text nor record nor entry
Result<Thing> find_thing(const Workspace& workspace, store::ExpertDb& db, const Roster& roster, const ThingRequest& request);

struct FoundConflict {
  experts::ConflictKind kind = experts::ConflictKind::same_person;
  std::string person;                                     // name of the author it is with; "" = a body
  std::string organisation;
  std::vector<std::string> records;                       // evidence
  std::string reason;                                     // of a declared tie
};
// Empty: free to judge. An author of the thing never is, under whatever spelling: names that agree are a conflict until somebody says they are two people.
std::vector<FoundConflict> check_conflicts(const Roster& roster, const Expert& expert, const Thing& thing, const experts::ConflictOptions& options);
void write_conflicts(JsonWriter& json, const std::vector<FoundConflict>& conflicts);

// The last year the lake knows of: what windows end with by default.
std::int16_t last_year(const People& people);

}  // namespace jianwei::workflow
