// Products of two rows, by the widest vector unit there is: bytes are widened to 16 bits, multiplied and added in pairs.
#include "analysis/neighbours/byte_codes.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kStep = 32;

std::int32_t product_plain(const std::int8_t* a, const std::int8_t* b, std::int64_t count) {
  std::int32_t sum = 0;
  for (std::int64_t i = 0; i < count; ++i) sum += a[i] * b[i];
  return sum;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) std::int32_t product_avx2(const std::int8_t* a, const std::int8_t* b, std::int64_t count) {
  __m256i sum = _mm256_setzero_si256();
  for (std::int64_t i = 0; i < count; i += 16) {
    const __m256i left = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(a + i)));
    const __m256i right = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(b + i)));
    sum = _mm256_add_epi32(sum, _mm256_madd_epi16(left, right));
  }
  __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4e));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0xb1));
  return _mm_cvtsi128_si32(half);
}

__attribute__((target("avx512f,avx512bw"))) std::int32_t product_avx512(const std::int8_t* a, const std::int8_t* b, std::int64_t count) {
  __m512i sum = _mm512_setzero_si512();
  for (std::int64_t i = 0; i < count; i += 32) {
    const __m512i left = _mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + i)));
    const __m512i right = _mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + i)));
    sum = _mm512_add_epi32(sum, _mm512_madd_epi16(left, right));
  }
  alignas(64) std::int32_t parts[16];
  _mm512_store_si512(parts, sum);
  std::int32_t total = 0;
  for (const std::int32_t part : parts) total += part;
  return total;
}
#endif

}  // namespace

ByteCodes::Product ByteCodes::choose_product() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw")) return product_avx512;
  if (__builtin_cpu_supports("avx2")) return product_avx2;
#endif
  return product_plain;
}

ByteCodes::ByteCodes(const VectorTable& table, const std::vector<std::int32_t>& order, int thread_count)
    : dimensions_(table.dimensions), stride_((table.dimensions + kStep - 1) / kStep * kStep), product_(choose_product()),
      codes_(order.size() * static_cast<std::size_t>(stride_), 0), scales_(order.size()) {
  parallel_blocks(std::ssize(order), 1024, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      scales_[static_cast<std::size_t>(i)] = encode(table.row(order[static_cast<std::size_t>(i)]).data(), codes_.data() + i * stride_);
    }
  });
}

float ByteCodes::encode(const float* values, std::int8_t* code) const {
  float largest = 0.0f;
  for (std::int64_t d = 0; d < dimensions_; ++d) largest = std::max(largest, std::abs(values[d]));
  std::fill_n(code, stride_, std::int8_t{0});
  if (largest == 0.0f) return 0.0f;
  for (std::int64_t d = 0; d < dimensions_; ++d) code[d] = static_cast<std::int8_t>(std::lrint(values[d] * (127.0f / largest)));
  return largest / 127.0f;
}

}  // namespace jianwei::analysis
