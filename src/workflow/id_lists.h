// Rows of ids without repeats.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "analysis/dataset.h"

namespace jianwei::workflow {

// Ends a row that holds each id once, in the order of the first. Time O(ids^2): for the short lists of one record.
inline void add_distinct(analysis::IdLists& lists, std::span<const std::int32_t> ids) {
  const auto begin = static_cast<std::ptrdiff_t>(lists.offsets.back());
  for (const std::int32_t id : ids) {
    if (std::find(lists.values.begin() + begin, lists.values.end(), id) == lists.values.end()) lists.values.push_back(id);
  }
  lists.offsets.push_back(static_cast<std::int64_t>(lists.values.size()));
}

}  // namespace jianwei::workflow
