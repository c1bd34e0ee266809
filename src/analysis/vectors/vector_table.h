// Vectors of words, documents or items: one row each, unit length, so that the dot product of two rows is their cosine.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace jianwei::analysis {

struct VectorTable {
  std::int64_t row_count = 0;
  std::int32_t dimensions = 0;
  std::vector<float> values;  // [row_count][dimensions], unit length; a row of zeros: nothing is known about it. float: one per entry of a large array

  std::span<const float> row(std::int64_t r) const { return {values.data() + static_cast<std::size_t>(r) * static_cast<std::size_t>(dimensions), static_cast<std::size_t>(dimensions)}; }
  std::span<float> row(std::int64_t r) { return {values.data() + static_cast<std::size_t>(r) * static_cast<std::size_t>(dimensions), static_cast<std::size_t>(dimensions)}; }
};

}  // namespace jianwei::analysis
