#include "sources/tables/mapping.h"

#include "sources/tables/reading_test.h"
#include "sources/tables/separators.h"

namespace jianwei::sources {
namespace {

TEST(Columns, KnowEnglishAndChineseNames) {
  EXPECT_EQ(recognise_column("Author(s)")->field, Field::persons);
  EXPECT_EQ(recognise_column("author_names")->field, Field::persons);
  EXPECT_EQ(recognise_column("题名")->field, Field::title);
  EXPECT_EQ(recognise_column("作者单位")->field, Field::organisations);
  EXPECT_EQ(recognise_column("项目负责人")->role, "investigator");
  EXPECT_EQ(recognise_column("公开（公告）号")->role, "patent");
  EXPECT_EQ(recognise_column("reseach institution")->field, Field::organisations);
  EXPECT_EQ(recognise_column("金额（万元）")->field, Field::amount);
  EXPECT_FALSE(recognise_column("总评").has_value());
}

TEST(Separators, AreRecognisedByStatistics) {
  const auto persons = [](std::vector<std::string> values) { return recognise_separator(values, true); };
  EXPECT_EQ(persons({"A B; C D", "E F"}), ";");
  EXPECT_EQ(persons({"A B;;C D", "E F"}), ";;");
  EXPECT_EQ(persons({"Gottfried Vossen, Mathias Weske", "Isabel F. Cruz, Kimberly M. James"}), ",");
  EXPECT_EQ(persons({"Rotter, Carina", "Smith, John"}), "");
  EXPECT_EQ(persons({"M&uuml;ller Jan, Li Wei", "Bo Li, Ann Roe"}), ",");
  EXPECT_EQ(persons({"王伟、李娜", "张三"}), "、");
  EXPECT_EQ(persons({"Adeli K.Lewis G. F.", "Li Q.Wu X.Liu Y."}), "glued");
}

TEST(Dates, AreReadInTheOrderOfTheirColumn) {
  EXPECT_EQ(to_string(parse_table_date("25/04/13", DateStyle::day_first, 2013)), "2013-04-25");
  EXPECT_EQ(to_string(parse_table_date("24/08/71", DateStyle::day_first, 1976)), "1971-08-24");
  EXPECT_EQ(to_string(parse_table_date("35634", DateStyle::day_number, 2060)), "1997-07-23");
  EXPECT_EQ(to_string(parse_table_date("2014.0", DateStyle::recognised, 2060)), "2014");
  EXPECT_EQ(to_string(parse_table_date("2018.01", DateStyle::recognised, 2060)), "2018-01");
  EXPECT_EQ(to_string(parse_table_date("0000-00-00", DateStyle::recognised, 2060)), "");
  EXPECT_EQ(recognise_date_style(std::vector<std::string>{"05/10/17", "26/10/17"}), DateStyle::day_first);
}

TEST(Names, AreTakenApart) {
  EXPECT_EQ(parse_person("Nyce, Jonathan, W.").given, "Jonathan W.");
  EXPECT_EQ(parse_person("Liu, Fengyuan (60410297700)").source_id, "60410297700");
  EXPECT_EQ(parse_person("Skeel R.D.").name, "Skeel, R.D.");
  EXPECT_EQ(parse_person("A. Hayashi").family, "");
  EXPECT_EQ(parse_person("LI LZ", true).family, "LI");
  EXPECT_EQ(parse_person("Yong LI").family, "");
  EXPECT_EQ(split_values("Vivek K. ParamMohammad BhuiyMelissa C. McDonald", "glued"), (std::vector<std::string>{"Vivek K. Param", "Mohammad Bhuiy", "Melissa C. McDonald"}));
}

TEST(FundingText, GivesFundersAndAwards) {
  const auto wos = parse_funding("Some Council [12, 34]; Other Fund");
  ASSERT_EQ(wos.size(), 3u);
  EXPECT_EQ(wos[1].award, "34");
  EXPECT_EQ(wos[2].funder, "Other Fund");
  const auto scopus = parse_funding("National Center for Things,\xc2\xa0NCT: P41R0001; Council of Y, CY, (K-1)");
  ASSERT_EQ(scopus.size(), 2u);
  EXPECT_EQ(scopus[0].funder, "National Center for Things");
  EXPECT_EQ(scopus[0].award, "P41R0001");
  EXPECT_EQ(scopus[1].funder, "Council of Y");
  EXPECT_EQ(scopus[1].award, "K-1");
  EXPECT_EQ(parse_funding("X within Y(grant numbers:611140)")[0].award, "611140");
}

TEST(SuggestedMapping, ShowsWhatItWouldDoAndWhy) {
  const auto suggestion = suggest_mapping_of_text({"dir/projects.csv", testing::fixture("generic/projects_zh.csv"), true});
  ASSERT_TRUE(suggestion.has_value());
  EXPECT_EQ(suggestion->mapping.kind, "project");
  EXPECT_EQ(suggestion->mapping.source, "projects");
  ASSERT_EQ(suggestion->columns.size(), 8u);
  EXPECT_EQ(suggestion->columns[2].target.field, "title");
  EXPECT_GT(suggestion->columns[2].confidence, 0.9);
  EXPECT_EQ(suggestion->columns[2].samples[0], "群决策方法研究");
  EXPECT_EQ(suggestion->columns[7].target.field, "");
}

TEST(SuggestedMapping, KnowsTheKeysOfJson) {
  const auto suggestion = suggest_mapping_of_text({"xyz.jsonl", testing::fixture("generic/venue.jsonl"), true});
  ASSERT_TRUE(suggestion.has_value());
  EXPECT_EQ(suggestion->mapping.columns.at("author").field, "persons");
  EXPECT_EQ(suggestion->mapping.columns.at("author").separator, ";");
  EXPECT_EQ(suggestion->mapping.columns.at("aff_unique_index").field, "organisation_index");
  EXPECT_FALSE(suggestion->mapping.columns.contains("track"));
}

TEST(MappingFile, ReadsBackWhatItWrote) {
  const auto suggestion = suggest_mapping_of_text({"projects.csv", testing::fixture("generic/projects_zh.csv"), true});
  ASSERT_TRUE(suggestion.has_value());
  const Result<Mapping> mapping = parse_mapping(format_mapping(suggestion->mapping), "map.toml");
  ASSERT_TRUE(mapping.has_value()) << mapping.error().message;
  EXPECT_EQ(mapping->kind, "project");
  EXPECT_EQ(mapping->columns.size(), suggestion->mapping.columns.size());
  EXPECT_EQ(mapping->columns.at("负责人").role, "investigator");
}

TEST(MappingFile, SaysWhatIsWrong) {
  EXPECT_NE(parse_mapping("[columns]\na = \"titel\"\n", "m.toml").error().message.find("'titel' is no field"), std::string::npos);
  EXPECT_NE(parse_mapping("kind = \"book\"\n[columns]\n", "m.toml").error().message.find("kind 'book'"), std::string::npos);
  EXPECT_NE(parse_mapping("a = \n", "m.toml").error().message.find("m.toml:1"), std::string::npos);
  EXPECT_FALSE(parse_mapping("kind = \"work\"\n", "m.toml").has_value());
}

TEST(MappingFile, IsAnErrorWhenItIsNoTomlAtAll) {
  for (const char* text : {"[ <div>", "\xc3\xa9", "[columns] \xc3\xa9", "a \xd0\x96 = 1"}) {
    EXPECT_FALSE(parse_mapping(text, "map.toml"));  // the TOML library itself would stop the program
  }
}

TEST(MappingFile, DecidesOverRecognition) {
  const Mapping mapping = *parse_mapping("kind = \"event\"\nsource = \"mine\"\n[columns]\nq1 = \"title\"\nq2 = { field = \"persons\", separator = \"+\" }\n", "m.toml");
  Collected found;
  read_text_into(found, "q1,q2\nA talk,Ann Roe+Bo Li\n", "talks.csv", 1, &mapping);
  ASSERT_EQ(found.records.size(), 1u);
  EXPECT_EQ(found.records[0].kind, RecordKind::event);
  EXPECT_EQ(found.records[0].provenance.source, "mine");
  EXPECT_EQ(found.records[0].persons.size(), 2u);
}

}  // namespace
}  // namespace jianwei::sources
