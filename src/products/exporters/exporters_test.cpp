#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <limits>
#include <pugixml.hpp>

#include "base/file.h"
#include "base/strings.h"
#include "products/exporters/bibliography.h"
#include "products/exporters/labelled.h"
#include "products/exporters/network.h"
#include "products/exporters/sheet.h"

namespace jianwei::products {
namespace {

Network small_network() {
  Network network;
  network.title = "Terms & topics";
  network.description = "snapshot s000001, seed 1";
  network.weight_names = {"documents"};
  network.score_names = {"mean year", "emergence"};
  network.nodes = {{"t1", "soft \"robot\" <arm>", 0.5, -1.0, 0, {12.0}, {2016.5, 0.25}, 2012, 2020},
                   {"t2", "固态电池", -0.5, 1.0, 1, {3.0}, {2018.0, std::numeric_limits<double>::quiet_NaN()}, 2015, 0},
                   {"t3", "tab\there", 0.0, 0.0, -1, {0.0}, {2001.0, 0.0}, 0, 0}};
  network.edges = {{0, 1, 0.1}, {1, 2, 2.0}};
  return network;
}

pugi::xml_document parse(const std::string& text) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_buffer(text.data(), text.size())) << text;
  return document;
}

std::size_t tabs(std::string_view line) { return static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t')); }

TEST(Exporters, GexfHoldsLabelsYearsPositionsAndValues) {
  const pugi::xml_document document = parse(to_gexf(small_network()));
  const pugi::xml_node graph = document.child("gexf").child("graph");
  EXPECT_STREQ(document.child("gexf").attribute("version").value(), "1.3");
  EXPECT_STREQ(graph.attribute("mode").value(), "dynamic");
  const pugi::xml_node node = graph.child("nodes").child("node");
  EXPECT_STREQ(node.attribute("label").value(), "soft \"robot\" <arm>");
  EXPECT_STREQ(node.attribute("start").value(), "2012");
  EXPECT_STREQ(node.child("viz:position").attribute("x").value(), "250");
  EXPECT_STREQ(node.child("attvalues").find_child_by_attribute("for", "s0").attribute("value").value(), "2016.5");
  EXPECT_FALSE(node.next_sibling().child("attvalues").find_child_by_attribute("for", "s1"));  // unknown is left out
  EXPECT_STREQ(graph.child("edges").child("edge").attribute("weight").value(), "0.1");
}

TEST(Exporters, GraphmlDeclaresEveryKeyItUses) {
  const pugi::xml_document document = parse(to_graphml(small_network()));
  const pugi::xml_node root = document.child("graphml");
  int data_count = 0;
  for (const pugi::xpath_node data : document.select_nodes("//data")) {
    ++data_count;
    EXPECT_TRUE(root.find_child_by_attribute("key", "id", data.node().attribute("key").value())) << data.node().attribute("key").value();
  }
  EXPECT_EQ(data_count, 3 * 3 + 2 + 3 + 3 + 2 + 2);  // label, x, y; clusters; documents; mean year; emergence; edges
}

TEST(Exporters, PajekCountsFromOneAndScalesPositions) {
  const PajekFiles files = to_pajek(small_network(), false);
  const std::vector<std::string_view> lines = split(files.net, "\r\n");
  EXPECT_EQ(lines[0], "*Vertices 3");
  EXPECT_EQ(lines[1], "1 \"soft 'robot' <arm>\" 0.500000 0.000000 0.5");
  EXPECT_EQ(lines[4], "*Edges");
  EXPECT_EQ(lines[5], "1 2 0.1");
  EXPECT_EQ(files.clu, "*Vertices 3\r\n1\r\n2\r\n0\r\n");
  EXPECT_EQ(files.vec, "*Vertices 3\r\n12\r\n3\r\n0\r\n");
  EXPECT_TRUE(to_pajek(small_network()).net.starts_with("\xEF\xBB\xBF*Vertices"));
}

TEST(Exporters, VosviewerMapHasOneCellAColumn) {
  const std::string map = to_vosviewer_map(small_network());
  const std::vector<std::string_view> lines = split(std::string_view(map).substr(0, map.size() - 1), "\n");
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0], "id\tlabel\tx\ty\tcluster\tweight<documents>\tscore<mean year>\tscore<emergence>");
  for (const std::string_view line : lines) EXPECT_EQ(tabs(line), 7U) << line;
  EXPECT_EQ(to_vosviewer_network(small_network()), "1\t2\t0.1\n2\t3\t2\n");
}

