// Networks out of a study's columns: co-occurrence of terms, co-citation, bibliographic coupling, direct citation, collaboration.
//
// All but direct citation are projections of rows onto the items they list (documents onto terms, citing documents onto cited ones, ...):
//   full counting        c_ij = number of rows that list both i and j
//   fractional counting  c_ij = sum over those rows of 1 / (n_r - 1)          n_r: items of row r; a row gives each item one link in all
// and then, when asked for, a similarity
//   association strength s_ij = 2 m c_ij / (c_i c_j)      c_i = sum_j c_ij, m = half their sum: 1 when i and j meet as often as by chance
//   cosine               s_ij = c_ij / sqrt(r_i r_j)      r_i: rows that list i
//
// Source: van Eck and Waltman (2009), JASIST 60(8):1635-1651, doi:10.1002/asi.21075 (similarities)
//         Perianes-Rodriguez, Waltman and van Eck (2016), J. Informetrics 10(4):1178-1195, doi:10.1016/j.joi.2016.10.006 (counting)
//         Kessler (1963), doi:10.1002/asi.5090140103 (coupling); Small (1973), doi:10.1002/asi.4630240406 (co-citation)
// Page:   docs/methods/networks.md
#pragma once

#include <cstdint>
#include <span>

#include "analysis/dataset.h"
#include "analysis/graph/graph.h"
#include "base/progress.h"
#include "base/result.h"
#include "text/corpus.h"

namespace jianwei::analysis {

enum class Counting { full, fractional };
enum class Similarity { none, association_strength, cosine };

struct NetworkOptions {
  Counting counting = Counting::full;
  Similarity similarity = Similarity::association_strength;
  std::int32_t min_row_count = 1;      // a pair meets in at least this many rows
  std::int32_t neighbors_per_node = 0; // keep each node's strongest; an edge stays when either end keeps it; 0: all
  std::int64_t max_row_items = 1000;   // rows listing more are left out: they tell little and cost the square of their length
  int thread_count = 0;
};

// Items [0, item_count) linked by the rows that list them; an item listed twice in a row counts once.
// Time O(sum over rows of items squared). Same result at any thread count.
//
// Errors: invalid_input  an item is outside [0, item_count);  cancelled
Result<Graph> project_rows(const IdLists& rows, std::int64_t item_count, const NetworkOptions& options, Progress& progress);

// The same with only the flagged items linked (`keep` [item_count]); the others stay as nodes without edges. Fractional counting still counts
// every item of a row: a paper of ten authors gives each of the two that are kept a ninth, not one.
Result<Graph> project_rows(const IdLists& rows, std::int64_t item_count, const NetworkOptions& options, std::span<const std::uint8_t> keep, Progress& progress);

// Documents linked by being cited together, or by citing the same documents. `references`: documents x cited documents (row numbers).
Result<Graph> link_by_co_citation(const IdLists& references, const NetworkOptions& options, Progress& progress);
Result<Graph> link_by_coupling(const IdLists& references, const NetworkOptions& options, Progress& progress);

// Documents linked to those they cite. Fractional: each document's citations weigh 1 in all. Weights of both directions are added.
Result<Graph> link_by_citation(const IdLists& references, Counting counting);

// Rows become items and items rows. Time O(entries).
IdLists transpose(const IdLists& lists, std::int64_t item_count);

}  // namespace jianwei::analysis
