// The k rows of a table of unit vectors that lie nearest to each row, or to each of other vectors, by cosine.
//
// Every pair is compared, in blocks of queries against runs of rows that stay in the cache. Ties go to the smaller row number, a row is no neighbour of its own, and the result is the same
// at any thread count and on any x86-64 machine: sums run over the dimensions in order, without fused multiplication.
//
// Page:   docs/methods/neighbours.md
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/vectors/vector_table.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

struct NeighbourOptions {
  std::int32_t neighbour_count = 15;                           // k >= 1
  int thread_count = 0;
};

struct NeighbourLists {
  std::int32_t neighbour_count = 0;
  std::vector<std::int32_t> ids;         // [rows][neighbour_count], -1 where a row has fewer; int32: one per entry of a large array
  std::vector<float> similarities;       // [rows][neighbour_count] cosine in [-1, 1], decreasing, ties by id; 0 beside an id of -1
  std::int64_t row_count() const { return neighbour_count == 0 ? 0 : static_cast<std::int64_t>(ids.size()) / neighbour_count; }
};

// The nearest other rows of every row. Rows of zeros (a document without a known word) have no neighbours and are nobody's.
// Time O(rows^2 dimensions), memory O(rows (dimensions + k)).
//
// Errors: invalid_input  neighbour_count is below 1, or values does not hold row_count * dimensions numbers;  cancelled
Result<NeighbourLists> nearest_neighbours(const VectorTable& table, const NeighbourOptions& options, Progress& progress);

// The nearest rows of `table` for every row of `queries`; a query equal to a row finds it. By full comparison.
//
// Errors: as above, and invalid_input when the dimensions differ
Result<NeighbourLists> nearest_rows(const VectorTable& table, const VectorTable& queries, const NeighbourOptions& options, Progress& progress);

}  // namespace jianwei::analysis
