// Unit vectors in one signed byte a dimension: an eighth of the memory traffic of doubles, a quarter of that of floats, and sums of integers
// that are the same on every machine. Each row has its own scale, so similarity = integer product * scale_a * scale_b; the error of a
// cosine is about 0.003.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/vectors/vector_table.h"

namespace jianwei::analysis {

class ByteCodes {
 public:
  // Row i of the codes is row order[i] of the table.
  ByteCodes(const VectorTable& table, const std::vector<std::int32_t>& order, int thread_count);

  const std::int8_t* row(std::int64_t i) const { return codes_.data() + i * stride_; }
  float scale(std::int64_t i) const { return scales_[static_cast<std::size_t>(i)]; }
  std::int64_t stride() const { return stride_; }  // bytes of a row, a multiple of 32; beyond the dimensions they are 0

  float similarity(std::int64_t a, std::int64_t b) const { return similarity(row(a), scale(a), b); }
  float similarity(const std::int8_t* code, float scale_of_code, std::int64_t b) const {
    return static_cast<float>(product_(code, row(b), stride_)) * (scale_of_code * scale(b));
  }
  void prefetch(std::int64_t i) const {
    for (std::int64_t at = 0; at < stride_; at += 64) __builtin_prefetch(row(i) + at);
  }

  // A vector of the table's dimensions as a code of stride() bytes; gives its scale.
  float encode(const float* values, std::int8_t* code) const;

 private:
  using Product = std::int32_t (*)(const std::int8_t*, const std::int8_t*, std::int64_t);
  static Product choose_product();

  std::int64_t dimensions_ = 0;
  std::int64_t stride_ = 0;
  Product product_ = nullptr;
  std::vector<std::int8_t> codes_;  // [rows][stride]
  std::vector<float> scales_;       // [rows]
};

}  // namespace jianwei::analysis
