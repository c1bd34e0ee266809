// Jaro-Winkler, Levenshtein by Myers' bit vectors (blocks of 64 rows, carries between blocks), Jaccard, MinHash banding.
#include "analysis/resolution/similarity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "records/unicode.h"

namespace jianwei::analysis {
namespace {

bool is_ascii(std::string_view text) {
  for (; text.size() >= 8; text.remove_prefix(8)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), 8);
    if ((bytes & 0x8080808080808080ULL) != 0) return false;
  }
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::u32string decode(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    points += point.value;
    text.remove_prefix(static_cast<std::size_t>(point.length));
  }
  return points;
}

template <class String>
double jaro(const String& a, const String& b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty() ? 1.0 : 0.0;
  const std::size_t longer = std::max(a.size(), b.size());
  const std::size_t window = longer / 2 > 0 ? longer / 2 - 1 : 0;
  std::vector<std::uint8_t> used_a(a.size(), 0);
  std::vector<std::uint8_t> used_b(b.size(), 0);
  double matches = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t end = std::min(b.size(), i + window + 1);
    for (std::size_t j = i > window ? i - window : 0; j < end; ++j) {
      if (used_b[j] || a[i] != b[j]) continue;
      used_a[i] = used_b[j] = 1;
      ++matches;
      break;
    }
  }
  if (matches == 0) return 0.0;
  double out_of_order = 0;  // twice the transpositions
  for (std::size_t i = 0, j = 0; i < a.size(); ++i) {
    if (!used_a[i]) continue;
    while (!used_b[j]) ++j;
    if (a[i] != b[j++]) ++out_of_order;
  }
  return (matches / static_cast<double>(a.size()) + matches / static_cast<double>(b.size()) + (matches - out_of_order / 2) / matches) / 3;
}

template <class String>
double winkler(const String& a, const String& b) {
  const double similarity = jaro(a, b);
  std::size_t prefix = 0;
  while (prefix < 4 && prefix < a.size() && prefix < b.size() && a[prefix] == b[prefix]) ++prefix;
  return similarity + 0.1 * static_cast<double>(prefix) * (1 - similarity);
}

// Myers (1999) with the block carries of Hyyro (2003): the pattern's rows are bits, one pass over the text.
std::int64_t myers(std::string_view pattern, std::string_view text) {
  const std::size_t rows = pattern.size();
  if (rows == 0) return static_cast<std::int64_t>(text.size());
  const std::size_t blocks = (rows + 63) / 64;
  constexpr std::size_t kKept = 4;  // blocks of a title; their tables need no memory of their own
  std::array<std::uint64_t, kKept * 130> kept;
  std::vector<std::uint64_t> large(blocks > kKept ? blocks * 130 : 0);
  std::uint64_t* const match = large.empty() ? kept.data() : large.data();
  std::uint64_t* const up = match + blocks * 128;  // positive vertical differences
  std::uint64_t* const down = up + blocks;         // negative ones
  std::fill(match, up, 0);
  std::fill(down, down + blocks, 0);
  for (std::size_t i = 0; i < rows; ++i) {
    match[(i / 64) * 128 + static_cast<unsigned char>(pattern[i])] |= std::uint64_t{1} << (i % 64);
  }
  std::fill(up, down, ~std::uint64_t{0});
  const std::uint64_t last = std::uint64_t{1} << ((rows - 1) % 64);
  auto score = static_cast<std::int64_t>(rows);
  for (const char c : text) {
    std::uint64_t carry_up = 1;  // the first row of the table grows by one per column
    std::uint64_t carry_down = 0;
    for (std::size_t b = 0; b < blocks; ++b) {
      std::uint64_t equal = match[b * 128 + static_cast<unsigned char>(c)];
      const std::uint64_t vertical = equal | down[b];
      equal |= carry_down;
      const std::uint64_t horizontal = (((equal & up[b]) + up[b]) ^ up[b]) | equal;
      std::uint64_t plus = down[b] | ~(horizontal | up[b]);
      std::uint64_t minus = up[b] & horizontal;
      if (b + 1 == blocks) score += (plus & last) ? 1 : (minus & last) ? -1 : 0;
      const std::uint64_t out_up = plus >> 63;
      const std::uint64_t out_down = minus >> 63;
      plus = (plus << 1) | carry_up;
      minus = (minus << 1) | carry_down;
      up[b] = minus | ~(vertical | plus);
      down[b] = plus & vertical;
      carry_up = out_up;
      carry_down = out_down;
    }
  }
  return score;
}

std::int64_t levenshtein(const std::u32string& a, const std::u32string& b) {
  std::vector<std::int64_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<std::int64_t>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::int64_t diagonal = row[0];
    row[0] = static_cast<std::int64_t>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::int64_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

double jaro_winkler(std::string_view a, std::string_view b) {
  return is_ascii(a) && is_ascii(b) ? winkler(a, b) : winkler(decode(a), decode(b));
}

std::int64_t edit_distance(std::string_view a, std::string_view b) {
  return is_ascii(a) && is_ascii(b) ? myers(a, b) : levenshtein(decode(a), decode(b));
}

double edit_similarity(std::string_view a, std::string_view b) {
  if (is_ascii(a) && is_ascii(b)) {
    const std::size_t longer = std::max(a.size(), b.size());
    return longer == 0 ? 1.0 : 1.0 - static_cast<double>(myers(a, b)) / static_cast<double>(longer);
  }
  const std::u32string points_a = decode(a);
  const std::u32string points_b = decode(b);
  const std::size_t longer = std::max(points_a.size(), points_b.size());
  return longer == 0 ? 1.0 : 1.0 - static_cast<double>(levenshtein(points_a, points_b)) / static_cast<double>(longer);
}

double jaccard(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  std::size_t common = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) ++common;
    const bool step_a = a[i] <= b[j];
    if (b[j] <= a[i]) ++j;
    if (step_a) ++i;
  }
  const std::size_t either = a.size() + b.size() - common;
  return either == 0 ? 0.0 : static_cast<double>(common) / static_cast<double>(either);
}

double banding_probability(double jaccard_similarity, int rows_per_band, int band_count) {
  return 1.0 - std::pow(1.0 - std::pow(jaccard_similarity, rows_per_band), band_count);
}

}  // namespace jianwei::analysis
