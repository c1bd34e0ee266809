#include "analysis/indicators/year_indicators.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "base/random.h"

namespace jianwei::analysis {
namespace {

struct Corpus {
  Dataset dataset;
  UnitDocuments units;
  IdLists document_terms;

  // A document of a year with its terms, persons and cited documents.
  void add(int year, const std::vector<std::int32_t>& terms, const std::vector<std::int32_t>& persons = {}, const std::vector<std::int32_t>& references = {}, int source = 0) {
    dataset.year.push_back(static_cast<std::int16_t>(year));
    dataset.source.push_back(static_cast<std::int16_t>(source));
    const auto append = [](IdLists& lists, const std::vector<std::int32_t>& values) {
      lists.values.insert(lists.values.end(), values.begin(), values.end());
      lists.offsets.push_back(static_cast<std::int64_t>(lists.values.size()));
    };
    append(document_terms, terms);
    append(dataset.persons, persons);
    append(dataset.organisations, persons);
    append(dataset.references, references);
  }
  // Units are the terms.
  void finish(std::int32_t term_count) {
    dataset.source_names = {"a", "b"};
    for (std::int32_t t = 0; t < term_count; ++t) {
      for (std::int32_t d = 0; d < static_cast<std::int32_t>(dataset.year.size()); ++d) {
        const auto row = document_terms.row(d);
        if (std::find(row.begin(), row.end(), t) != row.end()) units.documents.push_back(d);
      }
      units.offsets.push_back(static_cast<std::int64_t>(units.documents.size()));
    }
    units.weights.assign(units.documents.size(), 1.0F);
  }
  IndicatorInput input(std::int64_t terms) const { return {dataset, units, document_terms, terms, {}, {}}; }
};

YearTable measure(const Corpus& corpus, std::int64_t terms, std::int16_t year, const YearOptions& options, std::span<const std::int32_t> selected = {}) {
  Progress progress;
  auto table = measure_year(corpus.input(terms), year, selected, options, progress);
  EXPECT_TRUE(table);
  return table ? *table : YearTable{};
}

Corpus random_corpus(int last_year, std::int64_t terms) {
  Corpus corpus;
  Random random(7);
  std::int32_t d = 0;
  for (int year = 2000; year <= 2014; ++year) {
    for (int i = 0; i < 160; ++i, ++d) {
      std::vector<std::int32_t> own, persons, references;
      for (std::int32_t t = 0; t < terms; ++t) {
        // Term 0 rises from 2006 on, the others stay.
        const double share = t == 0 ? (year < 2006 ? 0.02 : 0.08 * (year - 2005)) : 0.15;
        if (random.uniform() < share) own.push_back(t);
      }
      for (int k = 0; k < 2; ++k) persons.push_back(static_cast<std::int32_t>(random.below(200)));
      if (d > 5) references = {static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(d)))};
      const int source = static_cast<int>(random.below(2));
      if (year <= last_year) corpus.add(year, own, persons, references, source);
    }
  }
  corpus.finish(static_cast<std::int32_t>(terms));
  return corpus;
}

TEST(YearIndicators, LaterDocumentsChangeNothing) {
  YearOptions options;
  options.first_year = 2000;
  options.normalise_by_source = true;
  options.burst_simulations = 99;
  const YearTable whole = measure(random_corpus(2014, 30), 30, 2009, options);
  const YearTable cut = measure(random_corpus(2009, 30), 30, 2009, options);
  ASSERT_EQ(whole.rows.size(), cut.rows.size());
  for (std::size_t r = 0; r < whole.rows.size(); ++r) {
    for (std::size_t i = 0; i < kIndicatorCount; ++i) EXPECT_EQ(std::memcmp(&whole.rows[r].measures[i], &cut.rows[r].measures[i], sizeof(Measure)), 0) << r << " " << indicator_name(static_cast<Indicator>(i));
    EXPECT_EQ(whole.rows[r].quadrant, cut.rows[r].quadrant);
  }
  EXPECT_EQ(whole.corpus_cohesion, cut.corpus_cohesion);
}

TEST(YearIndicators, ThreadsAndSelectionChangeNothing) {
  YearOptions options;
  options.first_year = 2000;
  options.burst_simulations = 99;
  options.thread_count = 1;
  const Corpus corpus = random_corpus(2014, 30);
  const YearTable one = measure(corpus, 30, 2012, options);
  options.thread_count = 4;
  const YearTable four = measure(corpus, 30, 2012, options);
  const std::int32_t selected[] = {3};
  const YearTable single = measure(corpus, 30, 2012, options, selected);
  ASSERT_EQ(single.rows.size(), 1u);
  for (std::size_t i = 0; i < kIndicatorCount; ++i) {
    EXPECT_EQ(std::memcmp(&one.rows[5].measures[i], &four.rows[5].measures[i], sizeof(Measure)), 0);
    const double a = one.rows[3].measures[i].value, b = single.rows[0].measures[i].value;
    EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b)));
  }
}

