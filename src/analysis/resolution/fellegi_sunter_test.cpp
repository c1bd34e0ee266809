#include "analysis/resolution/fellegi_sunter.h"

#include <gtest/gtest.h>

#include <cmath>

namespace jianwei::analysis {
namespace {

using Levels = std::array<std::uint8_t, field_count>;
using Shares = std::array<std::array<double, 8>, field_count>;

// Shares of the levels among matches and among the other pairs, unlike the prior's.
constexpr Shares kMatch = {{{0.5, 0.2, 0.1, 0.1, 0.05, 0.03, 0.02}, {0.5, 0.25, 0.15, 0.06, 0.04}, {0.8, 0.12, 0.05, 0.03}, {0.5, 0.4, 0.1}, {0.7, 0.2, 0.1}, {0.6, 0.3, 0.1}}};
constexpr Shares kOther = {{{0.01, 0.03, 0.04, 0.12, 0.2, 0.25, 0.35}, {0.05, 0.1, 0.15, 0.2, 0.5}, {0.2, 0.2, 0.2, 0.4}, {0.2, 0.4, 0.4}, {0.05, 0.15, 0.8}, {0.1, 0.2, 0.7}}};

// The pairs such shares make when fields are independent within matches and within the others, every combination of levels once.
std::vector<LevelPattern> planted(double match_share, double pairs) {
  std::vector<LevelPattern> patterns;
  Levels levels{};
  for (bool more = true; more;) {
    double match = match_share, other = 1.0 - match_share;
    for (std::size_t f = 0; f < field_count; ++f) {
      match *= kMatch[f][levels[f]];
      other *= kOther[f][levels[f]];
    }
    patterns.push_back({levels, 0, std::llround(pairs * (match + other))});
    more = false;
    for (std::size_t f = 0; f < field_count && !more; ++f) {
      more = ++levels[f] < kLevelCounts[f];
      if (!more) levels[f] = 0;
    }
  }
  return patterns;
}

TEST(FellegiSunter, FindsThePlantedSharesWithoutLabels) {
  const MatchModel model = MatchModel::fit(planted(0.3, 1e8), 1);
  EXPECT_NEAR(model.match_share(0), 0.3, 0.002);
  for (std::size_t f = 0; f < field_count; ++f) {
    for (std::uint8_t level = 0; level < kLevelCounts[f]; ++level) {
      Levels levels;
      levels.fill(kUnknownLevel);
      levels[f] = level;
      EXPECT_NEAR(model.log2_weight(levels), std::log2(kMatch[f][level] / kOther[f][level]), 0.05) << "field " << f << " level " << int{level};
    }
  }
}

TEST(FellegiSunter, WeightsAddUpAndMakeTheProbability) {
  const MatchModel model = MatchModel::fit(planted(0.3, 1e8), 1);
  const Levels pair = {title_near, persons_same, year_next, kUnknownLevel, kUnknownLevel, kUnknownLevel};
  // (0.1 / 0.04) (0.5 / 0.05) (0.12 / 0.2) = 15: four bits less a tenth; odds 15 * 3 / 7.
  EXPECT_NEAR(model.log2_weight(pair), std::log2(15.0), 0.1);
  EXPECT_NEAR(model.probability(pair, 0), 45.0 / 52.0, 0.01);
  const Levels nothing = {kUnknownLevel, kUnknownLevel, kUnknownLevel, kUnknownLevel, kUnknownLevel, kUnknownLevel};
  EXPECT_EQ(model.log2_weight(nothing), 0.0);
  EXPECT_NEAR(model.probability(nothing, 0), model.match_share(0), 1e-12);
}

}  // namespace
}  // namespace jianwei::analysis
