#include "analysis/topics/evolution.h"

#include <gtest/gtest.h>

#include <cmath>

namespace jianwei::analysis {
namespace {

PeriodUnits period(const std::vector<std::vector<std::int32_t>>& units) {
  PeriodUnits result;
  for (const std::vector<std::int32_t>& unit : units) {
    result.items.insert(result.items.end(), unit.begin(), unit.end());
    result.weights.resize(result.items.size(), 1.0F);
    result.offsets.push_back(static_cast<std::int64_t>(result.items.size()));
    result.sizes.push_back(static_cast<double>(unit.size()));
  }
  return result;
}

std::vector<EvolutionStep> of_kind(const Evolution& evolution, EvolutionEvent event) {
  std::vector<EvolutionStep> steps;
  for (const EvolutionStep& step : evolution.steps) {
    if (step.event == event) steps.push_back(step);
  }
  return steps;
}

TEST(Evolution, NamesEveryEvent) {
  const Evolution evolution = *trace_evolution({period({{1, 2}, {10, 11, 12, 13}, {20, 21}, {22, 23}, {30, 31}, {40, 41, 42}}),
                                                period({{1, 2, 3}, {10, 11}, {12, 13}, {20, 21, 22, 23}, {40, 41}, {50}})},
                                               {.min_similarity = 0.3, .size_change = 0.2});
  const auto growth = of_kind(evolution, EvolutionEvent::growth);
  ASSERT_EQ(growth.size(), 1U);
  EXPECT_EQ(growth[0].from, std::vector<std::int32_t>{0});
  EXPECT_NEAR(growth[0].similarity, 2.0 / std::sqrt(6.0), 1e-6);
  const auto split = of_kind(evolution, EvolutionEvent::split);
  ASSERT_EQ(split.size(), 1U);
  EXPECT_EQ(split[0].to, (std::vector<std::int32_t>{1, 2}));
  EXPECT_EQ(split[0].size_before, 4.0);
  const auto merge = of_kind(evolution, EvolutionEvent::merge);
  ASSERT_EQ(merge.size(), 1U);
  EXPECT_EQ(merge[0].from, (std::vector<std::int32_t>{2, 3}));
  EXPECT_EQ(of_kind(evolution, EvolutionEvent::death)[0].from, std::vector<std::int32_t>{4});
  EXPECT_EQ(of_kind(evolution, EvolutionEvent::decline)[0].from, std::vector<std::int32_t>{5});
  EXPECT_EQ(of_kind(evolution, EvolutionEvent::birth)[0].to, std::vector<std::int32_t>{5});
  EXPECT_EQ(evolution.steps.size(), 6U);
}

TEST(Evolution, LinesFollowTheBestMatchBothWays) {
  const Evolution evolution = *trace_evolution({period({{1, 2, 3, 4}}), period({{1, 2, 3}, {4}}), period({{4}, {1, 2, 3, 7}})}, {});
  EXPECT_EQ(evolution.lines[0], std::vector<std::int32_t>{0});
  EXPECT_EQ(evolution.lines[1], (std::vector<std::int32_t>{0, 1}));
  EXPECT_EQ(evolution.lines[2], (std::vector<std::int32_t>{1, 0}));
  EXPECT_EQ(evolution.line_count, 2);
}

TEST(Evolution, WeakOverlapIsNoLink) {
  const Evolution evolution = *trace_evolution({period({{1, 2, 3, 4}}), period({{4, 5, 6, 7}})}, {.min_similarity = 0.3});
  EXPECT_TRUE(evolution.links.empty());
  EXPECT_EQ(evolution.steps.size(), 2U);
  EXPECT_EQ(trace_evolution({}, {.min_similarity = 0.0}).error().kind, ErrorKind::invalid_input);
}

}  // namespace
}  // namespace jianwei::analysis
