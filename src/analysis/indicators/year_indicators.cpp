// A year is measured on the series cut at it: the source mix, the bursts, the medians of the weak-signal maps and the corpus values are all those known
// at that time.
#include "analysis/indicators/year_indicators.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/bursts/significance.h"
#include "analysis/indicators/growth.h"
#include "analysis/indicators/intervals.h"
#include "analysis/indicators/year_context.h"
#include "analysis/weak_signals/evidence.h"
#include "base/parallel.h"

namespace jianwei::analysis {

namespace {

constexpr std::array<std::string_view, kIndicatorCount> kNames = {
    "documents", "share", "growth", "acceleration", "age", "newness", "persistence", "authors", "organisations", "countries", "effective_authors", "effective_organisations",
    "effective_countries", "organisation_diversity", "source_diversity", "cohesion", "vitality", "reference_vitality", "impact", "burst", "weak_signal"};
constexpr std::size_t kAccelerationWindow = 2;
constexpr double kPriorDegrees = 10.0;       // d0: what the common dispersion is worth against a unit's own, three degrees of five years
constexpr double kTestSupport = 5.0;         // documents in the growth years; below, no count could be significant, and testing it would cost the others
constexpr double kDispersionSupport = 20.0;  // documents in the growth years; below, a dispersion is the noise of few counts
constexpr std::int64_t kShortestPeriod = 5, kLongestPeriod = 10;

void measure_level(std::span<const double> counts, std::span<const double> exposure, IndicatorRow& row) {
  const Interval interval = poisson_interval(counts.back());
  row[Indicator::documents] = {counts.back(), interval.low, interval.high, Measure::kUnknown, Measure::kUnknown};
  const double e = exposure.back();
  if (e > 0.0) row[Indicator::share] = {counts.back() / e, interval.low / e, interval.high / e, Measure::kUnknown, Measure::kUnknown};
}

// Growth of the last years of every unit; the dispersion of one unit over five years is hardly known, so it borrows from all.
struct Growths {
  std::vector<GrowthRate> rates;   // [units]
  std::vector<double> degrees;     // [units] of freedom of the own dispersion
  double common_dispersion = 1.0;  // median over the units with support
};

Growths measure_growths(const UnitSeries& series, int thread_count) {
  Growths growths;
  growths.rates.resize(static_cast<std::size_t>(series.unit_count));
  growths.degrees.assign(growths.rates.size(), 0.0);
  const auto years = static_cast<std::size_t>(std::min<std::int64_t>(series.years.count(), kGrowthYears));
  parallel_blocks(series.unit_count, 4096, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t u = begin; u < end; ++u) {
      const auto exposure = series.exposure_row(u).last(years);
      growths.rates[static_cast<std::size_t>(u)] = growth_rate(series.count_row(u).last(years), exposure);
      growths.degrees[static_cast<std::size_t>(u)] = static_cast<double>(std::count_if(exposure.begin(), exposure.end(), [](double e) { return e > 0.0; })) - 2.0;
    }
  });
  std::vector<double> dispersions;
  for (std::int64_t u = 0; u < series.unit_count; ++u) {
    const auto counts = series.count_row(u).last(years);
    if (growths.rates[static_cast<std::size_t>(u)].estimated && std::accumulate(counts.begin(), counts.end(), 0.0) >= kDispersionSupport) dispersions.push_back(growths.rates[static_cast<std::size_t>(u)].dispersion);
  }
  if (dispersions.empty()) return growths;
  std::nth_element(dispersions.begin(), dispersions.begin() + static_cast<std::ptrdiff_t>(dispersions.size() / 2), dispersions.end());
  growths.common_dispersion = dispersions[dispersions.size() / 2];
  return growths;
}

// Returns the dispersion used: phi = (d0 phi0 + d phi_u) / (d0 + d), with d0 + d degrees of freedom.
double measure_growth(const Growths& growths, std::size_t unit, std::span<const double> counts, IndicatorRow& row) {
  const GrowthRate& rate = growths.rates[unit];
  if (!rate.estimated) return growths.common_dispersion;
  const double own = growths.degrees[unit], degrees = own + kPriorDegrees;
  const double dispersion = (kPriorDegrees * growths.common_dispersion + own * rate.dispersion) / degrees;
  const double plain = 0.5 * (rate.high - rate.low) / student_quantile(0.975, own);
  const double error = plain * std::sqrt(dispersion / rate.dispersion);
  const double half = error * student_quantile(0.975, degrees);
  Measure& measure = row[Indicator::growth];
  measure.value = std::expm1(rate.log_slope);
  measure.low = std::expm1(rate.log_slope - half);
  measure.high = std::expm1(rate.log_slope + half);
  const auto recent = counts.last(std::min<std::size_t>(counts.size(), kGrowthYears));
  if (error > 0.0 && std::accumulate(recent.begin(), recent.end(), 0.0) >= kTestSupport) measure.p = student_two_sided(rate.log_slope / error, degrees);
  return dispersion;
}

