#include "analysis/indicators/source_lag.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace jianwei::analysis {

namespace {

constexpr std::int64_t kUnseenYears = 3;  // uptake this early in a kind's data may be older than they are

struct Grid {
  YearRange years;
  std::vector<std::vector<double>> corpus;  // [kinds][years]
};

std::vector<KindCover> cover_kinds(const Dataset& dataset, std::int16_t until, Grid& grid, std::vector<std::int32_t>& row_of_kind) {
  std::int16_t first = std::numeric_limits<std::int16_t>::max();
  for (const std::int16_t year : dataset.year) {
    if (year > 0 && year <= until) first = std::min(first, year);
  }
  grid.years = {first, until};
  std::vector<KindCover> covers;
  row_of_kind.assign(128, -1);
  if (first > until) return covers;
  const auto years = static_cast<std::size_t>(grid.years.count());
  std::vector<std::vector<double>> by_kind(128);
  for (std::size_t d = 0; d < dataset.year.size(); ++d) {
    if (dataset.year[d] <= 0 || dataset.year[d] > until) continue;
    std::vector<double>& series = by_kind[static_cast<std::size_t>(dataset.kind[d])];
    series.resize(years, 0.0);
    series[static_cast<std::size_t>(grid.years.index(dataset.year[d]))] += 1.0;
  }
  for (std::size_t kind = 0; kind < by_kind.size(); ++kind) {
    if (by_kind[kind].empty()) continue;
    KindCover cover{static_cast<std::int8_t>(kind), {}, 0.0};
    for (const double n : by_kind[kind]) cover.documents += n;
    double seen = 0.0;
    for (std::size_t t = 0; t < years; ++t) {
      seen += by_kind[kind][t];
      if (by_kind[kind][t] <= 0.0) continue;
      const auto year = static_cast<std::int16_t>(first + static_cast<std::int64_t>(t));
      if (cover.years.first == 0 && seen * 500.0 >= cover.documents) cover.years.first = year;
      cover.years.last = year;
    }
    row_of_kind[kind] = static_cast<std::int32_t>(covers.size());
    covers.push_back(cover);
    grid.corpus.push_back(std::move(by_kind[kind]));
  }
  return covers;
}

Uptake uptake_of(const KindCover& cover, std::span<const double> counts, const Grid& grid, double support) {
  Uptake uptake;
  for (std::size_t t = 0; t < counts.size(); ++t) {
    if (counts[t] <= 0.0) continue;
    uptake.documents += counts[t];
    const auto year = static_cast<std::int16_t>(grid.years.first + static_cast<std::int64_t>(t));
    if (uptake.first == 0) uptake.first = year;
    if (uptake.year == 0 && uptake.documents >= support) uptake.year = year;
    if (uptake.high == 0 && uptake.documents >= support && poisson_interval(uptake.documents).low >= support) uptake.high = year;
  }
  if (uptake.year != 0) uptake.state = uptake.year < cover.years.first + kUnseenYears ? UptakeState::in_or_before : UptakeState::observed;
  return uptake;
}

// Year index at which a kind would reach the support if it carried the unit with the share of both kinds together; -1: never.
std::int64_t uptake_by_size(std::span<const double> corpus, std::span<const double> other_corpus, std::span<const double> counts, std::span<const double> other_counts, double support) {
  double sum = 0.0;
  for (std::size_t t = 0; t < corpus.size(); ++t) {
    const double both = corpus[t] + other_corpus[t];
    if (both > 0.0) sum += corpus[t] * (counts[t] + other_counts[t]) / both;
    if (sum >= support) return static_cast<std::int64_t>(t);
  }
  return -1;
}

// -1: a first, 1: b first, 0: the same year, 2: not known.
int order_of(const Uptake& a, const Uptake& b, bool a_could_show, bool b_could_show) {
  const auto has = [](const Uptake& u) { return u.state != UptakeState::not_yet; };
  if (has(a) && !has(b)) return b_could_show ? -1 : 2;
  if (!has(a) && has(b)) return a_could_show ? 1 : 2;
  if (a.state == UptakeState::observed && b.state == UptakeState::observed) return a.year == b.year ? 0 : (a.year < b.year ? -1 : 1);
  if (a.state == UptakeState::in_or_before && b.state == UptakeState::observed && a.year < b.year) return -1;
  if (b.state == UptakeState::in_or_before && a.state == UptakeState::observed && b.year < a.year) return 1;
  return 2;
}

struct PairValues {
  std::vector<double> lag, by_size, excess;
};

void add_unit(const Grid& grid, const std::vector<std::vector<double>>& counts, const std::vector<Uptake>& uptakes, double support, PairLag& pair, PairValues& values) {
  const Uptake &a = uptakes[pair.from], &b = uptakes[pair.to];
  if (a.state == UptakeState::not_yet && b.state == UptakeState::not_yet) return;
  const std::int64_t size_a = uptake_by_size(grid.corpus[pair.from], grid.corpus[pair.to], counts[pair.from], counts[pair.to], support);
  const std::int64_t size_b = uptake_by_size(grid.corpus[pair.to], grid.corpus[pair.from], counts[pair.to], counts[pair.from], support);
  switch (order_of(a, b, size_a >= 0, size_b >= 0)) {
    case -1: ++pair.from_first; break;
    case 1: ++pair.to_first; break;
    case 0: ++pair.same_year; break;
    default: ++pair.unknown;
  }
  if (a.state != UptakeState::observed || b.state != UptakeState::observed) return;
  const double lag = b.year - a.year;
  values.lag.push_back(lag);
  if (size_a < 0 || size_b < 0) return;
  values.by_size.push_back(static_cast<double>(size_b - size_a));
  values.excess.push_back(lag - values.by_size.back());
}

}  // namespace

