// Outcomes are worked out once; every threshold then walks the same cases.
#include "analysis/warning/replay.h"

#include <algorithm>
#include <cmath>

namespace jianwei::analysis {

namespace {

constexpr std::size_t kThresholds = 64;
constexpr double kRecalls[] = {0.1, 0.25, 0.5, 0.75};

struct Judged {
  CaseOutcome outcome = CaseOutcome::unknown;
  double share_ratio = 0.0;
  std::int64_t lead_years = 0;
};

// (counts + 1/2) / exposure of the years first..last (indices).
double share_of(const UnitSeries& series, std::int64_t unit, std::int64_t first, std::int64_t last) {
  double count = 0.5, exposure = 0.0;
  for (std::int64_t t = std::max<std::int64_t>(first, 0); t <= last; ++t) {
    count += series.count_row(unit)[static_cast<std::size_t>(t)];
    exposure += series.exposure_row(unit)[static_cast<std::size_t>(t)];
  }
  return exposure > 0.0 ? count / exposure : 0.0;
}

Judged judge(const WatchRule& rule, const UnitSeries& series, const WatchCase& watched, const ReplayOptions& options) {
  Judged judged;
  const std::int64_t t = series.years.index(watched.year), h = options.horizon_years;
  if (t + h >= series.complete_years) return judged;
  const double before = share_of(series, watched.unit, t - h + 1, t), after = share_of(series, watched.unit, t + 1, t + h);
  if (before <= 0.0 || after <= 0.0) return judged;
  const bool above = rule.comparison == Comparison::above;
  const double factor = std::pow(above ? 1.0 + options.outcome_growth : 1.0 - options.outcome_growth, static_cast<double>(h));
  judged.share_ratio = after / before;
  const bool right = above ? judged.share_ratio >= factor : judged.share_ratio <= factor;
  judged.outcome = right ? CaseOutcome::right : CaseOutcome::wrong;
  if (!right) return judged;
  judged.lead_years = h;
  for (std::int64_t k = 1; k < h; ++k) {
    const double share = share_of(series, watched.unit, t + k, t + k);
    if (share > 0.0 && (above ? share >= factor * before : share <= factor * before)) {
      judged.lead_years = k;
      break;
    }
  }
  return judged;
}

using Cases = std::span<const std::vector<WatchCase>>;

// Walks every unit through the years with another threshold.
template <class OnAlert>
ReplayCounts walk(const WatchRule& rule, Cases years, const std::vector<std::vector<Judged>>& judged, OnAlert on_alert) {
  ReplayCounts counts;
  counts.threshold = rule.threshold;
  const std::size_t units = years.empty() ? 0 : years[0].size();
  for (std::size_t u = 0; u < units; ++u) {
    bool was_firing = false, in_event = false, caught = false;
    const auto end_event = [&] {
      if (in_event && caught) ++counts.caught;
      in_event = caught = false;
    };
    for (std::size_t y = 0; y < years.size(); ++y) {
      const WatchCase& watched = years[y][u];
      const bool fires = watched.eligible && watched.significant && is_beyond(rule, watched.measure.value);
      const Judged& outcome = judged[y][u];
      if (watched.eligible && outcome.outcome == CaseOutcome::right) {
        if (!in_event) ++counts.events;
        in_event = true;
        caught = caught || fires;
      } else {
        end_event();
      }
      if (fires && !was_firing) {
        ++counts.alerts;
        (outcome.outcome == CaseOutcome::right ? counts.right : outcome.outcome == CaseOutcome::wrong ? counts.wrong : counts.unknown) += 1;
        on_alert(y, u);
      }
      was_firing = fires;
    }
    end_event();
  }
  return counts;
}

// Values of the significant cases, evenly spread by rank, the strictest first.
std::vector<double> thresholds(const WatchRule& rule, Cases years) {
  std::vector<double> values;
  for (const auto& year : years) {
    for (const WatchCase& watched : year) {
      if (watched.eligible && watched.significant) values.push_back(watched.measure.value);
    }
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (rule.comparison == Comparison::above) std::reverse(values.begin(), values.end());
  std::vector<double> chosen;
  const std::size_t count = std::min(kThresholds, values.size());
  for (std::size_t i = 0; i < count; ++i) {
    const double value = values[(i + 1) * values.size() / count - 1];
    chosen.push_back(std::nextafter(value, rule.comparison == Comparison::above ? -INFINITY : INFINITY));  // the case itself lies beyond
  }
  return chosen;
}

}  // namespace

Replay replay_rule(const WatchRule& rule, Cases years, const UnitSeries& series, const ReplayOptions& options) {
  Replay replay;
  if (years.empty() || years[0].empty()) return replay;
  replay.first_year = years.front()[0].year;
  replay.last_year = years.back()[0].year;
  std::vector<std::vector<Judged>> judged(years.size());
  std::int64_t known = 0, positive = 0;
  for (std::size_t y = 0; y < years.size(); ++y) {
    for (const WatchCase& watched : years[y]) {
      judged[y].push_back(watched.eligible ? judge(rule, series, watched, options) : Judged{});
      known += judged[y].back().outcome != CaseOutcome::unknown ? 1 : 0;
      positive += judged[y].back().outcome == CaseOutcome::right ? 1 : 0;
    }
    if (series.years.index(years[y][0].year) + options.horizon_years < series.complete_years) ++replay.judged_years;
  }
  replay.prevalence = known > 0 ? static_cast<double>(positive) / static_cast<double>(known) : 0.0;

  double lead = 0.0;
  replay.counts = walk(rule, years, judged, [&](std::size_t y, std::size_t u) {
    const Judged& outcome = judged[y][u];
    replay.alerts.push_back({years[y][u], outcome.outcome, outcome.share_ratio, outcome.lead_years});
    lead += static_cast<double>(outcome.lead_years);
  });
  std::stable_sort(replay.alerts.begin(), replay.alerts.end(), [](const ReplayAlert& a, const ReplayAlert& b) { return a.watched.year < b.watched.year; });
  replay.precision_interval = wilson_interval(static_cast<double>(replay.counts.right), static_cast<double>(replay.counts.right + replay.counts.wrong));
  if (replay.counts.right > 0) replay.mean_lead_years = lead / static_cast<double>(replay.counts.right);

  for (const double recall : kRecalls) replay.at_recall.push_back({recall, false, {}});
  WatchRule moved = rule;
  for (const double threshold : thresholds(rule, years)) {
    moved.threshold = threshold;
    const ReplayCounts counts = walk(moved, years, judged, [](std::size_t, std::size_t) {});
    for (RecallPoint& point : replay.at_recall) {
      if (!point.reached && counts.recall() >= point.recall_wanted) {
        point.reached = true;
        point.counts = counts;
      }
    }
  }
  return replay;
}

}  // namespace jianwei::analysis
