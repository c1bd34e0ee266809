#include "analysis/resolution/similarity.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/random.h"

namespace jianwei::analysis {
namespace {

// Winkler (1990), table of examples; also in the reference implementations' tests. Three or four printed decimals.
TEST(Similarity, JaroWinklerGivesThePublishedExamples) {
  EXPECT_NEAR(jaro_winkler("MARTHA", "MARHTA"), 0.9611, 5e-5);
  EXPECT_NEAR(jaro_winkler("DIXON", "DICKSONX"), 0.8133, 5e-5);
  EXPECT_NEAR(jaro_winkler("DWAYNE", "DUANE"), 0.84, 5e-3);
  EXPECT_EQ(jaro_winkler("", ""), 1.0);
  EXPECT_EQ(jaro_winkler("abc", ""), 0.0);
  EXPECT_EQ(jaro_winkler("固态电池", "固态电池"), 1.0);
}

TEST(Similarity, EditDistanceCountsInsertionsDeletionsAndSubstitutions) {
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("固态电池", "固体电池"), 1);
  EXPECT_DOUBLE_EQ(edit_similarity("kitten", "sitting"), 1.0 - 3.0 / 7.0);
}

// The bit-parallel form against the plain table, on lengths around the 64-bit block bounds.
TEST(Similarity, EditDistanceOfLongTextsAgreesWithTheTable) {
  Random random(7);
  for (int round = 0; round < 200; ++round) {
    std::string a;
    std::string b;
    for (std::uint32_t i = random.below(200); i > 0; --i) a += static_cast<char>('a' + random.below(3));
    for (std::uint32_t i = random.below(200); i > 0; --i) b += static_cast<char>('a' + random.below(3));
    std::vector<std::int64_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<std::int64_t>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
      std::int64_t diagonal = row[0]++;
      for (std::size_t j = 1; j <= b.size(); ++j) {
        const std::int64_t above = row[j];
        row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
        diagonal = above;
      }
    }
    ASSERT_EQ(edit_distance(a, b), row[b.size()]) << a << ' ' << b;
  }
}

TEST(Similarity, JaccardOfSortedSets) {
  const std::vector<std::uint64_t> a = {1, 3, 5, 7};
  const std::vector<std::uint64_t> b = {3, 4, 5};
  EXPECT_DOUBLE_EQ(jaccard(a, b), 2.0 / 5.0);
  EXPECT_EQ(jaccard({}, {}), 0.0);
}

// Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section 3.4.2: b = 20, r = 5.
TEST(Similarity, MinHashBandingGivesThePublishedProbabilities) {
  EXPECT_NEAR(banding_probability(0.8, 5, 20), 0.99964, 5e-6);
  EXPECT_NEAR(banding_probability(0.3, 5, 20), 0.0475, 5e-5);
}

}  // namespace
}  // namespace jianwei::analysis
