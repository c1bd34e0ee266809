#include "analysis/vectors/word_space.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "analysis/vectors/dense.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

text::CountMatrix matrix_of(const std::vector<std::vector<std::int32_t>>& rows, std::int64_t column_count) {
  text::CountMatrix matrix;
  matrix.row_count = static_cast<std::int64_t>(rows.size());
  matrix.column_count = column_count;
  matrix.offsets = {0};
  for (const std::vector<std::int32_t>& row : rows) {
    matrix.columns.insert(matrix.columns.end(), row.begin(), row.end());
    matrix.counts.insert(matrix.counts.end(), row.size(), 1);
    matrix.offsets.push_back(static_cast<std::int64_t>(matrix.columns.size()));
  }
  return matrix;
}

double dot(std::span<const float> a, std::span<const float> b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

// Documents of six words drawn from one of `group_count` groups of twenty words; with `bridge`, words w and w + words/2 mean the same in two languages:
// most documents use one language, every tenth uses both.
text::CountMatrix planted(std::int32_t group_count, std::int64_t documents, bool bridge) {
  Random random(7);
  const std::int32_t half = group_count * 20;
  std::vector<std::vector<std::int32_t>> rows;
  for (std::int64_t d = 0; d < documents; ++d) {
    const std::int32_t group = static_cast<std::int32_t>(d % group_count);
    std::vector<std::int32_t> row;
    const std::int32_t language = bridge && d / group_count % 2 == 1 ? half : 0;
    for (int i = 0; i < 6; ++i) {
      const std::int32_t word = group * 20 + static_cast<std::int32_t>(random.below(20));
      row.push_back(word + language);
      if (bridge && d / group_count % 10 < 2) row.push_back(word + half - language);
    }
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
    rows.push_back(std::move(row));
  }
  return matrix_of(rows, bridge ? 2 * half : half);
}

// Documents {0,1}, {0,1,2}, {2,3}: c(0,1) = 1 + 1/2, c(0,2) = c(1,2) = 1/2, c(2,3) = 1; masses 2, 2, 2, 1; C = 7. With s = 1 and k = 1:
// M_01 = ln(1.5 * 7 / (2 * 2)), M_02 = ln(0.5 * 7 / 4) < 0, M_23 = ln(1 * 7 / (2 * 1)).
TEST(MeasureCompany, GivesTheHandComputedMutualInformation) {
  Progress progress;
  const SparseMatrix company = *measure_company(matrix_of({{0, 1}, {0, 1, 2}, {2, 3}}, 4), {.context_smoothing = 1.0, .shift = 1.0}, 1, progress);
  EXPECT_EQ(company.offsets, (std::vector<std::int64_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(company.indices, (std::vector<std::int32_t>{1, 0, 3, 2}));
  EXPECT_NEAR(company.values[0], std::log(10.5 / 4), 1e-6);
  EXPECT_NEAR(company.values[2], std::log(3.5), 1e-6);
  // Smoothing: q(1) = 2^.75 / (3 * 2^.75 + 1), p(0) = 2/7; k = 1.5 takes ln 1.5 off.
  const SparseMatrix smoothed = *measure_company(matrix_of({{0, 1}, {0, 1, 2}, {2, 3}}, 4), {.context_smoothing = 0.75, .shift = 1.5}, 1, progress);
  const double q = std::pow(2.0, 0.75) / (3 * std::pow(2.0, 0.75) + 1);
  EXPECT_NEAR(smoothed.values[0], std::log(1.5 / 7 / (2.0 / 7 * q)) - std::log(1.5), 1e-6);
}

TEST(TruncatedSvd, FindsTheSingularValuesOfAKnownMatrix) {
  // A = sum of s_i u_i v_i' with u, v columns of a Hadamard matrix of order 8: singular values 9, 5, 2 (times 8 for the lengths).
  SparseMatrix matrix;
  matrix.rows = matrix.columns = 8;
  const auto sign = [](int i, int j) { return __builtin_popcount(static_cast<unsigned>(i & j)) % 2 == 0 ? 1.0 : -1.0; };
  for (int i = 0; i < 8; ++i) {
    for (int j = 0; j < 8; ++j) {
      matrix.indices.push_back(j);
      matrix.values.push_back(static_cast<float>(9 * sign(i, 1) * sign(j, 2) + 5 * sign(i, 3) * sign(j, 4) + 2 * sign(i, 5) * sign(j, 7)));
    }
    matrix.offsets.push_back(8 * (i + 1));
  }
  const TruncatedSvd svd = truncated_svd(matrix, 3, 2, 1, 1);
  ASSERT_EQ(svd.singular.size(), 3U);
  EXPECT_NEAR(svd.singular[0], 72, 1e-3);
  EXPECT_NEAR(svd.singular[1], 40, 1e-3);
  EXPECT_NEAR(svd.singular[2], 16, 1e-3);
  for (int i = 0; i < 8; ++i) EXPECT_NEAR(std::abs(svd.left.row(i)[0]), 1 / std::sqrt(8.0), 1e-5);
}

TEST(WordSpace, BringsWordsOfAGroupTogether) {
  Progress progress;
  const WordSpace space = *learn_word_space(planted(10, 3000, false), {.dimensions = 16}, progress);
  double within = 0, across = 0;
  for (std::int32_t i = 1; i < 20; ++i) {
    within += dot(space.words.row(0), space.words.row(i)) / 19;
    across += dot(space.words.row(0), space.words.row(20 + i)) / 19;
  }
  EXPECT_GT(within, 0.8);
  EXPECT_LT(across, 0.2);
}

TEST(WordSpace, HoldsBothLanguagesWhenSomeRecordsCarryBoth) {
  Progress progress;
  const text::CountMatrix documents = planted(40, 8000, true);
  const WordSpace space = *learn_word_space(documents, {.dimensions = 64}, progress);
  const VectorTable placed = *place_documents(space, documents, 0);
  // Row 84 (group 4, first language) against rows of one language only of the second: those of group 4 are near, the others are not.
  double same = 0, other = 0;
  int same_count = 0, other_count = 0;
  for (std::int64_t d = 0; d < 8000; ++d) {
    const std::int64_t round = d / 40;
    if (round % 2 == 0 || round % 10 < 2) continue;
    (d % 40 == 4 ? same : other) += dot(placed.row(84), placed.row(d));
    ++(d % 40 == 4 ? same_count : other_count);
  }
  EXPECT_GT(same / same_count, 0.5);
  EXPECT_LT(other / other_count, 0.1);
}

TEST(WordSpace, IsTheSameOnAnyNumberOfThreads) {
  Progress progress;
  const text::CountMatrix documents = planted(12, 2500, false);
  const WordSpace one = *learn_word_space(documents, {.dimensions = 20, .thread_count = 1}, progress);
  const WordSpace two = *learn_word_space(documents, {.dimensions = 20, .thread_count = 2}, progress);
  EXPECT_EQ(one.words.values, two.words.values);
  EXPECT_EQ(place_documents(one, documents, 1)->values, place_documents(two, documents, 2)->values);
}

TEST(WordSpace, KnowsNothingAboutDocumentsWithoutWords) {
  Progress progress;
  text::CountMatrix documents = planted(4, 400, false);
  const WordSpace space = *learn_word_space(documents, {.dimensions = 8}, progress);
  const VectorTable placed = *place_documents(space, matrix_of({{}, {1, 2}}, 80), 1);
  EXPECT_EQ(dot(placed.row(0), placed.row(0)), 0.0);
  EXPECT_NEAR(dot(placed.row(1), placed.row(1)), 1.0, 1e-5);
  EXPECT_FALSE(place_documents(space, matrix_of({{0}}, 81), 1));
  EXPECT_FALSE(learn_word_space(documents, {.dimensions = 1}, progress));
}

}  // namespace
}  // namespace jianwei::analysis