TEST(Exporters, VosviewerJsonNamesItemsAndLinks) {
  const std::string json = to_vosviewer_json(small_network());
  EXPECT_TRUE(json.starts_with(R"({"network":{"items":[{"id":1,"label":"soft \"robot\" <arm>","x":0.5,"y":-1,"cluster":1,"weights":{"documents":12},"scores":{"mean year":2016.5,"emergence":0.25}},)")) << json;
  EXPECT_NE(json.find(R"("links":[{"source_id":1,"target_id":2,"strength":0.1},)"), std::string::npos);
  EXPECT_NE(json.find(R"("info":{"title":"Terms & topics")"), std::string::npos);
}

Sheet small_sheet() {
  return {"terms", {"term", "documents", "score"}, {{std::string("=HYPERLINK(\"x\")"), std::int64_t{3}, -0.5}, {std::string("a, \"b\"\nc"), std::monostate(), 1e-7}, {std::string("固态"), std::int64_t{-2}, std::nan("")}}};
}

TEST(Exporters, CsvIsGuardedAgainstFormulasAndReadsBack) {
  EXPECT_EQ(to_csv(small_sheet()), "\xEF\xBB\xBFterm,documents,score\r\n\"'=HYPERLINK(\"\"x\"\")\",3,-0.5\r\n\"a, \"\"b\"\"\nc\",,1e-07\r\n固态,-2,\r\n");
  for (const std::string_view text : {"=1", "+1", "-1", "@a", "\ta"}) {
    const std::string csv = to_csv({"", {"x"}, {{std::string(text)}}}, {.byte_order_mark = false});
    EXPECT_NE(csv.find("'" + std::string(text)), std::string::npos);
  }
  EXPECT_EQ(to_csv({"", {"x"}, {{std::string("=1")}}}, {.byte_order_mark = false, .guard_formulas = false}), "x\r\n=1\r\n");
}

TEST(Exporters, JsonLinesLeaveEmptyCellsOut) {
  const std::string text = to_jsonl(small_sheet());
  EXPECT_EQ(split(text, "\n")[1], R"({"term":"a, \"b\"\nc","score":1e-07})");
}

