#include "analysis/emergence/score.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/emergence/labels.h"
#include "analysis/emergence/planted.h"

namespace jianwei::analysis {
namespace {

using testing::delete_later;
using testing::plant_corpus;
using testing::PlantedCorpus;

EmergenceRanking rank(const PlantedCorpus& corpus, std::int16_t until, int thread_count = 1) {
  const auto past = past_until(corpus.dataset, corpus.units, corpus.word_count, until);
  EmergenceOptions options;
  options.features.thread_count = thread_count;
  Progress progress;
  return *rank_emergence(*past, options, progress);
}

void expect_same(const EmergenceRanking& a, const EmergenceRanking& b) {
  ASSERT_EQ(a.units.size(), b.units.size());
  for (std::size_t u = 0; u < a.units.size(); ++u) {
    ASSERT_EQ(a.units[u].score, b.units[u].score) << u;  // bit for bit
    ASSERT_EQ(a.units[u].rank, b.units[u].rank) << u;
  }
}

TEST(Past, HoldsNoLaterDocument) {
  const PlantedCorpus corpus = plant_corpus(50);
  const auto past = past_until(corpus.dataset, corpus.units, corpus.word_count, 2004);
  ASSERT_TRUE(past);
  EXPECT_EQ(past->row_year.size(), 500U);
  EXPECT_EQ(past->years.first, 1995);
  EXPECT_EQ(past->row_end.back(), 500);
  double documents = 0.0;
  for (const double c : past->corpus) documents += c;
  EXPECT_EQ(documents, 500.0);
  EXPECT_EQ(past->by_row_units.size(), past->units.documents.size());
  EXPECT_FALSE(past_until(corpus.dataset, corpus.units, corpus.word_count, 1990));
}

TEST(Past, DoesNotStretchOverAStrayEarlyDate) {
  PlantedCorpus corpus = plant_corpus(100);
  corpus.dataset.year[0] = 1900;
  EXPECT_EQ(past_until(corpus.dataset, corpus.units, {}, 2004)->years.first, 1995);
}

TEST(Emergence, IsTheSameWhenLaterDocumentsAreDeleted) {
  const PlantedCorpus corpus = plant_corpus();
  expect_same(rank(corpus, 2008), rank(delete_later(corpus, 2008), 2008));
}

TEST(Emergence, IsTheSameAtAnyThreadCount) {
  const PlantedCorpus corpus = plant_corpus();
  expect_same(rank(corpus, 2008, 1), rank(corpus, 2008, 3));
}

TEST(Emergence, ContributionsAddUpToTheScore) {
  const EmergenceRanking ranking = rank(plant_corpus(), 2008);
  EXPECT_EQ(ranking.model, "adapted");
  double mean = 0.0;
  for (const std::int32_t c : ranking.candidates) {
    const UnitEmergence& unit = ranking.units[static_cast<std::size_t>(c)];
    double by_feature = ranking.intercept, by_reason = ranking.intercept;
    for (const float x : unit.contribution) by_feature += static_cast<double>(x);
    for (const float x : unit.reason) by_reason += static_cast<double>(x);
    EXPECT_NEAR(by_feature, std::log(unit.score / (1.0 - unit.score)), 1e-4);
    EXPECT_NEAR(by_reason, by_feature, 1e-4);
    mean += unit.score / static_cast<double>(ranking.candidates.size());
  }
  EXPECT_NEAR(mean, 0.1, 1e-6);  // calibrated to the prevalence of the label
  EXPECT_EQ(ranking.units[static_cast<std::size_t>(ranking.candidates.front())].candidate_rank, 1);
}

TEST(Emergence, TrainsOnlyOnOutcomesKnownAtTheTime) {
  const EmergenceRanking ranking = rank(plant_corpus(), 2008);
  ASSERT_FALSE(ranking.training_origins.empty());
  EXPECT_EQ(ranking.training_origins.back(), 2005);   // 2008 - 3
  EXPECT_EQ(ranking.training_origins.front(), 2000);  // six years from 1995 on
}

TEST(Emergence, SaysWhichModelItFellBackTo) {
  const EmergenceRanking young = rank(plant_corpus(), 2001);
  EXPECT_EQ(young.model, "default");
  EXPECT_NE(young.model_note.find("no earlier year"), std::string::npos);
  EXPECT_EQ(rank(plant_corpus(), 1996).model, "last_year");
}

TEST(Emergence, RanksAShortPastByTheLastYear) {
  const EmergenceRanking ranking = rank(plant_corpus(), 1999);  // five years, h = 3: no window before the recent one
  EXPECT_EQ(ranking.model, "last_year");
  for (const std::int32_t c : ranking.candidates) {
    for (std::size_t f = 0; f < kFeatureCount; ++f) {
      const bool used = f == static_cast<std::size_t>(Feature::last_year) || f == static_cast<std::size_t>(Feature::company_last_year);
      if (!used) {
        ASSERT_EQ(ranking.units[static_cast<std::size_t>(c)].contribution[f], 0.0F) << f;
      }
    }
  }
  EXPECT_EQ(rank(plant_corpus(), 2000).model, "default");
}

TEST(Emergence, StartsFromTheWeightsOfTextsAsLongAsTheCorpuss) {
  const Weights titles = default_weights(0.0), abstracts = default_weights(1.0), mixed = default_weights(0.25);
  EXPECT_NE(titles, abstracts);
  for (std::size_t f = 0; f < kFeatureCount; ++f) EXPECT_NEAR(mixed[f], 0.25 * abstracts[f] + 0.75 * titles[f], 1e-15);
  // Ten documents a year: in each of the last three, four of them hold eight units, the others one.
  Dataset dataset;
  UnitDocuments units;
  std::vector<std::vector<std::int32_t>> rows(8);
  for (std::int32_t d = 0; d < 60; ++d) {
    dataset.year.push_back(static_cast<std::int16_t>(2000 + d / 10));
    for (std::size_t u = 0; u < (d >= 30 && d % 10 < 4 ? 8U : 1U); ++u) rows[u].push_back(d);
  }
  for (const std::vector<std::int32_t>& row : rows) {
    units.documents.insert(units.documents.end(), row.begin(), row.end());
    units.weights.resize(units.documents.size(), 1.0F);
    units.offsets.push_back(static_cast<std::int64_t>(units.documents.size()));
  }
  const auto past = past_until(dataset, units, {}, 2005);
  EXPECT_DOUBLE_EQ(long_text_share(*past, 3, 5), 0.4);
  EXPECT_DOUBLE_EQ(long_text_share(*past, 0, 5), 0.2);
  EXPECT_EQ(starting_weights(*past, {}), default_weights(0.4));
  EmergenceOptions given;
  given.initial_weights = titles;
  EXPECT_EQ(starting_weights(*past, given), titles);
}

TEST(Emergence, GatesNameRareAndCommonUnits) {
  const PlantedCorpus corpus = plant_corpus(400, 2, 5);  // ten terms: each in a large part of all documents
  const EmergenceRanking ranking = rank(corpus, 2008);
  EXPECT_EQ(ranking.units[9].gate, Gate::too_common);
  const EmergenceRanking sparse = rank(plant_corpus(5), 2008);
  EXPECT_EQ(sparse.units[0].gate, Gate::too_few_documents);
  EXPECT_EQ(sparse.units[0].candidate_rank, 0);
}

TEST(Features, NormalScoresOfRanksByHand) {
  EXPECT_NEAR(normal_quantile(0.5), 0.0, 1e-12);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963985, 1e-8);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306, 1e-8);
}

