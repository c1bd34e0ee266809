#include "analysis/indicators/change.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "analysis/indicators/series.h"
#include "base/parallel.h"

namespace jianwei::analysis {

namespace {

double plogp(double p) { return p > 0.0 ? p * std::log2(p) : 0.0; }

// What one entry of two distributions adds to their divergence.
double divergence_of(double a, double b) { return 0.5 * (plogp(a) + plogp(b)) - plogp(0.5 * (a + b)); }

// Profiles of one unit as two columns over the units it meets.
class Profiles {
 public:
  explicit Profiles(std::size_t unit_count) : first_(unit_count, 0.0), second_(unit_count, 0.0), met_((unit_count + 63) / 64, 0) {}

  void add(std::span<const std::int32_t> units, std::int32_t self, bool is_second) {
    std::vector<double>& column = is_second ? second_ : first_;
    for (const std::int32_t v : units) {
      if (v == self) continue;
      const auto i = static_cast<std::size_t>(v);
      met_[i >> 6] |= std::uint64_t{1} << (i & 63);
      column[i] += 1.0;
    }
  }
  // Leaves them empty.
  double take_divergence() {
    p_.clear();
    q_.clear();
    for (std::size_t word = 0; word < met_.size(); ++word) {
      for (std::uint64_t bits = met_[word]; bits != 0; bits &= bits - 1) {
        const std::size_t i = 64 * word + static_cast<std::size_t>(std::countr_zero(bits));
        p_.push_back(first_[i]);
        q_.push_back(second_[i]);
        first_[i] = second_[i] = 0.0;
      }
      met_[word] = 0;
    }
    return jensen_shannon(p_, q_);
  }

 private:
  std::vector<double> first_, second_;  // [units]
  std::vector<std::uint64_t> met_;      // a bit for each unit
  std::vector<double> p_, q_;
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
  // Most entries are small counts: what a pair of them adds is computed once.
  constexpr double kSmall = 16.0;
  std::array<double, static_cast<std::size_t>(kSmall * kSmall)> known;
  known.fill(-1.0);  // no entry adds less than nothing by more than rounding
  double divergence = 0.0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (p[i] < kSmall && q[i] < kSmall && p[i] == std::floor(p[i]) && q[i] == std::floor(q[i])) {
      double& value = known[static_cast<std::size_t>(kSmall * p[i] + q[i])];
      if (value == -1.0) value = divergence_of(p[i] / p_sum, q[i] / q_sum);
      divergence += value;
    } else {
      divergence += divergence_of(p[i] / p_sum, q[i] / q_sum);
    }
  }
  return std::clamp(divergence, 0.0, 1.0);
}

std::vector<ProfileChange> profile_change(const Dataset& dataset, const UnitDocuments& units, const YearRange& earlier, const YearRange& later,
                                          std::int64_t max_documents, int thread_count, std::int64_t first_unit) {
  const IdLists document_units = units_of_documents(units, dataset.document_count());
  const auto unit_count = static_cast<std::size_t>(units.unit_count());
  std::vector<ProfileChange> result(unit_count);
  parallel_blocks(units.unit_count(), 1024, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    Profiles profiles(unit_count);
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
