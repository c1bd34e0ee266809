#include "analysis/indicators/diversity.h"

#include <algorithm>
#include <cmath>

namespace jianwei::analysis {

namespace {

// Counts categories of one unit in a dense array and forgets them again in time O(touched).
class CategoryCounter {
 public:
  void add(std::int32_t category) {
    if (category < 0) return;
    const auto c = static_cast<std::size_t>(category);
    if (c >= counts_.size()) counts_.resize(c + 1, 0);
    if (counts_[c]++ == 0) touched_.push_back(category);
  }
  // Counts in order of category, so that sums are the same however the documents are ordered.
  std::vector<std::int64_t> take() {
    std::sort(touched_.begin(), touched_.end());
    std::vector<std::int64_t> result;
    result.reserve(touched_.size());
    for (const std::int32_t c : touched_) {
      result.push_back(counts_[static_cast<std::size_t>(c)]);
      counts_[static_cast<std::size_t>(c)] = 0;
    }
    touched_.clear();
    return result;
  }

 private:
  std::vector<std::int64_t> counts_;
  std::vector<std::int32_t> touched_;
};

}  // namespace

Diversity diversity(std::span<const std::int64_t> counts, std::int64_t possible) {
  Diversity result;
  for (const std::int64_t n : counts) {
    result.incidences += n;
    if (n > 0) ++result.categories;
  }
  if (result.incidences < 2) return result;
  const auto total = static_cast<double>(result.incidences);
  double entropy = 0.0, pairs = 0.0;
  for (const std::int64_t count : counts) {
    if (count <= 0) continue;
    const auto n = static_cast<double>(count);
    entropy -= n / total * std::log(n / total);
    pairs += n * (n - 1.0);
  }
  const auto reachable = static_cast<double>(std::min(result.incidences, std::max(possible, result.categories)));
  if (reachable > 1.0) result.shannon = std::min(1.0, entropy / std::log(reachable));
  result.gini_simpson = 1.0 - pairs / (total * (total - 1.0));
  return result;
}

double rao_stirling(std::span<const double> proportions, std::span<const double> distance) {
  const std::size_t k = proportions.size();
  double sum = 0.0;
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) {
      if (i != j) sum += distance[i * k + j] * proportions[i] * proportions[j];
    }
  }
  return sum;
}

std::vector<GrowthDiversity> growth_diversity(const Dataset& dataset, const UnitDocuments& units, const YearRange& window) {
  const auto in_window = [&](std::size_t d) { return dataset.year[d] >= window.first && dataset.year[d] <= window.last; };

  // K of each dimension: categories of the whole corpus in the window.
  CategoryCounter organisations, countries, sources;
  const auto add_document = [&](std::size_t d) {
    const auto row = static_cast<std::int64_t>(d);
    if (dataset.organisations.offsets.size() > d + 1) for (const std::int32_t o : dataset.organisations.row(row)) organisations.add(o);
    if (dataset.countries.offsets.size() > d + 1) for (const std::int32_t c : dataset.countries.row(row)) countries.add(c);
    if (dataset.source.size() > d) sources.add(dataset.source[d]);
  };
  for (std::size_t d = 0; d < dataset.year.size(); ++d) {
    if (in_window(d)) add_document(d);
  }
  const auto all_organisations = static_cast<std::int64_t>(organisations.take().size());
  const auto all_countries = static_cast<std::int64_t>(countries.take().size());
  const auto all_sources = static_cast<std::int64_t>(sources.take().size());

  std::vector<GrowthDiversity> result(static_cast<std::size_t>(units.unit_count()));
  for (std::size_t u = 0; u < result.size(); ++u) {
    for (std::int64_t e = units.offsets[u]; e < units.offsets[u + 1]; ++e) {
      const auto d = static_cast<std::size_t>(units.documents[static_cast<std::size_t>(e)]);
      if (in_window(d)) add_document(d);
    }
    result[u].organisations = diversity(organisations.take(), all_organisations);
    result[u].countries = diversity(countries.take(), all_countries);
    result[u].sources = diversity(sources.take(), all_sources);
  }
  return result;
}

}  // namespace jianwei::analysis
