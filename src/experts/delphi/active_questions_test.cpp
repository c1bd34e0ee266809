#include "experts/delphi/active_questions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace jianwei::experts {
namespace {

// Items x seats: item i is answered "4 or 5" with probability agree[i], else "1 or 2".
PanelAnswers panel(const std::vector<double>& agree, std::int32_t seats, std::uint64_t seed) {
  PanelAnswers answers;
  answers.item_count = static_cast<std::int32_t>(agree.size());
  answers.seat_count = seats;
  Random random(seed);
  for (const double share : agree) {
    for (std::int32_t seat = 0; seat < seats; ++seat) {
      answers.now.push_back(random.uniform() < share ? static_cast<std::int8_t>(4 + random.below(2)) : static_cast<std::int8_t>(1 + random.below(2)));
      answers.earlier.push_back(0);
      answers.may_ask.push_back(1);
    }
  }
  return answers;
}

TEST(ActiveQuestions, TheVerdictOfSharesIsThatOfTheRule) {
  Protocol rule;
  EXPECT_EQ(verdict_of(rule, std::vector<double>{0.0, 0.1, 0.15, 0.35, 0.4}), Verdict::in);
  EXPECT_EQ(verdict_of(rule, std::vector<double>{0.5, 0.25, 0.1, 0.1, 0.05}), Verdict::out);
  EXPECT_EQ(verdict_of(rule, std::vector<double>{0.2, 0.2, 0.2, 0.2, 0.2}), Verdict::none);
  rule.measure = ConsensusMeasure::interquartile_range;
  rule.threshold = 1.0;
  EXPECT_EQ(verdict_of(rule, std::vector<double>{0.0, 0.0, 0.2, 0.5, 0.3}), Verdict::in);
  EXPECT_EQ(verdict_of(rule, std::vector<double>{0.4, 0.0, 0.0, 0.0, 0.6}), Verdict::none);
  rule.measure = ConsensusMeasure::tastle_wierman;
  rule.threshold = 0.5;
  EXPECT_EQ(verdict_of(rule, std::vector<double>{0.5, 0.0, 0.0, 0.0, 0.5}), Verdict::none);  // Cns = 0
  EXPECT_EQ(verdict_of(rule, std::vector<double>{0.0, 0.0, 0.0, 0.0, 1.0}), Verdict::in);    // Cns = 1
}

// With two categories and "in" from a share of one half the probability of the verdict is that of a Beta variable, known in closed form.
TEST(ActiveQuestions, TheProbabilityOfTheVerdictIsThatOfItsBeta) {
  Protocol rule;
  rule.agree_from = rule.agree_to = 2;
  rule.disagree_from = rule.disagree_to = 1;
  rule.threshold = 0.6;
  PanelAnswers answers;
  answers.item_count = 1;
  answers.category_count = 2;
  answers.seat_count = 20;
  answers.now.assign(20, 0);
  answers.earlier.assign(20, 0);
  answers.may_ask.assign(20, 1);
  for (int seat = 0; seat < 3; ++seat) answers.now[static_cast<std::size_t>(seat)] = 2;
  QuestionOptions options;
  options.draw_count = 200'000;
  const ItemOutlook outlook = outlook_items(rule, answers, options).front();
  // Pooled shares of 0 + 1 and 3 + 1 answers, worth two: Beta(a = 3 + 8/5, b = 2/5); P(theta >= 0.6), P(theta <= 0.4) by numerical integration.
  const double a = 4.6, b = 0.4, scale = std::tgamma(a + b) / (std::tgamma(a) * std::tgamma(b));
  double in = 0.0, out = 0.0;
  const int steps = 2'000'000;
  for (int i = 0; i < steps; ++i) {
    // u = (1 - x)^b takes the pole at 1 away: dx = -(1/b) u^(1/b - 1) du
    const double u = (i + 0.5) / steps, x = 1.0 - std::pow(u, 1.0 / b), mass = scale * std::pow(x, a - 1.0) / b / steps;
    if (x >= 0.6) in += mass;
    if (x <= 0.4) out += mass;
  }
  EXPECT_NEAR(outlook.in, in, 0.005);
  EXPECT_NEAR(outlook.out, out, 0.005);
  EXPECT_EQ(outlook.due, 17);
}

TEST(ActiveQuestions, WhatIsOpenIsAskedBeforeWhatIsKnown) {
  Protocol rule;
  PanelAnswers answers = panel({0.99, 0.0, 0.01}, 60, 3);
  for (std::int32_t seat = 0; seat < 22; ++seat) answers.now[answers.at(1, seat)] = 4;  // 22 of the first 30: close to three quarters
  for (std::int32_t item = 0; item < 3; ++item) {
    for (std::int32_t seat = 30; seat < 60; ++seat) answers.now[answers.at(item, seat)] = 0;
  }
  const auto outlooks = outlook_items(rule, answers);
  EXPECT_TRUE(outlooks[0].decided);
  EXPECT_FALSE(outlooks[1].decided);
  EXPECT_TRUE(outlooks[2].decided);
  EXPECT_GT(outlooks[1].value, 5 * std::max(outlooks[0].value, outlooks[2].value));
  const auto list = next_questions(rule, answers, 10, 4);
  ASSERT_EQ(list.size(), 4u);
  for (const NextQuestion& question : list) {
    EXPECT_EQ(question.item, 1);
    EXPECT_GE(question.seat, 30);
  }
}

// What the panel said in the round before counts as two answers at most, so that people may change their minds.
TEST(ActiveQuestions, TheRoundBeforeIsABeginningNotAnEnd) {
  Protocol rule;
  PanelAnswers answers = panel({0.99}, 60, 5);
  answers.earlier = answers.now;
  std::ranges::fill(answers.now, std::int8_t{0});
  const double expected = outlook_items(rule, answers).front().in;
  EXPECT_GT(expected, 0.5);
  for (std::int32_t seat = 0; seat < 20; ++seat) answers.now[answers.at(0, seat)] = 1;
  EXPECT_GT(outlook_items(rule, answers).front().out, 0.9);
}

TEST(ActiveQuestions, AReplayNeedsFewerQuestionsThanRandomOrderAndEndsWhereAllAnswersEnd) {
  Protocol rule;
  std::vector<double> agree;
  for (int i = 0; i < 24; ++i) agree.push_back(i % 3 == 0 ? 0.97 : i % 3 == 1 ? 0.03 : 0.70 + 0.005 * i);
  const QuestionReplay replay = replay_questions(rule, panel(agree, 40, 11));
  EXPECT_EQ(replay.questions, 24 * 40);
  ASSERT_EQ(replay.points.size(), 21u);
  EXPECT_DOUBLE_EQ(replay.points.back().active, 1.0);
  EXPECT_DOUBLE_EQ(replay.points.back().random, 1.0);
  EXPECT_LT(static_cast<double>(replay.active_needed), replay.random_needed);
  EXPECT_LT(replay.stopped_at, replay.questions);
  EXPECT_GE(replay.right_when_stopped, 0.85);
  const QuestionReplay again = replay_questions(rule, panel(agree, 40, 11));
  EXPECT_EQ(again.active_needed, replay.active_needed);
  EXPECT_EQ(again.random_needed, replay.random_needed);
}

}  // namespace
}  // namespace jianwei::experts
