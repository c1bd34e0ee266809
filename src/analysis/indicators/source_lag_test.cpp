#include "analysis/indicators/source_lag.h"

#include <gtest/gtest.h>

#include <cmath>

namespace jianwei::analysis {
namespace {

constexpr std::int8_t kPaper = 0, kPatent = 1;

// Every year from 2000 to 2019 holds `papers` documents of papers and `patents` of patents; units are added by kind and year.
struct Corpus {
  Dataset dataset;
  UnitDocuments units;
  std::int32_t papers, patents;
  Corpus(std::int32_t paper_count, std::int32_t patent_count) : papers(paper_count), patents(patent_count) {
    for (std::int16_t year = 2000; year < 2020; ++year) {
      for (std::int32_t i = 0; i < papers + patents; ++i) {
        dataset.year.push_back(year);
        dataset.kind.push_back(i < papers ? kPaper : kPatent);
      }
    }
  }
  // One document a year in papers from `paper_from` on and in patents from `patent_from` on (0: never).
  void add_unit(std::int16_t paper_from, std::int16_t patent_from) {
    for (std::int16_t year = 2000; year < 2020; ++year) {
      const std::int32_t row = (year - 2000) * (papers + patents);
      if (paper_from != 0 && year >= paper_from) units.documents.push_back(row);
      if (patent_from != 0 && year >= patent_from) units.documents.push_back(row + papers);
    }
    units.weights.resize(units.documents.size(), 1.0F);
    units.offsets.push_back(static_cast<std::int64_t>(units.documents.size()));
  }
  SourceLags measure(std::int16_t until = 2019) const { return source_lags(dataset, units, {until, 3.0}); }
};

TEST(SourceLag, FindsTheYearWithSupportOfEachKind) {
  Corpus corpus(10, 10);
  corpus.add_unit(2005, 2009);
  const SourceLags lags = corpus.measure();
  ASSERT_EQ(lags.kinds.size(), 2u);
  EXPECT_EQ(lags.kinds[0].years.first, 2000);
  EXPECT_DOUBLE_EQ(lags.kinds[0].documents, 200.0);
  const Uptake& paper = lags.uptakes[0][0];
  EXPECT_EQ(paper.state, UptakeState::observed);
  EXPECT_EQ(paper.first, 2005);
  EXPECT_EQ(paper.year, 2007);  // the third document
  EXPECT_EQ(paper.high, 2012);  // the eighth: Garwood's lower limits are 2.81 of seven documents, 3.45 of eight
}

TEST(SourceLag, MeasuresTheLagAndWhatSizeAloneMakesOfIt) {
  Corpus corpus(10, 10);
  for (int i = 0; i < 7; ++i) corpus.add_unit(2005, static_cast<std::int16_t>(2008 + i));
  const PairLag& pair = corpus.measure().pairs.at(0);
  EXPECT_EQ(pair.lag.count, 7);
  EXPECT_DOUBLE_EQ(pair.lag.median, 6.0);          // lags 3..9
  EXPECT_DOUBLE_EQ(pair.lag.lower_quartile, 4.5);
  EXPECT_DOUBLE_EQ(pair.lag.interval.low, 3.0);    // n = 7: P(X < 1) = 1/128 <= 0.025 < P(X < 2)
  EXPECT_DOUBLE_EQ(pair.lag.interval.high, 9.0);
  EXPECT_EQ(pair.from_first, 7);
  EXPECT_GT(pair.from_first_share.low, 0.5);
  EXPECT_DOUBLE_EQ(pair.by_size.median, 0.0) << "kinds of the same size: none of the lag is due to it";
  EXPECT_DOUBLE_EQ(pair.excess.median, 6.0);
}

TEST(SourceLag, ASmallKindIsLateBySizeAlone) {
  // Papers 30 a year, patents 10. The unit is in 3 of 30 and 1 of 10 each year from 2006: equal shares, support after one year and after three.
  Corpus corpus(30, 10);
  for (std::int16_t year = 2006; year < 2020; ++year) {
    const std::int32_t row = (year - 2000) * 40;
    for (const std::int32_t d : {0, 1, 2, 30}) corpus.units.documents.push_back(row + d);
  }
  corpus.units.weights.assign(corpus.units.documents.size(), 1.0F);
  corpus.units.offsets.push_back(static_cast<std::int64_t>(corpus.units.documents.size()));
  const PairLag& pair = corpus.measure().pairs.at(0);
  EXPECT_DOUBLE_EQ(pair.lag.median, 2.0);
  EXPECT_DOUBLE_EQ(pair.by_size.median, 2.0);
  EXPECT_DOUBLE_EQ(pair.excess.median, 0.0);
  EXPECT_TRUE(std::isinf(pair.lag.interval.high)) << "one unit tells nothing of the median";
}

TEST(SourceLag, SaysWhatItCannotKnow) {
  Corpus corpus(10, 10);
  corpus.add_unit(2000, 2010);  // papers had it when the data begin: before patents, by an unknown number of years
  corpus.add_unit(2008, 0);     // patents never, though they are as large: papers first
  corpus.add_unit(2000, 2000);  // both at the beginning: order unknown
  corpus.add_unit(0, 0);        // nowhere: not counted
  const SourceLags lags = corpus.measure();
  EXPECT_EQ(lags.uptakes[0][0].state, UptakeState::in_or_before);
  EXPECT_EQ(lags.uptakes[1][1].state, UptakeState::not_yet);
  const PairLag& pair = lags.pairs.at(0);
  EXPECT_EQ(pair.lag.count, 0);
  EXPECT_EQ(pair.from_first, 2);
  EXPECT_EQ(pair.to_first, 0);
  EXPECT_EQ(pair.unknown, 1);
  // A kind too small to show the unit is no evidence that it lags: one of 100 papers a year is an eighth of a patent in twelve years.
  Corpus small(100, 1);
  small.add_unit(2008, 0);
  EXPECT_EQ(small.measure().pairs.at(0).unknown, 1);
}

TEST(SourceLag, ReadsNothingAfterTheYear) {
  Corpus corpus(10, 10);
  corpus.add_unit(2005, 2009);
  const SourceLags lags = corpus.measure(2010);
  EXPECT_EQ(lags.uptakes[0][1].state, UptakeState::not_yet);
  EXPECT_DOUBLE_EQ(lags.uptakes[0][0].documents, 6.0);
}

TEST(SourceLag, OneKindHasNoPair) {
  Corpus corpus(10, 0);
  corpus.add_unit(2005, 0);
  const SourceLags lags = corpus.measure();
  EXPECT_EQ(lags.kinds.size(), 1u);
  EXPECT_TRUE(lags.pairs.empty());
}

}  // namespace
}  // namespace jianwei::analysis
