#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "analysis/retrieval/bm25.h"
#include "analysis/retrieval/fusion.h"
#include "analysis/retrieval/porter.h"
#include "analysis/retrieval/search_terms.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

text::CountMatrix matrix(std::int64_t columns, const std::vector<std::vector<std::pair<int, int>>>& rows) {
  text::CountMatrix made;
  made.row_count = std::ssize(rows);
  made.column_count = columns;
  made.offsets = {0};
  for (const auto& row : rows) {
    for (const auto& [column, count] : row) {
      made.columns.push_back(column);
      made.counts.push_back(count);
    }
    made.offsets.push_back(std::ssize(made.columns));
  }
  return made;
}

// Three documents over the terms 0 "soft", 1 "robot", 2 "cell": "soft robot soft", "robot cell", "cell cell cell cell". Lengths 3, 2, 4: mean 3.
// idf: soft ln(1 + 2.5/1.5) = 0.980829, robot and cell ln(1 + 1.5/2.5) = 0.470004.
// Norms k1 (1 - b + b dl/3), k1 = 1.2, b = 0.75: 1.2, 0.9, 1.5.
//   d0: 0.980829 * 2/3.2 + 0.470004 * 1/2.2 = 0.613018 + 0.213638 = 0.826656     d1: 0.470004 * 1/1.9 = 0.247371
TEST(Bm25, GivesTheScoresComputedByHand) {
  const Bm25Index index = *build_bm25(matrix(3, {{{0, 2}, {1, 1}}, {{1, 1}, {2, 1}}, {{2, 4}}}), {});
  Bm25Scratch scratch;
  const std::vector<WeightedTerm> query = {{0, 1.0f}, {1, 1.0f}};
  const auto found = search_bm25(index, query, 10, {}, scratch);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].document, 0);
  EXPECT_NEAR(found[0].score, 0.826656, 1e-5);
  EXPECT_EQ(found[1].document, 1);
  EXPECT_NEAR(found[1].score, 0.247371, 1e-5);
  const std::vector<WeightedTerm> cell = {{2, 1.0f}};
  EXPECT_NEAR(search_bm25(index, cell, 1, {}, scratch)[0].score, 0.470004 * 4 / 5.5, 1e-5);
}

TEST(Bm25, LeavesOutDocumentsThatAreNotAllowed) {
  const Bm25Index index = *build_bm25(matrix(1, {{{0, 3}}, {{0, 2}}, {{0, 1}}}), {});
  Bm25Scratch scratch;
  const std::vector<WeightedTerm> query = {{0, 1.0f}};
  const std::vector<std::uint8_t> allowed = {0, 1, 1};
  const auto found = search_bm25(index, query, 1, allowed, scratch);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].document, 1);
  EXPECT_TRUE(search_bm25(index, query, 0, {}, scratch).empty());
  const std::vector<WeightedTerm> unknown = {{7, 1.0f}};
  EXPECT_TRUE(search_bm25(index, unknown, 5, {}, scratch).empty());
}

// Zipf-like terms over 40,000 documents: five windows.
text::CountMatrix random_matrix(std::int64_t documents, std::int32_t terms) {
  std::vector<std::vector<std::pair<int, int>>> rows(static_cast<std::size_t>(documents));
  for (std::size_t d = 0; d < rows.size(); ++d) {
    Random random(5, d);
    std::vector<int> row(20 + random.below(30));
    for (int& term : row) term = static_cast<int>(std::pow(random.uniform(), 3.0) * terms);
    std::sort(row.begin(), row.end());
    for (const int term : row) {
      if (!rows[d].empty() && rows[d].back().first == term) ++rows[d].back().second;
      else rows[d].emplace_back(term, 1);
    }
  }
  return matrix(terms, rows);
}

