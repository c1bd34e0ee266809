// How much a term says about its documents: whether they are more like each other than any documents of their kind. "method", 研究 and "embodiment" stand in documents on everything.
//
//   x_d     units of document d weighed by ln(N / n_v), the term itself left out, scaled to length 1
//   s_d     mean cosine of d with the other documents of the term (of at most 200, evenly drawn from the past);  like = mean s_d,  error = 2 sd(s_d) / sqrt n  (of a U statistic)
//   chance  mean cosine of two different documents drawn from all, of the same kinds (source, language, number of units) as those of the term
//   specificity = (like + error) / chance;  1 = the term tells nothing of its documents. The error is added: a rare term has the benefit of the doubt
// Documents count with everything they hold, so that no list of words is needed and the answer is of this corpus and of this past.
// Source: own; likeness of the documents of a term after the "clustering value" of Salton, Yang and Yu (1975), doi:10.1002/asi.4630260106; error: Hoeffding (1948), doi:10.1214/aoms/1177730196.   Page: docs/methods/emergence.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/emergence/past.h"

namespace jianwei::analysis {

// For each of `wanted` (units) the specificity in the rows before `end`; 0 when fewer than two of its documents hold other units. [wanted]
// Time O(entries + wanted * 200 * units of a document); same result at any thread count.
std::vector<double> specificity(const Past& past, std::int64_t end, std::span<const std::int32_t> wanted, int thread_count);

}  // namespace jianwei::analysis
