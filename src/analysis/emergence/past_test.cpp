// What is brought to texts of one length: years of which a database has titles only.
#include "analysis/emergence/past.h"

#include <gtest/gtest.h>

#include "analysis/emergence/planted.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

// Ten years, 200 documents each: abstracts of twenty units; in the years of `titles` only the first two units of each document. Of 200 units, unit u stands at place p of document d by a fixed
// shuffle, at rates that do not change; unit 0 alone doubles from year to year from 2004 on.
struct Corpus {
  Dataset dataset;
  UnitDocuments units;
};

Corpus corpus_with_titles(int first_title_year, int last_title_year) {
  Corpus made;
  std::vector<std::vector<std::int32_t>> documents(200);
  for (int year = 2000; year < 2010; ++year) {
    for (int d = 0; d < 200; ++d) {
      const auto row = static_cast<std::int32_t>(made.dataset.year.size());
      made.dataset.year.push_back(static_cast<std::int16_t>(year));
      Random random(static_cast<std::uint64_t>(row) + 1);
      const bool title = year >= first_title_year && year <= last_title_year;
      for (int place = 0; place < (title ? 2 : 20); ++place) {
        auto& list = documents[1 + random.below(199)];
        if (list.empty() || list.back() != row) list.push_back(row);
      }
      if (year >= 2004 && d < (1 << (year - 2004)) && !title) documents[0].push_back(row);
    }
  }
  for (const auto& list : documents) {
    made.units.documents.insert(made.units.documents.end(), list.begin(), list.end());
    made.units.offsets.push_back(std::ssize(made.units.documents));
  }
  made.units.weights.assign(made.units.documents.size(), 1.0F);
  return made;
}

double mean_count(const Past& past, std::int64_t year) {
  double sum = 0.0;
  for (std::int64_t u = 1; u < past.unit_count(); ++u) sum += past.count_row(u)[static_cast<std::size_t>(year)];
  return sum / static_cast<double>(past.unit_count() - 1);
}

TEST(Past, FillsYearsOfTitlesAlone) {
  const Corpus corpus = corpus_with_titles(2003, 2004);
  const auto past = past_until(corpus.dataset, corpus.units, {}, 2009);
  const double usual = mean_count(*past, 1);
  EXPECT_NEAR(mean_count(*past, 3) / usual, 1.0, 0.1);  // a tenth of it without
  EXPECT_NEAR(mean_count(*past, 4) / usual, 1.0, 0.1);
  // No unit seems to rise afterwards but the one that does.
  double most = 0.0;
  for (std::int64_t u = 1; u < past->unit_count(); ++u) most = std::max(most, past->unit_sum(u, 5, 7) / (past->unit_sum(u, 2, 4) + 3.0));
  EXPECT_LT(most, 2.2);
  EXPECT_GT(past->unit_sum(0, 7, 9), 4.0 * past->unit_sum(0, 4, 6));
}

TEST(Past, LeavesTextsOfOneLengthAsTheyAre) {
  const Corpus corpus = corpus_with_titles(0, 0);
  const auto past = past_until(corpus.dataset, corpus.units, {}, 2009);
  for (std::int64_t u = 0; u < past->unit_count(); ++u) {
    double sum = 0.0;
    for (const double c : past->count_row(u)) {
      EXPECT_EQ(c, std::floor(c));
      sum += c;
    }
    EXPECT_EQ(sum, static_cast<double>(corpus.units.offsets[static_cast<std::size_t>(u) + 1] - corpus.units.offsets[static_cast<std::size_t>(u)]));
  }
}

// A unit that no abstract ever names again after its titles has really gone: what is not seen in long texts is not filled in.
TEST(Past, ExpectsOfLongTextsWhatLongTextsShow) {
  Corpus corpus = corpus_with_titles(2003, 2004);
  for (std::int32_t d = 600; d < 640; ++d) corpus.units.documents.push_back(d);  // forty titles of 2003
  corpus.units.weights.resize(corpus.units.documents.size(), 1.0F);
  corpus.units.offsets.push_back(std::ssize(corpus.units.documents));
  const auto past = past_until(corpus.dataset, corpus.units, {}, 2009);
  const auto counts = past->count_row(past->unit_count() - 1);
  for (const std::size_t year : {0U, 1U, 6U, 8U, 9U}) EXPECT_EQ(counts[year], 0.0) << year;
  EXPECT_GE(counts[3], 38.0);
}

}  // namespace
}  // namespace jianwei::analysis
