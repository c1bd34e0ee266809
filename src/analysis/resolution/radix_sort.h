// Least-significant-digit radix sort for long arrays of keys: linear, stable, and several times faster than comparing.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace jianwei::analysis {

// Sorts by key_of(item), an unsigned integer, keeping the order of equal keys. Digits that all items share are skipped.
// Time O(n * bytes of the key); memory one copy of the array.
template <class T, class KeyOf>
void radix_sort(std::vector<T>& items, KeyOf key_of) {
  using Key = decltype(key_of(items[0]));
  constexpr std::size_t kDigitBits = 11;
  constexpr std::size_t kDigits = (sizeof(Key) * 8 + kDigitBits - 1) / kDigitBits;
  constexpr std::size_t kValues = std::size_t{1} << kDigitBits;
  std::vector<std::array<std::size_t, kValues>> counts(kDigits);
  for (auto& digit : counts) digit.fill(0);
  for (const T& item : items) {
    const Key key = key_of(item);
    for (std::size_t d = 0; d < kDigits; ++d) ++counts[d][static_cast<std::size_t>(key >> (d * kDigitBits)) & (kValues - 1)];
  }
  std::vector<T> other;
  for (std::size_t d = 0; d < kDigits; ++d) {
    std::array<std::size_t, kValues>& count = counts[d];
    if (!items.empty() && count[static_cast<std::size_t>(key_of(items[0]) >> (d * kDigitBits)) & (kValues - 1)] == items.size()) continue;
    std::size_t place = 0;
    for (std::size_t& value : count) place += std::exchange(value, place);
    other.resize(items.size());
    for (const T& item : items) other[count[static_cast<std::size_t>(key_of(item) >> (d * kDigitBits)) & (kValues - 1)]++] = item;
    items.swap(other);
  }
}

template <class T>
void radix_sort(std::vector<T>& keys) {
  radix_sort(keys, [](const T& key) { return key; });
}

}  // namespace jianwei::analysis
