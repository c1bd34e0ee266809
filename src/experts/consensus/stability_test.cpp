#include "experts/consensus/stability.h"

#include <gtest/gtest.h>

#include <string>

#include "base/random.h"
#include "experts/consensus/quantiles.h"

namespace jianwei::experts {
namespace {

// Ten experts, six statements, three rounds: the worked case of the R package contentvalidR (vignette delphi-rounds). Expert 10 left after round 2.
struct Statement {
  const char* rounds[3];  // ratings 1..4 of experts 1..10; "" = set aside
  double unchanged[2], quadratic[2], linear[2], net[2];
};
const Statement kStatements[] = {
    {{"4434342434", "4444343434", ""}, {.80, -1}, {.7143, -2}, {.6429, -2}, {.10, -1}},
    {{"3432434324", "4444444344", "444444444"}, {.50, .8889}, {.0351, 0.0}, {.1026, 0.0}, {.50, .1111}},
    {{"2122132122", "2122122122", "212212212"}, {.90, 1.0}, {.8276, 1.0}, {.8077, 1.0}, {.10, 0.0}},
    {{"4231423142", "4231413242", "413141324"}, {.80, .8889}, {.9194, .9620}, {.8387, .9174}, {0.0, .1111}},
    {{"2323243232", "3323343233", "333334333"}, {.70, .7778}, {.6341, .5263}, {.5588, .4706}, {.30, .2222}},
    {{"3241324132", "2314231423", "324132413"}, {0.0, 0.0}, {-1.0, -.9946}, {-.5789, -.5773}, {0.0, .1111}},
};

std::vector<AnswerPair> pairs_of(std::string_view before, std::string_view after) {
  std::vector<AnswerPair> pairs;
  for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) pairs.push_back({before[i] - '0', after[i] - '0'});
  return pairs;
}

TEST(Stability, AgreesWithThePublishedRounds) {
  int number = 0;
  for (const Statement& statement : kStatements) {
    ++number;
    for (int step = 0; step < 2; ++step) {
      if (std::string_view(statement.rounds[step + 1]).empty()) continue;
      SCOPED_TRACE("statement " + std::to_string(number) + " from round " + std::to_string(step + 1));
      const Stability stability = measure_stability(pairs_of(statement.rounds[step], statement.rounds[step + 1]), 4);
      EXPECT_NEAR(stability.unchanged.value, statement.unchanged[step], 5e-5);
      EXPECT_NEAR(stability.kappa_quadratic.value.value, statement.quadratic[step], 5e-5);
      EXPECT_NEAR(stability.kappa_linear.value.value, statement.linear[step], 5e-5);
      EXPECT_NEAR(stability.net_change.value, statement.net[step], 5e-5);
    }
  }
}

TEST(Stability, GroupFiguresMissExpertsWhoSwapSides) {
  const Stability stability = measure_stability(pairs_of("3241324132", "2314231423"), 4);
  EXPECT_DOUBLE_EQ(stability.unchanged.value, 0.0);
  EXPECT_LT(stability.net_change.value, 0.15);
  EXPECT_GT(stability.group.p_value.value, 0.99);
}

TEST(Stability, CoefficientsOfVariationOfTheRounds) {
  const auto cv = [](std::string_view round) {
    std::vector<double> answers;
    for (const char c : round) answers.push_back(c - '0');
    return describe(answers).coefficient_of_variation.value;
  };
  EXPECT_NEAR(cv("3432434324"), .2465, 5e-5);
  EXPECT_NEAR(cv("4444444344"), .0811, 5e-5);
  EXPECT_NEAR(cv("4231413242"), .4515, 5e-5);
  EXPECT_NEAR(cv("413141324"), .5217, 5e-5);
  EXPECT_NEAR(cv("333334333"), .1071, 5e-5);
}

TEST(Stability, HasNoKappaWhenAllChooseOneCategoryTwice) {
  const Stability stability = measure_stability(pairs_of("4444", "4444"), 4);
  EXPECT_EQ(stability.kappa_quadratic.value.undefined, kUnanimous);
  EXPECT_DOUBLE_EQ(stability.unchanged.value, 1.0);
}

TEST(Stability, KappaIntervalHoldsItsValueAndShrinksWithMoreExperts) {
  Random random(11);
  std::vector<AnswerPair> few, many;
  for (int i = 0; i < 400; ++i) {
    const auto before = static_cast<std::int32_t>(1 + random.below(5));
    const auto after = random.below(3) == 0 ? static_cast<std::int32_t>(1 + random.below(5)) : before;
    if (i < 40) few.push_back({before, after});
    many.push_back({before, after});
  }
  const WeightedKappa wide = measure_stability(few, 5).kappa_quadratic, narrow = measure_stability(many, 5).kappa_quadratic;
  EXPECT_LT(narrow.interval.low, narrow.value.value);
  EXPECT_GT(narrow.interval.high, narrow.value.value);
  EXPECT_LT(narrow.interval.high - narrow.interval.low, wide.interval.high - wide.interval.low);
}

TEST(Stability, RelabelingTheScaleBackwardsChangesNothing) {
  const std::vector<AnswerPair> pairs = pairs_of("3432434324", "4444444344");
  std::vector<AnswerPair> mirrored;
  for (const AnswerPair& pair : pairs) mirrored.push_back({5 - pair.before, 5 - pair.after});
  EXPECT_NEAR(measure_stability(pairs, 4).kappa_linear.value.value, measure_stability(mirrored, 4).kappa_linear.value.value, 1e-12);
}

}  // namespace
}  // namespace jianwei::experts
