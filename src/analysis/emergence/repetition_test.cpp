#include "analysis/emergence/repetition.h"

#include <gtest/gtest.h>

#include "analysis/emergence/score.h"

namespace jianwei::analysis {
namespace {

// A hundred documents of 2010, `long_texts` of them with ten units, the others with two.
Past past_of(std::int32_t long_texts) {
  Dataset dataset;
  dataset.year.assign(100, 2010);
  UnitDocuments units;
  for (std::int32_t u = 0; u < 10; ++u) {
    for (std::int32_t d = 0; d < (u < 2 ? 100 : long_texts); ++d) units.documents.push_back(d);
    units.offsets.push_back(std::ssize(units.documents));
  }
  units.weights.assign(units.documents.size(), 1.0F);
  return *past_until(dataset, units, {}, 2010);
}

TEST(Repetition, CountsWhatIsNamedAgainByHand) {
  Past past = past_of(90);
  past.occurrences.assign(10, 100.0);
  past.occurrences[0] = 124.0;
  const std::vector<std::int32_t> wanted = {0, 1};
  const std::vector<Repetition> found = repetition(past, wanted);
  EXPECT_DOUBLE_EQ(found[0].again, 0.24);
  EXPECT_DOUBLE_EQ(found[0].high, 0.34);  // 24 + 2 sqrt 25
  EXPECT_DOUBLE_EQ(found[1].again, 0.0);
  EXPECT_DOUBLE_EQ(found[1].high, 0.02);
}

TEST(Repetition, SaysNothingOfTitlesAndWithoutOccurrences) {
  const std::vector<std::int32_t> wanted = {0};
  EXPECT_GT(repetition(past_of(90), wanted)[0].high, 1e8);
  Past titles = past_of(70);
  titles.occurrences.assign(10, 100.0);
  EXPECT_GT(repetition(titles, wanted)[0].high, 1e8);
}

}  // namespace
}  // namespace jianwei::analysis
