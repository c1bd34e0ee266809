#include "experts/consensus/content_validity.h"

#include <gtest/gtest.h>

#include <limits>

namespace jianwei::experts {
namespace {

// Six experts, four items, scale 1..4: the worked panel of the R package contentvalidR (vignette expert-panel).
RatingTable panel() {
  const double items[4][6] = {{4, 4, 4, 4, 4, 4}, {4, 4, 4, 3, 4, 4}, {4, 3, 4, 4, 3, 4}, {3, 4, 3, 3, 2, 3}};
  RatingTable table{6, 4, {}};
  for (int rater = 0; rater < 6; ++rater) {
    for (const auto& item : items) table.value.push_back(item[rater]);
  }
  return table;
}

TEST(ContentValidity, AgreesWithThePublishedPanel) {
  const RatingTable table = panel();
  double mean_v = 0.0;
  for (std::int32_t item = 0; item < 4; ++item) {
    std::vector<double> ratings;
    for (std::int32_t rater = 0; rater < 6; ++rater) ratings.push_back(table.at(rater, item));
    mean_v += aiken_v(ratings, 1.0, 4.0).value / 4.0;
  }
  EXPECT_NEAR(mean_v, 0.875, 1e-12);
  const ContentValidity validity = content_validity(table, 3.0);
  EXPECT_NEAR(validity.average.value, 0.958333, 5e-7);
  EXPECT_NEAR(validity.universal.value, 0.75, 1e-12);
  EXPECT_NEAR(krippendorff_alpha_ordinal(table).value, 0.374387, 5e-7);
}

TEST(ContentValidity, LawsheRatio) {
  EXPECT_NEAR(content_validity_ratio(10, 12).value, 0.6667, 5e-5);
  EXPECT_NEAR(content_validity_ratio(3, 5).value, 0.2, 1e-12);
  EXPECT_EQ(content_validity_ratio(0, 0).undefined, kTooFew);
}

TEST(ContentValidity, AlphaIgnoresWhoDidNotRate) {
  RatingTable table = panel();
  const double before = krippendorff_alpha_ordinal(table).value;
  table.rater_count = 7;
  table.value.insert(table.value.end(), 4, std::numeric_limits<double>::quiet_NaN());
  EXPECT_NEAR(krippendorff_alpha_ordinal(table).value, before, 1e-12);
}

}  // namespace
}  // namespace jianwei::experts
