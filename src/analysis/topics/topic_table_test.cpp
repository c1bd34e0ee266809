#include "analysis/topics/topic_table.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/topics/coherence.h"

namespace jianwei::analysis {
namespace {

// Four documents: {0,1} {0,1} {0,2} {3}.
text::CountMatrix four_documents() {
  return {4, 4, {0, 2, 4, 6, 7}, {0, 1, 0, 1, 0, 2, 3}, {1, 1, 1, 1, 1, 1, 1}};
}

TEST(Coherence, NpmiMatchesHandComputedValues) {
  const std::vector<std::vector<std::int32_t>> topics = {{0, 1}, {0, 3}, {0, 1, 2}, {3}};
  const std::vector<double> npmi = npmi_coherence(four_documents(), topics, 2);
  const double pair_01 = std::log(0.5 / (0.75 * 0.5)) / -std::log(0.5);    // 0.41504
  const double pair_02 = std::log(0.25 / (0.75 * 0.25)) / -std::log(0.25);  // 0.20752
  EXPECT_NEAR(npmi[0], 0.41504, 1e-5);
  EXPECT_DOUBLE_EQ(npmi[1], -1.0);
  EXPECT_NEAR(npmi[2], (pair_01 + pair_02 - 1.0) / 3.0, 1e-12);
  EXPECT_DOUBLE_EQ(npmi[3], 0.0);
}

TEST(Coherence, DiversityIsTheShareOfDistinctWords) {
  const std::vector<std::vector<std::int32_t>> topics = {{0, 1}, {1, 2}};
  EXPECT_DOUBLE_EQ(topic_diversity(topics), 0.75);
}

TEST(TopicTable, RelevancePrefersWordsOfTheTopicOverCommonOnes) {
  TopicModel model;
  model.topic_count = 2;
  model.word_count = 3;
  model.alpha = {1.0, 1.0};
  model.beta = 0.01;
  // Word 0 is common to both topics, word 1 belongs to topic 0, word 2 to topic 1.
  model.word_offsets = {0, 2, 3, 4};
  model.topics = {0, 1, 0, 1};
  model.counts = {50.0F, 50.0F, 40.0F, 10.0F};
  model.topic_tokens = {90.0, 60.0};
  DocumentTopics shares{{0, 2, 3}, {0, 1, 0}, {0.75F, 0.25F, 1.0F}};
  TopicTableOptions options;
  options.relevance_lambda = 0.6;
  const TopicTable table = describe_topics(model, shares, {2, 3, {0, 2, 4}, {0, 1, 0, 2}, {1, 1, 1, 1}}, options);
  EXPECT_EQ(table.topics[0].terms[0].word, 1);
  EXPECT_EQ(table.topics[0].terms[1].word, 0);
  EXPECT_NEAR(table.topics[0].terms[0].probability, 40.01 / 90.03, 1e-6);
  EXPECT_NEAR(table.topics[0].terms[0].relevance, 0.6 * std::log(40.01 / 90.03) + 0.4 * std::log(40.01 / 90.03 * 150.0 / 40.0), 1e-6);
  EXPECT_GT(table.topics[0].terms[0].exclusivity, 0.99);
  EXPECT_DOUBLE_EQ(table.topics[0].document_weight, 1.75);
  EXPECT_EQ(table.topics[1].document_count, 1);
  EXPECT_DOUBLE_EQ(table.topics[0].token_share, 0.6);
  EXPECT_DOUBLE_EQ(table.diversity, 0.75);
}

}  // namespace
}  // namespace jianwei::analysis
