#include "analysis/resolution/organisations.h"

#include <gtest/gtest.h>

namespace jianwei::analysis {
namespace {

TEST(Organisations, SpellingsOfOneBodyHaveOneKey) {
  const std::string oslo = organisation_key("University of Oslo");
  EXPECT_EQ(organisation_key("Univ. of Oslo"), oslo);
  EXPECT_EQ(organisation_key("Department of Physics, University of Oslo, 0316 Oslo, Norway"), oslo);
  EXPECT_EQ(organisation_key("UNIVERSITY OF OSLO"), oslo);
  EXPECT_EQ(organisation_key("Chinese Acad Sci"), organisation_key("Chinese Academy of Sciences"));
  EXPECT_EQ(organisation_key("Siemens AG"), organisation_key("Siemens"));
  EXPECT_EQ(organisation_key("清华大学计算机系"), "清华大学");
  EXPECT_EQ(organisation_key("中国科学院计算技术研究所"), "中国科学院计算技术研究所");
}

TEST(Organisations, DifferentBodiesKeepDifferentKeys) {
  EXPECT_NE(organisation_key("University of Washington"), organisation_key("Washington University"));
  EXPECT_NE(organisation_key("University of California, Berkeley, CA, USA"), organisation_key("University of California, San Diego"));
  EXPECT_EQ(organisation_key("Dept EECS, University of California, Berkeley, CA 94720, USA"), organisation_key("University of California Berkeley"));
  EXPECT_NE(organisation_key("北京大学第一医院"), organisation_key("北京大学"));
}

TEST(Organisations, AliasesAndRorJoinAndTheTableNames) {
  const auto aliases = parse_organisation_aliases("# other name\tname\nMIT\tMassachusetts Institute of Technology\n清华大学\tTsinghua University\n", "aliases.tsv");
  ASSERT_TRUE(aliases);
  const std::vector<OrganisationName> names = {{"MIT", "", 9}, {"Massachusetts Inst Technol", "", 2}, {"清华大学", "", 5}, {"Tsinghua Univ.", "", 1}, {"UiO", "01xtthb56", 1}, {"Univ Oslo", "01xtthb56", 4}};
  const Organisations organisations = resolve_organisations(names, *aliases);
  EXPECT_EQ(organisations.organisation_of, (std::vector<std::int32_t>{0, 0, 1, 1, 2, 2}));
  EXPECT_EQ(organisations.labels, (std::vector<std::string>{"Massachusetts Institute of Technology", "Tsinghua University", "Univ Oslo"}));
}

TEST(Organisations, DifferentRorsStayApart) {
  const std::vector<OrganisationName> names = {{"Northeastern University", "04t5xt781", 1}, {"Northeastern University", "03awzbc87", 1}};
  EXPECT_EQ(resolve_organisations(names, {}).organisation_of, (std::vector<std::int32_t>{0, 1}));
}

TEST(Organisations, AnAliasWithoutATabIsNamedByItsLine) {
  const auto aliases = parse_organisation_aliases("# comment\nMIT Massachusetts\n", "organisations.tsv");
  ASSERT_FALSE(aliases);
  EXPECT_NE(aliases.error().message.find("organisations.tsv: line 2"), std::string::npos);
}

}  // namespace
}  // namespace jianwei::analysis
