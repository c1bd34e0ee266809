#include "records/person_name.h"

#include <gtest/gtest.h>

namespace jianwei {
namespace {

PersonName name_of(std::string_view display) { return parse_person_name(display); }

TEST(PersonName, TakesLatinNamesApart) {
  EXPECT_EQ(name_of("Wang, Xiao-Li").family, "wang");
  EXPECT_EQ(name_of("Wang, Xiao-Li").joined_given(), "xiaoli");
  EXPECT_EQ(name_of("Xiaoli Wang").family, "wang");
  EXPECT_EQ(name_of("WANG Xiaoli").family, "wang");
  EXPECT_EQ(name_of("Ludwig van Beethoven").family, "vanbeethoven");
  EXPECT_EQ(name_of("Martin Luther King Jr.").family, "king");
  EXPECT_EQ(name_of("J.P. Müller").given, (std::vector<std::string>{"j", "p"}));
  EXPECT_EQ(name_of("J.P. Müller").family, "muller");
  EXPECT_EQ(name_of("O'Brien, Conan").family, "obrien");
  EXPECT_EQ(parse_person_name("", "García Márquez", "Gabriel").family, "garciamarquez");
  EXPECT_EQ(name_of("").family, "");
}

TEST(PersonName, ReadsChineseNames) {
  const PersonName name = name_of("王晓丽");
  EXPECT_EQ(name.family, "wang");
  EXPECT_EQ(name.joined_given(), "xiaoli");
  EXPECT_EQ(name.hanzi, "王晓丽");
  EXPECT_EQ(name_of("欧阳修文").family, "ouyang");
  EXPECT_EQ(name_of("曾国强").family, "zeng");
  EXPECT_EQ(name_of("吕 布").family, "lv");
  EXPECT_EQ(parse_person_name("王, 伟", "王", "伟").hanzi, "王伟");
  EXPECT_EQ(pinyin(U'见'), "jian");
  EXPECT_EQ(pinyin(U'a'), "");
}

TEST(PersonName, ComparesGivenNames) {
  const auto compare = [](std::string_view a, std::string_view b) { return compare_given_names(name_of(a), name_of(b)); };
  EXPECT_EQ(compare("Wang, Xiaoli", "Wang, Xiao-Li"), GivenNames::same);
  EXPECT_EQ(compare("Wang, Xiaoli", "王晓丽"), GivenNames::same);
  EXPECT_EQ(compare("Wang, X. L.", "王晓丽"), GivenNames::initials);
  EXPECT_EQ(compare("Wang, XL", "Wang, Xiao Li"), GivenNames::initials);
  EXPECT_EQ(compare("Wang, X.", "Wang, Xiaoli"), GivenNames::initials);
  EXPECT_EQ(compare("Wang, Y.", "Wang, Xiaoli"), GivenNames::different);
  EXPECT_EQ(compare("Burger, John D.", "Burger, John F."), GivenNames::different);
  EXPECT_EQ(compare("Burger, John D.", "Burger, John"), GivenNames::same);
  EXPECT_EQ(compare("王晓丽", "王小丽"), GivenNames::different);  // one reading, two persons
}

TEST(PersonName, SpellingsOfAPersonShareABlock) {
  EXPECT_EQ(person_block(name_of("Wang, X.")), "wang x");
  EXPECT_EQ(person_block(name_of("王晓丽")), "wang x");
  EXPECT_EQ(person_block(name_of("Plato")), "plato");
  EXPECT_EQ(person_block(name_of("123")), "");
}

TEST(PersonName, PlaceholdersNameNobody) {
  for (const std::string_view written : {"Anonymous", "[Anonymous]", "ANON.", "et al.", "佚名", "本刊编辑部", " - ", ""}) {
    EXPECT_TRUE(names_nobody(written)) << written;
    EXPECT_EQ(person_block(name_of(written)), "") << written;
  }
  for (const std::string_view written : {"Na, Li", "Anon, Paul", "Otherson", "等等", "佚名子"}) EXPECT_FALSE(names_nobody(written)) << written;
}

}  // namespace
}  // namespace jianwei
