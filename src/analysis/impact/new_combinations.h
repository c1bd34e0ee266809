// Novelty by first combinations: does a document cite two venues together that nobody cited together before, and did others follow?
//
//   novelty_d = sum over pairs {a, b} of different items of d that are new and reused: 1 - cos(c_a, c_b)
//     new      no document of an earlier year holds both a and b; t = the year of d
//     reused   at least `min_reuse` documents of the years t + 1 .. t + reuse_years hold both
//     c_a      [items] documents of the years t - profile_years .. t - 1 that hold a and the item; its own place is left out
// so a new tie between venues that keep different company counts nearly 1, between neighbours nearly 0. Pairs with one of the least cited
// items of the profile years are left out: a venue that is hardly ever cited makes a new pair every time.
//
// Source: Wang, Veugelers and Stephan (2017), Research Policy 46:1416-1436, doi:10.1016/j.respol.2017.06.006 (section 3: three years before, three
//         years after, the least cited half left out). Deviation: items tied with the last one left out stay in, so that no order of names decides.
// Page:   docs/methods/impact.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/dataset.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

struct NewCombinationOptions {
  std::int16_t profile_years = 3;   // >= 1
  std::int16_t reuse_years = 3;     // >= 1
  std::int64_t min_reuse = 1;       // >= 0 documents; 0: reuse is not asked for
  double least_cited_share = 0.5;   // [0, 1) of the items cited in the profile years
  std::int64_t max_row_items = 300; // documents with more entries are left out
};

struct NewCombinations {
  bool measured = false;            // dated, two items at least, and both the profile and the reuse years lie inside the dated documents' years
  std::int64_t new_pairs = 0;       // of items that are not among the least cited
  std::int64_t reused_pairs = 0;    // of these
  double novelty = 0.0;             // the sum above, >= 0
};

// `rows`: documents x items, repeats count once; `years` [documents] 0 = unknown.
// Time O(pairs log pairs + new reused pairs * length of the profiles).
//
// Errors: invalid_input  lengths differ or an option is out of range;  cancelled
Result<std::vector<NewCombinations>> new_combinations(const IdLists& rows, std::span<const std::int16_t> years, const NewCombinationOptions& options, Progress& progress);

}  // namespace jianwei::analysis
