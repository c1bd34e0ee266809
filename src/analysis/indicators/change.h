// Change over time of what a unit is about: Jensen-Shannon divergence of its co-unit profile between two windows.
//
//   JS(p, q) = H((p + q) / 2) - (H(p) + H(q)) / 2,  logarithms to base 2, in [0, 1]
// p and q are the distributions of the other units in the unit's documents. Two small samples of one distribution already differ, so the
// same divergence is measured between the even and the odd documents of both windows together (`by_chance`), and excess = max(0, JS - by_chance).
//
// Source: Lin (1991), doi:10.1109/18.61115.   Page: docs/methods/growth.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/dataset.h"

namespace jianwei::analysis {

// Not negative counts of the same categories; 0 when one of them is empty.
double jensen_shannon(std::span<const double> p, std::span<const double> q);

struct ProfileChange {
  double divergence = 0.0;  // [0, 1]
  double by_chance = 0.0;   // [0, 1]
  double excess = 0.0;      // [0, 1]
  bool measured = false;    // false: fewer than two documents in a window
};

// For each unit between the windows `earlier` and `later`. At most max_documents per window and unit are read, evenly spread, which bounds the time:
// O(sum over units of min(documents, max_documents) * units per document). Units before `first_unit` stand in profiles but are not measured.
std::vector<ProfileChange> profile_change(const Dataset& dataset, const UnitDocuments& units, const YearRange& earlier, const YearRange& later,
                                          std::int64_t max_documents = 300, int thread_count = 0, std::int64_t first_unit = 0);

}  // namespace jianwei::analysis
