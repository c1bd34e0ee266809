#include "analysis/bursts/significance.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/parallel.h"
#include "base/random.h"

namespace jianwei::analysis {

namespace {

double heaviest(const Bursts& bursts) {
  double weight = 0.0;
  for (const Burst& burst : bursts.bursts) {
    if (burst.level == 1) weight = std::max(weight, burst.weight);
  }
  return weight;
}

// Poisson by inversion up to mean 30, above it the normal approximation rounded. `none`: exp(-mean).
double draw_poisson(double mean, double none, Random& random) {
  if (mean <= 0.0) return 0.0;
  if (mean > 30.0) {
    const double u = std::max(random.uniform(), 1e-300);
    const double normal = std::sqrt(-2.0 * std::log(u)) * std::cos(6.283185307179586 * random.uniform());
    return std::max(0.0, std::round(mean + std::sqrt(mean) * normal));
  }
  const double u = random.uniform();
  double term = none, sum = term, k = 0.0;
  while (u > sum && k < 200.0) {
    k += 1.0;
    term *= mean / k;
    sum += term;
  }
  return k;
}

std::int64_t null_class(double relevant) {
  const auto r = static_cast<std::int64_t>(relevant);
  if (r <= 50) return r;
  return static_cast<std::int64_t>(50.0 * std::pow(1.05, std::floor(std::log(relevant / 50.0) / std::log(1.05))));
}

// Sorted heaviest weights of simulated series with `relevant` expected documents.
std::vector<double> simulate(std::int64_t relevant, std::span<const double> documents, double document_sum, const UnitBurstOptions& options) {
  std::vector<double> weights, series(documents.size()), means, none;
  for (const double d : documents) {
    means.push_back(static_cast<double>(relevant) * d / document_sum);
    none.push_back(std::exp(-means.back()));
  }
  Random random(options.seed, static_cast<std::uint64_t>(relevant));
  for (int i = 0; i < options.simulation_count; ++i) {
    for (std::size_t t = 0; t < documents.size(); ++t) {
      series[t] = std::min(documents[t], draw_poisson(means[t], none[t], random));
    }
    const auto bursts = find_bursts(series, documents, options.automaton);
    weights.push_back(bursts ? heaviest(*bursts) : 0.0);
  }
  std::sort(weights.begin(), weights.end());
  return weights;
}

}  // namespace

std::vector<double> benjamini_hochberg(std::span<const double> p_values) {
  const std::size_t n = p_values.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> q(n);
  double smallest = 1.0;
  for (std::size_t i = n; i-- > 0;) {
    smallest = std::min(smallest, p_values[order[i]] * static_cast<double>(n) / static_cast<double>(i + 1));
    q[order[i]] = smallest;
  }
  return q;
}

Result<std::vector<UnitBurst>> find_unit_bursts(const UnitSeries& series, const UnitBurstOptions& options, Progress& progress) {
  const auto years = static_cast<std::size_t>(series.complete_years);
  const std::span<const double> documents(series.corpus.data(), years);
  const double document_sum = std::accumulate(documents.begin(), documents.end(), 0.0);
  std::vector<UnitBurst> result;
  if (years < 3 || document_sum <= 0.0) return result;

  struct Tested {
    std::int64_t unit = 0;
    std::int64_t null_class = 0;
    Bursts bursts;
  };
  std::vector<Tested> tested;
  std::map<std::int64_t, std::vector<double>> null_weights;
  progress.begin("bursts", series.unit_count, "units");
  for (std::int64_t u = 0; u < series.unit_count; ++u) {
    if (u % 4096 == 0) TRY(progress.check());
    progress.advance();
    const auto relevant = series.count_row(u).first(years);
    const double sum = std::accumulate(relevant.begin(), relevant.end(), 0.0);
    if (sum < options.min_documents) continue;
    tested.push_back({u, null_class(sum), TRY(find_bursts(relevant, documents, options.automaton))});
    if (heaviest(tested.back().bursts) > 0.0) null_weights[tested.back().null_class];
  }

  std::vector<std::pair<std::int64_t, std::vector<double>*>> jobs;
  for (auto& [relevant, weights] : null_weights) jobs.emplace_back(relevant, &weights);
  parallel_blocks(static_cast<std::int64_t>(jobs.size()), 1, options.thread_count, [&](std::int64_t job, std::int64_t, std::int64_t) {
    if (progress.cancelled()) return;
    const auto& [relevant, weights] = jobs[static_cast<std::size_t>(job)];
    *weights = simulate(relevant, documents, document_sum, options);
  });
  TRY(progress.check());

  std::vector<double> p_values;
  p_values.reserve(tested.size());
  for (const Tested& t : tested) {
    const double weight = heaviest(t.bursts);
    if (weight <= 0.0) {
      p_values.push_back(1.0);
      continue;
    }
    const std::vector<double>& null = null_weights[t.null_class];
    const auto as_heavy = null.end() - std::lower_bound(null.begin(), null.end(), weight);
    p_values.push_back(static_cast<double>(1 + as_heavy) / static_cast<double>(1 + null.size()));
  }
  const std::vector<double> q_values = benjamini_hochberg(p_values);

  for (std::size_t i = 0; i < tested.size(); ++i) {
    const auto counts = series.count_row(tested[i].unit);
    for (const Burst& burst : tested[i].bursts.bursts) {
      UnitBurst found;
      found.unit = tested[i].unit;
      found.first_year = static_cast<std::int16_t>(series.years.first + burst.begin);
      found.last_year = static_cast<std::int16_t>(series.years.first + burst.end - 1);
      found.open = burst.end == series.complete_years;
      found.level = burst.level;
      found.weight = burst.weight;
      for (std::int64_t t = burst.begin; t < burst.end; ++t) found.documents += counts[static_cast<std::size_t>(t)];
      found.p_value = p_values[i];
      found.q_value = q_values[i];
      result.push_back(found);
    }
  }
  std::stable_sort(result.begin(), result.end(), [](const UnitBurst& a, const UnitBurst& b) { return a.weight != b.weight ? a.weight > b.weight : a.unit < b.unit; });
  return result;
}

}  // namespace jianwei::analysis
