#include "experts/delphi/dissent.h"

#include <gtest/gtest.h>

namespace jianwei::experts {
namespace {

std::vector<Stand> stands(int agree, int between, int disagree, bool minority_knows = false) {
  std::vector<Stand> all;
  all.insert(all.end(), static_cast<std::size_t>(agree), {5, false});
  all.insert(all.end(), static_cast<std::size_t>(between), {3, false});
  all.insert(all.end(), static_cast<std::size_t>(disagree), {1, minority_knows});
  return all;
}

TEST(Dissent, SeesTwoCampsAndTheirArguments) {
  const std::vector<Argument> arguments{{1, 2}, {5, 1}, {1, 7}};
  const Dissent dissent = find_dissent({}, stands(10, 0, 10), arguments, 5);
  EXPECT_TRUE(dissent.two_camps);
  EXPECT_DOUBLE_EQ(dissent.polarization.value, 1.0);
  EXPECT_GT(dissent.bimodality.value, 5.0 / 9.0);
  EXPECT_EQ(dissent.camps[2].arguments, (std::vector<std::int32_t>{2, 0}));
  EXPECT_EQ(dissent.camps[0].arguments, (std::vector<std::int32_t>{1}));
}

TEST(Dissent, MarksAMinorityThatKnowsBetter) {
  EXPECT_TRUE(find_dissent({}, stands(20, 0, 6, true), {}, 5).knowing_minority);
  EXPECT_FALSE(find_dissent({}, stands(20, 0, 6, false), {}, 5).knowing_minority);
}

TEST(Dissent, ShowsNoFiguresOfASmallCamp) {
  const Dissent dissent = find_dissent({}, stands(20, 8, 2, true), {}, 5);
  EXPECT_TRUE(dissent.camps[2].hidden);
  EXPECT_FALSE(dissent.camps[2].share.defined());
  EXPECT_TRUE(dissent.camps[1].hidden);  // else the two could be taken from the total
  EXPECT_FALSE(dissent.camps[0].hidden);
  EXPECT_FALSE(dissent.knowing_minority);
}

}  // namespace
}  // namespace jianwei::experts