TEST(Exporters, XlsxIsAZipWithTheSheetsAndTheSameBytesTwice) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / fmt::format("jianwei_xlsx_{}", ::testing::UnitTest::GetInstance()->random_seed());
  std::filesystem::create_directories(folder);
  const std::vector<Sheet> sheets = {small_sheet(), {"a/b:c", {"long"}, {{std::string(40'000, 'x')}}}};
  ASSERT_TRUE(write_xlsx(folder / "a.xlsx", sheets));
  ASSERT_TRUE(write_xlsx(folder / "b.xlsx", sheets));
  const std::string bytes = *read_file(folder / "a.xlsx");
  EXPECT_TRUE(bytes.starts_with("PK"));
  EXPECT_NE(bytes.find("xl/worksheets/sheet2.xml"), std::string::npos);
  EXPECT_EQ(bytes, *read_file(folder / "b.xlsx"));
  EXPECT_FALSE(std::filesystem::exists(folder / "a.xlsx.part"));
  EXPECT_EQ(write_xlsx(folder / "none" / "c.xlsx", sheets).error().kind, ErrorKind::unavailable);
  std::filesystem::remove_all(folder);
}

Record article() {
  Record record;
  record.type = "article";
  record.title = "Soft robots: 50% cheaper & {better}";
  record.abstract = "First line.\nSecond  line.";
  record.date = {2019, 3, 7};
  record.persons = {{"Müller, Anna", "Müller", "Anna", "", "", "", {0}}, {"王伟", "", "", "", "", "", {}}, {"Editor, Ed", "Editor", "Ed", "editor", "", "", {}}};
  record.organisations = {{"ETH Zurich", "CH", "", ""}};
  record.keywords = {"soft robotics", "actuation, pneumatic"};
  record.venue = "Robotics";
  record.volume = "8";
  record.issue = "2";
  record.pages = "10-19";
  record.language = "en";
  add_identifier(record, "doi", "10.1000/abc_1");
  return record;
}

TEST(Exporters, RisWritesOneValueALine) {
  const std::vector<Record> records = {article()};
  EXPECT_EQ(to_ris(records),
            "TY  - JOUR\r\nTI  - Soft robots: 50% cheaper & {better}\r\nAU  - Müller, Anna\r\nAU  - 王伟\r\nA2  - Editor, Ed\r\nPY  - 2019\r\nDA  - 2019/03/07\r\nJF  - Robotics\r\nVL  - 8\r\nIS  - 2\r\n"
            "SP  - 10\r\nEP  - 19\r\nAB  - First line. Second line.\r\nKW  - soft robotics\r\nKW  - actuation, pneumatic\r\nDO  - 10.1000/abc_1\r\nAD  - ETH Zurich, CH\r\nLA  - en\r\nER  - \r\n\r\n");
}

TEST(Exporters, BibtexEscapesTexAndKeepsKeysApart) {
  const std::vector<Record> records = {article(), article()};
  const std::string text = to_bibtex(records);
  EXPECT_NE(text.find("@article{muller2019soft,\n  title = {{Soft robots: 50\\% cheaper \\& \\{better\\}}},\n  author = {Müller, Anna and 王伟},\n  editor = {Editor, Ed},\n  year = {2019},\n  month = mar,\n"), std::string::npos) << text;
  EXPECT_NE(text.find("@article{muller2019soft-a,"), std::string::npos);
  EXPECT_NE(text.find("  pages = {10--19},\n"), std::string::npos);
  EXPECT_NE(text.find("  doi = {10.1000/abc\\_1},\n"), std::string::npos);
}

TEST(Exporters, RecordSheetHasOneCellAColumn) {
  const std::vector<Record> records = {article(), Record{}};
  const Sheet sheet = record_sheet(records);
  for (const std::vector<Cell>& row : sheet.rows) EXPECT_EQ(row.size(), sheet.columns.size());
  const auto authors = std::find(sheet.columns.begin(), sheet.columns.end(), "authors") - sheet.columns.begin();
  EXPECT_EQ(std::get<std::string>(sheet.rows[0][static_cast<std::size_t>(authors)]), "Müller, Anna; 王伟");
}

LabelledSheet small_table() {
  LabelledSheet sheet;
  sheet.title = "study-1 机器人";
  sheet.columns = {{"respondent", "number", ColumnType::whole, false, {}}, {"importance", "重要程度", ColumnType::whole, true, {{1, "low \"so\""}, {2, "高"}}}, {"chance", "percent", ColumnType::real, false, {}}, {"sector", "", ColumnType::text, false, {}}};
  sheet.rows = {{std::int64_t{1}, std::int64_t{2}, 0.5, std::string("学校")}, {std::int64_t{2}, Cell(), Cell(), std::string()}};
  return sheet;
}

// What the file says of itself: every offset of its map points at the tag it names. What R reads of it: tests/e2e/delphi_desk.py.
TEST(Labelled, TheMapOfADtaFilePointsAtItsSections) {
  const std::string file = to_dta(small_table()).value();
  const std::size_t at = file.find("<map>") + 5;
  const std::vector<std::string> tags{"<stata_dta>", "<map>", "<variable_types>", "<varnames>", "<sortlist>", "<formats>", "<value_label_names>", "<variable_labels>", "<characteristics>", "<data>", "<strls>", "<value_labels>", "</stata_dta>"};
  for (std::size_t i = 0; i < tags.size(); ++i) {
    std::uint64_t offset = 0;
    std::memcpy(&offset, file.data() + at + 8 * i, 8);
    EXPECT_EQ(file.substr(offset, tags[i].size()), tags[i]);
  }
  std::uint64_t end = 0;
  std::memcpy(&end, file.data() + at + 8 * 13, 8);
  EXPECT_EQ(end, file.size());
  EXPECT_EQ(to_dta(small_table()).value(), file);
}

TEST(Labelled, ACellOfAnotherTypeIsRefused) {
  LabelledSheet sheet = small_table();
  sheet.rows[0][0] = std::string("one");
  EXPECT_EQ(to_dta(sheet).error().kind, ErrorKind::invalid_input);
}

TEST(Labelled, TheScriptQuotesWordsAndTellsEqualNamesApart) {
  LabelledSheet sheet = small_table();
  sheet.columns[1].codes = {{1, "low \"so\""}, {2, "same"}, {3, "same"}};
  const std::string script = to_r_script(sheet, "answers.csv");
  EXPECT_NE(script.find(R"x("low \"so\"", "same (2)", "same (3)")x"), std::string::npos) << script;
  EXPECT_NE(script.find("chance = \"numeric\""), std::string::npos);
}

TEST(Labelled, NamesAreThoseEveryProgramTakes) {
  std::vector<std::string> taken;
  EXPECT_EQ(plain_name("2nd choice", taken), "v2nd_choice");
  EXPECT_EQ(plain_name("重要", taken), "v______");
  EXPECT_EQ(plain_name("2nd choice", taken), "v2nd_choice_2");
  EXPECT_EQ(plain_name(std::string(40, 'a'), taken).size(), 32u);
}

}  // namespace
}  // namespace jianwei::products
