#include "analysis/hindcast/hindcast.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/emergence/planted.h"
#include "analysis/hindcast/baselines.h"

namespace jianwei::analysis {
namespace {

Hindcast run_planted(std::uint64_t seed = 1) {
  const testing::PlantedCorpus corpus = testing::plant_corpus();
  HindcastOptions options;
  options.replicate_count = 200;
  options.seed = seed;
  options.with_escore = true;
  options.emergence.prior_strength = 50.0;  // slow waves are unlike the corpora behind the default weights
  Progress progress;
  std::vector<OriginResult> origins;
  for (std::int16_t cutoff = 2004; cutoff <= 2010; ++cutoff) {
    HindcastUnits units;
    units.cutoff = cutoff;
    units.units = corpus.units;
    units.word_count = corpus.word_count;
    for (std::size_t u = 0; u < corpus.word_count.size(); ++u) units.names.push_back(u + 1);
    auto origin = evaluate_origin(corpus.dataset, units, options, progress);
    EXPECT_TRUE(origin) << origin.error().message;
    origins.push_back(std::move(*origin));
  }
  return pool_origins(std::move(origins), options);
}

TEST(Hindcast, CompanyBeatsCountsWhereWholeFieldsMove) {
  const Hindcast hindcast = run_planted();
  EXPECT_EQ(hindcast.pooled.front().method, "jianwei");
  EXPECT_GT(hindcast.delta.auprc, 0.0);
  EXPECT_LT(hindcast.delta.lo, hindcast.delta.auprc);
  EXPECT_GT(hindcast.delta.hi, hindcast.delta.auprc);
  for (const PooledMethod& method : hindcast.pooled) EXPECT_LE(method.metrics.auprc, hindcast.pooled.front().metrics.auprc) << method.method;
}

TEST(Hindcast, ShuffledLabelsGiveThePrevalence) {
  for (const OriginResult& origin : run_planted().origins) EXPECT_NEAR(origin.shuffled_auprc, origin.prevalence, 0.05) << origin.cutoff;
}

TEST(Hindcast, ShowsEveryBaseline) {
  const Hindcast hindcast = run_planted();
  const auto has = [&](std::string_view name) { return std::any_of(hindcast.pooled.begin(), hindcast.pooled.end(), [&](const PooledMethod& m) { return m.method == name; }); };
  for (const char* name : {"random", "frequency", "last_growth", "mean_growth", "ses", "holt", "damped_holt", "theta", "burst", "vitality", "newness", "logistic", "escore"}) EXPECT_TRUE(has(name)) << name;
  EXPECT_TRUE(std::isnan(hindcast.pooled[1].metrics.brier));
  EXPECT_LT(hindcast.pooled[0].metrics.brier, 0.1);  // a constant 0.1 would give 0.09 at prevalence 0.1
}

TEST(Hindcast, IgnoresDeletedAndPlantedFutures) {
  for (const OriginResult& origin : run_planted().origins) EXPECT_TRUE(origin.canary_ignored) << origin.cutoff;
}

TEST(Hindcast, JudgesByOtherLabelsAndForecastsGrowthBetterThanClimatology) {
  const Hindcast hindcast = run_planted();
  ASSERT_FALSE(hindcast.labels.empty());
  EXPECT_EQ(hindcast.labels[0].label, LabelKind::eight_percent);
  EXPECT_GT(hindcast.labels[0].auprc, hindcast.labels[0].prevalence);
  EXPECT_GT(hindcast.growth_scores.rows, 1000);
  EXPECT_LT(hindcast.growth_scores.crps, hindcast.growth_scores.crps_climatology);
  EXPECT_NEAR(hindcast.growth_scores.coverage80, 0.8, 0.1);
}

TEST(Hindcast, CorrectsForTheNumberOfBaselines) {
  const Hindcast hindcast = run_planted();
  double smallest = 1.0, corrected = 1.0;
  for (const Delta& delta : hindcast.deltas) {
    EXPECT_GE(delta.p_holm, delta.p);
    if (delta.p < smallest) {
      smallest = delta.p;
      corrected = delta.p_holm;
    }
  }
  EXPECT_NEAR(corrected, std::min(1.0, smallest * static_cast<double>(hindcast.deltas.size())), 1e-12);
}

TEST(Hindcast, IsTheSameForASeed) { EXPECT_EQ(hindcast_json(run_planted(), "term"), hindcast_json(run_planted(), "term")); }

TEST(Hindcast, RefusesACutoffWithoutAFuture) {
  const testing::PlantedCorpus corpus = testing::plant_corpus(100);
  HindcastUnits units;
  units.cutoff = 2014;
  units.units = corpus.units;
  Progress progress;
  const auto origin = evaluate_origin(corpus.dataset, units, {}, progress);
  ASSERT_FALSE(origin);
  EXPECT_EQ(origin.error().message, "no document in the 3 years after 2014");
}

// A corpus of known answer: two methods, three origins with the same rows; the difference is exact and has no spread.
TEST(Pooling, DifferenceOfConstantOriginsHasNoOriginSpread) {
  std::vector<OriginResult> origins;
  for (int o = 0; o < 3; ++o) {
    OriginResult origin;
    origin.cutoff = static_cast<std::int16_t>(2000 + o);
    origin.names = {1, 2, 3, 4};
    origin.labels = {1, 0, 1, 0};
    origin.growth = {1, 0, 1, 0};
    origin.base_documents = {10, 10, 60, 60};
    origin.language = {0, 0, 1, 1};
    origin.probability = {0.9, 0.1, 0.8, 0.2};
    origin.methods.push_back({"jianwei", {}, origin.probability});
    origin.methods[0].metrics.auprc = 1.0;
    origin.methods.push_back({"frequency", {}, {1, 2, 1, 2}});
    origin.methods[1].metrics.auprc = auprc(origin.methods[1].scores, origin.labels);
    origins.push_back(origin);
  }
  HindcastOptions options;
  options.replicate_count = 300;
  const Hindcast hindcast = pool_origins(origins, options);
  EXPECT_EQ(hindcast.delta.baseline, "frequency");
  EXPECT_NEAR(hindcast.delta.auprc, 0.5, 1e-12);
  EXPECT_LE(hindcast.delta.lo, 0.5);
  EXPECT_GE(hindcast.delta.hi, 0.5);
  ASSERT_EQ(hindcast.regimes.size(), 5U);  // two languages, the outcome years, two sizes
  EXPECT_EQ(hindcast.regimes[0].name, "language:0");
  EXPECT_NEAR(hindcast.regimes[0].jianwei, 1.0, 1e-12);
  EXPECT_NEAR(hindcast.regimes[0].baseline, 0.5, 1e-12);
}

}  // namespace
}  // namespace jianwei::analysis
