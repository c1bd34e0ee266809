// Which years a hindcast is asked about.
#include <gtest/gtest.h>

#include "workflow/run/emergence_stage.h"

namespace jianwei::workflow {
namespace {

using Years = std::vector<std::int16_t>;

// 1990..2010 with `per_year` documents each.
analysis::Dataset dated(int per_year) {
  analysis::Dataset dataset;
  for (std::int16_t year = 1990; year <= 2010; ++year) dataset.year.insert(dataset.year.end(), static_cast<std::size_t>(per_year), year);
  return dataset;
}

Years cutoffs(std::string_view asked, int per_year = 200) {
  Study study;
  if (!asked.empty()) study.cutoffs = *parse_cutoffs(asked);
  return choose_cutoffs(dated(per_year), study, 2010);
}

TEST(Cutoffs, TheLastSixThatCanBeJudgedUnlessAllAreAskedFor) {
  EXPECT_EQ(cutoffs(""), (Years{2002, 2003, 2004, 2005, 2006, 2007}));
  EXPECT_EQ(cutoffs("all"), (Years{1995, 1996, 1997, 1998, 1999, 2000, 2001, 2002, 2003, 2004, 2005, 2006, 2007}));
}

TEST(Cutoffs, ACutOffNeedsFiveHundredDocumentsBehindIt) {
  EXPECT_EQ(cutoffs("all", 50).front(), 1999);  // 450 by 1998, 500 by 1999
}

TEST(Cutoffs, YearsThatAreNamedAreTaken) {
  EXPECT_EQ(cutoffs("2003:2007:2"), (Years{2003, 2005, 2007}));
  EXPECT_EQ(cutoffs("2008"), (Years{2008}));
  EXPECT_FALSE(parse_cutoffs("every"));
  EXPECT_FALSE(parse_cutoffs("2008:2003"));
}

TEST(Cutoffs, AllIsAnotherHindcast) {
  Study study, all;
  all.cutoffs = *parse_cutoffs("all");
  EXPECT_NE(fingerprint_text(study), fingerprint_text(all));
}

}  // namespace
}  // namespace jianwei::workflow