TEST(Bm25, FindsTheSameWithBoundsAsInFull) {
  const text::CountMatrix documents = random_matrix(40'000, 2000);
  const Bm25Index index = *build_bm25(documents, {.thread_count = 2});
  Bm25Scratch scratch;
  std::vector<std::uint8_t> allowed(40'000, 1);
  for (std::size_t d = 0; d < allowed.size(); d += 3) allowed[d] = 0;
  for (int q = 0; q < 40; ++q) {
    Random random(9, static_cast<std::uint64_t>(q));
    std::vector<WeightedTerm> query(1 + random.below(12));
    for (WeightedTerm& term : query) term = {static_cast<std::int32_t>(random.below(2000)), 0.5f + static_cast<float>(random.uniform())};
    for (const std::int64_t limit : {1, 10, 100}) {
      EXPECT_EQ(search_bm25(index, query, limit, {}, scratch, Bm25Method::full), search_bm25(index, query, limit, {}, scratch, Bm25Method::bounded));
      EXPECT_EQ(search_bm25(index, query, limit, allowed, scratch, Bm25Method::full), search_bm25(index, query, limit, allowed, scratch, Bm25Method::bounded));
    }
  }
}

TEST(Bm25, IsTheSameAtAnyThreadCount) {
  const text::CountMatrix documents = random_matrix(3000, 500);
  const Bm25Index one = *build_bm25(documents, {.thread_count = 1});
  const Bm25Index three = *build_bm25(documents, {.thread_count = 3});
  EXPECT_EQ(one.impacts, three.impacts);
  EXPECT_EQ(one.block_bounds, three.block_bounds);
}

TEST(Bm25, RefusesOptionsOutOfRange) {
  EXPECT_FALSE(build_bm25(matrix(1, {{{0, 1}}}), {.k1 = -1.0}));
  EXPECT_FALSE(build_bm25(matrix(1, {{{0, 1}}}), {.b = 1.5}));
}

// METHODS 6: ranks (1, 3) against ranks (2, 1): 1/61 + 1/63 = 0.032266 is below 1/62 + 1/61 = 0.032522.
TEST(Fusion, AddsReciprocalRanks) {
  const std::vector<std::vector<ScoredDocument>> rankings = {{{7, 9.0f}, {4, 8.0f}, {5, 7.0f}}, {{4, 0.9f}, {2, 0.5f}, {7, 0.4f}}};
  const auto fused = fuse_rankings(rankings, 10);
  ASSERT_EQ(fused.size(), 4u);
  EXPECT_EQ(fused[0].document, 4);
  EXPECT_NEAR(fused[0].score, 0.032522, 1e-6);
  EXPECT_EQ(fused[1].document, 7);
  EXPECT_NEAR(fused[1].score, 0.032266, 1e-6);
  EXPECT_EQ(fuse_rankings(rankings, 2).size(), 2u);
}

// Examples printed in Porter (1980).
TEST(Porter, StemsThePrintedExamples) {
  const std::vector<std::pair<std::string, std::string>> examples = {
      {"caresses", "caress"}, {"ponies", "poni"}, {"cats", "cat"}, {"feed", "feed"}, {"agreed", "agre"}, {"plastered", "plaster"}, {"bled", "bled"}, {"motoring", "motor"},
      {"sing", "sing"}, {"conflated", "conflat"}, {"troubled", "troubl"}, {"sized", "size"}, {"hopping", "hop"}, {"falling", "fall"}, {"hissing", "hiss"}, {"filing", "file"},
      {"happy", "happi"}, {"sky", "sky"}, {"relational", "relat"}, {"conditional", "condit"}, {"rational", "ration"}, {"digitizer", "digit"}, {"vietnamization", "vietnam"},
      {"operator", "oper"}, {"decisiveness", "decis"}, {"hopefulness", "hope"}, {"sensitiviti", "sensit"}, {"triplicate", "triplic"}, {"formative", "form"}, {"electrical", "electr"},
      {"goodness", "good"}, {"revival", "reviv"}, {"allowance", "allow"}, {"adjustable", "adjust"}, {"replacement", "replac"}, {"adoption", "adopt"}, {"communism", "commun"},
      {"effective", "effect"}, {"probate", "probat"}, {"rate", "rate"}, {"cease", "ceas"}, {"controll", "control"}, {"roll", "roll"}, {"generalizations", "gener"}, {"oscillators", "oscil"}};
  for (const auto& [word, stem] : examples) EXPECT_EQ(porter_stem(word), stem) << word;
  EXPECT_EQ(porter_stem("pd-l1"), "pd-l1");
}

SearchTerms terms_of(const std::vector<std::string>& texts, int thread_count = 0) {
  std::vector<text::DocumentText> documents;
  for (const std::string& text : texts) documents.push_back({.title = text});
  Progress progress;
  const text::TokenizedCorpus corpus = *text::tokenize(documents, {.thread_count = thread_count}, progress);
  return *make_search_terms(corpus, thread_count, progress);
}

std::vector<std::string> names_of(const SearchTerms& terms, std::int64_t document) {
  std::vector<std::string> names;
  for (const std::int32_t term : terms.counts.row(document)) names.push_back(terms.names[static_cast<std::size_t>(term)]);
  std::sort(names.begin(), names.end());
  return names;
}

bool share_a_term(const SearchTerms& terms, std::int64_t a, std::int64_t b) {
  const auto left = terms.counts.row(a);
  return std::any_of(left.begin(), left.end(), [&](std::int32_t term) { return std::count(terms.counts.row(b).begin(), terms.counts.row(b).end(), term) > 0; });
}

TEST(SearchTerms, AreWordsAndStemsWithoutFunctionWords) {
  EXPECT_EQ(names_of(terms_of({"The robots of relational grippers"}), 0), (std::vector<std::string>{"gripper", "relational", "robot", "~gripper", "~relat", "~robot"}));
}

TEST(SearchTerms, LetAChineseNameBeFoundHoweverItIsCut) {
  const SearchTerms terms = terms_of({"固态电池的研究进展", "固态", "态电", "电池"});
  EXPECT_TRUE(share_a_term(terms, 0, 1));
  EXPECT_TRUE(share_a_term(terms, 0, 3));
  EXPECT_FALSE(share_a_term(terms_of({"固态电池", "软体机器人"}), 0, 1));
}

}  // namespace
}  // namespace jianwei::analysis
