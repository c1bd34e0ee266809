#include "analysis/emergence/neighbour_growth.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace jianwei::analysis {

namespace {

constexpr std::size_t kNeighbours = 20;
constexpr double kLeastWeight = 0.001;

}  // namespace

std::vector<double> neighbour_mean(const Past& past, std::span<const double> value, std::span<const std::uint8_t> is_candidate, std::span<const std::int32_t> wanted, std::int64_t begin,
                                   std::int64_t end, int thread_count) {
  const auto units = static_cast<std::size_t>(past.unit_count());
  std::vector<double> documents(units, 0.0);
  for (auto e = static_cast<std::size_t>(past.by_row_offsets[static_cast<std::size_t>(begin)]); e < static_cast<std::size_t>(past.by_row_offsets[static_cast<std::size_t>(end)]); ++e) {
    documents[static_cast<std::size_t>(past.by_row_units[e])] += 1.0;
  }
  std::vector<double> result(wanted.size(), 0.0);
  parallel_blocks(static_cast<std::int64_t>(wanted.size()), 256, thread_count, [&](std::int64_t, std::int64_t first, std::int64_t last) {
    std::vector<double> together(units, 0.0);
    std::vector<std::int32_t> met;
    std::vector<std::pair<double, std::int32_t>> near;  // cosine, unit
    for (std::int64_t i = first; i < last; ++i) {
      const auto u = static_cast<std::size_t>(wanted[static_cast<std::size_t>(i)]);
      const auto rows_begin = past.units.documents.begin() + past.units.offsets[u];
      const auto rows_end = past.units.documents.begin() + past.units.offsets[u + 1];
      for (auto row = std::lower_bound(rows_begin, rows_end, static_cast<std::int32_t>(begin)); row != rows_end && *row < end; ++row) {
        for (auto e = static_cast<std::size_t>(past.by_row_offsets[static_cast<std::size_t>(*row)]); e < static_cast<std::size_t>(past.by_row_offsets[static_cast<std::size_t>(*row) + 1]); ++e) {
          const auto v = static_cast<std::size_t>(past.by_row_units[e]);
          if (v == u || !is_candidate[v]) continue;
          if (together[v] == 0.0) met.push_back(static_cast<std::int32_t>(v));
          together[v] += 1.0;
        }
      }
      near.clear();
      for (const std::int32_t other : met) {
        const auto v = static_cast<std::size_t>(other);
        near.emplace_back(together[v] / std::sqrt(documents[u] * documents[v]), other);
        together[v] = 0.0;
      }
      met.clear();
      // Ties go to the smaller unit number, so that the order of rows is of no matter.
      const auto closer = [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; };
      const std::size_t kept = std::min(kNeighbours, near.size());
      std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(kept), near.end(), closer);
      double sum = 0.0, weight = 0.0;
      for (std::size_t k = 0; k < kept; ++k) {
        const auto v = static_cast<std::size_t>(near[k].second);
        const double w = near[k].first * std::sqrt(documents[v]);
        sum += w * value[v];
        weight += w;
      }
      result[static_cast<std::size_t>(i)] = sum / (weight + kLeastWeight);
    }
  });
  return result;
}

}  // namespace jianwei::analysis
