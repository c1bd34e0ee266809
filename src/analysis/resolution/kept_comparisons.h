// Which comparisons of an earlier resolution still hold, so that a grown set compares its new pairs only.
//
// compare() reads two records and how common the words of their titles are. Of two records that stay as they are it gives the same while
//   sum over the words of both titles |w' - w| < room      (w, w' the weights then and now; room: compare.h)
// and no word that at most kTellingCount records have changed its count. What is left of the room is kept for the next time, so that many small
// steps count as one large one. What does not surely hold is compared again: resolve() gives the same with and without.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/resolution/prepared.h"

namespace jianwei::analysis {

// Levels, conflicts and same_title of a comparison; its closeness is not kept.
std::uint32_t pack_outcome(const Comparison& comparison);
inline constexpr double kUnknownCloseness = -1.0;
Comparison unpack_outcome(std::uint32_t outcome);

// The kept pairs that hold for these records, by their positions, increasing. Nothing when `kept` does not fit together.
// Time O(kept pairs + words of the records); the same at any thread count.
std::vector<KeptComparisons::Pair> pairs_that_hold(const KeptComparisons& kept, const PreparedRecords& prepared, int thread_count);

// The records and words of `prepared`; the pairs are left to the caller.
KeptComparisons keep_records(const PreparedRecords& prepared, int thread_count);

}  // namespace jianwei::analysis
