// A rule replayed on past years: how often would it have fired, how often rightly, how early, and what was missed.
//
//   alert      a unit fires at Y and did not at Y - 1
//   outcome    of (unit, Y): right when the mean share of Y+1..Y+h is at least (1 + g)^h times that of Y-h+1..Y (rules below: at most (1 - g)^h times),
//              counts + 1/2, exposures of series.h; unknown while Y + h is not complete
//   event      consecutive years of one unit, with enough documents, whose outcome is positive; caught when the rule fires in one of them
//   precision  right / (right + wrong) of the alerts        recall  events caught / events        prevalence  positive / all judged cases
//   lead       years from an alert that was right to the first year whose share alone reaches (1 + g)^h times the base (at most h)
// Cases at Y come from records up to Y alone; only the outcome looks further. The curve over thresholds keeps the rule's test and support; for a
// given recall it takes the strictest threshold that reaches it.
//
// Source: outcome (b) of Klavans, Boyack and Murdick (2020), doi:10.1371/journal.pone.0239177; intervals: Wilson (1927).   Page: docs/methods/warning.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/indicators/intervals.h"
#include "analysis/indicators/series.h"
#include "analysis/warning/rule.h"

namespace jianwei::analysis {

struct ReplayOptions {
  std::int64_t horizon_years = 3;   // h
  double outcome_growth = 0.08;     // g, a year
};

enum class CaseOutcome : std::int8_t { unknown, right, wrong };

struct ReplayAlert {
  WatchCase watched;
  CaseOutcome outcome = CaseOutcome::unknown;
  double share_ratio = 0.0;         // after : before, 0 while unknown
  std::int64_t lead_years = 0;      // of alerts that were right
};

struct ReplayCounts {
  double threshold = 0.0;
  std::int64_t alerts = 0, right = 0, wrong = 0, unknown = 0;
  std::int64_t events = 0, caught = 0;
  double precision() const { return right + wrong > 0 ? static_cast<double>(right) / static_cast<double>(right + wrong) : 0.0; }
  double recall() const { return events > 0 ? static_cast<double>(caught) / static_cast<double>(events) : 0.0; }
};

struct RecallPoint {
  double recall_wanted = 0.0;
  bool reached = false;
  ReplayCounts counts;
};

struct Replay {
  std::int16_t first_year = 0, last_year = 0;
  std::int64_t judged_years = 0;            // whose outcome is known
  ReplayCounts counts;                      // of the rule as it stands
  Interval precision_interval;
  double prevalence = 0.0;
  double mean_lead_years = 0.0;
  std::vector<ReplayAlert> alerts;          // by year, then unit
  std::vector<RecallPoint> at_recall;       // 0.1, 0.25, 0.5, 0.75
  double false_alarms_a_year(const ReplayCounts& of) const { return judged_years > 0 ? static_cast<double>(of.wrong) / static_cast<double>(judged_years) : 0.0; }
};

// `years` [years][units]: the cases of consecutive years, all with the same units in the same order. `series` is the one with all complete years.
// Time O(years * units * thresholds), at most 64 thresholds.
Replay replay_rule(const WatchRule& rule, std::span<const std::vector<WatchCase>> years, const UnitSeries& series, const ReplayOptions& options);

}  // namespace jianwei::analysis
