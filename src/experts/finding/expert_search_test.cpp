#include "experts/finding/expert_search.h"

#include <gtest/gtest.h>

namespace jianwei::experts {
namespace {

// By hand, half-life 6 years, now 2020: work 1 (2020, relevance 10 -> 1) by persons 1, 2; work 2 (2014, 5 -> .5) by person 2 alone.
// Person 1: 1 * .5; person 2: 1 * .5 + .5 * .5 * 1.
TEST(ExpertSearch, ByHand) {
  const std::vector<RelevantWork> works{{1, 10.0, 2020, {1, 2}}, {2, 5.0, 2014, {2}}};
  const std::vector<FoundExpert> experts = find_experts(works, {});
  ASSERT_EQ(experts.size(), 2u);
  EXPECT_EQ(experts[0].person, 2);
  EXPECT_NEAR(experts[0].score, 0.75, 1e-12);
  EXPECT_EQ(experts[0].works[0].work, 1);
  EXPECT_NEAR(experts[0].works[1].part, 0.25, 1e-12);
  EXPECT_NEAR(experts[1].score, 0.5, 1e-12);
}

TEST(ExpertSearch, FirstAndLastPlaceCountMore) {
  const std::vector<FoundExpert> experts = find_experts(std::vector<RelevantWork>{{1, 1.0, 2020, {7, 8, 9}}}, {});
  EXPECT_NEAR(experts[0].score, 1.5 / 4.0, 1e-12);
  EXPECT_EQ(experts.back().person, 8);
  EXPECT_NEAR(experts.back().score, 1.0 / 4.0, 1e-12);
}

TEST(ExpertSearch, PartsSumToTheScore) {
  std::vector<RelevantWork> works;
  for (int i = 0; i < 8; ++i) works.push_back({i, 1.0 + i, static_cast<std::int16_t>(2010 + i), {i % 3, 3}});
  ExpertSearchOptions options;
  options.works_per_expert = 100;
  for (const FoundExpert& expert : find_experts(works, options)) {
    double sum = 0.0;
    for (const WorkPart& part : expert.works) sum += part.part;
    EXPECT_NEAR(sum, expert.score, 1e-12);
  }
}

TEST(ExpertSearch, NothingRelevantNobodyFound) { EXPECT_TRUE(find_experts(std::vector<RelevantWork>{{1, 0.0, 2020, {1}}}, {}).empty()); }

}  // namespace
}  // namespace jianwei::experts
