#include "analysis/indicators/series.h"

#include <algorithm>
#include <limits>

namespace jianwei::analysis {

namespace {

// Fills E_ut by indirect standardisation. N_st is small (sources x years); per unit only the sources it occurs in are visited.
void standardise_by_source(const Dataset& dataset, const UnitDocuments& units, UnitSeries& series) {
  const std::int64_t years = series.years.count();
  std::int16_t top_source = 0;
  for (const std::int16_t s : dataset.source) top_source = std::max(top_source, s);
  const std::int64_t sources = top_source + 1;

  std::vector<double> by_source(static_cast<std::size_t>(sources * years), 0.0);  // N_st
  std::vector<double> source_total(static_cast<std::size_t>(sources), 0.0);       // N_s
  for (std::int64_t d = 0; d < dataset.document_count(); ++d) {
    const std::int64_t t = series.years.index(dataset.year[static_cast<std::size_t>(d)]);
    const std::int64_t s = dataset.source[static_cast<std::size_t>(d)];
    if (t < 0 || t >= years || s < 0) continue;
    by_source[static_cast<std::size_t>(s * years + t)] += 1.0;
    source_total[static_cast<std::size_t>(s)] += 1.0;
  }
  double corpus_total = 0.0;
  for (const double n : series.corpus) corpus_total += n;

  series.comparable.assign(static_cast<std::size_t>(series.unit_count * years), 0.0);
  std::vector<double> unit_source(static_cast<std::size_t>(sources), 0.0);  // c_us
  std::vector<std::int64_t> touched;
  for (std::int64_t u = 0; u < series.unit_count; ++u) {
    double unit_total = 0.0;
    touched.clear();
    for (std::int64_t e = units.offsets[static_cast<std::size_t>(u)]; e < units.offsets[static_cast<std::size_t>(u) + 1]; ++e) {
      const auto d = static_cast<std::size_t>(units.documents[static_cast<std::size_t>(e)]);
      const std::int64_t t = series.years.index(dataset.year[d]);
      const std::int64_t s = dataset.source[d];
      if (t < 0 || t >= years || s < 0) continue;
      double& c = unit_source[static_cast<std::size_t>(s)];
      if (c == 0.0) touched.push_back(s);
      c += static_cast<double>(units.weights[static_cast<std::size_t>(e)]);
      unit_total += static_cast<double>(units.weights[static_cast<std::size_t>(e)]);
    }
    std::sort(touched.begin(), touched.end());
    for (const std::int64_t s : touched) {
      const double relative_rate = (unit_source[static_cast<std::size_t>(s)] / source_total[static_cast<std::size_t>(s)]) / (unit_total / corpus_total);
      for (std::int64_t t = 0; t < years; ++t) {
        series.comparable[static_cast<std::size_t>(u * years + t)] += by_source[static_cast<std::size_t>(s * years + t)] * relative_rate;
      }
      unit_source[static_cast<std::size_t>(s)] = 0.0;
    }
  }
}

}  // namespace

double UnitSeries::share(std::int64_t unit, std::int64_t year_index) const {
  const double exposure = exposure_row(unit)[static_cast<std::size_t>(year_index)];
  if (exposure <= 0.0) return std::numeric_limits<double>::quiet_NaN();
  return count_row(unit)[static_cast<std::size_t>(year_index)] / exposure;
}

Result<UnitSeries> count_series(const Dataset& dataset, const UnitDocuments& units, const SeriesOptions& options) {
  const std::int64_t years = options.years.count();
  if (years <= 0) return fail(ErrorKind::invalid_input, "the years {}..{} of a series are empty", options.years.first, options.years.last);

  UnitSeries series;
  series.years = options.years;
  series.unit_count = units.unit_count();
  series.complete_years = years;
  if (options.last_complete_year != 0) series.complete_years = std::clamp<std::int64_t>(options.years.index(options.last_complete_year) + 1, 0, years);

  series.corpus.assign(static_cast<std::size_t>(years), 0.0);
  for (const std::int16_t year : dataset.year) {
    const std::int64_t t = options.years.index(year);
    if (t >= 0 && t < years) series.corpus[static_cast<std::size_t>(t)] += 1.0;
  }

  series.counts.assign(static_cast<std::size_t>(series.unit_count * years), 0.0);
  for (std::int64_t u = 0; u < series.unit_count; ++u) {
    double* row = series.counts.data() + u * years;
    for (std::int64_t e = units.offsets[static_cast<std::size_t>(u)]; e < units.offsets[static_cast<std::size_t>(u) + 1]; ++e) {
      const std::int32_t document = units.documents[static_cast<std::size_t>(e)];
      if (document < 0 || document >= dataset.document_count()) {
        return fail(ErrorKind::invalid_input, "unit {} names document {}, but the set has {}", u, document, dataset.document_count());
      }
      const std::int64_t t = options.years.index(dataset.year[static_cast<std::size_t>(document)]);
      if (t >= 0 && t < years) row[t] += static_cast<double>(units.weights[static_cast<std::size_t>(e)]);
    }
  }
  if (options.normalise_by_source) standardise_by_source(dataset, units, series);
  return series;
}

std::int16_t guess_last_complete_year(std::span<const double> corpus, const YearRange& years, double share) {
  std::int64_t last = static_cast<std::int64_t>(corpus.size()) - 1;
  while (last >= 3) {
    const auto t = static_cast<std::size_t>(last);
    const double before = (corpus[t - 1] + corpus[t - 2] + corpus[t - 3]) / 3.0;
    if (corpus[t] >= share * before) break;
    --last;
    if (static_cast<std::int64_t>(corpus.size()) - 1 - last >= 2) break;  // two short years in a row are a decline, not a delay
  }
  return static_cast<std::int16_t>(years.first + last);
}

IdLists units_of_documents(const UnitDocuments& units, std::int64_t document_count) {
  IdLists lists;
  lists.offsets.assign(static_cast<std::size_t>(document_count) + 1, 0);
  for (const std::int32_t d : units.documents) ++lists.offsets[static_cast<std::size_t>(d) + 1];
  for (std::size_t d = 0; d < static_cast<std::size_t>(document_count); ++d) lists.offsets[d + 1] += lists.offsets[d];
  lists.values.resize(units.documents.size());
  std::vector<std::int64_t> next(lists.offsets.begin(), lists.offsets.end() - 1);
  for (std::int64_t u = 0; u < units.unit_count(); ++u) {
    for (std::int64_t e = units.offsets[static_cast<std::size_t>(u)]; e < units.offsets[static_cast<std::size_t>(u) + 1]; ++e) {
      const auto d = static_cast<std::size_t>(units.documents[static_cast<std::size_t>(e)]);
      lists.values[static_cast<std::size_t>(next[d]++)] = static_cast<std::int32_t>(u);
    }
  }
  return lists;
}

}  // namespace jianwei::analysis
