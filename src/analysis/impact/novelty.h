// Novelty of combination: does a document put together what is seldom put together?
//
// Items are the venues of a document's references (or the terms of a document when references are unknown). For each pair of items
//   z = (observed - expected) / sd
//   observed  pairs of references, one to each item, inside one document, over all documents
//   expected  their mean when items are shuffled among references of the same citing year and the same cited year (exact, not sampled)
//   sd        of a sum of independent draws with those chances: sqrt(sum q (1 - q))
// Per document: the median z (conventionality) and the 10th percentile z (atypical when below 0), over all its pairs.
//
// Source: Uzzi, Mukherjee, Stringer and Jones (2013), Science 342:468-472, doi:10.1126/science.1240474. Deviation: the authors draw the
//         shuffles; the mean is the same, their sd has the dependence between pairs of one document in it.
// Page:   docs/methods/impact.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/dataset.h"
#include "analysis/graph/graph.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

struct Novelty {
  std::int64_t pairs = 0;            // of references; 0: not measured
  double median_z = 0.0;             // conventionality
  double tenth_percentile_z = 0.0;   // below 0: some combinations are rarer than chance
  std::int64_t first_pairs = 0;      // distinct pairs of different items that no earlier-dated document has
};

// `rows`: documents x items, an item as often as it is referred to; `item_years` [entries] the cited year (empty: not told apart);
// `years` [documents] 0 = unknown: such documents are left out, as are those with more than `max_row_items` entries.
// Time O(pairs log pairs + distinct pairs x years in which both items are cited). Same result at any thread count.
//
// Errors: invalid_input  lengths differ;  cancelled
Result<std::vector<Novelty>> combination_novelty(const IdLists& rows, std::span<const std::int16_t> item_years, std::span<const std::int16_t> years, Progress& progress,
                                                 std::int64_t max_row_items = 300, int thread_count = 0);

// Rao-Stirling diversity of each row: sum over ordered pairs of different items of d_ij p_i p_j, p = shares of the row's entries,
// d = 1 - the items' cosine in `similarity` (1 where they have no edge). [0, 1); 0 for rows of one item.
// Source: Stirling (2007), doi:10.1098/rsif.2007.0213; Porter and Rafols (2009), doi:10.1007/s11192-008-2197-2. Time O(items of a row squared).
std::vector<double> row_diversity(const IdLists& rows, const Graph& similarity);

}  // namespace jianwei::analysis
