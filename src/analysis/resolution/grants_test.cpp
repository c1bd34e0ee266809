#include "analysis/resolution/grants.h"

#include <gtest/gtest.h>

namespace jianwei::analysis {
namespace {

using Keys = std::vector<std::string>;

TEST(Grants, SpellingsOfOneNumberHaveOneKey) {
  EXPECT_EQ(award_keys("No. 61772354"), Keys{"61772354"});
  EXPECT_EQ(award_keys("NSFC-61772354"), Keys{"61772354"});
  EXPECT_EQ(award_keys("Grant No. 61772354"), Keys{"61772354"});
  EXPECT_EQ(award_keys("IIS-1500186"), Keys{"1500186"});
  EXPECT_EQ(award_keys("１５００１８６"), Keys{"1500186"});
  EXPECT_EQ(award_keys("R01 AI123456-02"), Keys{"NIH AI123456"});
  EXPECT_EQ(award_keys("R01AI123456"), Keys{"NIH AI123456"});
  EXPECT_EQ(award_keys("5R01AI123456-02A1"), Keys{"NIH AI123456"});
  EXPECT_EQ(award_keys("2018YFB1305300"), Keys{"2018YFB1305300"});
  EXPECT_EQ(award_keys("EP/K503113/1"), Keys{"EPK5031131"});
}

TEST(Grants, SeveralNumbersInOneFieldAreAllRead) {
  EXPECT_EQ(award_keys("61772354, 61802278 and 61902230"), (Keys{"61772354", "61802278", "61902230"}));
  EXPECT_EQ(award_keys("61772354、16BTQ012"), (Keys{"16BTQ012", "61772354"}));
  EXPECT_TRUE(award_keys("none").empty());
}

TEST(Grants, NamesOfOneFunderMeet) {
  EXPECT_TRUE(is_same_funder("NSFC", "National Natural Science Foundation of China"));
  EXPECT_TRUE(is_same_funder("国家自然科学基金", "NSFC"));
  EXPECT_TRUE(is_same_funder("National Institute of Allergy and Infectious Diseases", "NIH"));
  EXPECT_FALSE(is_same_funder("NSF", "National Natural Science Foundation of China"));
}

TEST(Grants, LinksCarryTheirEvidence) {
  const std::vector<AwardMention> mentions = {{7, "NSFC", "No. 61772354"}};
  const std::vector<ProjectNumber> projects = {{3, "国家自然科学基金", "61772354"}};
  const std::vector<GrantLink> links = link_grants(mentions, projects);
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links[0].work, 7);
  EXPECT_EQ(links[0].project, 3);
  EXPECT_EQ(links[0].score, 1.0);
  EXPECT_EQ(links[0].evidence, "No. 61772354 (NSFC) = 61772354 (国家自然科学基金)");
}

TEST(Grants, ShortNumbersOfAnotherFunderAreNotLinked) {
  const std::vector<ProjectNumber> projects = {{0, "NSF", "1500186"}};
  EXPECT_TRUE(link_grants(std::vector<AwardMention>{{1, "DFG", "1500186"}}, projects).empty());
  const std::vector<GrantLink> unknown = link_grants(std::vector<AwardMention>{{1, "", "IIS-1500186"}}, projects);
  ASSERT_EQ(unknown.size(), 1U);
  EXPECT_EQ(unknown[0].score, 0.9);
}

}  // namespace
}  // namespace jianwei::analysis
