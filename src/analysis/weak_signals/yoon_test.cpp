#include <gtest/gtest.h>

#include <cmath>

#include "analysis/weak_signals/yoon.h"

namespace jianwei::analysis {
namespace {

TEST(WeakSignals, DegreesOfVisibilityOfTheWorkedExample) {
  const std::vector<double> dov = degrees(std::vector<double>{3, 5, 8, 13}, std::vector<double>{100, 120, 150, 200}, 0.05);
  EXPECT_NEAR(dov[0], 0.0255, 1e-12);
  EXPECT_NEAR(dov[1], 0.0375, 1e-12);
  EXPECT_NEAR(dov[2], 0.05066666666666667, 1e-12);
  EXPECT_NEAR(dov[3], 0.0650, 1e-12);
}

TEST(WeakSignals, GrowthIsTheGeometricMeanOfTheRatios) {
  const std::vector<double> tf = {3, 5, 8, 13}, nn = {100, 120, 150, 200};
  EXPECT_NEAR(degree_growth(tf, nn, {}), std::cbrt(0.0650 / 0.0255) - 1.0, 1e-12);
  EXPECT_GT(degree_growth(std::vector<double>{0, 0, 4, 9}, nn, {}), 0.5);  // zeros become 0.5
}

TEST(WeakSignals, QuadrantsOfFourPlantedUnits) {
  UnitSeries series;
  series.years = {2000, 2003};
  series.complete_years = 4;
  series.unit_count = 5;
  series.corpus = {100, 100, 100, 100};
  series.counts = {1,  2,  3,  6,    // rare and rising: weak
                   10, 15, 25, 40,   // frequent and rising: strong
                   3,  2,  2,  1,    // rare and falling: latent
                   40, 30, 20, 15,   // frequent and falling: well known
                   0,  0,  0,  1};   // too few documents
  const auto map = map_weak_signals(series, {}, {});
  ASSERT_TRUE(map);
  EXPECT_EQ(map->units[0].agreed, Quadrant::weak);
  EXPECT_EQ(map->units[1].agreed, Quadrant::strong);
  EXPECT_EQ(map->units[2].agreed, Quadrant::latent);
  EXPECT_EQ(map->units[3].agreed, Quadrant::well_known);
  EXPECT_EQ(map->units[4].agreed, Quadrant::unsupported);
}

TEST(WeakSignals, RefusesATimeWeightThatErasesThePast) {
  UnitSeries series;
  series.years = {1990, 2012};
  series.complete_years = 23;
  series.corpus.assign(23, 100.0);
  EXPECT_TRUE(map_weak_signals(series, {}, {})) << "only the last ten years are looked at";
  EXPECT_FALSE(map_weak_signals(series, {}, {.max_periods = 23}));
}

}  // namespace
}  // namespace jianwei::analysis
