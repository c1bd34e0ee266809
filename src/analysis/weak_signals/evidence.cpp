#include "analysis/weak_signals/evidence.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "analysis/bursts/significance.h"
#include "analysis/indicators/intervals.h"

namespace jianwei::analysis {

namespace {

constexpr double kMinRecentDocuments = 3.0;
constexpr std::int32_t kNovelYears = 10;
constexpr double kWindows = 2.0;

double median(std::vector<double> values) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}

std::vector<std::int32_t> recent_documents(const Dataset& dataset, const UnitDocuments& units, std::size_t unit, const YearRange& recent) {
  std::vector<std::int32_t> documents;
  for (auto e = static_cast<std::size_t>(units.offsets[unit]); e < static_cast<std::size_t>(units.offsets[unit + 1]); ++e) {
    const std::int32_t d = units.documents[e];
    const std::int16_t year = dataset.year[static_cast<std::size_t>(d)];
    if (year >= recent.first && year <= recent.last) documents.push_back(d);
  }
  return documents;
}

std::size_t find_root(std::vector<std::size_t>& parent, std::size_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

// Groups of documents joined by a shared person; documents that name nobody are in no group.
std::int32_t author_groups(const Dataset& dataset, std::span<const std::int32_t> documents) {
  if (dataset.persons.offsets.size() != dataset.year.size() + 1) return 0;
  std::vector<std::size_t> parent(documents.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  std::map<std::int32_t, std::size_t> first_of_person;
  std::vector<std::uint8_t> named(documents.size(), 0);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    for (const std::int32_t person : dataset.persons.row(documents[i])) {
      named[i] = 1;
      const auto [at, added] = first_of_person.emplace(person, i);
      if (!added) parent[find_root(parent, i)] = find_root(parent, at->second);
    }
  }
  std::int32_t groups = 0;
  for (std::size_t i = 0; i < documents.size(); ++i) groups += named[i] != 0 && find_root(parent, i) == i ? 1 : 0;
  return groups;
}

std::int32_t distinct(const IdLists& lists, const Dataset& dataset, std::span<const std::int32_t> documents) {
  if (lists.offsets.size() != dataset.year.size() + 1) return 0;
  std::vector<std::int32_t> values;
  for (const std::int32_t d : documents) values.insert(values.end(), lists.row(d).begin(), lists.row(d).end());
  std::sort(values.begin(), values.end());
  return static_cast<std::int32_t>(std::unique(values.begin(), values.end()) - values.begin());
}

std::int32_t distinct_sources(const Dataset& dataset, std::span<const std::int32_t> documents) {
  std::vector<std::int16_t> values;
  for (const std::int32_t d : documents) values.push_back(dataset.source[static_cast<std::size_t>(d)]);
  std::sort(values.begin(), values.end());
  return static_cast<std::int32_t>(std::unique(values.begin(), values.end()) - values.begin());
}

double isolation_of(std::int32_t unit, std::span<const std::int32_t> documents, const IdLists& document_units, const std::vector<double>& recent_count, std::int64_t nearest) {
  std::map<std::int32_t, double> together;
  for (const std::int32_t d : documents) {
    for (const std::int32_t other : document_units.row(d)) {
      if (other != unit) together[other] += 1.0;
    }
  }
  const auto own = static_cast<double>(documents.size());
  std::vector<double> cosines;
  for (const auto& [other, n] : together) {
    if (n >= own) continue;  // it stands in every document of the unit: a part of its name or a phrase around it
    cosines.push_back(n / std::sqrt(own * std::max(n, recent_count[static_cast<std::size_t>(other)])));
  }
  std::sort(cosines.begin(), cosines.end(), std::greater<>());
  const auto k = static_cast<std::size_t>(nearest);
  double sum = 0.0;
  for (std::size_t i = 0; i < std::min(k, cosines.size()); ++i) sum += cosines[i];
  return 1.0 - sum / static_cast<double>(nearest);
}

void confirm(const Dataset& dataset, const UnitDocuments& units, const YearRange& recent, const IdLists& document_units, const std::vector<double>& recent_count, const SignalOptions& options,
             SignalEvidence& signal) {
  const std::vector<std::int32_t> documents = recent_documents(dataset, units, static_cast<std::size_t>(signal.unit), recent);
  signal.sources = distinct_sources(dataset, documents);
  signal.organisations = distinct(dataset.organisations, dataset, documents);
  signal.author_groups = author_groups(dataset, documents);
  signal.spread = signal.author_groups >= 2 && (signal.sources >= 2 || signal.organisations >= 2);
  signal.isolation = isolation_of(signal.unit, documents, document_units, recent_count, options.nearest);
  signal.novel = recent.last - signal.first_year < kNovelYears;
}

}  // namespace

Rise measure_rise(const UnitSeries& series, std::int64_t unit) {
  Rise best;
  const auto counts = series.count_row(unit), exposure = series.exposure_row(unit);
  const std::int64_t last = series.complete_years;
  for (const std::int64_t years : {kRecentYears, kLongRecentYears}) {
    Rise rise;
    rise.window_years = years;
    double recent_exposure = 0.0, before_exposure = 0.0;
    for (std::int64_t t = 0; t < last; ++t) {
      const bool recent = t >= last - years;
      (recent ? rise.recent : rise.before) += counts[static_cast<std::size_t>(t)];
      (recent ? recent_exposure : before_exposure) += exposure[static_cast<std::size_t>(t)];
    }
    if (years == kRecentYears && rise.recent < kMinRecentDocuments) return rise;
    if (recent_exposure <= 0.0 || before_exposure <= 0.0) continue;
    rise.tested = true;
    rise.ratio = (rise.recent + 0.5) / recent_exposure / ((rise.before + 0.5) / before_exposure);
    rise.p = std::min(1.0, kWindows * binomial_tail(rise.recent, rise.recent + rise.before, recent_exposure / (recent_exposure + before_exposure)));
    if (!best.tested || rise.p < best.p) best = rise;
  }
  return best;
}

std::vector<SignalEvidence> find_signals(const Dataset& dataset, const UnitDocuments& units, const UnitSeries& series, std::span<const std::uint8_t> excluded, const SignalOptions& options) {
  std::vector<SignalEvidence> tested;
  std::vector<double> p_values, totals(static_cast<std::size_t>(series.unit_count), 0.0), recent_count(totals.size(), 0.0), seen;
  for (std::int64_t u = 0; u < series.unit_count; ++u) {
    const auto counts = series.count_row(u).first(static_cast<std::size_t>(series.complete_years));
    double& total = totals[static_cast<std::size_t>(u)];
    total = std::accumulate(counts.begin(), counts.end(), 0.0);
    recent_count[static_cast<std::size_t>(u)] = std::accumulate(counts.end() - std::min<std::int64_t>(kRecentYears, series.complete_years), counts.end(), 0.0);
    if (total > 0.0) seen.push_back(total);
  }
  const double rare = std::max(options.rare_documents, median(std::move(seen)));
  const auto last = static_cast<std::int16_t>(series.years.first + series.complete_years - 1);
  const YearRange recent{static_cast<std::int16_t>(last - kRecentYears + 1), last};
  for (std::int64_t u = 0; u < series.unit_count; ++u) {
    const Rise rise = measure_rise(series, u);
    if (!rise.tested || totals[static_cast<std::size_t>(u)] > rare || (!excluded.empty() && excluded[static_cast<std::size_t>(u)] != 0)) continue;
    SignalEvidence signal;
    signal.unit = static_cast<std::int32_t>(u);
    signal.rise = rise;
    const auto counts = series.count_row(u);
    signal.first_year = series.years.first + static_cast<std::int32_t>(std::find_if(counts.begin(), counts.end(), [](double c) { return c > 0.0; }) - counts.begin());
    tested.push_back(signal);
    p_values.push_back(rise.p);
  }
  const std::vector<double> q_values = benjamini_hochberg(p_values);
  std::vector<SignalEvidence> signals;
  for (std::size_t i = 0; i < tested.size(); ++i) {
    tested[i].q = q_values[i];
    if (tested[i].q <= options.max_q) signals.push_back(tested[i]);
  }
  if (signals.empty()) return signals;

  const IdLists document_units = units_of_documents(units, dataset.document_count());
  std::vector<double> isolations;
  for (SignalEvidence& signal : signals) {
    confirm(dataset, units, recent, document_units, recent_count, options, signal);
    isolations.push_back(signal.isolation);
  }
  const double middle = median(std::move(isolations));
  for (SignalEvidence& signal : signals) signal.isolated = signal.isolation > middle;
  std::stable_sort(signals.begin(), signals.end(), [](const SignalEvidence& a, const SignalEvidence& b) {
    if (a.q != b.q) return a.q < b.q;
    if (a.rise.p != b.rise.p) return a.rise.p < b.rise.p;
    return a.confirmations() > b.confirmations();
  });
  return signals;
}

}  // namespace jianwei::analysis
