#include "text/corpus.h"

namespace jianwei::text {

CountMatrix transpose(const CountMatrix& matrix) {
  CountMatrix result;
  result.row_count = matrix.column_count;
  result.column_count = matrix.row_count;
  result.offsets.assign(static_cast<std::size_t>(matrix.column_count) + 1, 0);
  result.columns.resize(matrix.columns.size());
  result.counts.resize(matrix.counts.size());
  for (const std::int32_t column : matrix.columns) ++result.offsets[static_cast<std::size_t>(column) + 1];
  for (std::size_t c = 1; c < result.offsets.size(); ++c) result.offsets[c] += result.offsets[c - 1];
  std::vector<std::int64_t> next(result.offsets.begin(), result.offsets.end() - 1);
  for (std::int64_t r = 0; r < matrix.row_count; ++r) {
    for (std::int64_t e = matrix.offsets[static_cast<std::size_t>(r)]; e < matrix.offsets[static_cast<std::size_t>(r) + 1]; ++e) {
      const auto entry = static_cast<std::size_t>(e);
      const auto place = static_cast<std::size_t>(next[static_cast<std::size_t>(matrix.columns[entry])]++);
      result.columns[place] = static_cast<std::int32_t>(r);
      result.counts[place] = matrix.counts[entry];
    }
  }
  return result;
}

}  // namespace jianwei::text
