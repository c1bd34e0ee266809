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

// One ranking out of several by their scores: each ranking's scores less their mean, over their standard deviation, times its weight, added; a document
// that a ranking lacks has the ranking's lowest. Better than reciprocal ranks when one ranking is known to be weaker (Bruch, Gai and Ingber 2023,
// ACM TOIS 42(1), doi:10.1145/3596512). `weights`: [rankings].
std::vector<ScoredDocument> fuse_scores(std::span<const std::vector<ScoredDocument>> rankings, std::span<const double> weights, std::int64_t limit);

}  // namespace jianwei::analysis
