// Who sits on the panel? The best-suited people, subject to quotas by field, sector, region, age band, gender, seniority.
//
//   max sum of the scores of `size` people  subject to  least_q <= number of chosen with value v of attribute a <= greatest_q
//
// People with the same values of the attributes that have quotas are interchangeable but for their scores, so the search runs over such cells and takes each cell's
// best. Depth-first with a bound (the best scores still free); exact unless the step limit is reached, and it says so. When no panel exists, quotas are left out one by
// one until every remaining one is needed for the contradiction: the certificate.
//
// Source: branch and bound, Land and Doig (1960), doi:10.2307/1910129; deletion filter, Chinneck and Dravnieks (1991), doi:10.1287/ijoc.3.2.157
// Page:   docs/methods/panel_design.md
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"

namespace jianwei::experts {

struct PanelCandidate {
  double score = 0.0;                 // >= 0
  std::vector<std::int32_t> values;   // [attributes], -1 = unknown: counts for no quota
  bool required = false;              // must sit on the panel
};

struct Quota {
  std::int32_t attribute = 0, value = 0;
  std::int32_t least = 0;
  std::int32_t greatest = -1;         // -1 = any number
};

struct PanelProblem {
  std::int32_t size = 0;
  std::int32_t attribute_count = 0;
  std::vector<PanelCandidate> candidates;
  std::vector<Quota> quotas;
};

struct PanelDesign {
  bool feasible = false;
  std::vector<std::int32_t> members;           // increasing indices of candidates
  double score = 0.0;
  bool proved_best = false;                    // false: the step limit came first; a better panel may exist
  std::vector<std::int32_t> contradiction;     // when not feasible: quotas that cannot hold together; empty: too few candidates at all
  bool undecided = false;                      // the step limit came before any panel or proof of none
};

// Errors: invalid_input  a size, quota or attribute that cannot be; cancelled
Result<PanelDesign> design_panel(const PanelProblem& problem, Progress& progress);

}  // namespace jianwei::experts
