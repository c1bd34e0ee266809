#include "experts/delphi/summary.h"

#include <gtest/gtest.h>

#include <vector>

namespace jianwei::experts {
namespace {

QuestionSummary summarize_all(const Question& question, const std::vector<Answer>& answers, const std::vector<double>& weights = {}) {
  std::vector<SeatAnswer> seats;
  for (std::size_t i = 0; i < answers.size(); ++i) seats.push_back({&answers[i], weights.empty() ? 1.0 : weights[i]});
  return summarize(question, seats, QuantileType::linear);
}

Answer option(std::int32_t index) {
  Answer answer;
  answer.options = {index};
  return answer;
}

TEST(Summary, ImportancePlainAndByFamiliarity) {
  // none, low, mid, high of the Japanese index; 1, 4, 15, 30 answers give 77.
  const Question question{"importance", QuestionType::scale, QuestionRole::importance, {"重要性", ""}, {}, {{"none", {}, 0}, {"low", {}, 25}, {"mid", {}, 50}, {"high", {}, 100}}};
  std::vector<Answer> answers;
  const int counts[] = {1, 4, 15, 30};
  for (std::int32_t k = 0; k < 4; ++k) {
    for (int i = 0; i < counts[k]; ++i) answers.push_back(option(k));
  }
  Answer abstained;
  abstained.abstained = true;
  answers.push_back(abstained);
  const QuestionSummary plain = summarize_all(question, answers);
  EXPECT_EQ(plain.answered, 50);
  EXPECT_EQ(plain.abstained, 1);
  EXPECT_NEAR(plain.index.value, 77.0, 1e-12);
  EXPECT_NEAR(plain.weighted_index.value, 77.0, 1e-12);
  EXPECT_DOUBLE_EQ(plain.spread.median.value, 4.0);
  // Those who know it best find it unimportant.
  std::vector<double> weights(answers.size(), 0.2);
  weights[0] = 1000.0;
  EXPECT_LT(summarize_all(question, answers, weights).weighted_index.value, 2.0);
}

TEST(Summary, YearsApartFromNever) {
  const Question question{"technical", QuestionType::year, QuestionRole::technical_realization, {"", "When?"}, {}, {}, 2026, 2060};
  std::vector<Answer> answers(4);
  answers[0].year = 2030;
  answers[1].year = 2030;
  answers[2].realized = Realized::never;
  answers[3].realized = Realized::already;
  const Realization realization = summarize_all(question, answers).realization;
  EXPECT_EQ(realization.year_count, 2);
  EXPECT_DOUBLE_EQ(realization.never.value, 0.25);
  EXPECT_DOUBLE_EQ(realization.median.value, 2030.5);
}

TEST(Summary, RankingsGiveMeanRankAndConcordance) {
  const Question question{"order", QuestionType::ranking, QuestionRole::other, {"", "Order"}, {}, {{"a", {}, 0}, {"b", {}, 0}, {"c", {}, 0}}};
  std::vector<Answer> answers(2);
  answers[0].options = {2, 0, 1};
  answers[1].options = {2, 1, 0};
  const QuestionSummary summary = summarize_all(question, answers);
  EXPECT_EQ(summary.mean_rank, (std::vector<double>{2.5, 2.5, 1.0}));
  EXPECT_NEAR(summary.concordance.w.value, 0.75, 1e-12);  // S = 4.5 of at most 6
}

TEST(Summary, PointsAndChoices) {
  const Question points{"points", QuestionType::allocation, QuestionRole::other, {"", "Points"}, {}, {{"a", {}, 0}, {"b", {}, 0}}};
  std::vector<Answer> answers(2);
  answers[0].points = {100, 0};
  answers[1].points = {50, 50};
  EXPECT_EQ(summarize_all(points, answers).mean_points, (std::vector<double>{75.0, 25.0}));
  const Question measures{"measures", QuestionType::choices, QuestionRole::measure, {"", "Measures"}, {}, {{"people", {}, 0}, {"money", {}, 0}}};
  answers[0].options = {0, 1};
  answers[1].options = {1};
  EXPECT_EQ(summarize_all(measures, answers).counts, (std::vector<std::int64_t>{1, 2}));
}

TEST(Summary, NobodyAnsweredMeansNoFigures) {
  const Question question{"p", QuestionType::probability, QuestionRole::probability, {"", "Chance"}, {}, {}};
  const QuestionSummary summary = summarize_all(question, {});
  EXPECT_EQ(summary.answered, 0);
  EXPECT_FALSE(summary.spread.mean.defined());
}

}  // namespace
}  // namespace jianwei::experts
