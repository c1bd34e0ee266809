#include "analysis/topics/topic_quality.h"

#include <gtest/gtest.h>

#include <numeric>

#include "analysis/topics/topic_relations.h"

namespace jianwei::analysis {
namespace {

// Topic 0 holds documents 0-3, topic 1 documents 4-7. The first fit has them under other names; the second cuts topic 1 in two and left document 0 out.
TEST(CompareFits, FindsWhichTopicsComeAgain) {
  const std::vector<std::int32_t> topic = {0, 0, 0, 0, 1, 1, 1, 1};
  const std::vector<OtherFit> others = {{{1, 1, 1, 1, 0, 0, 0, 0}, {}}, {{5, 0, 0, 0, 1, 1, 1, 2}, {0, 1, 1, 1, 1, 1, 1, 1}}};
  const FitAgreement agreement = compare_fits(topic, 2, others);
  EXPECT_NEAR(agreement.stability[0], 1.0, 1e-12);
  EXPECT_NEAR(agreement.stability[1], (1.0 + 0.75) / 2, 1e-12);
  EXPECT_NEAR(agreement.adjusted_rand[0], 1.0, 1e-12);
  // Sizes 3, 4 against 3, 3, 1: pairs together in both 3 + 3 = 6, in the first 9, in the second 6, of 21: (6 - 54/21) / (7.5 - 54/21).
  EXPECT_NEAR(agreement.adjusted_rand[1], (6 - 54.0 / 21) / (7.5 - 54.0 / 21), 1e-12);
}

TEST(TopicCoverage, IsTheShareOfDocuments) {
  DocumentTopics documents;
  documents.offsets = {0, 2, 2, 3, 4};
  documents.topics = {1, 0, 0, 1};
  documents.shares = {0.7F, 0.3F, 1, 1};
  EXPECT_EQ(largest_topics(documents), (std::vector<std::int32_t>{1, -1, 0, 1}));
  EXPECT_EQ(topic_coverage(largest_topics(documents), 2), (std::vector<double>{0.25, 0.5}));
}

TEST(DrawDocuments, KeepsTheShareAndTheSeed) {
  const auto held = draw_documents(1000, 0.9, 7, 1);
  EXPECT_EQ(std::accumulate(held.begin(), held.end(), 0), 900);
  EXPECT_EQ(held, draw_documents(1000, 0.9, 7, 1));
  EXPECT_NE(held, draw_documents(1000, 0.9, 7, 2));
}

// Documents: 0 {a}, 1 {a, b}, 2 {b}, 3 {c}, 4 {c}. Citations 0 -> 2, 1 -> 2, 3 -> 4.
TEST(RelateTopics, GivesTheHandComputedMeasures) {
  DocumentTopics documents;
  documents.offsets = {0, 1, 3, 4, 5, 6};
  documents.topics = {0, 0, 1, 1, 2, 2};
  documents.shares = {1, 0.6F, 0.4F, 1, 1, 1};
  IdLists references;
  references.offsets = {0, 1, 2, 2, 3, 3};
  references.values = {2, 2, 4};
  const VectorTable vectors{5, 2, {1, 0, 1, 0, 0.8F, 0.6F, 0, -1, 0, -1}};
  const std::vector<TopicRelation> relations = relate_topics(documents, 3, references, vectors, 0.25F);
  ASSERT_EQ(relations.size(), 1U);  // topic c shares nothing with the others and points away
  const TopicRelation& ab = relations[0];
  EXPECT_EQ(ab.a, 0);
  EXPECT_EQ(ab.b, 1);
  EXPECT_EQ(ab.shared_documents, 1);
  EXPECT_EQ(ab.example, 1);
  EXPECT_NEAR(ab.document_association, 1 * 5.0 / (2 * 2), 1e-12);
  EXPECT_EQ(ab.citations_ab, 2);
  EXPECT_EQ(ab.citations_ba, 0);
  EXPECT_NEAR(ab.citation_association, 2 * 3.0 / (2 * 2 + 0 * 0), 1e-12);  // a gave 2, b received 2
  EXPECT_NEAR(ab.cosine, 0.8, 1e-6);
  EXPECT_NEAR(ab.strength, 1.0, 1e-12);
}

}  // namespace
}  // namespace jianwei::analysis
