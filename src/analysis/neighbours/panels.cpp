// The inner kernel keeps queries x 16 sums in registers while it walks the dimensions once. Compiled with -ffp-contract=off.
#include "analysis/neighbours/panels.h"

#include <cstring>

#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

// One kernel per width of vector unit: six queries against a panel, `LANES` rows at a time. A macro, because the compiler must know the unit
// before it lowers the vector types.
#define JIANWEI_COMPARE(NAME, LANES, ATTRIBUTE)                                                                                                \
  ATTRIBUTE void NAME(const float* queries, std::int64_t stride, const float* panel, std::int64_t dimensions, float* similarities) {            \
    typedef float Lanes __attribute__((vector_size(LANES * sizeof(float))));                                                                    \
    for (std::int64_t part = 0; part < kPanelRows; part += LANES) {                                                                             \
      Lanes s0{}, s1{}, s2{}, s3{}, s4{}, s5{};                                                                                                 \
      for (std::int64_t d = 0; d < dimensions; ++d) {                                                                                           \
        Lanes rows;                                                                                                                             \
        std::memcpy(&rows, panel + d * kPanelRows + part, sizeof rows);                                                                         \
        s0 += rows * queries[d];                                                                                                                \
        s1 += rows * queries[stride + d];                                                                                                       \
        s2 += rows * queries[2 * stride + d];                                                                                                   \
        s3 += rows * queries[3 * stride + d];                                                                                                   \
        s4 += rows * queries[4 * stride + d];                                                                                                   \
        s5 += rows * queries[5 * stride + d];                                                                                                   \
      }                                                                                                                                         \
      std::memcpy(similarities + part, &s0, sizeof s0);                                                                                         \
      std::memcpy(similarities + kPanelRows + part, &s1, sizeof s1);                                                                            \
      std::memcpy(similarities + 2 * kPanelRows + part, &s2, sizeof s2);                                                                        \
      std::memcpy(similarities + 3 * kPanelRows + part, &s3, sizeof s3);                                                                        \
      std::memcpy(similarities + 4 * kPanelRows + part, &s4, sizeof s4);                                                                        \
      std::memcpy(similarities + 5 * kPanelRows + part, &s5, sizeof s5);                                                                        \
    }                                                                                                                                           \
  }

static_assert(kPanelQueries == 6 && kPanelRows == 16);
JIANWEI_COMPARE(compare_by_4, 4, )
#if defined(__x86_64__)
JIANWEI_COMPARE(compare_by_8, 8, __attribute__((target("avx2"))))
JIANWEI_COMPARE(compare_by_16, 16, __attribute__((target("avx512f"))))
#endif
#undef JIANWEI_COMPARE

using Compare = void (*)(const float*, std::int64_t, const float*, std::int64_t, float*);

Compare choose_compare() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return compare_by_16;
  if (__builtin_cpu_supports("avx2")) return compare_by_8;
#endif
  return compare_by_4;
}

}  // namespace

Panels::Panels(const VectorTable& table, int thread_count)
    : row_count_(table.row_count), dimensions_(table.dimensions), values_(static_cast<std::size_t>(count() * kPanelRows * table.dimensions), 0.0f) {
  parallel_blocks(row_count_, kPanelRows * 64, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t row = begin; row < end; ++row) {
      const float* from = table.values.data() + row * dimensions_;
      float* to = values_.data() + row / kPanelRows * kPanelRows * dimensions_ + row % kPanelRows;
      for (std::int64_t d = 0; d < dimensions_; ++d) to[d * kPanelRows] = from[d];
    }
  });
}

void Panels::compare(const float* queries, std::int64_t query_count, std::int64_t panel, float (*similarities)[kPanelRows]) const {
  const float* rows = values_.data() + panel * kPanelRows * dimensions_;
  static const Compare compare_six = choose_compare();
  if (query_count == kPanelQueries) {
    compare_six(queries, dimensions_, rows, dimensions_, similarities[0]);
    return;
  }
  // A stride of 0 compares the one query six times; the answers are the same bits as in a full set.
  float copies[kPanelQueries][kPanelRows];
  for (std::int64_t q = 0; q < query_count; ++q) {
    compare_six(queries + q * dimensions_, 0, rows, dimensions_, copies[0]);
    std::memcpy(similarities[q], copies[0], sizeof copies[0]);
  }
}

}  // namespace jianwei::analysis
