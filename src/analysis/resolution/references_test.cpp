#include "analysis/resolution/references.h"

#include <gtest/gtest.h>

namespace jianwei::analysis {
namespace {

Reference as_text(std::string text) {
  Reference reference;
  reference.text = std::move(text);
  return reference;
}

ResolutionRecord article(std::uint64_t key, std::string_view title, std::string_view author, std::int16_t year, std::string_view volume, std::string_view pages) {
  ResolutionRecord record;
  record.key = key;
  record.source = "wos";
  record.title = title;
  record.persons = {author};
  record.date.year = year;
  record.volume = volume;
  record.pages = pages;
  return record;
}

CitationMatch match(const std::vector<ResolutionRecord>& records, const std::vector<std::vector<Reference>>& references) {
  Progress progress;
  const std::vector<std::span<const Reference>> lists(references.begin(), references.end());
  auto result = match_references(records, lists, progress);
  EXPECT_TRUE(result.has_value());
  return result ? *std::move(result) : CitationMatch{};
}

TEST(References, ReadsTheWebOfScienceForm) {
  const ReferenceParts parts = read_reference(as_text("Van Raan AFJ, 2006, SCIENTOMETRICS, V67, P491, DOI 10.1556/Scient.67.2006.3.10"));
  EXPECT_EQ(parts.year, 2006);
  EXPECT_EQ(parts.volume, 67);
  EXPECT_EQ(parts.first_page, 491);
  EXPECT_EQ(parts.source, "scientometrics");
  EXPECT_EQ(parts.author, "raan");
  EXPECT_EQ(parts.doi, "10.1556/scient.67.2006.3.10");
}

TEST(References, ReadsTheScopusForm) {
  const ReferenceParts parts = read_reference(as_text("Okubo, Y., Bell, R., Measuring tremor in soft grippers (2011) Journal of Made Up Robotics, 12 (3), pp. 45-56"));
  EXPECT_EQ(parts.author, "okubo");
  EXPECT_EQ(parts.title, "measuring tremor in soft grippers");
  EXPECT_EQ(parts.year, 2011);
  EXPECT_EQ(parts.volume, 12);
  EXPECT_EQ(parts.first_page, 45);
  EXPECT_EQ(parts.source, "journal of made up robotics");
}

TEST(References, OneNodeForTheSpellingsOfACitedWork) {
  const CitationMatch found = match({article(1, "A", "X, Y", 2010, "", ""), article(2, "B", "X, Y", 2011, "", "")},
                                    {{as_text("Hirsch JE, 2005, P NATL ACAD SCI USA, V102, P16569, DOI 10.1073/pnas.0507655102")},
                                     {as_text("HIRSCH J. E., 2005, PNAS, V102, P16569")}});
  ASSERT_EQ(found.works.size(), 1U);
  EXPECT_EQ(found.works[0].citation_count, 2);
  EXPECT_EQ(found.works[0].record, -1);
  EXPECT_EQ(found.reference_count, 2);
}

TEST(References, TheSameTextIsTheSameWorkWhateverItHolds) {
  const CitationMatch found = match({article(1, "A", "X, Y", 2010, "", ""), article(2, "B", "X, Y", 2011, "", "")}, {{as_text("*WHO, GLOB REP TUB CONTR 1998")}, {as_text("*WHO, Glob Rep Tub Contr 1998")}});
  ASSERT_EQ(found.works.size(), 1U);
  EXPECT_EQ(found.works[0].citation_count, 2);
}

TEST(References, FindsTheRecordByItsPlaceInPrint) {
  const CitationMatch found = match({article(1, "Reach of soft grippers under water", "Okubo, Yui", 2011, "12", "45-56"), article(2, "Later work", "Bell, Rae", 2015, "3", "1-9")},
                                    {{}, {as_text("Okubo Y, 2011, J MADE UP ROBOT, V12, P45")}});
  ASSERT_EQ(found.works.size(), 1U);
  EXPECT_EQ(found.works[0].record, 0);
  EXPECT_EQ(found.works[0].rule, "place");
  EXPECT_EQ(found.works[0].label, "Reach of soft grippers under water");
  EXPECT_EQ(found.offsets, (std::vector<std::int64_t>{0, 0, 1}));
}

TEST(References, TitlesMatchWithAYearAtMostOneApart) {
  Reference close;
  close.title = "Reach of Soft Grippers under Water";
  close.year = 2012;
  Reference far = close;
  far.year = 2019;
  const CitationMatch found = match({article(1, "Reach of soft grippers under water", "Okubo, Yui", 2011, "", ""), article(2, "Later work", "Bell, Rae", 2020, "", "")}, {{}, {close, far}});
  ASSERT_EQ(found.works.size(), 2U);
  EXPECT_EQ((found.works[0].record >= 0 ? 1 : 0) + (found.works[1].record >= 0 ? 1 : 0), 1);
}

TEST(References, DifferentDoisAreDifferentNodesWhateverElseAgrees) {
  const CitationMatch found = match({article(1, "A", "X, Y", 2010, "", "")}, {{as_text("Roe P, 2001, NATURE, V1, P10, DOI 10.1000/a"), as_text("Roe P, 2001, NATURE, V1, P10, DOI 10.1000/b")}});
  EXPECT_EQ(found.works.size(), 2U);
}

TEST(References, ListsOfOtherLengthAreRefused) {
  Progress progress;
  const std::vector<ResolutionRecord> records(2);
  const auto result = match_references(records, {}, progress);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().kind, ErrorKind::invalid_input);
}

}  // namespace
}  // namespace jianwei::analysis
