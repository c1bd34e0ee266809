#include "analysis/topics/embedded_topics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "analysis/clusters/leiden.h"
#include "analysis/topics/group_levels.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

struct Planted {
  text::CountMatrix documents;
  std::vector<std::int32_t> topic, area;
};

// `area_count` areas of four topics; a topic has 12 words of its own, an area 12 more, and 40 words occur anywhere. Each document draws five words of
// its topic, three of its area and two of the rest.
Planted plant(std::int32_t area_count, std::int64_t documents_a_topic, std::uint64_t seed = 3) {
  Random random(seed);
  Planted planted;
  const std::int32_t topic_count = 4 * area_count;
  text::CountMatrix& matrix = planted.documents;
  matrix.offsets = {0};
  matrix.column_count = std::int64_t{12} * topic_count + std::int64_t{12} * area_count + 40;
  matrix.row_count = documents_a_topic * topic_count;
  for (std::int64_t d = 0; d < matrix.row_count; ++d) {
    const auto topic = static_cast<std::int32_t>(d % topic_count);
    std::set<std::int32_t> row;
    for (int i = 0; i < 5; ++i) row.insert(topic * 12 + static_cast<std::int32_t>(random.below(12)));
    for (int i = 0; i < 3; ++i) row.insert(topic_count * 12 + topic / 4 * 12 + static_cast<std::int32_t>(random.below(12)));
    for (int i = 0; i < 2; ++i) row.insert(static_cast<std::int32_t>(matrix.column_count) - 1 - static_cast<std::int32_t>(random.below(40)));
    matrix.columns.insert(matrix.columns.end(), row.begin(), row.end());
    matrix.offsets.push_back(static_cast<std::int64_t>(matrix.columns.size()));
    planted.topic.push_back(topic);
    planted.area.push_back(topic / 4);
  }
  matrix.counts.assign(matrix.columns.size(), 1);
  return planted;
}

TEST(EmbeddedTopics, FindsPlantedTopicsAndTheAreasAboveThem) {
  Progress progress;
  const Planted planted = plant(5, 60);
  EmbeddedTopicOptions options;
  options.topic_count = 20;
  options.area_count = 5;
  const EmbeddedTopics found = *fit_embedded_topics(planted.documents, options, progress);
  EXPECT_GT(adjusted_rand_index(found.document_topic, planted.topic), 0.95);
  std::vector<std::int32_t> area;
  for (const std::int32_t topic : found.document_topic) area.push_back(found.topic_area[static_cast<std::size_t>(topic)]);
  EXPECT_GT(adjusted_rand_index(area, planted.area), 0.95);
  // Labels come from the topic's own words.
  const auto labels = label_groups(planted.documents, found.document_topic, found.model.topic_count, 5);
  for (std::size_t d = 0; d < 20; ++d) {
    for (const GroupTerm& term : labels[static_cast<std::size_t>(found.document_topic[d])]) EXPECT_EQ(term.word / 12, planted.topic[d]);
  }
}

TEST(EmbeddedTopics, PlacesEveryDocumentThatHasAWordAndSaysHowSurely) {
  Progress progress;
  Planted planted = plant(3, 50);
  // One document without words, one that lies between two topics of different areas.
  text::CountMatrix& matrix = planted.documents;
  matrix.offsets.push_back(matrix.offsets.back());
  for (const std::int32_t word : {0, 1, 2, 96, 97, 98}) matrix.columns.push_back(word);
  matrix.counts.resize(matrix.columns.size(), 1);
  matrix.offsets.push_back(static_cast<std::int64_t>(matrix.columns.size()));
  matrix.row_count += 2;
  const EmbeddedTopics found = *fit_embedded_topics(matrix, {.topic_count = 12}, progress);
  const auto wordless = static_cast<std::size_t>(matrix.row_count) - 2;
  EXPECT_EQ(found.document_topic[wordless], -1);
  EXPECT_EQ(found.confidence[wordless], 0.0F);
  EXPECT_EQ(found.document_topics.offsets[wordless], found.document_topics.offsets[wordless + 1]);
  EXPECT_EQ(std::count(found.document_topic.begin(), found.document_topic.end(), -1), 1);
  double mean = 0.0;
  for (std::size_t d = 0; d < wordless; ++d) {
    mean += static_cast<double>(found.confidence[d]) / static_cast<double>(wordless);
    const auto first = static_cast<std::size_t>(found.document_topics.offsets[d]);
    EXPECT_EQ(found.document_topics.topics[first], found.document_topic[d]);  // the own topic leads
    EXPECT_GE(found.document_topics.shares[first], 0.5F);
  }
  EXPECT_GT(mean, 0.8);
  EXPECT_LT(found.confidence[wordless + 1], mean);
}

