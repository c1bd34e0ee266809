#include "analysis/synthetic/synthetic.h"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <set>

#include "analysis/resolution/grants.h"
#include "analysis/resolution/quality.h"
#include "analysis/resolution/resolve.h"
#include "analysis/synthetic/scores.h"
#include "base/hash.h"

namespace jianwei::analysis {
namespace {

SyntheticCorpus corpus_of(std::int64_t works, std::uint64_t seed = 1) {
  SyntheticOptions options;
  options.work_count = works;
  options.seed = seed;
  return *SyntheticCorpus::make(options);
}

TEST(Synthetic, SameSeedSameRecordsInAnyOrder) {
  const SyntheticCorpus a = corpus_of(500);
  const SyntheticCorpus b = corpus_of(500);
  const SyntheticCorpus other = corpus_of(500, 2);
  const Record late = a.work(400).copies[0];
  EXPECT_EQ(b.work(3).copies[0].title, a.work(3).copies[0].title);
  EXPECT_EQ(b.work(400).copies[0].title, late.title);
  EXPECT_EQ(b.work(400).copies[0].abstract, late.abstract);
  EXPECT_NE(other.work(400).copies[0].title, late.title);
}

TEST(Synthetic, EmergingTopicsRiseAndFadingOnesFall) {
  const SyntheticCorpus corpus = corpus_of(20000);
  std::map<std::pair<std::int32_t, bool>, double> early_late;
  for (std::int64_t i = 0; i < 20000; ++i) {
    if (corpus.year_of(i) <= 2007) ++early_late[{corpus.topic_of(i), false}];
    if (corpus.year_of(i) >= 2020) ++early_late[{corpus.topic_of(i), true}];
  }
  std::int32_t emerging = 0;
  for (std::int32_t t = 0; t < 24; ++t) {
    const SyntheticTopic& topic = corpus.plan().topics[static_cast<std::size_t>(t)];
    if (topic.trend == TopicTrend::emerging) {
      ++emerging;
      EXPECT_GT(early_late[std::pair(t, true)], 5 * early_late[std::pair(t, false)]) << t;
    }
    if (topic.trend == TopicTrend::fading) {
      EXPECT_LT(early_late[std::pair(t, true)], early_late[std::pair(t, false)]) << t;
    }
  }
  EXPECT_EQ(emerging, 4);
}

TEST(Synthetic, BurstsStandOutInTheirYears) {
  const SyntheticCorpus corpus = corpus_of(8000);
  for (const SyntheticSignal& burst : corpus.plan().bursts) {
    double inside = 0, inside_total = 0, outside = 0, outside_total = 0;
    for (std::int64_t i = 0; i < 8000; ++i) {
      if (corpus.topic_of(i) != burst.topic) continue;
      const Record record = corpus.work(i).copies.back();
      const bool in = corpus.year_of(i) >= burst.first_year && corpus.year_of(i) <= burst.last_year;
      const bool has = record.abstract.find(burst.term.en) != std::string::npos || record.abstract.find(burst.term.zh) != std::string::npos;
      (in ? inside_total : outside_total) += 1;
      (in ? inside : outside) += has ? 1 : 0;
    }
    if (inside_total > 20) {
      EXPECT_GT(inside / inside_total, 5 * outside / std::max(1.0, outside_total)) << burst.term.en;
    }
  }
}

TEST(Synthetic, RecordsSayThatTheyAreSynthetic) {
  const SyntheticCorpus corpus = corpus_of(100);
  for (std::int64_t i = 0; i < 100; ++i) {
    for (const Record& record : corpus.work(i).copies) {
      EXPECT_EQ(record.publisher, "synthetic");
      EXPECT_EQ(record.provenance.source, "synthetic");
      EXPECT_TRUE(record.venue.starts_with("Synth"));
      for (const Reference& reference : record.references) EXPECT_LE(reference.year, corpus.year_of(i));
    }
  }
}

// The planted duplicates are found again, and preprints are linked rather than merged.
TEST(Synthetic, ResolutionFindsThePlantedCopies) {
  const SyntheticCorpus corpus = corpus_of(1500);
  std::deque<Record> records;
  std::vector<std::int64_t> gold;
  std::int64_t label = 0;
  for (std::int64_t i = 0; i < 1500; ++i) {
    SyntheticWork work = corpus.work(i);
    for (std::size_t c = 0; c < work.copies.size(); ++c) {
      gold.push_back(static_cast<std::int32_t>(c) == work.preprint ? 100000 + i : label);
      records.push_back(std::move(work.copies[c]));
    }
    ++label;
  }
  std::deque<std::string> identifiers;
  std::vector<ResolutionRecord> input;
  for (const Record& record : records) {
    ResolutionRecord row;
    row.key = hash64(record.provenance.own_id);
    row.type = record.type;
    row.source = record.provenance.format;
    row.title = record.title;
    row.abstract_text = record.abstract;
    row.venue = record.venue;
    row.volume = record.volume;
    row.issue = record.issue;
    row.pages = record.pages;
    row.date = record.date;
    for (const Person& person : record.persons) row.persons.push_back(person.name);
    for (const Identifier& identifier : record.identifiers) row.identifiers.push_back(identifiers.emplace_back(identifier.scheme + ":" + identifier.value));
    input.push_back(row);
  }
  Progress progress;
  const auto found = resolve(input, {}, {}, nullptr, progress);
  ASSERT_TRUE(found.has_value());
  const PrecisionRecall quality = pairwise(std::span<const std::int64_t>(found->cluster), std::span<const std::int64_t>(gold));
  EXPECT_GE(quality.precision, 0.995);
  EXPECT_GE(quality.recall, 0.98);
}

TEST(Synthetic, GrantsAreLinkedThroughTheirSpellings) {
  const SyntheticCorpus corpus = corpus_of(300);
  std::deque<Record> grants;
  std::vector<ProjectNumber> projects;
  for (std::int64_t g = 0; g < corpus.grant_count(); ++g) {
    grants.push_back(corpus.grant(g));
    projects.push_back({g, grants.back().funding[0].funder, grants.back().identifiers[0].value});
  }
  std::deque<Record> works;
  std::vector<AwardMention> mentions;
  std::set<std::int64_t> funded;
  for (std::int64_t i = 0; i < 300; ++i) {
    works.push_back(corpus.work(i).copies[0]);
    for (const Funding& funding : works.back().funding) {
      mentions.push_back({i, funding.funder, funding.award});
      funded.insert(i);
    }
  }
  const std::vector<GrantLink> links = link_grants(mentions, projects);
  EXPECT_FALSE(funded.empty());
  EXPECT_EQ(links.size(), funded.size());
}

TEST(Synthetic, OptionsOutOfRangeAreRefused) {
  SyntheticOptions options;
  options.topic_count = 5;
  EXPECT_FALSE(SyntheticCorpus::make(options).has_value());
}

TEST(Scores, MutualInformationOfLabellings) {
  const std::vector<std::int64_t> a = {0, 0, 1, 1};
  EXPECT_DOUBLE_EQ(normalized_mutual_information(a, std::vector<std::int64_t>{5, 5, 3, 3}), 1.0);
  EXPECT_NEAR(normalized_mutual_information(a, std::vector<std::int64_t>{0, 1, 0, 1}), 0.0, 1e-12);
  // Three clusters of the two: I = log 2, H = log 2 and 1.5 log 2, so NMI = 1 / sqrt(1.5).
  EXPECT_NEAR(normalized_mutual_information(a, std::vector<std::int64_t>{0, 0, 1, 2}), 0.81649658, 1e-8);
}

TEST(Scores, RecallAndOverlap) {
  const std::vector<std::vector<std::string>> planted = {{"Soft robot", "软体机器人"}, {"kernel"}};
  const std::vector<std::vector<std::string>> ranked = {{"x"}, {"soft ROBOT"}, {"kernel"}};
  EXPECT_DOUBLE_EQ(recall_at(planted, ranked, 2), 0.5);
  EXPECT_DOUBLE_EQ(recall_at(planted, ranked, 3), 1.0);
  EXPECT_DOUBLE_EQ(interval_overlap(2010, 2013, 2012, 2015), 2.0 / 6.0);
  EXPECT_DOUBLE_EQ(interval_overlap(2010, 2011, 2012, 2013), 0.0);
}

}  // namespace
}  // namespace jianwei::analysis
