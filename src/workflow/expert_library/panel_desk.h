// From recommendations to a panel, and from a panel to who judges what.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experts/assignment/assignment.h"
#include "workflow/expert_library/recommend.h"

namespace jianwei::workflow {

struct PanelQuota {
  std::string attribute, value;              // field, sector, region, country, age_band, gender, seniority, organisation, language
  std::int32_t least = 0, greatest = -1;     // -1 = any number
};
// "sector=industry:2-5", "gender=female:3", "organisation=MIT:0-1". Errors: invalid_input
Result<PanelQuota> parse_quota(std::string_view text);

struct PanelRequest {
  std::int32_t size = 0;
  std::vector<PanelQuota> quotas;
  std::vector<std::string> required;         // ids of experts or persons
  bool library_only = false;
};
struct PanelProposal {
  bool feasible = false, proved_best = false;
  double score = 0.0;
  std::vector<Recommendation> members;
  std::vector<PanelQuota> contradiction;     // quotas that cannot hold together
  std::int64_t candidates = 0, left_out = 0; // eligible; with a conflict, away or full
};
// The best panel of those without a conflict with the thing. Errors: those of recommend; conflict  a required expert has a conflict: names it
Result<PanelProposal> propose_panel(const Workspace& workspace, const Roster& roster, const SearchIndex& index, const Thing& thing, const PanelRequest& request, const RecommendOptions& options, Progress& progress);
std::string to_json(const PanelProposal& proposal);

struct AssignmentRequest {
  std::vector<Thing> things;                 // what is to be judged
  std::vector<std::string> experts;          // ids; empty: the library
  std::int32_t experts_per_thing = 3;
  std::int32_t load = 0;                     // 0: each expert's own, less what is assigned already
  experts::AssignmentGoal goal = experts::AssignmentGoal::greatest_sum;
};
struct AssignmentProposal {
  std::vector<std::string> things, experts;  // labels, ids
  experts::AssignmentProblem problem;
  experts::Assignment assignment;
};
Result<AssignmentProposal> propose_assignment(const Roster& roster, const SearchIndex& index, const AssignmentRequest& request, const RecommendOptions& options, Progress& progress);
std::string to_json(const AssignmentProposal& proposal);
// Counts toward the experts' load until it is closed. Errors: conflict  not feasible
Result<std::string> keep_assignment(store::ExpertDb& db, const AssignmentProposal& proposal, std::string_view actor);
Result<> close_assignment(store::ExpertDb& db, std::string_view id, std::string_view actor);

}  // namespace jianwei::workflow
