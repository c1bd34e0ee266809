// What a list of rising units takes in, and in which order.
#include <gtest/gtest.h>

#include "workflow/report/sections.h"
#include "workflow/run/indicator_stage.h"

namespace jianwei::workflow {
namespace {

using Units = std::vector<std::size_t>;

// Ranked 1, 2, 3, ... in the order given.
struct Ranked {
  UnitResults units;
  void add(double previous, double recent, const char* gate = "") {
    Indicators& indicators = units.indicators.emplace_back();
    indicators.windows.previous = previous;
    indicators.windows.recent = recent;
    indicators.windows.growth_count = recent - previous;
    indicators.windows.share_ratio = (recent + 1) / (previous + 1);
    Emergence& emergence = units.emergence.emplace_back();
    emergence.rank = static_cast<std::int32_t>(units.emergence.size());
    emergence.gate = gate;
  }
};

TEST(Rising, GrowthByChanceIsNone) {
  Ranked ranked;
  ranked.add(10, 12);
  ranked.add(10, 40);
  ranked.add(40, 10);
  EXPECT_FALSE(rises(ranked.units, 0));
  EXPECT_TRUE(rises(ranked.units, 1));
  EXPECT_FALSE(rises(ranked.units, 2));
}

TEST(Rising, ATermThatRisesWithALongerOneIsNotListedAsRising) {
  Ranked ranked;
  ranked.add(10, 12);
  ranked.add(10, 40, "gate.nested");
  ranked.add(10, 40);
  EXPECT_TRUE(is_rising(ranked.units.indicators[1].windows));
  EXPECT_FALSE(rises(ranked.units, 1));
  EXPECT_EQ(top_emerging(ranked.units, 9), (Units{2}));
  EXPECT_EQ(top_emerging(ranked.units, 9, Candidates::rising_first), (Units{2, 0, 1}));
  EXPECT_EQ(top_emerging(ranked.units, 9, Candidates::all), (Units{0, 1, 2}));
}

}  // namespace
}  // namespace jianwei::workflow
