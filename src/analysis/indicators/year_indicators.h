// Every indicator of a unit as it stood at the end of a year: documents dated later are never read.
//
// Window = the last 3 years, growth years = the last 5, c counts and E exposures as in series.h. Value, 95 % interval, p:
//   documents            c of the year                                      Garwood (counts as Poisson)
//   share                c / E                                              the same, divided by E
//   growth               exp(beta) - 1 a year, beta of growth.h over the growth years; dispersion phi = (d0 phi0 + d phi_u) / (d0 + d) moderated towards the
//                        median phi0 of all units, d0 = 10    Student with d0 + d degrees; p of beta = 0,
//                        of units with five documents in those years
//   acceleration         (ln x3 - 2 ln x2 + ln x1) / 4, x = (c + 1/2) / E of three windows of 2 years: change of the log growth a year, each year
//                        delta method with the dispersion of growth;  p of 0
//   age                  years since the first document                     up to the limit of Strauss and Sadler
//   newness              share of the unit's documents that lie in the window    Wilson; p one-sided that it is not above the corpus's share
//   persistence          share of the years since the first document that have one    Wilson
//   authors, organisations, countries    distinct ones in the window        from those seen to the upper limit of Chao1's estimate of all there are
//   effective_authors, ..._organisations, ..._countries    exp(Shannon entropy)    delta method (small samples read low)
//   organisation_diversity, source_diversity    Gini-Simpson of the window   normal, variance 4 (sum p^3 - (sum p^2)^2) / n
//   cohesion             mean cosine of pairs of documents of the window by their terms (idf; without the unit itself and without terms that all share)
//                        normal, U-statistic; p that it equals the mean of the corpus
//   vitality             mean of 1 / (1 + age) over the unit's documents    Student; p that it equals the corpus's
//   reference_vitality   mean over documents of the window of the mean of 1 / (1 + age) of the works of the set they cite    Student
//   impact               citations from documents of the set to the unit's documents of the last 5 years / those expected of documents of their years
//                        delta method; p that it is 1
//   burst                weight of the burst that is open at the year, 0 without    p by simulation
//   weak_signal          share of the period lengths 5..10 for which both maps of Yoon call the unit weak    p of the rise (evidence.h)
// q: Benjamini-Hochberg over all units of the year, filled when all units are measured (of burst and weak_signal always).
//
// Source: Rotolo, Hicks and Martin (2015), doi:10.1016/j.respol.2015.06.006 for the attributes; Klavans, Boyack and Murdick (2020),
//         doi:10.1371/journal.pone.0239177 for vitality; moderated dispersion after Smyth (2004), doi:10.2202/1544-6115.1027; Simpson (1949), doi:10.1038/163688a0; Hoeffding (1948), doi:10.1214/aoms/1177730196; others
//         where the parts are declared.   Page: docs/methods/indicators.md
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/dataset.h"
#include "analysis/indicators/series.h"
#include "analysis/weak_signals/yoon.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

enum class Indicator : std::int8_t {
  documents, share, growth, acceleration, age, newness, persistence, authors, organisations, countries, effective_authors, effective_organisations, effective_countries,
  organisation_diversity, source_diversity, cohesion, vitality, reference_vitality, impact, burst, weak_signal, count_
};
inline constexpr std::size_t kIndicatorCount = static_cast<std::size_t>(Indicator::count_);
std::string_view indicator_name(Indicator indicator);                      // "growth", ...
std::optional<Indicator> parse_indicator(std::string_view name);

struct Measure {
  static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  double value = kUnknown;
  double low = kUnknown, high = kUnknown;   // 95 % interval
  double p = kUnknown, q = kUnknown;
  bool known() const { return value == value; }
};

struct IndicatorRow {
  std::array<Measure, kIndicatorCount> measures;
  Quadrant quadrant = Quadrant::unsupported;  // over the last ten years
  const Measure& operator[](Indicator i) const { return measures[static_cast<std::size_t>(i)]; }
  Measure& operator[](Indicator i) { return measures[static_cast<std::size_t>(i)]; }
};

struct YearOptions {
  std::int16_t first_year = 0;              // of the series; documents before it count nowhere
  bool normalise_by_source = false;
  bool units_are_terms = true;              // unit u is term u: it is left out of its own cohesion
  bool with_bursts = true;
  std::int64_t max_documents = 300;         // of a window read for cohesion, evenly spread
  int burst_simulations = 999;
  std::uint64_t seed = 1;
  int thread_count = 0;
};

struct YearTable {
  std::int16_t year = 0;
  std::vector<std::int32_t> units;          // those measured
  std::vector<IndicatorRow> rows;           // [units measured]
  double corpus_cohesion = 0.0;             // what cohesion, vitality and newness are compared with
  double corpus_vitality = 0.0;
  double corpus_newness = 0.0;
};

// What the indicators read. Spans live as long as the call.
struct IndicatorInput {
  const Dataset& dataset;
  const UnitDocuments& units;
  const IdLists& document_terms;            // documents x terms, increasing
  std::int64_t term_count = 0;
  std::span<const float> occurrences;       // [units][occurrence_years] of terms, empty for topics: documents stand in
  YearRange occurrence_years;
};

// Measures `selected` units (empty: all) at the end of `year`. Same result at any thread count, and the same when later documents are deleted.
// Errors: invalid_input  no document up to the year; cancelled
// Time O(documents + entries + selected documents * terms a document + units * years); bursts add classes of size * simulations * years.
Result<YearTable> measure_year(const IndicatorInput& input, std::int16_t year, std::span<const std::int32_t> selected, const YearOptions& options, Progress& progress);

}  // namespace jianwei::analysis
