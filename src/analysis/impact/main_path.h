// The main path of a citation network: the chain of papers through which most of its knowledge flows.
//
// Knowledge flows from the cited to the citing document. The search path count of a link is the number of paths from any source (a document
// that cites nobody in the set) to any sink (one that nobody cites) which run over it:
//   SPC(u -> v) = N-(u) * N+(v)     N-(v) = 1 for a source, else sum of N-(u) over cited u;  N+(u) = 1 for a sink, else sum over citing v
// given here as the share of all paths, so that it lies in [0, 1]. The global main path has the largest sum of shares.
//
// Source: Hummon and Doreian (1989), Social Networks 11(1):39-63, doi:10.1016/0378-8733(89)90017-8
//         Batagelj (2003), arXiv:cs/0309023 (SPC); Liu and Lu (2012), JASIST 63(3):528-542, doi:10.1002/asi.21692 (global path)
// Page:   docs/methods/impact.md
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/dataset.h"
#include "base/result.h"

namespace jianwei::analysis {

struct MainPath {
  std::vector<double> shares;           // [entries of the references] SPC of each link as a share of all paths; 0 for links left out
  std::vector<double> through;          // [documents] share of all paths that run through the document
  std::vector<std::int32_t> documents;  // the path, oldest knowledge first; empty when there is no link
  std::vector<double> path_shares;      // [documents of the path - 1]
  std::int64_t left_out = 0;            // links inside cycles of documents that cite each other
  double log_path_count = 0.0;          // natural logarithm of the number of paths
};

// `references`: documents x cited documents (row numbers of the same set). Ties go to the smaller row. Counts are kept as logarithms, so
// that no network is too deep. Time O(documents + links).
//
// Errors: invalid_input  a reference points outside
Result<MainPath> find_main_path(const IdLists& references);

}  // namespace jianwei::analysis
