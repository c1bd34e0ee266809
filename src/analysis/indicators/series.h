// Yearly series of units (terms or topics), normalised for the growth of the corpus.
//
//   c_ut  weighted documents of unit u dated in year t        N_t  documents of the corpus dated in year t
//   share_ut = c_ut / E_ut,  E_ut = N_t, or with normalise_by_source the *comparable* corpus
//     E_ut = sum_s N_st * rate_us / rate_u,   rate_us = c_us / N_s over all years,  rate_u = c_u / N
//   (indirect standardisation, as in epidemiology's standardised incidence ratio): a unit that lives in one source does not grow
//   because that source enters the database or deposits ten times as much.
//
// Source: corpus share as in Porter et al. (2019), doi:10.1016/j.techfore.2018.04.016; indirect standardisation: Breslow and Day (1987),
//         IARC Scientific Publications 82, chapter 2.
// Page:   docs/methods/series.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/dataset.h"
#include "base/result.h"

namespace jianwei::analysis {

struct SeriesOptions {
  YearRange years;                      // first..last year counted, last inclusive; documents of other years count nowhere
  std::int16_t last_complete_year = 0;  // later years are counted but flagged incomplete; 0 = years.last is complete
  bool normalise_by_source = false;
};

struct UnitSeries {
  YearRange years;
  std::int64_t complete_years = 0;   // leading years that are complete; rates and forecasts read only these
  std::int64_t unit_count = 0;
  std::vector<double> counts;        // [units][years] weighted documents, >= 0
  std::vector<double> corpus;        // [years] documents
  std::vector<double> comparable;    // [units][years] E_ut when normalised by source, else empty (E_ut = corpus)

  std::span<const double> count_row(std::int64_t unit) const { return {counts.data() + unit * years.count(), static_cast<std::size_t>(years.count())}; }
  std::span<const double> exposure_row(std::int64_t unit) const {
    if (comparable.empty()) return corpus;
    return {comparable.data() + unit * years.count(), static_cast<std::size_t>(years.count())};
  }
  // Share of unit in the year with this index; NaN where there is nothing to compare with (no document).
  double share(std::int64_t unit, std::int64_t year_index) const;
};

// Counts units per year. Errors: invalid_input  empty year range, or a unit names a document outside the dataset.
// Time O(entries + units * years); with normalise_by_source O(entries + units * (years + sources) + entries log of sources touched).
Result<UnitSeries> count_series(const Dataset& dataset, const UnitDocuments& units, const SeriesOptions& options);

// Estimates from the monthly or daily profile of earlier years would need entry dates; this asks only whether the last year is visibly
// short: fewer than `share` (0.7) of the mean of the three years before it. Returns the last year that is not short.
std::int16_t guess_last_complete_year(std::span<const double> corpus, const YearRange& years, double share = 0.7);

// Documents x units: rows are documents, values unit numbers in increasing order. Time O(entries).
IdLists units_of_documents(const UnitDocuments& units, std::int64_t document_count);

}  // namespace jianwei::analysis
