// The persons of the lake as experts are sought among them: works, years, organisations, countries and partners of each, from the newest snapshot.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/progress.h"
#include "experts/finding/conflicts.h"
#include "workflow/documents.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct People {
  std::string snapshot_id;
  analysis::Dataset dataset;                                       // persons and organisations resolved
  std::vector<std::vector<std::int32_t>> works;                    // [persons] rows of the dataset, by date
  std::vector<std::string> ids;                                    // [persons] as `persons` lists them
  std::unordered_map<std::string, std::int32_t> person_of_id;
  std::unordered_map<std::string, std::vector<std::int32_t>> persons_of_name;  // name_key() -> persons
  std::unordered_map<std::string, std::int32_t> row_of_record;

  std::int32_t find(std::string_view id) const;                    // -1: no such person
  // What a conflict check of these persons reads: their joint works, and the organisations their works name, with the years. Which author of a work belongs to which of
  // its organisations the lake often cannot tell; a conflict check takes each for possible.
  void add_joint_works(std::int32_t person, std::vector<experts::JointWork>& to) const;
  void add_memberships(std::int32_t person, std::vector<experts::Membership>& to) const;
};

// Works of more persons (surveys of hundreds of authors) make no pairs: who signs with five hundred others is not thereby their partner.
inline constexpr std::size_t kMostJoint = 50;

// Without documents (an empty lake) there are no people; that is no error. Time O(records + persons^2 of a work). Errors: cancelled; corrupt
Result<std::shared_ptr<const People>> load_people(const Workspace& workspace, Progress& progress, int thread_count = 0);
std::shared_ptr<const People> index_people(std::string snapshot_id, analysis::Dataset dataset);

// Folded family name and given name, the same for "Wang, Xiaoli", "WANG Xiaoli" and 王晓丽.
std::string name_key(std::string_view name);

}  // namespace jianwei::workflow