TEST(EmbeddedTopics, CountsEachTokenInTheTopicOfItsDocument) {
  Progress progress;
  const Planted planted = plant(2, 40);
  const EmbeddedTopics found = *fit_embedded_topics(planted.documents, {.topic_count = 8}, progress);
  double tokens = 0.0;
  for (const double topic : found.model.topic_tokens) tokens += topic;
  EXPECT_EQ(tokens, static_cast<double>(planted.documents.columns.size()));
  // The model folds in documents it has seen with the topic they have.
  const DocumentTopics folded = *fold_in(found.model, planted.documents, {});
  std::int64_t same = 0;
  for (std::int64_t d = 0; d < planted.documents.row_count; ++d) same += folded.topics[static_cast<std::size_t>(folded.offsets[static_cast<std::size_t>(d)])] == found.document_topic[static_cast<std::size_t>(d)] ? 1 : 0;
  EXPECT_GT(static_cast<double>(same) / static_cast<double>(planted.documents.row_count), 0.95);
}

// The share of the first documents that are still together: of each earlier topic the part in its commonest later one.
double kept_share(const std::vector<std::int32_t>& before, const std::vector<std::int32_t>& after) {
  std::map<std::int32_t, std::map<std::int32_t, int>> joint;
  for (std::size_t d = 0; d < before.size(); ++d) ++joint[before[d]][after[d]];
  double kept = 0.0;
  for (const auto& [topic, parts] : joint) kept += std::max_element(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->second;
  return kept / static_cast<double>(before.size());
}

TEST(EmbeddedTopics, GoOnFromAnEarlierFit) {
  Progress progress;
  const Planted before = plant(6, 50), grown = plant(6, 56);  // the first 1200 documents are the same
  const EmbeddedTopicOptions options = {.topic_count = 17};   // not the number planted: some topics are cut or joined by chance
  const EmbeddedTopics first = *fit_embedded_topics(before.documents, options, progress);
  EmbeddedStart start{first.document_topic, first.resolution};
  EmbeddedTopicOptions going_on = options;
  going_on.start = &start;
  EXPECT_GT(kept_share(first.document_topic, fit_embedded_topics(before.documents, going_on, progress)->document_topic), 0.99);
  start.document_topic.resize(grown.topic.size(), -1);
  const EmbeddedTopics after = *fit_embedded_topics(grown.documents, going_on, progress);
  EXPECT_EQ(after.resolution, first.resolution);
  EXPECT_NEAR(after.model.topic_count, first.model.topic_count, 1);
  EXPECT_GT(kept_share(first.document_topic, after.document_topic), 0.95);
  EXPECT_EQ(std::count(after.document_topic.begin(), after.document_topic.end(), -1), 0);  // new ones are placed
}

// People move two records of a topic to another one: they stay there with their whole share, and the others do not follow by the dozen.
TEST(EmbeddedTopics, HoldsDocumentsWherePeoplePutThem) {
  Progress progress;
  const Planted planted = plant(6, 50);
  const EmbeddedTopics first = *fit_embedded_topics(planted.documents, {.topic_count = 20}, progress);
  const std::int32_t from = first.document_topic[0];
  // To the topic that is farthest from it.
  const auto cosine = [&](std::int32_t k) { return std::inner_product(first.topic_vectors.row(from).begin(), first.topic_vectors.row(from).end(), first.topic_vectors.row(k).begin(), 0.0F); };
  std::int32_t to = from == 0 ? 1 : 0;
  for (std::int32_t k = 0; k < first.model.topic_count; ++k) {
    if (cosine(k) < cosine(to)) to = k;
  }
  EmbeddedStart start{first.document_topic, first.resolution, std::vector<std::uint8_t>(first.document_topic.size(), 0)};
  std::vector<std::size_t> moved;
  for (std::size_t d = 0; moved.size() < 2; ++d) {
    if (first.document_topic[d] == from) moved.push_back(d);
  }
  for (const std::size_t d : moved) {
    start.document_topic[d] = to;
    start.held[d] = 1;
  }
  const EmbeddedTopics after = *fit_embedded_topics(planted.documents, {.topic_count = 20, .start = &start}, progress);
  // The topic they were moved to: where most of its old documents are in a fit.
  const auto place_in = [&](const EmbeddedTopics& fit) {
    std::map<std::int32_t, int> now;
    for (std::size_t d = 0; d < first.document_topic.size(); ++d) now[fit.document_topic[d]] += first.document_topic[d] == to;
    return std::max_element(now.begin(), now.end(), [](const auto& x, const auto& y) { return x.second < y.second; })->first;
  };
  const std::int32_t place = place_in(after);
  for (const std::size_t d : moved) {
    EXPECT_EQ(after.document_topic[d], place);
    const auto begin = static_cast<std::size_t>(after.document_topics.offsets[d]);
    ASSERT_EQ(after.document_topics.offsets[d + 1] - after.document_topics.offsets[d], 1);
    EXPECT_EQ(after.document_topics.topics[begin], place);
    EXPECT_FLOAT_EQ(after.document_topics.shares[begin], 1.0F);
  }
  EXPECT_GT(kept_share(first.document_topic, after.document_topic), 0.98);
  // Without the hold they go back.
  start.held.clear();
  const EmbeddedTopics free = *fit_embedded_topics(planted.documents, {.topic_count = 20, .start = &start}, progress);
  for (const std::size_t d : moved) EXPECT_NE(free.document_topic[d], place_in(free));
}

TEST(EmbeddedTopics, IsTheSameOnAnyNumberOfThreads) {
  Progress progress;
  const Planted planted = plant(4, 40);
  EmbeddedTopicOptions options;
  options.thread_count = 1;
  const EmbeddedTopics one = *fit_embedded_topics(planted.documents, options, progress);
  options.thread_count = 2;
  const EmbeddedTopics two = *fit_embedded_topics(planted.documents, options, progress);
  EXPECT_EQ(one.document_topic, two.document_topic);
  EXPECT_EQ(one.document_topics.shares, two.document_topics.shares);
  EXPECT_EQ(one.topic_area, two.topic_area);
}

// Two groups of tokens {a a b}, {b c}: A = 5/2; W_a1 = 2 ln(1 + 2.5/2), W_b1 = ln(1 + 2.5/2).
TEST(LabelGroups, GivesTheHandComputedWeights) {
  text::CountMatrix matrix;
  matrix.row_count = 2;
  matrix.column_count = 3;
  matrix.offsets = {0, 2, 4};
  matrix.columns = {0, 1, 1, 2};
  matrix.counts = {2, 1, 1, 1};
  const auto labels = label_groups(matrix, {0, 1}, 2, 2);
  ASSERT_EQ(labels[0].size(), 2U);
  EXPECT_EQ(labels[0][0].word, 0);
  EXPECT_NEAR(labels[0][0].weight, 2 * std::log(2.25), 1e-9);
  EXPECT_NEAR(labels[0][1].weight, std::log(2.25), 1e-9);
  EXPECT_EQ(labels[1][0].word, 2);
  EXPECT_NEAR(labels[1][0].weight, std::log(3.5), 1e-9);
}

// Six vectors in two bundles of three.
TEST(MergeGroups, BringsNearGroupsTogether) {
  VectorTable vectors{6, 2, {1, 0, 0.98F, 0.2F, 0.98F, -0.2F, 0, 1, 0.2F, 0.98F, -0.2F, 0.98F}};
  Progress progress;
  EXPECT_EQ(*merge_groups(vectors, 2, 1, progress), (std::vector<std::int32_t>{0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(*merge_groups(vectors, 6, 1, progress), (std::vector<std::int32_t>{0, 1, 2, 3, 4, 5}));
}

TEST(EmbeddedTopics, RefusesWhatItCannotGroup) {
  Progress progress;
  const Planted planted = plant(2, 20);
  EXPECT_FALSE(fit_embedded_topics(planted.documents, {.neighbour_count = 1}, progress));
  text::CountMatrix apart;
  apart.row_count = 3;
  apart.column_count = 3;
  apart.offsets = {0, 1, 2, 3};
  apart.columns = {0, 1, 2};
  apart.counts = {1, 1, 1};
  const auto nothing = fit_embedded_topics(apart, {}, progress);
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().kind, ErrorKind::invalid_input);
}

}  // namespace
}  // namespace jianwei::analysis
