#include "analysis/indicators/change.h"

#include <algorithm>
#include <cmath>

#include "analysis/indicators/series.h"
#include "base/parallel.h"

namespace jianwei::analysis {

namespace {

double plogp(double p) { return p > 0.0 ? p * std::log2(p) : 0.0; }

// Profiles of one unit as two columns over the units it meets.
struct Profiles {
  std::vector<double> first, second;   // [units] dense, zeroed after use
  std::vector<std::int32_t> touched;

  void add(std::span<const std::int32_t> units, std::int32_t self, bool is_second) {
    for (const std::int32_t v : units) {
      if (v == self) continue;
      const auto i = static_cast<std::size_t>(v);
      if (first[i] == 0.0 && second[i] == 0.0) touched.push_back(v);
      (is_second ? second : first)[i] += 1.0;
    }
  }
  double take_divergence() {
    std::sort(touched.begin(), touched.end());
    std::vector<double> p, q;
    p.reserve(touched.size());
    q.reserve(touched.size());
    for (const std::int32_t v : touched) {
      const auto i = static_cast<std::size_t>(v);
      p.push_back(first[i]);
      q.push_back(second[i]);
      first[i] = second[i] = 0.0;
    }
    touched.clear();
    return jensen_shannon(p, q);
  }
};

std::vector<std::int32_t> spread(const std::vector<std::int32_t>& documents, std::int64_t limit) {
  const auto n = static_cast<std::int64_t>(documents.size());
  if (n <= limit) return documents;
  std::vector<std::int32_t> sample;
  for (std::int64_t i = 0; i < limit; ++i) sample.push_back(documents[static_cast<std::size_t>(i * n / limit)]);
  return sample;
}

}  // namespace

double jensen_shannon(std::span<const double> p, std::span<const double> q) {
  double p_sum = 0.0, q_sum = 0.0;
  for (const double x : p) p_sum += x;
  for (const double x : q) q_sum += x;
  if (p_sum <= 0.0 || q_sum <= 0.0) return 0.0;
  double divergence = 0.0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const double a = p[i] / p_sum, b = q[i] / q_sum;
    divergence += 0.5 * (plogp(a) + plogp(b)) - plogp(0.5 * (a + b));
  }
  return std::clamp(divergence, 0.0, 1.0);
}

std::vector<ProfileChange> profile_change(const Dataset& dataset, const UnitDocuments& units, const YearRange& earlier, const YearRange& later,
                                          std::int64_t max_documents, int thread_count, std::int64_t first_unit) {
  const IdLists document_units = units_of_documents(units, dataset.document_count());
  const auto unit_count = static_cast<std::size_t>(units.unit_count());
  std::vector<ProfileChange> result(unit_count);
  parallel_blocks(units.unit_count(), 1024, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    Profiles profiles;
    profiles.first.assign(unit_count, 0.0);
    profiles.second.assign(unit_count, 0.0);
    for (std::int64_t u = std::max(begin, first_unit); u < end; ++u) {
      std::vector<std::int32_t> windows[2];
      for (std::int64_t e = units.offsets[static_cast<std::size_t>(u)]; e < units.offsets[static_cast<std::size_t>(u) + 1]; ++e) {
        const std::int32_t d = units.documents[static_cast<std::size_t>(e)];
        const std::int16_t year = dataset.year[static_cast<std::size_t>(d)];
        if (year >= earlier.first && year <= earlier.last) windows[0].push_back(d);
        if (year >= later.first && year <= later.last) windows[1].push_back(d);
      }
      if (windows[0].size() < 2 || windows[1].size() < 2) continue;
      for (auto& window : windows) window = spread(window, max_documents);

      const auto self = static_cast<std::int32_t>(u);
      ProfileChange& change = result[static_cast<std::size_t>(u)];
      for (int w = 0; w < 2; ++w) for (const std::int32_t d : windows[w]) profiles.add(document_units.row(d), self, w == 1);
      change.divergence = profiles.take_divergence();
      // Even and odd documents of both windows: what two samples of these sizes differ by when nothing changes.
      for (const auto& window : windows) for (std::size_t i = 0; i < window.size(); ++i) profiles.add(document_units.row(window[i]), self, i % 2 == 1);
      change.by_chance = profiles.take_divergence();
      change.excess = std::max(0.0, change.divergence - change.by_chance);
      change.measured = true;
    }
  });
  return result;
}

}  // namespace jianwei::analysis
