// Source lag: in which year each kind of source (papers, patents, projects, news ...) takes a unit up, and how many years lie between two kinds.
//
//   C_k(t)     documents of the unit of kind k up to the year t (weighted), N_k(t) documents of kind k in the year t
//   uptake     the first t with C_k(t) >= support; interval: from the year of the first document to the first year whose lower Poisson limit of C_k(t) reaches the support
//              "in or before" when it falls into the first three covered years of the kind (what went before is not in the data), "not yet" when it never comes
//   lag        uptake_b - uptake_a, of units whose two uptakes are observed: neither of the above
//   by size    the lag that size alone makes: uptakes of E_k(t) = sum_{s <= t} N_k(s) p(s), p(s) the unit's share of both kinds together; excess = lag - that
//   order      which kind came first. Known also of some units whose lag is not: a has it and b not yet, although b is large enough to show it (E_b reaches the support);
//              or a had it in or before a year that lies before b's
// Median and its 95 % interval from order statistics (distribution-free), order with Wilson's. Units share documents, so intervals are somewhat too narrow.
//
// Source: own definition; order-statistic interval: David and Nagaraja (2003), section 7.1, doi:10.1002/0471722162.   Page: docs/methods/source_lag.md
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/dataset.h"
#include "analysis/indicators/intervals.h"

namespace jianwei::analysis {

struct LagOptions {
  std::int16_t until = 0;      // the last complete year
  double support = 3.0;        // documents, > 0
};

struct KindCover {             // a kind that has documents
  std::int8_t kind = 0;        // RecordKind
  YearRange years;             // from the year with 0.2 % of its documents on, to its last
  double documents = 0.0;
};

enum class UptakeState : std::int8_t { not_yet, in_or_before, observed };

struct Uptake {
  UptakeState state = UptakeState::not_yet;
  double documents = 0.0;      // up to `until`
  std::int16_t first = 0;      // year of the first document, 0: none
  std::int16_t year = 0;       // with support, 0: not yet
  std::int16_t high = 0;       // the interval is [first, high]; 0: open
};

struct Quantiles {
  std::int64_t count = 0;
  double lower_quartile = 0.0, median = 0.0, upper_quartile = 0.0;
  Interval interval;           // 95 % of the median; infinite when fewer than six values
};

struct PairLag {
  std::size_t from = 0, to = 0;                       // rows of SourceLags::kinds
  Quantiles lag;                                      // years, > 0: `to` follows
  Quantiles by_size, excess;                          // of the same units
  std::int64_t from_first = 0, to_first = 0, same_year = 0, unknown = 0;  // units that at least one of the two carries with support
  Interval from_first_share;                          // of from_first + to_first
};

struct SourceLags {
  std::vector<KindCover> kinds;                       // by kind
  std::vector<std::vector<Uptake>> uptakes;           // [units][kinds]
  std::vector<PairLag> pairs;                         // every two kinds, in their order
};

// The quantiles above of any values. Time O(n log n).
Quantiles quantiles(std::vector<double> values);

// Fewer than two kinds: no pair. Time O(entries + units * kinds^2 * years).
SourceLags source_lags(const Dataset& dataset, const UnitDocuments& units, const LagOptions& options);

}  // namespace jianwei::analysis