TEST(YearIndicators, ARisingTermIsSeenAndASteadyOneIsNot) {
  YearOptions options;
  options.first_year = 2000;
  const YearTable table = measure(random_corpus(2014, 30), 30, 2010, options);
  const IndicatorRow& rising = table.rows[0];
  EXPECT_GT(rising[Indicator::growth].low, 0.0);
  EXPECT_LT(rising[Indicator::growth].q, 0.05);
  EXPECT_GT(rising[Indicator::burst].value, 0.0);
  EXPECT_LT(rising[Indicator::burst].q, 0.05);
  EXPECT_LT(rising[Indicator::newness].p, 0.001);
  EXPECT_LT(rising[Indicator::vitality].p, 0.001);
  EXPECT_GT(rising[Indicator::vitality].value, table.corpus_vitality);
  int false_discoveries = 0;
  for (std::size_t u = 1; u < 30; ++u) {
    if (table.rows[u][Indicator::growth].q < 0.05) ++false_discoveries;
  }
  EXPECT_LE(false_discoveries, 1);
}

TEST(YearIndicators, UnitsOfConstantShareGrowByChanceAsOftenAsSaid) {
  YearOptions options;
  options.first_year = 2000;
  options.with_bursts = false;
  const Corpus corpus = random_corpus(2014, 200);
  int called = 0, tested = 0;
  for (const int year : {2005, 2010, 2014}) {
    const YearTable table = measure(corpus, 200, static_cast<std::int16_t>(year), options);
    for (std::size_t u = 1; u < 200; ++u, ++tested) called += table.rows[u][Indicator::growth].p < 0.05 ? 1 : 0;
  }
  EXPECT_LE(called, tested * 7 / 100) << tested;
  EXPECT_GE(called, tested / 100) << "a test that never speaks is no test";
}

TEST(YearIndicators, AreTheHandComputedOnes) {
  // Term 0: 2000, 2002, 2003, 2003; term 1 elsewhere. 2001 holds a document without it.
  Corpus corpus;
  corpus.add(2000, {0, 1}, {1, 2});
  corpus.add(2001, {1}, {9});
  corpus.add(2002, {0}, {1, 3}, {0});
  corpus.add(2003, {0, 1}, {4}, {0, 2});
  corpus.add(2003, {0}, {4}, {2});
  corpus.add(2005, {0}, {5}, {4});  // after the year asked for
  corpus.finish(2);
  YearOptions options;
  options.first_year = 2000;
  options.with_bursts = false;
  const YearTable table = measure(corpus, 2, 2003, options);
  const IndicatorRow& row = table.rows[0];
  EXPECT_EQ(row[Indicator::documents].value, 2.0);
  EXPECT_EQ(row[Indicator::share].value, 1.0);
  EXPECT_EQ(row[Indicator::age].value, 3.0);
  EXPECT_NEAR(row[Indicator::age].high, 3.0 * std::pow(0.05, -1.0 / 3.0), 1e-12);
  EXPECT_EQ(row[Indicator::newness].value, 0.75);        // 2001..2003: three of four
  EXPECT_EQ(row[Indicator::persistence].value, 0.75);    // 2000, 2002, 2003 of four years
  EXPECT_EQ(row[Indicator::authors].value, 3.0);         // 1, 3, 4 in the window
  EXPECT_NEAR(row[Indicator::vitality].value, (0.25 + 0.5 + 1.0 + 1.0) / 4.0, 1e-12);
  // References of the window: 2002 -> 2000 (1/3); 2003 -> 2000 and 2002 (1/4, 1/2); 2003 -> 2002 (1/2). Means 1/3, 3/8, 1/2.
  EXPECT_NEAR(row[Indicator::reference_vitality].value, (1.0 / 3.0 + 0.375 + 0.5) / 3.0, 1e-12);
  // Citations up to 2003: document 0 two, document 2 two. Expected of their years: 2, 2, 0, 0 (2001: 0). Ratio 4 / 4.
  EXPECT_NEAR(row[Indicator::impact].value, 1.0, 1e-12);
  EXPECT_NEAR(row[Indicator::effective_organisations].value, std::exp(-(0.25 * std::log(0.25) * 2 + 0.5 * std::log(0.5))), 1e-12);
}

TEST(YearIndicators, CohesionIsTheMeanCosineOfPairs) {
  // Six documents of 2000 hold term 0; three also hold term 1, three term 2. Without term 0 their vectors are {1} or {2}: 6 of 15 pairs are alike.
  Corpus corpus;
  for (int i = 0; i < 6; ++i) corpus.add(2000, {0, i % 2 + 1});
  for (int i = 0; i < 6; ++i) corpus.add(2000, {3});
  corpus.finish(4);
  YearOptions options;
  options.first_year = 2000;
  options.with_bursts = false;
  const YearTable table = measure(corpus, 4, 2000, options);
  EXPECT_NEAR(table.rows[0][Indicator::cohesion].value, 6.0 / 15.0, 1e-6);
}

}  // namespace
}  // namespace jianwei::analysis
