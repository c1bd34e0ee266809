// One record out of several that tell of the same thing; pure. Which member gave which field, and by which rule, is kept with it.
//
//   source_priority  the member of the most authoritative source that fills the field (registries and publishers, then indexes, then the rest)
//   most_complete    the member that says most: persons together with their organisations
//   longest          the longest text
//   most_precise     the date on whose year most members agree, then the most precise one
//   most             the longest list: references
//   highest          the highest number: citation counts only grow
//   union            all distinct values: keywords, classifications, identifiers, funding
#pragma once

#include <span>

#include "store/record_columns.h"

namespace jianwei::workflow {

// Part of a snapshot's fingerprint: raise it when a rule changes.
inline constexpr int kMergeVersion = 2;

// `members`, at least one, in any order: the result does not depend on it. Its key is the smallest of theirs, so the id stays findable.
store::RecordRow merge_records(std::span<const store::RecordRow> members);

}  // namespace jianwei::workflow