TEST(Labels, TopTenthOfEachSizeBinAndEightPercent) {
  // Twenty units, ten of size 10 and ten of size 100; the label finds one of each size. Corpus unchanged, h = 3.
  std::vector<double> before(20, 10.0), after(20, 10.0);
  for (std::size_t i = 10; i < 20; ++i) before[i] = after[i] = 100.0;
  after[3] = 30.0;
  after[15] = 110.0;
  const Outcome sized = label_outcome(before, after, 1000.0, 1000.0, 3, LabelKind::top_decile_by_size);
  EXPECT_EQ(std::count(sized.label.begin(), sized.label.end(), std::uint8_t{1}), 2);
  EXPECT_EQ(sized.label[3], 1);
  EXPECT_EQ(sized.label[15], 1);
  EXPECT_NEAR(sized.growth[3], std::log(10.5 / (10.0 / 3.0 + 0.5)), 1e-12);
  const Outcome absolute = label_outcome(before, after, 1000.0, 1000.0, 3, LabelKind::eight_percent);
  EXPECT_EQ(absolute.label[3], 1);   // share x 2.7
  EXPECT_EQ(absolute.label[15], 0);  // + 10 % in three years is below 8 % a year
  // Twice the corpus and the same counts: shares halved.
  EXPECT_LT(label_outcome(before, after, 1000.0, 2000.0, 3, LabelKind::top_decile).growth[0], -0.4);
}

TEST(Labels, JoiningTheTopCountsNewcomersOnly) {
  // Twenty units; the ten largest before are 10..19. Unit 0 enters, unit 10 leaves, unit 15 stays.
  std::vector<double> before(20), after(20);
  for (std::size_t i = 0; i < 20; ++i) before[i] = after[i] = static_cast<double>(i + 1);
  after[0] = 100.0;
  after[10] = 1.0;
  const Outcome outcome = label_outcome(before, after, 1000.0, 1000.0, 3, LabelKind::joins_top);
  EXPECT_EQ(std::count(outcome.label.begin(), outcome.label.end(), std::uint8_t{1}), 1);
  EXPECT_EQ(outcome.label[0], 1);
}

TEST(Logistic, ReturnsThePriorWithoutRowsAndTheDataWithoutPrior) {
  LogisticData data;
  Weights prior{};
  prior[0] = 0.7;
  EXPECT_EQ(fit_logistic(data, prior, 10.0), prior);
  // One feature, two values: P(1 | x = 1) = 3/4, P(1 | x = -1) = 1/4, so w = ln 3, intercept 0.
  for (int i = 0; i < 400; ++i) {
    std::array<float, kFeatureCount> row{};
    row[0] = i < 200 ? 1.0F : -1.0F;
    data.rows.push_back(row);
    data.labels.push_back((i < 200) == (i % 4 != 0) ? 1 : 0);
  }
  EXPECT_NEAR(fit_logistic(data, Weights{}, 1e-6)[0], std::log(3.0), 1e-6);
  EXPECT_NEAR(fit_logistic(data, prior, 1e9)[0], 0.7, 1e-6);
}

}  // namespace
}  // namespace jianwei::analysis
