// The k rows of a table of unit vectors that lie nearest to each row, or to each of other vectors, by cosine.
//
// Small tables are compared in full: similarity blocks of rows x rows, kept as k best each. Larger ones are searched in a hierarchical
// navigable small world graph (hnsw.h). Ties go to the smaller row number, a row is no neighbour of its own, and the result is the same
// at any thread count and on any x86-64 machine: sums run over the dimensions in order, without fused multiplication.
//
// Source: Malkov and Yashunin (2020), IEEE TPAMI 42(4):824-836, doi:10.1109/TPAMI.2018.2889473 (the graph)
// Page:   docs/methods/neighbours.md
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/vectors/vector_table.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

enum class NeighbourMethod : std::uint8_t { automatic, exact, graph };

struct NeighbourOptions {
  std::int32_t neighbour_count = 15;                           // k >= 1
  NeighbourMethod method = NeighbourMethod::automatic;         // exact up to kExactRows rows
  std::int32_t search_width = 0;                               // candidates a graph search keeps, >= k; 0: max(48, 2 k); wider finds more, slower
  std::uint64_t seed = 1;                                      // of the order in which rows enter the graph
  int thread_count = 0;
};

// 30 k rows of 100 dimensions compare in some seconds on two cores; above that the graph is faster at a recall of 0.99.
inline constexpr std::int64_t kExactRows = 30'000;

struct NeighbourLists {
  std::int32_t neighbour_count = 0;
  std::vector<std::int32_t> ids;         // [rows][neighbour_count], -1 where a row has fewer; int32: one per entry of a large array
  std::vector<float> similarities;       // [rows][neighbour_count] cosine in [-1, 1], decreasing, ties by id; 0 beside an id of -1
  std::int64_t row_count() const { return neighbour_count == 0 ? 0 : static_cast<std::int64_t>(ids.size()) / neighbour_count; }
};

// The nearest other rows of every row. Rows of zeros (a document without a known word) have no neighbours and are nobody's.
// Exact: time O(rows^2 dimensions), memory O(rows (dimensions + k)). Graph: about O(rows log rows).
//
// Errors: invalid_input  neighbour_count is below 1, or values does not hold row_count * dimensions numbers;  cancelled
Result<NeighbourLists> nearest_neighbours(const VectorTable& table, const NeighbourOptions& options, Progress& progress);

// The nearest rows of `table` for every row of `queries`; a query equal to a row finds it. By full comparison.
//
// Errors: as above, and invalid_input when the dimensions differ
Result<NeighbourLists> nearest_rows(const VectorTable& table, const VectorTable& queries, const NeighbourOptions& options, Progress& progress);

}  // namespace jianwei::analysis
