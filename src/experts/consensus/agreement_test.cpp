#include "experts/consensus/agreement.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "experts/consensus/quantiles.h"

namespace jianwei::experts {
namespace {

using Counts = std::vector<std::int64_t>;

std::vector<double> repeat(std::initializer_list<std::pair<double, int>> values) {
  std::vector<double> all;
  for (const auto& [value, count] : values) all.insert(all.end(), static_cast<std::size_t>(count), value);
  return all;
}

// Published with the R package agrmt (help pages of consensus() and agreement()).
TEST(Agreement, AgreesWithPublishedConsensusAndAgreement) {
  const Counts counts{30, 40, 210, 130, 530, 50, 10};
  EXPECT_NEAR(tastle_wierman_consensus(counts).value, 0.7256876, 5e-8);
  EXPECT_NEAR(van_der_eijk_agreement(counts).value, 0.6113333, 5e-8);
}

TEST(Agreement, KnowsTheEndsOfItsScales) {
  EXPECT_NEAR(tastle_wierman_consensus(Counts{5, 0, 0, 0, 5}).value, 0.0, 1e-12);
  EXPECT_NEAR(van_der_eijk_agreement(Counts{5, 0, 0, 0, 5}).value, -1.0, 1e-12);
  EXPECT_NEAR(tastle_wierman_consensus(Counts{2, 2, 2, 2, 2}).value, 0.433985, 5e-7);
  EXPECT_NEAR(van_der_eijk_agreement(Counts{2, 2, 2, 2, 2}).value, 0.0, 1e-12);
  EXPECT_NEAR(tastle_wierman_consensus(Counts{0, 0, 10, 0, 0}).value, 1.0, 1e-12);
  EXPECT_NEAR(van_der_eijk_agreement(Counts{0, 0, 10, 0, 0}).value, 1.0, 1e-12);
  EXPECT_NEAR(tastle_wierman_consensus(Counts{0, 0, 0, 5, 5}).value, 0.807355, 5e-7);
}

// Data published with the R package consr.
TEST(Agreement, ReproducesTheConsrData) {
  EXPECT_NEAR(tastle_wierman_consensus(Counts{19, 16, 26, 29, 10}).value, 0.518414, 5e-7);
}

TEST(Agreement, StaysInRangeWhateverTheCounts) {
  Random random(7);
  for (int round = 0; round < 2000; ++round) {
    Counts counts(3 + random.below(7));
    for (std::int64_t& count : counts) count = random.below(3) == 0 ? 0 : random.below(50);
    counts[0] += 1;
    Counts mirrored(counts.rbegin(), counts.rend());
    const double consensus = tastle_wierman_consensus(counts).value, agreement = van_der_eijk_agreement(counts).value;
    EXPECT_GE(consensus, 0.0);
    EXPECT_LE(consensus, 1.0);
    EXPECT_GE(agreement, -1.0 - 1e-12);
    EXPECT_LE(agreement, 1.0 + 1e-12);
    EXPECT_NEAR(agreement, van_der_eijk_agreement(mirrored).value, 1e-12);
    EXPECT_NEAR(consensus, tastle_wierman_consensus(mirrored).value, 1e-9);
  }
}

TEST(Agreement, HasNoValueWithoutAnswers) {
  EXPECT_EQ(tastle_wierman_consensus(Counts{0, 0, 0}).undefined, kTooFew);
  EXPECT_EQ(agreement_share(Counts{0, 0, 0}, 1, 2).undefined, kTooFew);
  EXPECT_EQ(bimodality_coefficient(repeat({{3, 9}})).undefined, kUnanimous);
}

TEST(Agreement, ShareCountsTheAgreeZone) { EXPECT_DOUBLE_EQ(agreement_share(Counts{1, 0, 2, 3, 4}, 4, 5).value, 0.7); }

TEST(Agreement, BimodalityOfTwoCampsIsAboveFiveNinths) {
  EXPECT_NEAR(bimodality_coefficient(repeat({{1, 5}, {5, 5}})).value, 0.565657, 5e-7);
  EXPECT_NEAR(bimodality_coefficient(repeat({{1, 4}, {2, 4}, {3, 4}, {4, 4}, {5, 4}})).value, 0.451128, 5e-7);
  EXPECT_NEAR(bimodality_coefficient(repeat({{2, 1}, {3, 8}, {4, 1}})).value, 0.113131, 5e-7);
}

// Fifteen ratings of PMC3467596, table 1.
TEST(Agreement, RamFindsNoDisagreementInThePublishedCase) {
  const std::vector<double> ratings = repeat({{4, 1}, {5, 1}, {6, 1}, {7, 5}, {8, 5}, {9, 2}});
  const RamDisagreement result = ram_disagreement(ratings);
  EXPECT_DOUBLE_EQ(quantile(ratings, 0.5).value, 7.0);
  EXPECT_DOUBLE_EQ(result.p30.value, 7.0);
  EXPECT_DOUBLE_EQ(result.p70.value, 8.0);
  EXPECT_NEAR(result.ipras.value, 6.1, 1e-12);
  EXPECT_FALSE(result.disagreement);
  EXPECT_TRUE(ram_disagreement(repeat({{1, 7}, {9, 7}})).disagreement);
}

TEST(Agreement, MajorityCutCountsWhoStandsWithTheMajority) {
  const std::vector<ItemVotes> items{{12, 3, 15}, {9, 6, 15}, {7, 8, 15}};
  const MajorityCut cut = majority_opinion_cut(items);
  EXPECT_NEAR(cut.threshold.value, 29.0 / 45.0, 1e-12);
  EXPECT_EQ(cut.passes, (std::vector<std::uint8_t>{1, 0, 0}));
}

// The ten numbers of Hyndman and Fan's comparison; values of R's quantile().
TEST(Quantiles, DifferByDefinition) {
  const std::vector<double> answers{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_NEAR(quantile(answers, 0.25, QuantileType::linear).value, 3.25, 1e-12);
  EXPECT_NEAR(quantile(answers, 0.25, QuantileType::weibull).value, 2.75, 1e-12);
  EXPECT_NEAR(quantile(answers, 0.25, QuantileType::inverse_averaged).value, 3.0, 1e-12);
  EXPECT_NEAR(quantile(answers, 0.5, QuantileType::inverse_averaged).value, 5.5, 1e-12);
}

}  // namespace
}  // namespace jianwei::experts