void measure_acceleration(std::span<const double> counts, std::span<const double> exposure, double dispersion, IndicatorRow& row) {
  constexpr std::size_t kYears = 3 * kAccelerationWindow;
  if (counts.size() < kYears) return;
  constexpr double kWeights[] = {1.0, -2.0, 1.0};
  double second = 0.0, variance = 0.0, total = 0.0;
  for (std::size_t window = 0; window < 3; ++window) {
    double c = 0.0, e = 0.0;
    for (std::size_t i = 0; i < kAccelerationWindow; ++i) {
      const std::size_t t = counts.size() - kYears + window * kAccelerationWindow + i;
      c += counts[t];
      e += exposure[t];
    }
    if (e <= 0.0) return;
    total += c;
    second += kWeights[window] * std::log((c + 0.5) / e);
    variance += kWeights[window] * kWeights[window] / (c + 0.5);
  }
  if (total <= 0.0) return;
  constexpr double kScale = static_cast<double>(kAccelerationWindow * kAccelerationWindow);
  const double value = second / kScale, error = std::sqrt(variance * dispersion) / kScale;
  row[Indicator::acceleration] = {value, value - kNormal975 * error, value + kNormal975 * error, normal_two_sided(value / error), Measure::kUnknown};
}

void measure_age(std::span<const double> counts, IndicatorRow& row) {
  const auto first = std::find_if(counts.begin(), counts.end(), [](double c) { return c > 0.0; });
  if (first == counts.end()) return;
  const auto age = static_cast<double>(counts.end() - first - 1);
  const double sightings = std::accumulate(counts.begin(), counts.end(), 0.0);
  row[Indicator::age] = {age, age, age_limit(age, sightings), Measure::kUnknown, Measure::kUnknown};
  const auto present = static_cast<double>(std::count_if(first, counts.end(), [](double c) { return c > 0.0; }));
  const Interval interval = wilson_interval(present, age + 1.0);
  row[Indicator::persistence] = {present / (age + 1.0), interval.low, interval.high, Measure::kUnknown, Measure::kUnknown};
}

Result<> measure_bursts(const UnitSeries& series, const YearOptions& options, YearTable& table, Progress& progress) {
  UnitBurstOptions bursts;
  bursts.simulation_count = options.burst_simulations;
  bursts.seed = options.seed;
  bursts.thread_count = options.thread_count;
  std::vector<Measure> open(static_cast<std::size_t>(series.unit_count));
  for (Measure& measure : open) measure.value = 0.0, measure.p = 1.0, measure.q = 1.0;
  Progress silent;
  for (const UnitBurst& burst : TRY(find_unit_bursts(series, bursts, silent))) {
    Measure& measure = open[static_cast<std::size_t>(burst.unit)];
    if (!burst.open || burst.level != 1 || burst.weight <= measure.value) continue;
    measure.value = burst.weight;
    measure.p = burst.p_value;
    measure.q = burst.q_value;
  }
  TRY(progress.check());
  for (std::size_t i = 0; i < table.units.size(); ++i) table.rows[i][Indicator::burst] = open[static_cast<std::size_t>(table.units[i])];
  return {};
}

// [units][years of the series] occurrences cut from the longer table.
std::vector<double> cut_occurrences(const IndicatorInput& input, const UnitSeries& series) {
  std::vector<double> cut;
  if (input.occurrences.empty()) return cut;
  const auto years = static_cast<std::size_t>(series.years.count());
  const auto all = static_cast<std::size_t>(input.occurrence_years.count());
  cut.assign(static_cast<std::size_t>(series.unit_count) * years, 0.0);
  for (std::size_t u = 0; u < static_cast<std::size_t>(series.unit_count); ++u) {
    for (std::size_t t = 0; t < years; ++t) {
      const std::int64_t from = input.occurrence_years.index(static_cast<std::int16_t>(series.years.first + static_cast<std::int16_t>(t)));
      if (from >= 0 && from < static_cast<std::int64_t>(all)) cut[u * years + t] = static_cast<double>(input.occurrences[u * all + static_cast<std::size_t>(from)]);
    }
  }
  return cut;
}

