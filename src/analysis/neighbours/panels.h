// Rows of a table laid out so that one pass over the dimensions compares several queries with sixteen rows at once.
//
// A panel holds 16 rows with their dimensions interleaved: values[dimension][16]. Sums run over the dimensions in order, one lane a row,
// product and sum rounded apart, so that every width of vector unit gives the same bits.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/vectors/vector_table.h"

namespace jianwei::analysis {

inline constexpr std::int64_t kPanelRows = 16;
inline constexpr std::int64_t kPanelQueries = 6;  // fills the sixteen registers of AVX2: twelve sums, two rows, one query

class Panels {
 public:
  explicit Panels(const VectorTable& table, int thread_count);
  std::int64_t count() const { return (row_count_ + kPanelRows - 1) / kPanelRows; }

  // similarities[q][lane] of `query_count` <= kPanelQueries queries ([query_count][dimensions]) with the rows of `panel`.
  void compare(const float* queries, std::int64_t query_count, std::int64_t panel, float (*similarities)[kPanelRows]) const;

 private:
  std::int64_t row_count_;
  std::int64_t dimensions_;
  std::vector<float> values_;  // [panels][dimensions][16], rows beyond the last are zeros
};

}  // namespace jianwei::analysis
