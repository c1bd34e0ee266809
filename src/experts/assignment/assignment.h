// Which expert judges which item? Each item gets its number of experts, no expert more than the own load, nobody an item with a conflict.
//
//   greatest sum   max sum x_ie s_ie  subject to  sum_e x_ie = k_i,  l_e <= sum_i x_ie <= u_e,  x_ie = 0 on a conflict        (minimum-cost flow)
//   fairest        raises what the worst-served item gets: for every share of its k_i experts the largest threshold is found at which all items can have that many experts
//                  above it; of these assignments, completed by greatest sum, the one with the best worst-served item is taken
// When it cannot be done, the minimum cut names a set of items whose eligible experts together have too little room: the certificate.
//
// Source: Charlin and Zemel (2013), The Toronto Paper Matching System; Stelmakh, Shah and Singh (2021), PeerReview4All, JMLR 22:1-66
// Page:   docs/methods/assignment.md
#pragma once

#include <cstdint>
#include <vector>

#include "base/progress.h"
#include "base/result.h"

namespace jianwei::experts {

struct AssignmentProblem {
  std::int32_t item_count = 0, expert_count = 0;
  std::vector<double> similarity;            // [items][experts] row-major, [0, 1]
  std::vector<std::uint8_t> conflict;        // [items][experts] 1 = never; an expert of unresolved identity counts as in conflict
  std::vector<std::int32_t> experts_per_item;  // k_i >= 0 [items]
  std::vector<std::int32_t> least_load;      // l_e [experts], empty: 0
  std::vector<std::int32_t> greatest_load;   // u_e [experts]
};

enum class AssignmentGoal : std::uint8_t { greatest_sum, fairest };

// Why it cannot be done: these items together need more places than their eligible experts have (or, with least loads, these experts cannot be kept busy).
struct Infeasibility {
  std::vector<std::int32_t> items;
  std::vector<std::int32_t> experts;         // all that may judge any of the items
  std::int64_t needed = 0, available = 0;
};

struct Assignment {
  bool feasible = false;
  Infeasibility certificate;                 // when not feasible
  std::vector<std::vector<std::int32_t>> experts_of_item;  // increasing
  double sum = 0.0;                          // of similarities
  double worst_item = 0.0;                   // least mean similarity of an item that needs experts
};

// Hard post-condition, checked before returning: no pair in conflict, no load exceeded. Deterministic.
// Time O(places * items * experts * log), fairest: times log of the number of distinct similarities and the largest k.
// Errors: invalid_input  sizes do not fit, a similarity is outside [0, 1], l_e > u_e; cancelled
Result<Assignment> assign_experts(const AssignmentProblem& problem, AssignmentGoal goal, Progress& progress);

}  // namespace jianwei::experts
