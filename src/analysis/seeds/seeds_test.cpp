#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "analysis/seeds/expansion.h"
#include "analysis/vectors/word_space.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

UnitDocuments units_of(const std::vector<std::vector<std::int32_t>>& lists) {
  UnitDocuments units;
  for (const std::vector<std::int32_t>& list : lists) {
    units.documents.insert(units.documents.end(), list.begin(), list.end());
    units.offsets.push_back(std::ssize(units.documents));
  }
  units.weights.assign(units.documents.size(), 1.0F);
  return units;
}

// Three terms of the concept's matter at known angles, one across.
const VectorTable kVectors{4, 2, {1.0F, 0.0F, 0.8F, 0.6F, 0.6F, 0.8F, 0.0F, 1.0F}};
const UnitDocuments kTerms = units_of({{0, 1, 2, 3}, {0, 1, 4}, {5, 6}, {0, 1, 2, 3}});

// Worked example of docs/methods/seeds.md: 8 documents; the concept holds term 0.
TEST(ProposeTerms, GivesTheScoresOfTheWorkedExample) {
  const auto proposals = *propose_terms({{.terms = {0}}}, kVectors, kTerms, 8, {});
  ASSERT_EQ(proposals.size(), 1U);
  ASSERT_EQ(proposals[0].size(), 2U);  // the term across has similarity 0, however often it stands beside the seed
  const SeedProposal& beside = proposals[0][0];
  EXPECT_EQ(beside.term, 1);
  EXPECT_NEAR(beside.similarity, 0.8, 1e-6);
  EXPECT_EQ(beside.documents, 3);
  EXPECT_EQ(beside.together, 2);
  EXPECT_NEAR(beside.company, std::log((2.0 / 8) / (4.0 / 8 * 3.0 / 8)) / -std::log(2.0 / 8), 1e-12);  // 0.2075
  EXPECT_NEAR(beside.score, 0.5038, 1e-4);
  EXPECT_EQ(beside.examples, (std::vector<std::int32_t>{1, 0, 4}));
  const SeedProposal& instead = proposals[0][1];  // stands instead of the seed: similarity alone
  EXPECT_EQ(instead.term, 2);
  EXPECT_EQ(instead.company, 0.0);
  EXPECT_NEAR(instead.score, 0.3, 1e-6);
}

TEST(ProposeTerms, NeverProposesWhatIsHeldOrClosed) {
  const auto proposals = *propose_terms({{.terms = {0}, .closed = {1}}}, kVectors, kTerms, 8, {});
  ASSERT_EQ(proposals[0].size(), 1U);
  EXPECT_EQ(proposals[0][0].term, 2);
  // Term 1 is nearest to the first concept, which refused it: the second does not get it instead.
  const auto both = *propose_terms({{.terms = {0}, .closed = {1}}, {.terms = {3}}}, kVectors, kTerms, 8, {});
  for (const auto& list : both) EXPECT_TRUE(std::none_of(list.begin(), list.end(), [](const SeedProposal& p) { return p.term == 1 || p.term == 0 || p.term == 3; }));
}

TEST(ProposeTerms, TakesTheVectorOfHintsButNotTheirDocuments) {
  const std::vector<SeedConcept> concepts = {{.terms = {}, .hints = {0}}};
  EXPECT_TRUE(documents_of_concepts(concepts, kTerms, 8).documents.empty());
  const auto proposals = *propose_terms(concepts, kVectors, kTerms, 8, {});
  ASSERT_EQ(proposals[0].size(), 3U);
  EXPECT_EQ(proposals[0][0].term, 0);
  EXPECT_EQ(proposals[0][0].together, 0);
}

TEST(ProposeTerms, RejectsWhatMakesNoSense) {
  EXPECT_EQ(propose_terms({{.terms = {9}}}, kVectors, kTerms, 8, {}).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(propose_terms({{.terms = {0}}}, kVectors, kTerms, 8, {.top = 0}).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(propose_terms({{.terms = {0}}}, kVectors, units_of({{0}}), 8, {}).error().kind, ErrorKind::invalid_input);
}

TEST(DocumentsOfConcepts, AreTheUnionOfThoseOfTheirTerms) {
  const UnitDocuments united = documents_of_concepts({{.terms = {1, 2}}, {.terms = {}}, {.terms = {0, 3}}}, kTerms, 8);
  EXPECT_EQ(united.offsets, (std::vector<std::int64_t>{0, 5, 5, 9}));
  EXPECT_EQ(united.documents, (std::vector<std::int32_t>{0, 1, 4, 5, 6, 0, 1, 2, 3}));
}

// Five planted fields of twenty words; two concepts get three words of a field each. From the vectors the corpus itself gives, what is proposed
// must be of the concept's own field: 17 words are left to find, drawing blindly would find 17 of 94.
TEST(ProposeTerms, FindsThePlantedFieldOfEachConcept) {
  Random random(5);
  std::vector<std::vector<std::int32_t>> holders(100);
  text::CountMatrix matrix{600, 100, {0}, {}, {}};
  for (std::int32_t d = 0; d < 600; ++d) {
    std::vector<std::int32_t> words;
    const auto field = static_cast<std::int32_t>(random.below(5));
    for (int i = 0; i < 8; ++i) words.push_back(static_cast<std::int32_t>(random.below(10) == 0 ? random.below(100) : static_cast<std::uint64_t>(field) * 20 + random.below(20)));
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    for (const std::int32_t word : words) holders[static_cast<std::size_t>(word)].push_back(d);
    matrix.columns.insert(matrix.columns.end(), words.begin(), words.end());
    matrix.offsets.push_back(std::ssize(matrix.columns));
  }
  matrix.counts.assign(matrix.columns.size(), 1);
  Progress progress;
  const WordSpace space = *learn_word_space(matrix, {.dimensions = 10}, progress);
  const auto proposals = *propose_terms({{.terms = {0, 1, 2}}, {.terms = {40, 41, 42}}}, space.words, units_of(holders), 600, {.top = 17});
  for (std::size_t c = 0; c < 2; ++c) {
    ASSERT_GE(proposals[c].size(), 15U);
    const auto right = std::count_if(proposals[c].begin(), proposals[c].end(), [&](const SeedProposal& p) { return p.term / 20 == static_cast<std::int32_t>(2 * c); });
    EXPECT_GE(static_cast<double>(right), 0.9 * static_cast<double>(proposals[c].size()));
  }
}

}  // namespace
}  // namespace jianwei::analysis
