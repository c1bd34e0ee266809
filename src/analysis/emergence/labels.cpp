#include "analysis/emergence/labels.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace jianwei::analysis {

namespace {

// Marks the highest tenth of the members (rounded up), with all that tie with the last of them.
void mark_top_decile(const std::vector<std::size_t>& members, Outcome& outcome) {
  if (members.empty()) return;
  std::vector<double> values;
  values.reserve(members.size());
  for (const std::size_t i : members) values.push_back(outcome.growth[i]);
  const std::size_t count = (members.size() + 9) / 10;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count - 1), values.end(), std::greater<>());
  for (const std::size_t i : members) outcome.label[i] = outcome.growth[i] >= values[count - 1] ? 1 : 0;
}

// The least count of the largest hundredth (at least ten) of the units.
double entry_to_top(std::span<const double> counts) {
  std::vector<double> values(counts.begin(), counts.end());
  const std::size_t place = std::min(values.size(), std::max<std::size_t>(10, values.size() / 100)) - 1;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(place), values.end(), std::greater<>());
  return values[place];
}

void mark_joining(std::span<const double> before, std::span<const double> after, Outcome& outcome) {
  if (before.empty()) return;
  const double entry_before = entry_to_top(before), entry_after = entry_to_top(after);
  for (std::size_t i = 0; i < before.size(); ++i) outcome.label[i] = before[i] < entry_before && after[i] >= entry_after && after[i] > 0.0 ? 1 : 0;
}

}  // namespace

Outcome label_outcome(std::span<const double> before, std::span<const double> after, double corpus_before, double corpus_after, std::int64_t horizon_years, LabelKind kind) {
  const auto h = static_cast<double>(horizon_years);
  Outcome outcome;
  outcome.growth.resize(before.size());
  outcome.label.assign(before.size(), 0);
  for (std::size_t i = 0; i < before.size(); ++i) {
    outcome.growth[i] = std::log((after[i] / h * corpus_before / corpus_after + 0.5) / (before[i] / h + 0.5));
  }
  if (kind == LabelKind::joins_top) {
    mark_joining(before, after, outcome);
    return outcome;
  }
  constexpr std::size_t kBins = 5;
  std::vector<std::vector<std::size_t>> bins(kBins);
  std::vector<double> sorted(before.begin(), before.end());
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (kind == LabelKind::eight_percent) {
      outcome.label[i] = outcome.growth[i] >= h * std::log(1.08) ? 1 : 0;
      continue;
    }
    const auto smaller = static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), before[i]) - sorted.begin());
    bins[kind == LabelKind::top_decile ? 0 : smaller * kBins / before.size()].push_back(i);
  }
  for (const auto& bin : bins) mark_top_decile(bin, outcome);
  return outcome;
}

}  // namespace jianwei::analysis
