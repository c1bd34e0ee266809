#include <gtest/gtest.h>

#include "analysis/warning/replay.h"
#include "analysis/warning/rule.h"

namespace jianwei::analysis {
namespace {

YearTable table_of(std::int16_t year, const std::vector<Measure>& growths) {
  YearTable table;
  table.year = year;
  for (std::size_t i = 0; i < growths.size(); ++i) {
    table.units.push_back(static_cast<std::int32_t>(i));
    IndicatorRow row;
    row[Indicator::growth] = growths[i];
    table.rows.push_back(row);
  }
  return table;
}

TEST(WatchRule, NeedsValueSignificanceAndSupport) {
  // p 0.01, 0.02, 0.04 and one without support: q = 0.03, 0.03, 0.04 over three, not four.
  const YearTable table = table_of(2010, {{0.5, 0, 1, 0.01, 0}, {0.1, 0, 1, 0.02, 0}, {0.6, 0, 1, 0.04, 0}, {0.9, 0, 1, 0.001, 0}});
  const double documents[] = {10, 10, 10, 2};
  const WatchRule rule{Indicator::growth, Comparison::above, 0.2, 0.035, 5.0};
  const std::vector<WatchCase> cases = evaluate_rule(rule, table, documents);
  EXPECT_NEAR(cases[0].measure.q, 0.03, 1e-12);
  EXPECT_TRUE(cases[0].fired());
  EXPECT_FALSE(cases[1].fired()) << "below the threshold";
  EXPECT_FALSE(cases[2].fired()) << "q = 0.04";
  EXPECT_FALSE(cases[3].fired()) << "two documents";
}

TEST(WatchRule, WithoutPTheIntervalMustClearTheThreshold) {
  const Measure clear{0.5, 0.3, 0.7, Measure::kUnknown, Measure::kUnknown}, wide{0.5, 0.1, 0.9, Measure::kUnknown, Measure::kUnknown};
  const YearTable table = table_of(2010, {clear, wide});
  const double documents[] = {10, 10};
  const auto cases = evaluate_rule({Indicator::growth, Comparison::above, 0.2, 0.05, 5.0}, table, documents);
  EXPECT_TRUE(cases[0].fired());
  EXPECT_FALSE(cases[1].fired());
  EXPECT_TRUE(evaluate_rule({Indicator::growth, Comparison::above, 0.2, 0.0, 5.0}, table, documents)[1].fired()) << "significance 0: no test";
}

// Three units over 2000..2011, 100 documents a year. Unit 0 trebles from 2006 on, unit 1 stays, unit 2 stays.
UnitSeries series_of_three() {
  UnitSeries series;
  series.years = {2000, 2011};
  series.complete_years = 12;
  series.unit_count = 3;
  series.corpus.assign(12, 100.0);
  for (int u = 0; u < 3; ++u) {
    for (int y = 0; y < 12; ++y) series.counts.push_back(u == 0 && y >= 6 ? 30.0 : 10.0);
  }
  return series;
}

std::vector<std::vector<WatchCase>> cases_of(const WatchRule& rule, const std::vector<std::vector<double>>& values, std::int16_t first) {
  std::vector<std::vector<WatchCase>> years;
  for (std::size_t y = 0; y < values.size(); ++y) {
    std::vector<Measure> measures;
    for (const double value : values[y]) measures.push_back({value, value, value, 0.001, 0.001});
    const double documents[] = {30, 30, 30};
    years.push_back(evaluate_rule(rule, table_of(static_cast<std::int16_t>(first + static_cast<int>(y)), measures), documents));
  }
  return years;
}

TEST(Replay, CountsAlertsOutcomesAndLead) {
  // The rule fires for unit 0 in 2004 and 2005 (one alert, right: 2005..2007 hold 10, 30, 30 against 10), for unit 1 in 2005 (wrong), for unit 2 in 2010 (unknown).
  const WatchRule rule{Indicator::growth, Comparison::above, 0.5, 0.05, 5.0};
  const auto cases = cases_of(rule, {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 1}}, 2003);
  const Replay replay = replay_rule(rule, cases, series_of_three(), {3, 0.08});
  EXPECT_EQ(replay.counts.alerts, 3);
  EXPECT_EQ(replay.counts.right, 1);
  EXPECT_EQ(replay.counts.wrong, 1);
  EXPECT_EQ(replay.counts.unknown, 1);
  EXPECT_DOUBLE_EQ(replay.counts.precision(), 0.5);
  // Unit 0's share grows by 26 % within three years seen from 2003 (10 10 30: 1.66), 2004, 2005, 2006 and 2007: one event, caught.
  EXPECT_EQ(replay.counts.events, 1);
  EXPECT_EQ(replay.counts.caught, 1);
  EXPECT_EQ(replay.judged_years, 6) << "2003..2008";
  EXPECT_NEAR(replay.false_alarms_a_year(replay.counts), 1.0 / 6.0, 1e-12);
  EXPECT_DOUBLE_EQ(replay.mean_lead_years, 2.0) << "from 2004 to 2006";
  ASSERT_EQ(replay.alerts.size(), 3u);
  EXPECT_NEAR(replay.alerts[0].share_ratio, (70.5 / 300) / (30.5 / 300), 1e-12);
}

TEST(Replay, StricterThresholdsNeverRaiseRecall) {
  const WatchRule rule{Indicator::growth, Comparison::above, 0.5, 0.05, 5.0};
  const auto cases = cases_of(rule, {{0.9, 0.3, 0.1}, {0.8, 0.2, 0.6}, {0.4, 0.9, 0.5}, {0.1, 0.2, 0.3}}, 2003);
  const Replay replay = replay_rule(rule, cases, series_of_three(), {3, 0.08});
  ASSERT_EQ(replay.at_recall.size(), 4u);
  EXPECT_TRUE(replay.at_recall[0].reached);
  EXPECT_LE(replay.at_recall[0].counts.wrong, replay.at_recall[3].counts.wrong);
  EXPECT_GE(replay.at_recall[0].counts.threshold, replay.at_recall[3].counts.threshold);
}

TEST(Replay, ARuleForFallsIsRightWhenTheShareFalls) {
  UnitSeries series = series_of_three();
  for (int y = 0; y < 12; ++y) series.counts[static_cast<std::size_t>(y)] = y >= 6 ? 2.0 : 30.0;
  const WatchRule rule{Indicator::growth, Comparison::below, -0.1, 0.05, 5.0};
  const auto cases = cases_of(rule, {{0, 0, 0}, {-0.5, 0, 0}}, 2004);
  const Replay replay = replay_rule(rule, cases, series, {3, 0.08});
  EXPECT_EQ(replay.counts.right, 1);
}

}  // namespace
}  // namespace jianwei::analysis
