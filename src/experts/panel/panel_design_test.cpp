#include "experts/panel/panel_design.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace jianwei::experts {
namespace {

// Two attributes: 0 = gender (0, 1), 1 = sector (0, 1, 2).
PanelProblem problem(std::int32_t size, std::vector<PanelCandidate> candidates, std::vector<Quota> quotas) { return {size, 2, std::move(candidates), std::move(quotas)}; }

TEST(PanelDesign, TakesTheBestThatMeetTheQuotas) {
  Progress progress;
  const auto design = design_panel(problem(2, {{9, {0, 0}}, {8, {0, 0}}, {1, {1, 1}}}, {{0, 1, 1, -1}}), progress);
  ASSERT_TRUE(design);
  EXPECT_TRUE(design->feasible);
  EXPECT_TRUE(design->proved_best);
  EXPECT_EQ(design->members, (std::vector<std::int32_t>{0, 2}));
  EXPECT_DOUBLE_EQ(design->score, 10.0);
}

TEST(PanelDesign, NamesTheQuotasThatContradict) {
  Progress progress;
  // Two seats for each of three sectors do not fit five places; the gender quota has nothing to do with it.
  std::vector<PanelCandidate> candidates;
  for (int i = 0; i < 12; ++i) candidates.push_back({1.0, {i % 2, i % 3}});
  const auto design = design_panel(problem(5, candidates, {{0, 1, 1, -1}, {1, 0, 2, -1}, {1, 1, 2, -1}, {1, 2, 2, -1}}), progress);
  ASSERT_TRUE(design);
  EXPECT_FALSE(design->feasible);
  EXPECT_EQ(design->contradiction, (std::vector<std::int32_t>{1, 2, 3}));
}

TEST(PanelDesign, SaysWhenThereAreTooFewPeople) {
  Progress progress;
  const auto design = design_panel(problem(3, {{1, {0, 0}}, {1, {0, 0}}}, {{0, 0, 1, -1}}), progress);
  ASSERT_TRUE(design);
  EXPECT_FALSE(design->feasible);
  EXPECT_TRUE(design->contradiction.empty());
}

TEST(PanelDesign, KeepsWhoMustSit) {
  Progress progress;
  const auto design = design_panel(problem(1, {{9, {0, 0}}, {1, {0, 0}, true}}, {}), progress);
  ASSERT_TRUE(design);
  EXPECT_EQ(design->members, (std::vector<std::int32_t>{1}));
}

TEST(PanelDesign, IsAsGoodAsTryingEverything) {
  Random random(29);
  Progress progress;
  int feasible = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<PanelCandidate> candidates;
    for (int i = 0; i < 9; ++i) candidates.push_back({static_cast<double>(random.below(20)), {static_cast<std::int32_t>(random.below(2)), static_cast<std::int32_t>(random.below(3))}});
    std::vector<Quota> quotas;
    for (int q = 0; q < 3; ++q) {
      const auto attribute = static_cast<std::int32_t>(random.below(2));
      const auto least = static_cast<std::int32_t>(random.below(3));
      quotas.push_back({attribute, static_cast<std::int32_t>(random.below(attribute == 0 ? 2 : 3)), least, random.below(2) == 0 ? -1 : least + static_cast<std::int32_t>(random.below(2))});
    }
    double best = -1.0;
    for (unsigned set = 0; set < (1U << 9U); ++set) {
      if (__builtin_popcount(set) != 4) continue;
      double score = 0.0;
      bool fits = true;
      for (const Quota& quota : quotas) {
        int count = 0;
        for (unsigned i = 0; i < 9; ++i) count += ((set >> i) & 1U) != 0 && candidates[i].values[static_cast<std::size_t>(quota.attribute)] == quota.value ? 1 : 0;
        fits = fits && count >= quota.least && (quota.greatest < 0 || count <= quota.greatest);
      }
      for (unsigned i = 0; i < 9; ++i) score += ((set >> i) & 1U) != 0 ? candidates[i].score : 0.0;
      if (fits) best = std::max(best, score);
    }
    const auto design = design_panel(problem(4, candidates, quotas), progress);
    ASSERT_TRUE(design);
    EXPECT_EQ(design->feasible, best >= 0.0);
    if (best >= 0.0) {
      EXPECT_DOUBLE_EQ(design->score, best);
      ++feasible;
    }
  }
  EXPECT_GT(feasible, 50);
}

}  // namespace
}  // namespace jianwei::experts
