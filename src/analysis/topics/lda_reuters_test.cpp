// The Reuters set of the python package lda against the likelihoods its documentation prints. The data are not part of the repository:
// bench/quality/reuters.py fetches them and runs this test with JIANWEI_REUTERS set to the folder of reuters.ldac.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "analysis/topics/lda_tokens.h"

namespace jianwei::analysis {
namespace {

constexpr std::int32_t kTopics = 20;
constexpr double kBeta = 0.01;
constexpr std::size_t kChains = 8;

// Lines "n word:count word:count ...".
text::CountMatrix read_ldac(const std::filesystem::path& path) {
  text::CountMatrix matrix;
  matrix.offsets = {0};
  matrix.column_count = 0;
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::size_t size = 0;
    cells >> size;
    std::int32_t word = 0, count = 0;
    for (char colon = 0; cells >> word >> colon >> count;) {
      matrix.columns.push_back(word);
      matrix.counts.push_back(count);
      matrix.column_count = std::max<std::int64_t>(matrix.column_count, word + 1);
    }
    matrix.offsets.push_back(std::ssize(matrix.columns));
    ++matrix.row_count;
  }
  return matrix;
}

// The package's start: token i of the documents, words by number, has topic i mod K.
std::vector<lda::Slot> round_robin(const lda::Tokens& tokens) {
  std::vector<lda::Slot> slots(static_cast<std::size_t>(tokens.token_count));
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto topic = static_cast<std::uint16_t>(i % kTopics);
    slots[tokens.positions[i]] = {topic, topic};
  }
  return slots;
}

TEST(LdaReuters, LikelihoodIsThePublishedOne) {
  const char* const folder = std::getenv("JIANWEI_REUTERS");
  if (folder == nullptr) GTEST_SKIP() << "JIANWEI_REUTERS is not set: bench/quality/reuters.py runs this test";
  const text::CountMatrix matrix = read_ldac(std::filesystem::path(folder) / "reuters.ldac");
  ASSERT_EQ(matrix.row_count, 395);
  ASSERT_EQ(matrix.column_count, 4258);
  const lda::Tokens tokens = lda::index_tokens(matrix);
  ASSERT_EQ(tokens.token_count, 84010);

  const std::vector<double> alpha(kTopics, 0.1);
  std::vector<lda::Slot> exact = round_robin(tokens), approximate = exact;
  const auto log_joint = [&](const std::vector<lda::Slot>& slots) { return lda::log_joint(tokens, slots, alpha, kBeta, 1); };
  EXPECT_NEAR(log_joint(exact), -1'051'748.0, 0.5);  // nothing drawn yet: the formula itself

  lda::WarpSampler warp(tokens, approximate, kTopics, 1);
  struct Published {
    int sweeps;
    double log_joint;
  };
  // Chains lie 0.7 % apart after ten sweeps, the package's and ours alike: the mean of kChains is compared.
  std::array<std::vector<lda::Slot>, kChains> chains;
  std::vector<lda::GibbsSampler> gibbs;
  for (std::vector<lda::Slot>& chain : chains) {
    chain = exact;
    gibbs.emplace_back(tokens, chain, kTopics);
  }
  int sweep = 0;
  std::cout << "sweeps  published  gibbs (mean of " << kChains << ")  lowest  highest  warp\n";
  for (const Published& row : {Published{10, -719'800.0}, Published{20, -699'115.0}, Published{50, -681'322.0}, Published{90, -673'316.0}}) {
    for (; sweep < row.sweeps; ++sweep) {
      for (std::size_t c = 0; c < kChains; ++c) gibbs[c].sweep(alpha, kBeta, c + 1, sweep);
      warp.sweep(alpha, kBeta, 1, sweep);
    }
    double mean = 0.0, lowest = 0.0, highest = -1e300;
    for (const std::vector<lda::Slot>& chain : chains) {
      const double value = log_joint(chain);
      mean += value / kChains;
      lowest = std::min(lowest, value);
      highest = std::max(highest, value);
    }
    std::cout << row.sweeps << "  " << std::lround(row.log_joint) << "  " << std::lround(mean) << "  " << std::lround(lowest) << "  " << std::lround(highest) << "  " << std::lround(log_joint(approximate)) << "\n";
    EXPECT_NEAR(mean, row.log_joint, 0.005 * std::abs(row.log_joint)) << row.sweeps << " sweeps";
  }
  for (; sweep < 270; ++sweep) warp.sweep(alpha, kBeta, 1, sweep);  // thrice the sweeps of exact sampling
  std::cout << "270  warp " << std::lround(log_joint(approximate)) << "\n";
  EXPECT_GT(log_joint(approximate), -673'316.0 * 1.005);
}

}  // namespace
}  // namespace jianwei::analysis
