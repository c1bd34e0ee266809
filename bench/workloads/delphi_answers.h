// The answers of generated experts: they follow from expert, item and round alone, so that every driver gives the same.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace jianwei::bench {

inline std::uint64_t mix(std::uint64_t x) {  // splitmix64
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

// A card of the template "china". Each item has its own centre; one expert in five moves by a category between rounds.
inline std::string generated_card(std::size_t expert, std::size_t item, std::size_t round) {
  constexpr const char* kImportance[] = {"none", "low", "middle", "high", "top"};
  constexpr const char* kFamiliarity[] = {"none", "little", "some", "well", "expert"};
  const std::uint64_t draw = mix(expert * 1'000'003 + item), moved = mix(draw + round);
  const std::size_t shift = round > 1 && moved % 5 == 0 ? 1 : 0;
  const std::size_t importance = std::min<std::size_t>(4, item % 4 + draw % 3 + shift);
  return std::string(R"({"familiarity":{"option":")") + kFamiliarity[(draw >> 8) % 5] + R"("},"importance":{"option":")" + kImportance[importance] + R"("},"technical":{"year":)" + std::to_string(2030 + (draw >> 16) % 20) +
         R"(},"standing":{"option":"par"}})";
}

}  // namespace jianwei::bench