Quantiles quantiles(std::vector<double> values) {
  Quantiles result;
  result.count = static_cast<std::int64_t>(values.size());
  const double infinity = std::numeric_limits<double>::infinity();
  result.interval = {-infinity, infinity};
  if (values.empty()) return result;
  std::sort(values.begin(), values.end());
  const auto at = [&](double p) {
    const double place = p * static_cast<double>(values.size() - 1);
    const auto low = static_cast<std::size_t>(place);
    const std::size_t high = std::min(low + 1, values.size() - 1);
    return values[low] + (place - static_cast<double>(low)) * (values[high] - values[low]);
  };
  result.lower_quartile = at(0.25);
  result.median = at(0.5);
  result.upper_quartile = at(0.75);
  // [x_(r), x_(n+1-r)] with the largest r for which P(Bin(n, 1/2) < r) <= 0.025.
  const auto n = static_cast<double>(values.size());
  std::size_t low = 0, high = values.size() / 2;  // P(X < r) grows with r
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (1.0 - binomial_tail(static_cast<double>(middle), n, 0.5) <= 0.025) low = middle;
    else high = middle - 1;
  }
  if (low > 0) result.interval = {values[low - 1], values[values.size() - low]};
  return result;
}

SourceLags source_lags(const Dataset& dataset, const UnitDocuments& units, const LagOptions& options) {
  SourceLags lags;
  Grid grid;
  std::vector<std::int32_t> row_of_kind;
  lags.kinds = cover_kinds(dataset, options.until, grid, row_of_kind);
  const std::size_t kinds = lags.kinds.size();
  for (std::size_t a = 0; a < kinds; ++a) {
    for (std::size_t b = a + 1; b < kinds; ++b) lags.pairs.push_back({a, b, {}, {}, {}, 0, 0, 0, 0, {}});
  }
  std::vector<PairValues> values(lags.pairs.size());
  lags.uptakes.resize(static_cast<std::size_t>(units.unit_count()));
  if (kinds == 0) return lags;
  std::vector<std::vector<double>> counts(kinds);
  for (std::size_t u = 0; u < lags.uptakes.size(); ++u) {
    for (auto& series : counts) series.assign(static_cast<std::size_t>(grid.years.count()), 0.0);
    for (auto e = static_cast<std::size_t>(units.offsets[u]); e < static_cast<std::size_t>(units.offsets[u + 1]); ++e) {
      const auto d = static_cast<std::size_t>(units.documents[e]);
      if (dataset.year[d] <= 0 || dataset.year[d] > options.until) continue;
      counts[static_cast<std::size_t>(row_of_kind[static_cast<std::size_t>(dataset.kind[d])])][static_cast<std::size_t>(grid.years.index(dataset.year[d]))] += static_cast<double>(units.weights[e]);
    }
    for (std::size_t k = 0; k < kinds; ++k) lags.uptakes[u].push_back(uptake_of(lags.kinds[k], counts[k], grid, options.support));
    for (std::size_t p = 0; p < lags.pairs.size(); ++p) add_unit(grid, counts, lags.uptakes[u], options.support, lags.pairs[p], values[p]);
  }
  for (std::size_t p = 0; p < lags.pairs.size(); ++p) {
    PairLag& pair = lags.pairs[p];
    pair.lag = quantiles(std::move(values[p].lag));
    pair.by_size = quantiles(std::move(values[p].by_size));
    pair.excess = quantiles(std::move(values[p].excess));
    pair.from_first_share = wilson_interval(static_cast<double>(pair.from_first), static_cast<double>(pair.from_first + pair.to_first));
  }
  return lags;
}

}  // namespace jianwei::analysis
