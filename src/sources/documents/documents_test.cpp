#include <unistd.h>

#include <map>

#include "sources/documents/html.h"
#include "sources/documents/pdf.h"
#include "sources/documents/prose.h"
#include "sources/test_support.h"

namespace jianwei::sources {
namespace {

using testing::Collected;
using testing::corpus;

Record read(std::string_view text, std::string_view name) {
  Collected sink;
  testing::read_text(document_formats(), std::string(text), sink, name);
  EXPECT_EQ(sink.records.size(), 1u);
  return sink.records.empty() ? Record{} : sink.records[0];
}

constexpr std::string_view kNotice =
    "国务院关于印发\n“十三五”虚构创新规划的通知\n国发〔2016〕43号\n各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n"
    "现将《“十三五”虚构创新规划》印发给你们，请认真贯彻执行。\n国务院\n2016年7月28日\n";

TEST(Documents, ReadsANotice) {
  const Record r = read(kNotice, "notice.txt");
  EXPECT_EQ(r.kind, RecordKind::policy);
  EXPECT_EQ(r.title, "国务院关于印发“十三五”虚构创新规划的通知");
  EXPECT_EQ(find_identifier(r, "document_number"), "国发〔2016〕43号");
  EXPECT_EQ(to_string(r.date), "2016-07-28");
  EXPECT_EQ(r.venue, "国务院");
  ASSERT_EQ(r.organisations.size(), 1u);
  EXPECT_EQ(r.organisations[0].role, "issuer");
  EXPECT_EQ(r.language, "zh");
}

TEST(Documents, ReadsANoticeWithAnAnnexFromAPage) {
  const Record r = read("国务院关于印发《虚构人工智能发展规划》的通知\n国发〔2017〕35号\n\n各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n\n　　现将《虚构人工智能发展规划》印发给你们，请认真贯彻执行。\n\n"
                        "　　　　　　　　　　国务院\n　　　　　　　　　　2017年7月8日\n\n（此件公开发布）\n\n虚构人工智能发展规划\n\n　　人工智能的迅速发展将深刻改变人类社会生活、改变世界。\n",
                        "policy.txt");
  EXPECT_EQ(r.title, "国务院关于印发《虚构人工智能发展规划》的通知");
  EXPECT_EQ(find_identifier(r, "document_number"), "国发〔2017〕35号");
  EXPECT_EQ(r.venue, "国务院");
  EXPECT_EQ(to_string(r.date), "2017-07-08");
}

TEST(Documents, ReadsALawInMarkdown) {
  const Record r = read("# 虚构市科技条例\n\n2010年12月23日 虚构市第十三届人民代表大会常务委员会第二十二次会议通过\n\n<!-- INFO END -->\n\n## 第一章　总则\n\n"
                        "第一条 为了促进科技，制定本条例。\n\n第二条 本条例适用于**本市**。\n\n第三条 本条例自2011年5月1日起施行。\n", "law.md");
  EXPECT_EQ(r.kind, RecordKind::policy);
  EXPECT_EQ(r.title, "虚构市科技条例");
  EXPECT_EQ(to_string(r.date), "2010-12-23");
  EXPECT_EQ(r.venue, "虚构市人民代表大会常务委员会");
  EXPECT_NE(r.full_text.find("\n第二条 本条例适用于本市。\n"), std::string::npos);
}

TEST(Documents, JoinsHardLineBreaksOfExtractedPdf) {
  // Each line is followed by an empty one; a heading repeats.
  const std::vector<std::string> paragraphs = documents::paragraphs_of_lines(
      " 虚构融合研究的举措及其启示\n\n当前，新一轮科技革命和产业变革不断深入，\n\n“融合科学”等新范式的出现，使学科交叉、知识融\n\n合成为主导趋势（convergence-\n\ndivergence）的过程。\n\n"
      "1　融合研究的概念\n\n1　融合研究的概念\n\n融合一词是由学者首次使用，他主张不同技术的融\n\n合会改变产业结构。\n");
  ASSERT_EQ(paragraphs.size(), 4u);
  EXPECT_EQ(paragraphs[0], "虚构融合研究的举措及其启示");
  EXPECT_EQ(paragraphs[1], "当前，新一轮科技革命和产业变革不断深入，“融合科学”等新范式的出现，使学科交叉、知识融合成为主导趋势（convergence-divergence）的过程。");
  EXPECT_EQ(paragraphs[3], "融合一词是由学者首次使用，他主张不同技术的融合会改变产业结构。");
}

TEST(Documents, ReadsMarkdownWithFrontMatter) {
  const Record r = read("---\ntitle: \"Soft robots: a note\"\ndate: 2021-03-04\nauthors: [Ada Example, Bo Helper]\ntags:\n  - robots\n  - soft matter\n---\n\nA [link](https://example.org) and `code`\nin one paragraph.\n\n```\nskipped\n```\n",
                        "note.md");
  EXPECT_EQ(r.kind, RecordKind::post);
  EXPECT_EQ(r.title, "Soft robots: a note");
  EXPECT_EQ(to_string(r.date), "2021-03-04");
  EXPECT_EQ(r.persons.size(), 2u);
  EXPECT_EQ(r.keywords, (std::vector<std::string>{"robots", "soft matter"}));
  EXPECT_EQ(r.full_text, "A link and code in one paragraph.");
}

constexpr std::string_view kPage =
    "<!DOCTYPE html><html lang=en><head><title>Robots farm | Invented News</title><meta property='og:site_name' content='Invented News'>"
    "<meta property=\"article:published_time\" content=\"2020-02-03T10:00:00Z\"><link rel=canonical href=https://example.org/r><style>p{}</style></head>"
    "<body><nav><a href=/>Home</a> <a href=/x>More</a></nav><div class='sidebar'>Ad ad ad ad</div><article><h1>Robots farm</h1><p>They plant &amp; weed.<p>They rest"
    "<script>if (a<b) {}</script> at night.</p><ul><li><a href=1>Related story one</a></li></ul></article><footer>Imprint</footer></body></html>";

TEST(Documents, FindsTheMainTextOfAPage) {
  const Record r = read(kPage, "page.html");
  EXPECT_EQ(r.kind, RecordKind::post);
  EXPECT_EQ(r.title, "Robots farm");
  EXPECT_EQ(to_string(r.date), "2020-02-03");
  EXPECT_EQ(r.venue, "Invented News");
  EXPECT_EQ(r.url, "https://example.org/r");
  EXPECT_EQ(r.full_text, "Robots farm\nThey plant & weed.\nThey rest at night.");
}

TEST(Documents, ReadsCitationMetadataAsAWork) {
  const Record r = read("<html><head><meta name=citation_title content='On soil'><meta name=citation_author content='Doe, Jane'><meta name=citation_author content='Li, Wei'>"
                        "<meta name=citation_journal_title content='Soil'><meta name=citation_publication_date content='2019/03/07'><meta name=citation_doi content='10.1234/soil'></head><body><p>Text.</p></body></html>",
                        "a.html");
  EXPECT_EQ(r.kind, RecordKind::work);
  EXPECT_EQ(r.title, "On soil");
  EXPECT_EQ(r.persons.size(), 2u);
  EXPECT_EQ(find_identifier(r, "doi"), "10.1234/soil");
  EXPECT_EQ(to_string(r.date), "2019-03-07");
}

// The smallest PDF with one line of text.
std::string small_pdf(std::string_view line) {
  const std::string content = "BT /F1 12 Tf 72 720 Td (" + std::string(line) + ") Tj ET";
  std::string pdf = "%PDF-1.4\n";
  std::vector<std::size_t> offsets;
  for (const std::string& object : {std::string("<</Type/Catalog/Pages 2 0 R>>"), std::string("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
                                    std::string("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"),
                                    "<</Length " + std::to_string(content.size()) + ">>stream\n" + content + "\nendstream", std::string("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")}) {
    offsets.push_back(pdf.size());
    pdf += std::to_string(offsets.size()) + " 0 obj" + object + "endobj\n";
  }
  const std::size_t table = pdf.size();
  pdf += "xref\n0 6\n0000000000 65535 f \n";
  for (const std::size_t offset : offsets) pdf += fmt::format("{:010} 00000 n \n", offset);
  return pdf + "trailer<</Size 6/Root 1 0 R>>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

TEST(Documents, ReadsPdfThroughPdftotext) {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / ("jianwei-test-" + std::to_string(getpid()) + ".pdf");
  ASSERT_TRUE(write_file_atomically(path, small_pdf("A title in a PDF")));
  const Result<std::string> text = documents::pdf_to_text(path);
  documents::PdfLimits missing;
  missing.program = "no-such-pdftotext";
  const Result<std::string> without = documents::pdf_to_text(path, missing);
  // Programs that write for ever, and that never write.
  const std::filesystem::path script = path.string() + ".sh";
  const auto run_script = [&](std::string_view line, const documents::PdfLimits& limits) {
    EXPECT_TRUE(write_file_atomically(script, "#!/bin/sh\n" + std::string(line) + "\n"));
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    documents::PdfLimits scripted = limits;
    scripted.program = script.string();
    return documents::pdf_to_text(path, scripted);
  };
  documents::PdfLimits small;
  small.max_text_bytes = 1 << 20;
  const Result<std::string> endless = run_script("exec yes", small);
  documents::PdfLimits quick;
  quick.timeout_ms = 200;
  const Result<std::string> silent = run_script("exec sleep 30", quick);
  std::filesystem::remove(script);
  std::filesystem::remove(path);
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().kind, ErrorKind::unavailable);
  EXPECT_NE(without.error().message.find("poppler-utils"), std::string::npos);
  ASSERT_FALSE(endless);
  EXPECT_NE(endless.error().message.find("more than"), std::string::npos);
  ASSERT_FALSE(silent);
  EXPECT_NE(silent.error().message.find("longer than 200 ms"), std::string::npos);
  if (!text && text.error().kind == ErrorKind::unavailable) GTEST_SKIP() << "pdftotext is not installed";
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_NE(text->find("A title in a PDF"), std::string::npos);
  EXPECT_EQ(read(small_pdf("A title in a PDF"), "a.pdf").title, "A title in a PDF");
}

TEST(Documents, RejectsADamagedPdf) {
  Collected sink;
  testing::read_text(document_formats(), "%PDF-1.4\nnothing", sink, "a.pdf");
  EXPECT_TRUE(sink.records.empty());
  EXPECT_EQ(sink.rejects.size(), 1u);
}

TEST(Documents, SurviveACutAtAnyByte) {
  for (const auto& [text, name] : {std::pair<std::string_view, std::string_view>{kNotice, "n.txt"}, {kNotice, "n.md"}, {kPage, "p.html"}}) {
    const Format* format = testing::format_named(document_formats(), name == "n.txt" ? "text" : name == "n.md" ? "markdown" : "html");
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
      Collected sink;
      MemoryStream stream{std::string(text.substr(0, cut))};
      Progress progress;
      EXPECT_TRUE(format->read(stream, ReadOptions{}, sink, progress));
      EXPECT_LE(sink.records.size() + sink.rejects.size(), 1u);
    }
  }
}

TEST(Documents, GivesPolicyZhTitlesAndJoinedParagraphs) {
  const std::filesystem::path folder = corpus("policy-zh");
  if (folder.empty()) GTEST_SKIP() << "the corpora are not on this machine";
  std::map<std::string, Record> records;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    Collected sink;
    testing::read_path(document_formats(), entry.path(), sink);
    ASSERT_EQ(sink.records.size(), 1u);
    records[entry.path().filename().string().substr(0, 3)] = sink.records[0];
  }
  ASSERT_EQ(records.size(), 5u);
  EXPECT_EQ(records["000"].title, "主要发达国家和地区的融合研究举措及其启示");
  EXPECT_TRUE(records["001"].title.starts_with("New Trends of International Scientific Research Cooperation in the Digital Age")) << records["001"].title;
  EXPECT_EQ(records["001"].date.year, 2021);
  EXPECT_EQ(records["004"].date.year, 2025);
  EXPECT_NE(records["000"].full_text.find("使学科交叉、知识融合") == std::string::npos ? records["000"].full_text.find("使学科交叉") : 0u, std::string::npos);
  for (const auto& [name, r] : records) {
    EXPECT_EQ(r.language, "zh") << name;
    EXPECT_FALSE(r.title.find('\n') != std::string::npos || r.title.empty()) << name;
    EXPECT_LE(r.title.size(), 250u) << name;
    // Paragraphs are far fewer than lines, and most end a sentence.
    EXPECT_GT(r.full_text.size(), 10'000u) << name;
  }
  EXPECT_GT(records["001"].abstract.size(), 500u);
}

}  // namespace
}  // namespace jianwei::sources
