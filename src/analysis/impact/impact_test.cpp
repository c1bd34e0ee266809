#include <gtest/gtest.h>

#include <cmath>

#include "analysis/graph/networks.h"
#include "analysis/impact/disruption.h"
#include "analysis/impact/main_path.h"
#include "analysis/impact/new_combinations.h"
#include "analysis/impact/novelty.h"

namespace jianwei::analysis {
namespace {

IdLists lists(const std::vector<std::vector<std::int32_t>>& rows) {
  IdLists made;
  for (const auto& row : rows) {
    made.values.insert(made.values.end(), row.begin(), row.end());
    made.offsets.push_back(static_cast<std::int64_t>(made.values.size()));
  }
  return made;
}

TEST(Disruption, FocalWorkWithFiveCitingSets) {
  // Works: F = 0, A = 1, B = 2. Document 0 is F and cites A and B; five later documents cite {F}, {F}, {F,A}, {A}, {B}.
  const IdLists references = lists({{1, 2}, {0}, {0}, {0, 1}, {1}, {2}});
  const std::vector<std::int32_t> work_of = {0, -1, -1, -1, -1, -1};
  const std::vector<std::int16_t> years = {2000, 2001, 2002, 2003, 2004, 2005};
  const auto result = *disruption(references, 3, work_of, years, 5);
  EXPECT_EQ(result[0].only_focal, 2);
  EXPECT_EQ(result[0].both, 1);
  EXPECT_EQ(result[0].only_references, 2);
  EXPECT_NEAR(result[0].index(), 0.2, 1e-12);
  EXPECT_NEAR(result[0].index_without_references(), 1.0 / 3.0, 1e-12);
  EXPECT_FALSE(result[1].measured);  // nobody cites it
}

TEST(Disruption, OnlyTheWindowCounts) {
  const IdLists references = lists({{1, 2}, {0}, {0}, {0, 1}, {1}, {2}});
  const std::vector<std::int32_t> work_of = {0, -1, -1, -1, -1, -1};
  // The same year and six years later lie outside; a document without a year is not counted.
  const std::vector<std::int16_t> years = {2000, 2000, 2005, 2006, 0, 2001};
  const auto result = *disruption(references, 3, work_of, years, 5);
  EXPECT_EQ(result[0].only_focal, 1);
  EXPECT_EQ(result[0].both, 0);
  EXPECT_EQ(result[0].only_references, 1);
  EXPECT_NEAR(result[0].index(), 0.5, 1e-12);
  EXPECT_EQ(disruption(references, 2, work_of, years, 5).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(disruption(references, 3, work_of, years, 0).error().kind, ErrorKind::invalid_input);
}

TEST(MainPath, CountsSearchPathsByHand) {
  // 2 cites 0 and 1; 3 and 4 cite 2; 5 cites 3, 4 and 0. Paths: {0,1} x {3,4} through 2, and 0-5: five.
  const IdLists references = lists({{}, {}, {0, 1}, {2}, {2}, {0, 3, 4}});
  const MainPath path = *find_main_path(references);
  EXPECT_NEAR(std::exp(path.log_path_count), 5.0, 1e-9);
  const std::vector<double> expected = {0.4, 0.4, 0.4, 0.4, 0.2, 0.4, 0.4};
  ASSERT_EQ(path.shares.size(), expected.size());
  for (std::size_t e = 0; e < expected.size(); ++e) EXPECT_NEAR(path.shares[e], expected[e], 1e-12) << e;
  EXPECT_EQ(path.documents, (std::vector<std::int32_t>{0, 2, 3, 5}));
  EXPECT_NEAR(path.through[2], 0.8, 1e-12);
  EXPECT_EQ(path.left_out, 0);
}

TEST(MainPath, LeavesLinksInsideCyclesOutAndTakesDeepNetworks) {
  const MainPath circle = *find_main_path(lists({{1}, {0}, {0}, {2}}));
  EXPECT_EQ(circle.left_out, 2);
  EXPECT_EQ(circle.documents, (std::vector<std::int32_t>{0, 2, 3}));
  // A ladder of 3000 rungs has 2^3000 paths, more than a double holds.
  std::vector<std::vector<std::int32_t>> rows = {{}, {}};
  for (std::int32_t i = 1; i < 3000; ++i) {
    rows.push_back({2 * i - 2, 2 * i - 1});
    rows.push_back({2 * i - 2, 2 * i - 1});
  }
  const MainPath deep = *find_main_path(lists(rows));
  EXPECT_NEAR(deep.log_path_count, 3000.0 * std::log(2.0), 1e-6);
  EXPECT_NEAR(deep.shares.front(), 0.25, 1e-9);
  EXPECT_EQ(deep.documents.size(), 3000U);
  EXPECT_TRUE(find_main_path(lists({{}, {}}))->documents.empty());
  EXPECT_FALSE(find_main_path(lists({{5}})));
}

TEST(Novelty, ExpectationIsTheMeanOfAllShuffles) {
  // One group of four places in two documents: {a, b}, {a, c}. Of the shuffles a pair of places holds {a, b} with chance 2*2*1/(4*3) = 1/3.
  Progress progress;
  const std::vector<std::int16_t> years = {2000, 2000};
  const auto result = *combination_novelty(lists({{0, 1}, {0, 2}}), {}, years, progress);
  // Observed 1, expected 2 * 1/3, variance 2 * 1/3 * 2/3 = 4/9: z = (1/3) / (2/3) = 0.5.
  EXPECT_NEAR(result[0].median_z, 0.5, 1e-12);
  EXPECT_NEAR(result[1].tenth_percentile_z, 0.5, 1e-12);
  EXPECT_EQ(result[0].pairs, 1);
  EXPECT_EQ(result[0].first_pairs, 1);
}

TEST(Novelty, CitedYearsAreShuffledApart) {
  // Places of cited years 1990 and 1995: {a90, b95}, {c90, b95}. b holds all of 1995, so {a, b} has chance 1/2 in each document.
  Progress progress;
  const std::vector<std::int16_t> years = {2000, 2000};
  const std::vector<std::int16_t> cited = {1990, 1995, 1990, 1995};
  const auto result = *combination_novelty(lists({{0, 1}, {2, 1}}), cited, years, progress);
  EXPECT_NEAR(result[0].median_z, 0.0, 1e-12);  // observed 1 = expected 1
  EXPECT_EQ(combination_novelty(lists({{0, 1}}), cited, years, progress).error().kind, ErrorKind::invalid_input);
}

TEST(Novelty, ARareCombinationHasALowPercentile) {
  // Two worlds of items, 0-4 and 5-9, in every document of one world all five; the last document mixes them.
  std::vector<std::vector<std::int32_t>> rows;
  for (int i = 0; i < 20; ++i) rows.push_back(i % 2 == 0 ? std::vector<std::int32_t>{0, 1, 2, 3, 4} : std::vector<std::int32_t>{5, 6, 7, 8, 9});
  rows.push_back({0, 1, 5, 6, 7});
  const std::vector<std::int16_t> years(rows.size(), 2010);
  Progress progress;
  const auto result = *combination_novelty(lists(rows), {}, years, progress);
  EXPECT_GT(result[0].tenth_percentile_z, 0.0);
  EXPECT_LT(result.back().tenth_percentile_z, 0.0);
  const Graph similarity = *project_rows(lists(rows), 10, {.similarity = Similarity::cosine}, progress);
  const std::vector<double> diversity = row_diversity(lists(rows), similarity);
  EXPECT_GT(diversity.back(), diversity.front());
}

TEST(Novelty, DiversityByHand) {
  // Row {0, 0, 1}: p = 2/3, 1/3. Items 0 and 1 are in rows {0, 1} and {0}: cosine 1 / sqrt(2 * 1).
  Progress progress;
  const IdLists rows = lists({{0, 0, 1}, {0}});
  const Graph similarity = *project_rows(rows, 2, {.similarity = Similarity::cosine}, progress);
  const std::vector<double> diversity = row_diversity(rows, similarity);
  EXPECT_NEAR(diversity[0], 2.0 * (1.0 - 1.0 / std::sqrt(2.0)) * 2.0 / 9.0, 1e-6);
  EXPECT_EQ(diversity[1], 0.0);
}

// Venues 0 to 4. 2000: {0,1}, {2,3}. 2001: {0,1,4}. 2002: {2,3,4}. 2003, the judged year: {0,2}, {0,3} and {0,1}. 2004: {0,2}. 2006: {3,4}.
// Profiles of 2000-2002: c_0 = {1: 2, 4: 1}, c_2 = {3: 2, 4: 1}: cosine 1/5; {0,2} is new and 2004 follows: 1 - 1/5 = 0.8. {0,3} is new, nobody follows; {0,1} is old.
TEST(NewCombinations, CountFirstPairsThatOthersTakeUp) {
  const IdLists rows = lists({{0, 1}, {2, 3}, {0, 1, 4}, {2, 3, 4}, {2, 0, 2}, {0, 3}, {0, 1}, {0, 2}, {3, 4}});
  const std::vector<std::int16_t> years = {2000, 2000, 2001, 2002, 2003, 2003, 2003, 2004, 2006};
  Progress progress;
  const auto result = *new_combinations(rows, years, {}, progress);
  EXPECT_TRUE(result[4].measured);
  EXPECT_EQ(result[4].new_pairs, 1);
  EXPECT_EQ(result[4].reused_pairs, 1);
  EXPECT_NEAR(result[4].novelty, 0.8, 1e-12);
  EXPECT_EQ(result[5].new_pairs, 1);
  EXPECT_EQ(result[5].reused_pairs, 0);
  EXPECT_EQ(result[5].novelty, 0.0);
  EXPECT_TRUE(result[6].measured);
  EXPECT_EQ(result[6].new_pairs, 0);
  EXPECT_FALSE(result[3].measured);  // fewer than three years before it
  EXPECT_FALSE(result[7].measured);  // fewer than three years after it
  EXPECT_NEAR((*new_combinations(rows, years, {.min_reuse = 0}, progress))[5].novelty, 1.0 - 1.0 / 5.0, 1e-12);  // c_3 = {2: 2, 4: 1}
}

// Every item of the window is held twice but 4, held once: with the least cited half left out the threshold is 2, and pairs with 4 are none.
TEST(NewCombinations, LeaveTheLeastCitedOut) {
  const IdLists rows = lists({{0, 1}, {2, 3}, {0, 1}, {2, 3, 4}, {0, 4}, {0, 4}, {0, 1}});
  const std::vector<std::int16_t> years = {2000, 2000, 2001, 2002, 2003, 2004, 2006};
  Progress progress;
  EXPECT_EQ((*new_combinations(rows, years, {}, progress))[4].new_pairs, 0);
  const auto all = *new_combinations(rows, years, {.least_cited_share = 0.0}, progress);
  EXPECT_EQ(all[4].reused_pairs, 1);
  EXPECT_NEAR(all[4].novelty, 1.0, 1e-12);  // no company in common
  EXPECT_EQ(new_combinations(rows, std::vector<std::int16_t>(3), {}, progress).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(new_combinations(rows, years, {.profile_years = 0}, progress).error().kind, ErrorKind::invalid_input);
}

}  // namespace
}  // namespace jianwei::analysis
