#include "workflow/run/topic_levels.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "workflow/run/topic_stage.h"

namespace jianwei::workflow {
namespace {

TEST(PlaceWordless, AsksTheVenueThenTheSourceThenAll) {
  analysis::Dataset dataset;
  dataset.venue = {0, 0, 0, 1, 1, 0, 2, -1, -1};
  dataset.source = {0, 0, 0, 1, 1, 1, 1, 1, 2};
  TopicLevels levels;
  levels.topic_area = {0, 0};
  levels.areas = {{.id = "area-1", .parent = 0, .document_count = 5}};
  levels.domains = {{.id = "domain-1", .document_count = 5}};
  levels.document_topic = {0, 0, 0, 1, 1, -1, -1, -1, -1};
  levels.confidence.assign(9, 0.0F);
  place_wordless(dataset, levels);
  // Its venue's; an unknown venue of source 1; no venue, source 1; an unknown source.
  EXPECT_EQ(levels.document_topic, (std::vector<std::int32_t>{0, 0, 0, 1, 1, 0, 1, 1, 0}));
  EXPECT_EQ(levels.areas[0].document_count, 9);
  EXPECT_EQ(levels.domains[0].document_count, 9);
}

TEST(FindTopics, GivesTheSameKindOfResultForBothMethods) {
  // Six themes of ten terms, eighty documents each; the last document has no term.
  Random random(3);
  std::vector<TermRow> terms(60);
  for (std::size_t t = 0; t < terms.size(); ++t) terms[t] = {.id = "term-" + std::to_string(t), .label = "word" + std::to_string(t), .label_en = "word" + std::to_string(t), .forms = {}, .language = "en", .document_count = 40};
  text::CountMatrix counts;
  counts.column_count = 60;
  counts.offsets = {0};
  std::vector<std::string> ids;
  for (std::int32_t d = 0; d < 481; ++d) {
    for (std::int32_t w = 0; d < 480 && w < 10; ++w) {
      if (random.uniform() > 0.5) continue;
      counts.columns.push_back(d % 6 * 10 + w);
      counts.counts.push_back(1);
    }
    counts.offsets.push_back(static_cast<std::int64_t>(counts.columns.size()));
    ids.push_back("r" + std::to_string(d));
  }
  counts.row_count = 481;
  Study study;
  study.topic_count = 6;
  Progress progress;
  for (const TopicMethod method : {TopicMethod::lda, TopicMethod::embedded}) {
    study.topic_method = method;
    const TopicStage stage = find_topics(study, ids, terms, counts, nullptr, nullptr, progress)->stage;
    ASSERT_EQ(stage.topics.size(), 6U);
    EXPECT_EQ(stage.document_topics.document_count(), 481);
    for (const TopicRow& topic : stage.topics) {
      EXPECT_FALSE(topic.label_en.empty());
      for (std::size_t i = 1; i < 5; ++i) EXPECT_EQ(topic.terms[i].first / 10, topic.terms[0].first / 10);
      EXPECT_GT(topic.exclusivity, 0.9);
    }
    EXPECT_EQ(stage.levels.empty(), method == TopicMethod::lda);
    if (method == TopicMethod::lda) continue;
    EXPECT_EQ(stage.levels.topic_area.size(), 6U);
    EXPECT_EQ(stage.levels.document_topic[480], -1);
    std::int64_t placed = 0;
    for (const LevelRow& domain : stage.levels.domains) placed += domain.document_count;
    EXPECT_EQ(placed, 480);
    EXPECT_EQ(stage.document_topics.topics[0], stage.levels.document_topic[0]);
  }
}

}  // namespace
}  // namespace jianwei::workflow
