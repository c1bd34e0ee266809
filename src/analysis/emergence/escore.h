// EScore of Porter, Carley and colleagues, as coded in ONS pyGrams. OFF BY DEFAULT: the method is patented in the United States; it is here for
// comparison and is computed only when a user asks for it after a legal check of their own. Jianwei's own score is emergence/score.h.
//
// Ten yearly periods, base 1-3, active 4-10; c_t documents with the term, N_t all documents:
//   A = (c8+c9+c10)/(sqrt N8+sqrt N9+sqrt N10) - (c4+c5+c6)/(sqrt N4+sqrt N5+sqrt N6)
//   R = 10 [ (c9+c10)/(sqrt N9+sqrt N10) - (c7+c8)/(sqrt N7+sqrt N8) ]
//   S = 10 (c10/sqrt N10 - c7/sqrt N7) / 3
//   EScore = 2A + R + S
// The square roots make it depend on the size of the corpus: a threshold set on one corpus does not carry to another.
//
// Source: Porter, Garner, Carley, Newman (2019), doi:10.1016/j.techfore.2018.04.016; datasciencecampus/pygrams.   Page: docs/methods/emergence.md
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"

namespace jianwei::analysis {

struct EScore {
  double active_trend = 0.0;  // A
  double recent_trend = 0.0;  // R
  double mid_slope = 0.0;     // S
  double score = 0.0;         // 2A + R + S
  bool candidate = false;     // passes the gates
  std::string_view failed_gate;  // the first gate it fails: "years", "records", "active_to_base", "base_share", "organisations"; empty when candidate
};

// `counts` and `documents` of exactly ten years; `organisation_count` of the term (-1 unknown: that gate is passed over).
// Errors: invalid_input  not ten periods, or a period without documents.
Result<EScore> score_escore(std::span<const double> counts, std::span<const double> documents, int organisation_count = -1);

}  // namespace jianwei::analysis
