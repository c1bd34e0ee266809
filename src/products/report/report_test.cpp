#include "products/report/report.h"

#include <gtest/gtest.h>

namespace jianwei::products {
namespace {

Report small_report() {
  Report report;
  report.language = "zh";
  report.title = "测试 <报告>";
  report.facts = {{"种子", "1"}};
  report.documents = {{"r1", "A </script> title", 2020, "Venue", "https://doi.org/10.1000/x"}, {"r2", "二", 2021, "", ""}};
  report.evidence["t1"] = {"主题 1", {0, 1}, "因为"};
  Section section{"topics", "主题", {}};
  section.blocks.push_back(Paragraph{{{"有 ", "", "", ""}, {"2", "t1", "", ""}}});
  section.blocks.push_back(Table{"表", {{"n", true}}, {{{"2", "t1", "", ""}}}, ""});
  section.blocks.push_back(Figure{"<svg/>", "图"});
  section.blocks.push_back(MethodCard{"LDA", "问题", "p(z)", "K=2", "短文本", "doi"});
  report.sections.push_back(section);
  return report;
}

const FrameWords kWords = {{"contents", "目录"}, {"appendix", "证据"}, {"and_more", "还有 {} 篇:{}"}, {"question", "问题"}};

TEST(Report, EveryNumberLeadsToItsDocumentsInsideTheFile) {
  const std::string html = render_html(small_report(), kWords);
  EXPECT_NE(html.find("href=\"#ev-t1\""), std::string::npos);
  EXPECT_NE(html.find("id=\"ev-t1\""), std::string::npos);
  EXPECT_NE(html.find("https://doi.org/10.1000/x"), std::string::npos);
}

TEST(Report, TextCannotBreakOutOfThePage) {
  const std::string html = render_html(small_report(), kWords);
  EXPECT_EQ(html.find("A </script> title"), std::string::npos);
  EXPECT_NE(html.find("测试 &lt;报告&gt;"), std::string::npos);
  EXPECT_EQ(html.find("src=\"http"), std::string::npos);
}

TEST(Report, PrintHasNoScriptAndManyDocumentsArePacked) {
  EXPECT_EQ(render_html(small_report(), kWords, Medium::print).find("<script"), std::string::npos);
  Report large = small_report();
  for (int i = 0; i < 20'000; ++i) large.documents.push_back({"r" + std::to_string(i), "A title of a document that takes some room in the page", 2020, "Venue", ""});
  const std::string html = render_html(large, kWords);
  EXPECT_NE(html.find("application/gzip+base64"), std::string::npos);
  EXPECT_LT(html.size(), 600'000u);
}

TEST(Report, NoSectionTakesTheIdOfTheData) {
  Report report = small_report();
  report.sections.push_back({"data", "Data", {}});
  const std::string html = render_html(report, kWords);
  const std::size_t first = html.find("id=\"report-data\"");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(html.find("id=\"report-data\"", first + 1), std::string::npos);
}

TEST(Report, PlainFormNamesItsFigures) {
  const std::string html = render_plain_html(small_report(), kWords, {"figure1.png"});
  EXPECT_NE(html.find("src=\"figure1.png\""), std::string::npos);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(figure_svgs(small_report()).size(), 1u);
}

TEST(Report, PrintNumbersTheEvidenceInReadingOrder) {
  Report report = small_report();
  report.evidence["a-first-key"] = {"nobody refers to it", {1}, ""};
  const std::string html = render_html(report, kWords, Medium::print);
  EXPECT_NE(html.find("<sup>E1</sup>"), std::string::npos);
  EXPECT_LT(html.find("E1 主题 1"), html.find("E2 nobody refers to it"));
}

TEST(Report, SlidesHoldTextFiguresAndTheDocumentsBehindNumbers) {
  const std::vector<std::string> pngs = {"not a real picture"};
  const std::string bytes = render_pptx(small_report(), kWords, pngs);
  EXPECT_EQ(bytes, render_pptx(small_report(), kWords, pngs));
  EXPECT_EQ(bytes.substr(0, 4), std::string("PK\x03\x04", 4));
  for (const char* part : {"[Content_Types].xml", "ppt/slides/slide1.xml", "ppt/media/figure1.svg", "ppt/media/figure1.png"}) EXPECT_NE(bytes.find(part), std::string::npos) << part;
}

}  // namespace
}  // namespace jianwei::products