Result<> measure_weak_signals(const IndicatorInput& input, const UnitSeries& series, YearTable& table) {
  const std::vector<double> occurrences = cut_occurrences(input, series);
  std::vector<double> weak(static_cast<std::size_t>(series.unit_count), 0.0);
  std::vector<std::uint8_t> supported(weak.size(), 0);
  std::vector<Quadrant> quadrants(weak.size(), Quadrant::unsupported);
  double maps = 0.0;
  for (std::int64_t periods = kShortestPeriod; periods <= std::min(kLongestPeriod, series.complete_years); ++periods) {
    WeakSignalOptions options;
    options.max_periods = periods;
    const WeakSignalMap map = TRY(map_weak_signals(series, occurrences, options));
    maps += 1.0;
    for (std::size_t u = 0; u < weak.size(); ++u) {
      quadrants[u] = map.units[u].agreed;
      if (map.units[u].emergence_map != Quadrant::unsupported) supported[u] = 1;
      if (map.units[u].agreed == Quadrant::weak) weak[u] += 1.0;
    }
  }
  std::vector<double> p_values;
  std::vector<std::size_t> tested;
  std::vector<double> p(weak.size(), Measure::kUnknown), q = p;
  for (std::size_t u = 0; u < weak.size(); ++u) {
    const Rise rise = measure_rise(series, static_cast<std::int64_t>(u));
    if (!rise.tested) continue;
    tested.push_back(u);
    p_values.push_back(rise.p);
    p[u] = rise.p;
  }
  const std::vector<double> q_values = benjamini_hochberg(p_values);
  for (std::size_t i = 0; i < tested.size(); ++i) q[tested[i]] = q_values[i];
  for (std::size_t i = 0; i < table.units.size(); ++i) {
    const auto u = static_cast<std::size_t>(table.units[i]);
    table.rows[i].quadrant = quadrants[u];
    if (maps <= 0.0 || supported[u] == 0) continue;
    const Interval interval = wilson_interval(weak[u], maps);
    table.rows[i][Indicator::weak_signal] = {weak[u] / maps, interval.low, interval.high, p[u], q[u]};
  }
  return {};
}

// Fills q of each indicator over the units whose p is known.
void control_discoveries(YearTable& table) {
  for (std::size_t i = 0; i < kIndicatorCount; ++i) {
    if (i == static_cast<std::size_t>(Indicator::burst) || i == static_cast<std::size_t>(Indicator::weak_signal)) continue;  // theirs cover all units anyway
    std::vector<double> p_values;
    std::vector<std::size_t> rows;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      const double p = table.rows[r].measures[i].p;
      if (!(p == p)) continue;
      p_values.push_back(p);
      rows.push_back(r);
    }
    const std::vector<double> q_values = benjamini_hochberg(p_values);
    for (std::size_t k = 0; k < rows.size(); ++k) table.rows[rows[k]].measures[i].q = q_values[k];
  }
}

}  // namespace

std::string_view indicator_name(Indicator indicator) { return kNames[static_cast<std::size_t>(indicator)]; }

std::optional<Indicator> parse_indicator(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Indicator>(found - kNames.begin());
}

Result<YearTable> measure_year(const IndicatorInput& input, std::int16_t year, std::span<const std::int32_t> selected, const YearOptions& options, Progress& progress) {
  if (options.first_year > year) return fail(ErrorKind::invalid_input, "the records begin in {}: there is nothing to measure in {}", options.first_year, year);
  SeriesOptions series_options;
  series_options.years = {options.first_year, year};
  series_options.normalise_by_source = options.normalise_by_source;
  const UnitSeries series = TRY(count_series(input.dataset, input.units, series_options));

  YearTable table;
  table.year = year;
  table.units.assign(selected.begin(), selected.end());
  const bool all = selected.empty();
  if (all) {
    table.units.resize(static_cast<std::size_t>(series.unit_count));
    std::iota(table.units.begin(), table.units.end(), 0);
  }
  table.rows.resize(table.units.size());
  const YearContext context = make_year_context(input, year, options.first_year);
  table.corpus_cohesion = context.cohesion;
  table.corpus_vitality = context.vitality;
  table.corpus_newness = context.newness;
  TRY(progress.check());

  const Growths growths = measure_growths(series, options.thread_count);
  parallel_blocks(static_cast<std::int64_t>(table.units.size()), 2048, options.thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    if (progress.cancelled()) return;
    DocumentIndicators documents(context, options);
    for (std::int64_t i = begin; i < end; ++i) {
      const std::int32_t unit = table.units[static_cast<std::size_t>(i)];
      IndicatorRow& row = table.rows[static_cast<std::size_t>(i)];
      const auto counts = series.count_row(unit), exposure = series.exposure_row(unit);
      measure_level(counts, exposure, row);
      const double dispersion = measure_growth(growths, static_cast<std::size_t>(unit), counts, row);
      measure_acceleration(counts, exposure, dispersion, row);
      measure_age(counts, row);
      documents.measure(unit, row);
    }
  });
  TRY(progress.check());
  TRY(measure_weak_signals(input, series, table));
  if (options.with_bursts) TRY(measure_bursts(series, options, table, progress));
  if (all) control_discoveries(table);
  return table;
}

}  // namespace jianwei::analysis
