#include "experts/consensus/realization.h"

#include <gtest/gtest.h>

#include <vector>

namespace jianwei::experts {
namespace {

TEST(Realization, InterpolatesQuartilesInBinsOfYears) {
  const std::vector<YearBin> bins{{2026, 2030, 12}, {2031, 2035, 30}, {2036, 2040, 18}, {2041, 2050, 6}};
  const Realization result = measure_realization(bins, 0, 0, 0);
  EXPECT_NEAR(result.lower_quartile.value, 2031.75, 1e-9);
  EXPECT_NEAR(result.median.value, 2034.5, 1e-9);
  EXPECT_NEAR(result.upper_quartile.value, 2038.083, 5e-4);
}

TEST(Realization, KeepsAlreadyNeverAndUnknownOutOfTheYears) {
  const std::vector<YearBin> bins{{2030, 2030, 4}};
  const Realization result = measure_realization(bins, 1, 3, 2);
  EXPECT_EQ(result.answer_count, 10);
  EXPECT_DOUBLE_EQ(result.already.value, 0.1);
  EXPECT_DOUBLE_EQ(result.never.value, 0.3);
  EXPECT_DOUBLE_EQ(result.unknown.value, 0.2);
  EXPECT_DOUBLE_EQ(result.median.value, 2030.5);
}

TEST(Realization, HasNoYearWhenNobodyNamesOne) {
  const Realization result = measure_realization({}, 0, 5, 0);
  EXPECT_FALSE(result.median.defined());
  EXPECT_DOUBLE_EQ(result.never.value, 1.0);
}

}  // namespace
}  // namespace jianwei::experts
