// Does a work replace what it builds on, or consolidate it? The disruption index CD (also D).
//
//   CD = (n_i - n_j) / (n_i + n_j + n_k)      among the works dated 1 to `window_years` years after the focal one:
//   n_i  cite the focal work and none of its references      n_j  cite it and at least one of them      n_k  cite only its references
//   CD without n_k = (n_i - n_j) / (n_i + n_j)               n_k dominates where references are famous (Wu and Yan 2019)
//
// Source: Funk and Owen-Smith (2017), Management Science 63(3):791-817, doi:10.1287/mnsc.2015.2366
//         Wu, Wang and Evans (2019), Nature 566:378-382, doi:10.1038/s41586-019-0941-9
// Page:   docs/methods/impact.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/dataset.h"
#include "base/result.h"

namespace jianwei::analysis {

struct Disruption {
  std::int64_t only_focal = 0;       // n_i
  std::int64_t both = 0;             // n_j
  std::int64_t only_references = 0;  // n_k
  bool measured = false;             // the work is dated, has references and somebody cites it inside the window
  double index() const;              // [-1, 1]; 0 when not measured
  double index_without_references() const;  // [-1, 1]
};

// `references`: documents x cited works; `work_of` [documents]: the number of the document among the works, -1 when nobody cites it;
// `years` [documents], 0 = unknown (such documents neither are measured nor count as citing). Same result at any thread count.
// Time O(sum over documents and their references of the reference's citations).
//
// Errors: invalid_input  lengths differ, a work number is out of range, or window_years < 1
Result<std::vector<Disruption>> disruption(const IdLists& references, std::int64_t work_count, std::span<const std::int32_t> work_of, std::span<const std::int16_t> years, int window_years,
                                           int thread_count = 0);

}  // namespace jianwei::analysis
