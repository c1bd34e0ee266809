// How often a term that stands in a document stands in it again. What a document is about it names again; "award", "end user" or 指导意义 it names once, however rare they are.
//
//   again = (occurrences of the term - documents that hold it) / documents;   high = again + 2 sqrt(occurrences - documents + 1) / documents
// Known of texts long enough to name a thing twice: nothing is said where fewer than four fifths of the documents of the past are long (is_long_text()).
// Source: own; after Church (2000), "Empirical estimates of adaptation: the chance of two Noriegas is closer to p/2 than p²", COLING, doi:10.3115/990820.990847.   Page: docs/methods/emergence.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/emergence/past.h"

namespace jianwei::analysis {

struct Repetition {
  double again = 0.0;  // further occurrences a document
  double high = 1e9;   // no more than this, with some certainty
};

// Of each of `wanted` (units) at the end of `past`; high is 1e9 where nothing is known. [wanted]   Time O(wanted)
std::vector<Repetition> repetition(const Past& past, std::span<const std::int32_t> wanted);

}  // namespace jianwei::analysis
