#include "workflow/run/indicator_stage.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/indicators/change.h"
#include "base/parallel.h"

namespace jianwei::workflow {
namespace {

constexpr std::int16_t kWindowYears = 3;
constexpr std::int16_t kCoverageYears = 5;
constexpr int kMaxGapYears = 5;
constexpr double kThinShare = 0.05;  // of the fullest year; thinner last years carry no trend
constexpr double kCoveredShare = 0.7;  // below, the mix of sources decides every trend

}  // namespace

analysis::YearRange covered_years(const analysis::Dataset& dataset) { return covered_years_until(dataset, std::numeric_limits<std::int16_t>::max()); }

analysis::YearRange covered_years_until(const analysis::Dataset& dataset, std::int16_t until) {
  std::vector<std::int16_t> years;
  for (const std::int16_t year : dataset.year) {
    if (year != 0 && year <= until) years.push_back(year);
  }
  if (years.empty()) return {};
  std::sort(years.begin(), years.end());
  const std::size_t strays = years.size() / 1000;
  // At the end only years that lie apart are strays (a misprinted 2989): a thin last year is real, and last_complete_year() deals with it.
  std::size_t last = years.size() - 1;
  while (last > 0 && years.size() - last <= strays + 1 && years[last] - years[last - 1] > kMaxGapYears) --last;
  return {years[strays], std::max(years[strays], years[last])};
}

std::int16_t last_complete_year(const analysis::Dataset& dataset, const analysis::YearRange& years, std::span<const double> corpus) {
  std::int16_t last = years.last;
  std::vector<std::int16_t> latest(dataset.source_names.size(), 0);
  for (std::size_t d = 0; d < dataset.year.size(); ++d) {
    std::int16_t& seen = latest[static_cast<std::size_t>(dataset.source[d])];
    seen = std::max(seen, dataset.year[d]);
  }
  // A year is covered when the sources of most records of the years before it still deliver.
  while (last - years.first >= kCoverageYears) {
    std::int64_t before = 0;
    std::int64_t alive = 0;
    for (std::size_t d = 0; d < dataset.year.size(); ++d) {
      if (dataset.year[d] >= last || dataset.year[d] < last - kCoverageYears) continue;
      ++before;
      if (latest[static_cast<std::size_t>(dataset.source[d])] >= last) ++alive;
    }
    if (before == 0 || static_cast<double>(alive) >= kCoveredShare * static_cast<double>(before)) break;
    --last;
  }
  const double fullest = *std::max_element(corpus.begin(), corpus.end());
  while (last > years.first && corpus[static_cast<std::size_t>(years.index(last))] < kThinShare * fullest) --last;
  // The last covered year may itself be half in.
  return analysis::guess_last_complete_year(corpus.first(static_cast<std::size_t>(years.index(last)) + 1), {years.first, last});
}

Result<> measure_units(const analysis::Dataset& dataset, const Study& study, UnitResults& units, Progress& progress) {
  const analysis::YearRange years = covered_years(dataset);
  if (years.count() <= 0) return fail(ErrorKind::invalid_input, "no record of this study has a year: series and rankings need dates");
  progress.begin("indicators", units.documents.unit_count(), "terms");

  analysis::SeriesOptions options;
  options.years = years;
  // Several sources of unequal coverage: a unit is compared with the sources it lives in, so that a source that ends is no decline.
  options.normalise_by_source = dataset.source_names.size() > 1;
  units.series = TRY(analysis::count_series(dataset, units.documents, options));
  options.last_complete_year = study.until != 0 ? years.last : last_complete_year(dataset, years, units.series.corpus);
  if (options.last_complete_year != years.last) units.series = TRY(analysis::count_series(dataset, units.documents, options));

  const std::int16_t last = static_cast<std::int16_t>(years.first + units.series.complete_years - 1);
  const std::int16_t window = static_cast<std::int16_t>(std::clamp<std::int64_t>(units.series.complete_years / 2, 1, kWindowYears));
  const analysis::YearRange recent{static_cast<std::int16_t>(last - window + 1), last};
  const analysis::YearRange before{static_cast<std::int16_t>(last - 2 * window + 1), static_cast<std::int16_t>(last - window)};
  const auto diversity = analysis::growth_diversity(dataset, units.documents, recent);
  const auto change = analysis::profile_change(dataset, units.documents, before, recent, 300, study.thread_count);
  TRY(progress.check());

  units.indicators.resize(static_cast<std::size_t>(units.documents.unit_count()));
  parallel_blocks(units.documents.unit_count(), 2048, study.thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (std::int64_t u = begin; u < end; ++u) {
      const auto complete = static_cast<std::size_t>(units.series.complete_years);
      Indicators& row = units.indicators[static_cast<std::size_t>(u)];
      row.rate = analysis::growth_rate(units.series.count_row(u).first(complete), units.series.exposure_row(u).first(complete));
      row.windows = analysis::growth_windows(units.series, u, window);
      row.growth_diversity_organisations = diversity[static_cast<std::size_t>(u)].organisations.shannon;
      row.growth_diversity_countries = diversity[static_cast<std::size_t>(u)].countries.shannon;
      row.growth_diversity_sources = diversity[static_cast<std::size_t>(u)].sources.shannon;
      row.change = change[static_cast<std::size_t>(u)].excess;
      row.change_measured = change[static_cast<std::size_t>(u)].measured;
    }
    progress.advance(end - begin);
  });
  return progress.check();
}

// ln(ratio) against its Poisson error sqrt(1/a + 1/b).
bool is_rising(const analysis::GrowthWindows& windows) {
  constexpr double kQuantile = 1.645;
  const double error = std::sqrt(1.0 / (windows.recent + 1.0) + 1.0 / (windows.previous + 1.0));
  return windows.growth_count > 0 && std::log(windows.share_ratio) > kQuantile * error;
}

bool rises(const UnitResults& units, std::size_t u) { return units.emergence[u].gate.empty() && is_rising(units.indicators[u].windows); }

}  // namespace jianwei::workflow
