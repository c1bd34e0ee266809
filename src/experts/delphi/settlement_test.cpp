#include "experts/delphi/settlement.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace jianwei::experts {
namespace {

// The statements of stability_test.cpp (contentvalidR, vignette delphi-rounds), scale 1..4, agree from 3.
Protocol protocol() {
  Protocol p;
  p.agree_from = 3;
  p.agree_to = 4;
  p.least_unchanged = 0.7;
  return p;
}

Settlement settle(const Protocol& p, std::int32_t round, std::string_view before, std::string_view after) {
  std::vector<std::int32_t> answers;
  std::vector<AnswerPair> pairs;
  for (std::size_t i = 0; i < after.size(); ++i) {
    answers.push_back(after[i] - '0');
    if (i < before.size()) pairs.push_back({before[i] - '0', after[i] - '0'});
  }
  return settle_item(p, {round, 4, answers, pairs});
}

TEST(Settlement, SettlesAgreementThatHasComeToRest) {
  EXPECT_EQ(settle(protocol(), 2, "4434342434", "4444343434").state, ItemState::consensus_in);
}

TEST(Settlement, ExcludesByAgreementToo) { EXPECT_EQ(settle(protocol(), 2, "2122132122", "2122122122").state, ItemState::consensus_out); }

TEST(Settlement, WaitsWhileAnswersMove) {
  const Settlement settlement = settle(protocol(), 2, "3432434324", "4444444344");
  EXPECT_TRUE(settlement.consensus);
  EXPECT_FALSE(settlement.stable);
  EXPECT_EQ(settlement.state, ItemState::active);
}

TEST(Settlement, CallsAStableSplitDissent) { EXPECT_EQ(settle(protocol(), 3, "4231413242", "413141324").state, ItemState::stable_dissent); }

TEST(Settlement, LeavesTheRestlessUnresolvedAfterTheLastRound) {
  EXPECT_EQ(settle(protocol(), 2, "3241324132", "2314231423").state, ItemState::active);
  EXPECT_EQ(settle(protocol(), 3, "2314231423", "324132413").state, ItemState::unresolved);
}

TEST(Settlement, NeverSettlesInTheFirstRoundOrOnTooFewAnswers) {
  EXPECT_EQ(settle(protocol(), 1, "", "4444444444").state, ItemState::active);
  EXPECT_EQ(settle(protocol(), 2, "4444444", "4444444").state, ItemState::active);
}

TEST(Settlement, OneRoundProtocolsSettleOnConsensusAlone) {
  Protocol p = protocol();
  p.least_rounds = p.most_rounds = 1;
  EXPECT_EQ(settle(p, 1, "", "4444443434").state, ItemState::consensus_in);
  EXPECT_EQ(settle(p, 1, "", "4141414141").state, ItemState::unresolved);
}

TEST(Settlement, InterquartileRangeNeedsAMedianInAZone) {
  Protocol p = protocol();
  p.measure = ConsensusMeasure::interquartile_range;
  p.threshold = 1.0;
  p.agree_from = p.agree_to = 4;
  p.disagree_from = p.disagree_to = 1;
  const Settlement between = settle(p, 2, "3333333333", "3333333333");
  EXPECT_FALSE(between.consensus);
  EXPECT_EQ(between.state, ItemState::stable_dissent);
  EXPECT_EQ(settle(p, 2, "4444444444", "4444444444").state, ItemState::consensus_in);
}

}  // namespace
}  // namespace jianwei::experts
