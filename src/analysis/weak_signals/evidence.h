// Is a rare term that rises more than chance, and who else says so: the gate and the confirmations of a weak signal.
//
// Rise: of n = r + b documents of the unit (r in the last w complete years, b in all years before), r ~ Binomial(n, pi) if its share did not change,
//   pi = E_recent / (E_recent + E_before);  p_w = P(X >= r), exact;  p = 2 min(p_3, p_5) (Bonferroni over the two windows)
//   q = Benjamini-Hochberg over the rare units with at least three documents in the last three years
// Rare: at most max(15, median over the units) documents in all complete years; which years they lie in does not matter, so the choice does not bend p.
// A unit is a signal when it is rare and q <= max_q. It is confirmed by
//   spread      at least two author groups (joined by shared persons within the unit's documents of the last three years) and two sources or two organisations,
//               as far as the records tell
//   isolation   1 - mean over its ten nearest terms of the cosine n_uv / sqrt(n_u n_v) in the recent documents; isolated when above the median of the signals
//   novelty     its first document lies in the last 10 years
// No confirmation removes a signal; they say how far it can be trusted and order equals.
//
// Source: own, after the advice to confirm the quadrants of Yoon (2012), doi:10.1016/j.eswa.2012.04.059; conditional test: Przyborowski and Wilenski
//         (1940), doi:10.1093/biomet/31.3-4.313.   Page: docs/methods/weak_signals.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/dataset.h"
#include "analysis/indicators/series.h"

namespace jianwei::analysis {

inline constexpr std::int64_t kRecentYears = 3;
inline constexpr std::int64_t kLongRecentYears = 5;

struct Rise {
  std::int64_t window_years = kRecentYears;  // w with the smaller p
  double recent = 0.0, before = 0.0;   // documents in these years and before them
  double ratio = 0.0;                  // of the shares, (r + 1/2) / E_recent : (b + 1/2) / E_before
  double p = 1.0;
  bool tested = false;                 // false: fewer than three documents in the last three years, or nothing to compare with
};
Rise measure_rise(const UnitSeries& series, std::int64_t unit);

struct SignalOptions {
  double max_q = 0.1;
  double rare_documents = 15.0;        // or the median, whichever is more
  std::int64_t nearest = 10;           // terms whose association isolation averages
};

struct SignalEvidence {
  std::int32_t unit = 0;
  Rise rise;
  double q = 1.0;
  std::int32_t first_year = 0;         // of its documents
  std::int32_t sources = 0, organisations = 0, author_groups = 0;  // of the recent documents; 0 = not told
  double isolation = 0.0;              // [0, 1]
  bool spread = false, isolated = false, novel = false;
  std::int32_t confirmations() const { return (spread ? 1 : 0) + (isolated ? 1 : 0) + (novel ? 1 : 0); }
};

// The signals of `units` at the last complete year of `series`, by q, then p, then confirmations, then unit. Units in `excluded` (empty, or [units] flags) are
// not tested. Time O(entries of the tested units * units a document).
std::vector<SignalEvidence> find_signals(const Dataset& dataset, const UnitDocuments& units, const UnitSeries& series, std::span<const std::uint8_t> excluded, const SignalOptions& options);

}  // namespace jianwei::analysis
