// Exports of CNKI, VIP and Derwent as people save them, made up.
#include <gtest/gtest.h>

#include "sources/tagged/reading_test.h"

namespace jianwei::sources {
namespace {

TEST(CnkiText, ReadsTheSelfDefinedExport) {
  testing::Collected sink;
  read_recognised(sink, "cnki_text",
                  "SrcDatabase-来源库: 期刊\nTitle-题名: 面向碳中和的氢能技术\nAuthor-作者: 王明;李晓红;欧阳锋\nOrgan-单位: 清华大学;中国科学院大连化学物理研究所\nSource-文献来源: 中国工程科学\n"
                  "Keyword-关键词: 碳中和;;氢能\nSummary-摘要: 氢能是碳中和的\n重要路径。\nPubTime-发表时间: 2021-12-15\nFund-基金: 国家自然科学基金项目[71974107]\nYear-年: 2021\nPeriod-期: 06\nVolume-卷: 23\n"
                  "PageCount-页码: 1-10\nCLC-中图分类号: F426.2\nURL-网址: https://kns.cnki.net/x\nDOI-DOI: 10.15302/J-SSCAE-2021.06.001\n\n"
                  "SrcDatabase-来源库: 博士\nTitle-题名: 技术机会发现研究\nAuthor-作者: 赵六\nSource-文献来源: 武汉大学\nYear-年: 2022\n");
  ASSERT_EQ(sink.records.size(), 2U);
  const Record& r = sink.records[0];
  EXPECT_EQ(r.title, "面向碳中和的氢能技术");
  EXPECT_EQ(names(r), (Strings{"王明", "李晓红", "欧阳锋"}));
  EXPECT_EQ(r.organisations.size(), 2U);
  EXPECT_EQ(r.venue, "中国工程科学");
  EXPECT_EQ(r.keywords, (Strings{"碳中和", "氢能"}));
  EXPECT_EQ(to_string(r.date), "2021-12-15");
  EXPECT_EQ(r.volume + "/" + r.issue + "/" + r.pages, "23/06/1-10");
  EXPECT_EQ(r.funding.at(0).award, "71974107");
  EXPECT_EQ(find_identifier(r, "doi"), "10.15302/j-sscae-2021.06.001");
  EXPECT_EQ(r.provenance.source, "cnki");
  EXPECT_EQ(sink.records[1].type, "thesis");
  EXPECT_EQ(sink.records[1].date.year, 2022);
}

TEST(CnkiText, ReadsTheLabelsOfVip) {
  testing::Collected sink;
  read_recognised(sink, "cnki_text",
                  "【题　名】石墨烯制备技术综述\n【作　者】张三 李四\n【机　构】浙江大学材料科学与工程学院，杭州310027\n【刊　名】材料导报.2018,32(5):700-712\n【ISSN号】1005-023X\n【关键词】石墨烯 制备\n"
                  "【分类号】TB383\n【文　摘】石墨烯制备。\n【馆　藏】维普资讯\n【网　址】http://lib.cqvip.com/qk/1\n\n【题　名】第二篇\n【作　者】王五\n【刊　名】科学通报.2019,64(1):1-2\n");
  ASSERT_EQ(sink.records.size(), 2U);
  const Record& r = sink.records[0];
  EXPECT_EQ(r.title, "石墨烯制备技术综述");
  EXPECT_EQ(names(r), (Strings{"张三", "李四"}));
  EXPECT_EQ(r.venue, "材料导报");
  EXPECT_EQ(r.date.year, 2018);
  EXPECT_EQ(r.volume + "/" + r.issue + "/" + r.pages, "32/5/700-712");
  EXPECT_EQ(r.keywords, (Strings{"石墨烯", "制备"}));
  EXPECT_EQ(r.abstract, "石墨烯制备。");
  EXPECT_EQ(find_identifier(r, "issn"), "1005-023X");
  EXPECT_EQ(r.provenance.source, "vip");
}

TEST(Gbt7714, ReadsEveryKindOfReference) {
  testing::Collected sink;
  read_recognised(sink, "gbt7714",
                  "[1]王明,李晓红,欧阳锋.面向碳中和的氢能技术[J].中国工程科学,2021,23(06):1-10.\n"
                  "[2]赵六.技术机会发现研究[D].武汉大学,2022.DOI:10.27379/d.cnki.gwhdu.2022.000001.\n"
                  "[3]吴十.人工智能芯片的现状[C]//中国人工智能学会.第十届中国人工智能大会论文集.2019:12-18.\n"
                  "[4]孙八,周九.一种固态电池及其制备方法[P].北京市:CN112447000A,2021-03-05.\n"
                  "[5]张某.量子计算走向应用[N].科技日报,2023-02-10(001).\n"
                  "[6]Zhang S, Li W, et al. Perovskite tandem cells[J]. Nature Energy, 2020, 5(3): 210-219.\n"
                  "[7]钱学森.工程控制论[M].北京:科学出版社,2007.\n"
                  "[8] 国家统计局.2022年统计公报[EB/OL].(2023-02-28)[2023-03-01].http://www.stats.gov.cn/a.html.\n");
  ASSERT_EQ(sink.records.size(), 8U);
  const auto& r = sink.records;
  EXPECT_EQ(names(r[0]), (Strings{"王明", "李晓红", "欧阳锋"}));
  EXPECT_EQ(r[0].title, "面向碳中和的氢能技术");
  EXPECT_EQ(r[0].venue, "中国工程科学");
  EXPECT_EQ(r[0].volume + "/" + r[0].issue + "/" + r[0].pages, "23/06/1-10");
  EXPECT_EQ(r[0].date.year, 2021);
  EXPECT_EQ(r[1].type, "thesis");
  EXPECT_EQ(r[1].venue, "武汉大学");
  EXPECT_EQ(find_identifier(r[1], "doi"), "10.27379/d.cnki.gwhdu.2022.000001");
  EXPECT_EQ(r[2].venue, "第十届中国人工智能大会论文集");
  EXPECT_EQ(r[2].pages, "12-18");
  EXPECT_EQ(r[3].kind, RecordKind::patent);
  EXPECT_EQ(find_identifier(r[3], "patent"), "CN112447000A");
  EXPECT_EQ(to_string(r[3].date), "2021-03-05");
  EXPECT_EQ(r[3].persons.at(0).role, "inventor");
  EXPECT_EQ(r[4].kind, RecordKind::post);
  EXPECT_EQ(r[4].venue, "科技日报");
  EXPECT_EQ(to_string(r[4].date), "2023-02-10");
  EXPECT_EQ(r[5].title, "Perovskite tandem cells");
  EXPECT_EQ(r[5].persons.size(), 2U);
  EXPECT_EQ(r[5].volume + "/" + r[5].issue + "/" + r[5].pages, "5/3/210-219");
  EXPECT_EQ(r[6].publisher, "科学出版社");
  EXPECT_EQ(r[7].title, "2022年统计公报");
  EXPECT_EQ(to_string(r[7].date), "2023-02-28");
  EXPECT_EQ(r[7].url, "http://www.stats.gov.cn/a.html");
}

TEST(NoteExpress, FindsTheNumberOfACnkiPatent) {
  testing::Collected sink;
  read_recognised(sink, "noteexpress", "{Reference Type}: Patent\n{Title}: 一种固态电池\n{Author}: 孙八;周九\n{Subsidiary Author}: 清华大学\n{Date}: 2021-03-05\n{Notes}: CN112447000A\n{Database Provider}: CNKI\n");
  ASSERT_EQ(sink.records.size(), 1U);
  EXPECT_EQ(find_identifier(sink.records[0], "patent"), "CN112447000A");
}

TEST(Derwent, ReadsNumbersDatesAssigneesAndClasses) {
  testing::Collected sink;
  read_recognised(sink, "wos",
                  "FN Clarivate Analytics Web of Science\nVR 1.0\nPT P\nPN CN112447000-A; US2021123456-A1\nTI Solid state battery comprises a layer\nAU SUN B\n   ZHOU J\nAE UNIV TSINGHUA (UNQI-C)\n"
                  "   BIG CO LTD (BIGC-Non-standard)\nGA 202123456K\nAB    NOVELTY - The battery comprises a layer.\n   USE - For vehicles.\nDC L03 (Chemical features); X16 (Electrochemical Storage)\nMC X16-B01F\n"
                  "IP H01M-010/0562; H01M-010/058\nPD CN112447000-A   05 Mar 2021   H01M-010/0562   202125   Pages: 12   Chinese\n   US2021123456-A1   29 Apr 2021   H01M-010/0562   202136   English\n"
                  "AD CN112447000-A    CN10111111    06 Nov 2020\nCP CN112447000-A\n      CN100000000-A   SOMEONE CO LTD   WANG L\nUT DIIDW:202123456K\nER\n\nEF\n");
  ASSERT_EQ(sink.records.size(), 1U);
  const Record& r = sink.records[0];
  EXPECT_EQ(r.kind, RecordKind::patent);
  EXPECT_EQ(to_string(r.date), "2021-03-05");
  ASSERT_EQ(r.organisations.size(), 2U);
  EXPECT_EQ(r.organisations[0].name, "UNIV TSINGHUA");
  EXPECT_EQ(r.organisations[1].name, "BIG CO LTD");
  EXPECT_EQ(find_identifier(r, "application"), "CN10111111");
  ASSERT_EQ(r.references.size(), 1U);
  EXPECT_EQ(r.references[0].other, "patent:CN100000000A");
  EXPECT_EQ(r.classifications.back().code, "H01M10/058");
  EXPECT_EQ(r.classifications.front().label, "Chemical features");
  EXPECT_EQ(r.provenance.source, "derwent");
}

}  // namespace
}  // namespace jianwei::sources
