#include "experts/delphi/answer.h"

#include <gtest/gtest.h>

namespace jianwei::experts {
namespace {

Question question(QuestionType type) {
  Question q{"q1", type, QuestionRole::other, {"重要性", "Importance"}, {}, {{"high", {}, 100}, {"mid", {}, 50}, {"low", {}, 25}}, 2026, 2050, true, true, true, 100, 0, false, 10};
  return q;
}

Answer options(std::vector<std::int32_t> chosen) {
  Answer answer;
  answer.options = std::move(chosen);
  return answer;
}

TEST(Answer, ScaleTakesExactlyOneOption) {
  EXPECT_TRUE(check_answer(question(QuestionType::scale), options({2})));
  EXPECT_FALSE(check_answer(question(QuestionType::scale), options({})));
  EXPECT_FALSE(check_answer(question(QuestionType::scale), options({0, 1})));
  EXPECT_FALSE(check_answer(question(QuestionType::scale), options({3})));
}

TEST(Answer, RankingNeedsAllOptionsOnce) {
  EXPECT_TRUE(check_answer(question(QuestionType::ranking), options({2, 0, 1})));
  EXPECT_FALSE(check_answer(question(QuestionType::ranking), options({2, 0})));
  EXPECT_FALSE(check_answer(question(QuestionType::ranking), options({2, 0, 0})));
}

TEST(Answer, YearKnowsAlreadyNeverAndUnknown) {
  Question q = question(QuestionType::year);
  Answer answer;
  answer.year = 2035;
  EXPECT_TRUE(check_answer(q, answer));
  answer.year = 2051;
  const auto refused = check_answer(q, answer);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "question q1: year 2051 lies outside 2026 to 2050");
  answer.realized = Realized::never;
  EXPECT_TRUE(check_answer(q, answer));
  q.allow_never = false;
  EXPECT_FALSE(check_answer(q, answer));
}

TEST(Answer, AllocationMustSumToTheTotal) {
  Answer answer;
  answer.points = {50, 30, 20};
  EXPECT_TRUE(check_answer(question(QuestionType::allocation), answer));
  answer.points = {50, 30, 30};
  EXPECT_FALSE(check_answer(question(QuestionType::allocation), answer));
  answer.points = {150, -30, -20};
  EXPECT_FALSE(check_answer(question(QuestionType::allocation), answer));
}

TEST(Answer, TextIsCountedInCharactersNotBytes) {
  Answer answer;
  answer.text = "一二三四五六七八九十";
  EXPECT_TRUE(check_answer(question(QuestionType::text), answer));
  answer.text += "一";
  EXPECT_FALSE(check_answer(question(QuestionType::text), answer));
}

TEST(Answer, RequiredQuestionsRefuseAbstention) {
  Question q = question(QuestionType::scale);
  Answer answer;
  answer.abstained = true;
  EXPECT_TRUE(check_answer(q, answer));
  q.required = true;
  EXPECT_FALSE(check_answer(q, answer));
}

TEST(Answer, QuestionsThemselvesAreChecked) {
  EXPECT_TRUE(check_question(question(QuestionType::scale)));
  Question twice = question(QuestionType::scale);
  twice.options[1].id = "high";
  EXPECT_FALSE(check_question(twice));
  Question mute = question(QuestionType::text);
  mute.label = {};
  EXPECT_FALSE(check_question(mute));
}

}  // namespace
}  // namespace jianwei::experts
