// One ranking out of several, by reciprocal ranks: score(d) = sum over rankings of 1 / (60 + rank of d), ranks from 1.
//
// Source: Cormack, Clarke and Buettcher (2009), SIGIR, doi:10.1145/1571941.1572114 (constant 60)
// Page:   docs/methods/retrieval.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/retrieval/bm25.h"

namespace jianwei::analysis {

// Best first, then by document number; a ranking that lacks a document adds nothing to it. Time O(entries log entries).
std::vector<ScoredDocument> fuse_rankings(std::span<const std::vector<ScoredDocument>> rankings, std::int64_t limit, double constant = 60.0);

}  // namespace jianwei::analysis
