#include "experts/assignment/assignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/random.h"

namespace jianwei::experts {
namespace {

AssignmentProblem problem_of(std::int32_t items, std::int32_t experts, std::vector<double> similarity) {
  AssignmentProblem problem{items, experts, std::move(similarity), {}, {}, {}, {}};
  problem.conflict.assign(problem.similarity.size(), 0);
  problem.experts_per_item.assign(static_cast<std::size_t>(items), 1);
  problem.greatest_load.assign(static_cast<std::size_t>(experts), 1);
  return problem;
}

// Items A, B; experts 1, 2: s(A,1) = 1, s(A,2) = .3, s(B,1) = .5, s(B,2) = 0.
TEST(Assignment, GreatestSumAndFairestDiffer) {
  const AssignmentProblem problem = problem_of(2, 2, {1.0, .3, .5, 0.0});
  Progress progress;
  const auto sum = assign_experts(problem, AssignmentGoal::greatest_sum, progress);
  ASSERT_TRUE(sum);
  EXPECT_EQ(sum->experts_of_item, (std::vector<std::vector<std::int32_t>>{{0}, {1}}));
  EXPECT_NEAR(sum->sum, 1.0, 1e-12);
  EXPECT_NEAR(sum->worst_item, 0.0, 1e-12);
  const auto fair = assign_experts(problem, AssignmentGoal::fairest, progress);
  ASSERT_TRUE(fair);
  EXPECT_EQ(fair->experts_of_item, (std::vector<std::vector<std::int32_t>>{{1}, {0}}));
  EXPECT_NEAR(fair->sum, 0.8, 1e-12);
  EXPECT_NEAR(fair->worst_item, 0.3, 1e-12);
}

TEST(Assignment, CertificateNamesTheItemsThatAskTooMuch) {
  AssignmentProblem problem = problem_of(3, 2, {.5, .5, .5, .5, .5, .5});
  problem.conflict = {0, 1, 0, 1, 0, 0};  // items 0 and 1 may only be judged by expert 0
  problem.greatest_load = {1, 5};
  Progress progress;
  const auto result = assign_experts(problem, AssignmentGoal::greatest_sum, progress);
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->feasible);
  EXPECT_EQ(result->certificate.items, (std::vector<std::int32_t>{0, 1}));
  EXPECT_EQ(result->certificate.experts, (std::vector<std::int32_t>{0}));
  EXPECT_EQ(result->certificate.needed, 2);
  EXPECT_EQ(result->certificate.available, 1);
}

TEST(Assignment, LeastLoadKeepsEveryExpertBusy) {
  AssignmentProblem problem = problem_of(2, 2, {.9, .1, .9, .1});
  problem.greatest_load = {2, 2};
  problem.least_load = {1, 1};
  Progress progress;
  const auto result = assign_experts(problem, AssignmentGoal::greatest_sum, progress);
  ASSERT_TRUE(result);
  ASSERT_TRUE(result->feasible);
  EXPECT_NE(result->experts_of_item[0], result->experts_of_item[1]);
}

TEST(Assignment, IsAsGoodAsTryingEverything) {
  Random random(17);
  Progress progress;
  for (int round = 0; round < 200; ++round) {
    AssignmentProblem problem = problem_of(4, 4, {});
    for (int i = 0; i < 16; ++i) {
      problem.similarity.push_back(random.below(11) / 10.0);
      problem.conflict.push_back(random.below(5) == 0 ? 1 : 0);
    }
    std::vector<std::int32_t> order{0, 1, 2, 3};
    double best = -1.0, fairest = -1.0;
    do {
      double sum = 0.0, worst = 2.0;
      bool allowed = true;
      for (std::size_t i = 0; i < 4; ++i) {
        const std::size_t at = i * 4 + static_cast<std::size_t>(order[i]);
        allowed = allowed && !problem.conflict[at];
        sum += problem.similarity[at];
        worst = std::min(worst, problem.similarity[at]);
      }
      if (!allowed) continue;
      best = std::max(best, sum);
      fairest = std::max(fairest, worst);
    } while (std::ranges::next_permutation(order).found);
    const auto sum = assign_experts(problem, AssignmentGoal::greatest_sum, progress), fair = assign_experts(problem, AssignmentGoal::fairest, progress);
    ASSERT_TRUE(sum && fair);
    EXPECT_EQ(sum->feasible, best >= 0.0);
    if (best < 0.0) continue;
    EXPECT_NEAR(sum->sum, best, 1e-9);
    EXPECT_NEAR(fair->worst_item, fairest, 1e-9);
  }
}

// The promise "the author is never assigned": a hundred thousand random problems, each checked pair by pair.
TEST(Assignment, NeverAssignsAConflict) {
  Random random(23);
  Progress progress;
  std::int64_t assigned = 0, refused = 0;
  for (int round = 0; round < 100'000; ++round) {
    const auto items = static_cast<std::int32_t>(1 + random.below(4)), experts = static_cast<std::int32_t>(1 + random.below(4));
    AssignmentProblem problem = problem_of(items, experts, {});
    for (std::int32_t i = 0; i < items * experts; ++i) {
      problem.similarity.push_back(random.uniform());
      problem.conflict.push_back(random.below(3) == 0 ? 1 : 0);
    }
    for (std::int32_t& load : problem.greatest_load) load = static_cast<std::int32_t>(random.below(4));
    for (std::int32_t& need : problem.experts_per_item) need = static_cast<std::int32_t>(random.below(3));
    const auto result = assign_experts(problem, random.below(2) == 0 ? AssignmentGoal::greatest_sum : AssignmentGoal::fairest, progress);
    ASSERT_TRUE(result);
    if (!result->feasible) {
      EXPECT_LT(result->certificate.available, result->certificate.needed);
      ++refused;
      continue;
    }
    ++assigned;
    std::vector<std::int32_t> load(static_cast<std::size_t>(experts), 0);
    for (std::int32_t i = 0; i < items; ++i) {
      const auto& list = result->experts_of_item[static_cast<std::size_t>(i)];
      ASSERT_EQ(static_cast<std::int32_t>(list.size()), problem.experts_per_item[static_cast<std::size_t>(i)]);
      for (const std::int32_t e : list) {
        ASSERT_FALSE(problem.conflict[static_cast<std::size_t>(i * experts + e)]);
        ASSERT_LE(++load[static_cast<std::size_t>(e)], problem.greatest_load[static_cast<std::size_t>(e)]);
      }
    }
  }
  EXPECT_GT(assigned, 10'000);
  EXPECT_GT(refused, 10'000);
}

}  // namespace
}  // namespace jianwei::experts
