#include "analysis/topics/topic_count.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/random.h"

namespace jianwei::analysis {
namespace {

// `topic_count` topics of 40 words each, one word in ten shared by all; a document of 60 tokens has one or two topics.
text::CountMatrix plant(std::int32_t topic_count, std::int64_t document_count) {
  constexpr std::uint32_t kOwn = 40, kShared = 100;
  Random random(5);
  text::CountMatrix matrix;
  matrix.row_count = document_count;
  matrix.column_count = topic_count * std::int64_t{kOwn} + kShared;
  matrix.offsets = {0};
  for (std::int64_t d = 0; d < document_count; ++d) {
    const std::uint32_t topics[2] = {random.below(static_cast<std::uint32_t>(topic_count)), random.below(static_cast<std::uint32_t>(topic_count))};
    std::map<std::int32_t, std::int32_t> counts;
    for (int i = 0; i < 60; ++i) {
      const std::uint32_t word = random.below(10) == 0 ? static_cast<std::uint32_t>(topic_count) * kOwn + random.below(kShared)
                                                       : topics[random.below(3) == 0] * kOwn + std::min(random.below(kOwn), random.below(kOwn));
      ++counts[static_cast<std::int32_t>(word)];
    }
    for (const auto& [word, count] : counts) {
      matrix.columns.push_back(word);
      matrix.counts.push_back(count);
    }
    matrix.offsets.push_back(std::ssize(matrix.columns));
  }
  return matrix;
}

class PlantedCount : public testing::TestWithParam<std::int32_t> {};

TEST_P(PlantedCount, IsFoundWithinTheNeighbouringRung) {
  const std::int32_t planted = GetParam();
  TopicCountOptions options;
  options.iteration_count = 60;
  Progress progress;
  const auto choice = choose_topic_count(plant(planted, 1000), options, progress);
  ASSERT_TRUE(choice) << choice.error().message;
  std::vector<std::int32_t> ladder;
  for (const TopicCountTrial& trial : choice->trials) ladder.push_back(trial.topic_count);
  const auto truth = std::find(ladder.begin(), ladder.end(), planted) - ladder.begin();
  const auto found = std::find(ladder.begin(), ladder.end(), choice->topic_count) - ladder.begin();
  EXPECT_LE(std::abs(truth - found), 1) << "planted " << planted << ", found " << choice->topic_count;
  EXPECT_TRUE(choice->trials[static_cast<std::size_t>(found)].close);
  EXPECT_GT(choice->trials.front().perplexity, choice->trials[static_cast<std::size_t>(found)].perplexity);  // five topics are too few for either
  EXPECT_EQ(choice->fitted_documents + choice->held_out_documents, 1000);
}

INSTANTIATE_TEST_SUITE_P(Sizes, PlantedCount, testing::Values(12, 30));

TEST(TopicCount, IsTheSameAtAnyThreadCount) {
  TopicCountOptions options;
  options.ladder = {3, 6};
  options.iteration_count = 20;
  Progress progress;
  const text::CountMatrix matrix = plant(6, 400);
  options.thread_count = 1;
  const auto one = choose_topic_count(matrix, options, progress);
  options.thread_count = 2;
  const auto two = choose_topic_count(matrix, options, progress);
  ASSERT_TRUE(one && two);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(one->trials[i].perplexity, two->trials[i].perplexity);
    EXPECT_EQ(one->trials[i].npmi, two->trials[i].npmi);
    EXPECT_EQ(one->trials[i].stability, two->trials[i].stability);
  }
}

TEST(TopicCount, RefusesWhatCannotBeTried) {
  Progress progress;
  EXPECT_EQ(choose_topic_count(plant(3, 10), {}, progress).error().kind, ErrorKind::invalid_input);
  TopicCountOptions options;
  options.ladder = {8, 5};
  EXPECT_EQ(choose_topic_count(plant(3, 100), options, progress).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(topic_count_ladder(30), std::vector<std::int32_t>{2});
  EXPECT_EQ(topic_count_ladder(1000).back(), 80);
}

}  // namespace
}  // namespace jianwei::analysis
