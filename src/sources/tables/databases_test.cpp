// Exports of databases as people save them, made up: what each gives beyond the columns that speak for themselves.
#include "sources/tables/html_table.h"
#include "sources/tables/reading_test.h"

namespace jianwei::sources {
namespace {

// The one record of a table; its format is checked by the way.
Record only_record(std::string_view text, std::string_view name, std::string_view format) {
  Collected found;
  read_text_into(found, text, name);
  EXPECT_EQ(found.format, format);
  EXPECT_EQ(found.records.size(), 1u);
  return found.records.empty() ? Record{} : found.records[0];
}

std::vector<std::string> names_of(const Record& record) {
  std::vector<std::string> names;
  for (const Person& person : record.persons) names.push_back(person.name);
  return names;
}

TEST(WosByName, IsReadAsTheTabDelimitedExportIs) {
  const Record r = only_record(
      "Publication Type,Authors,Author Full Names,Article Title,Source Title,Document Type,Author Keywords,Keywords Plus,Addresses,ORCIDs,Funding Orgs,\"Times Cited, WoS Core\","
      "Publication Date,Publication Year,DOI,UT (Unique WOS ID)\n"
      "J,\"Zhao, YF; Mueller, K\",\"Zhao, Yufei; Mueller, Klaus\",Tandem cells,ENERGY,Article,tandem,FILMS,\"[Zhao, Yufei] Tsinghua Univ, Beijing, Peoples R China; [Mueller, Klaus] Helmholtz, Berlin, Germany\","
      "\"Zhao, Yufei/0000-0002-1825-0097\",NSFC [51872001],12,MAY 21,2020,10.1039/d0ta01234a,WOS:000537000000012\n",
      "savedrecs.csv", "wos_csv");
  EXPECT_EQ(names_of(r), (std::vector<std::string>{"Zhao, Yufei", "Mueller, Klaus"}));
  EXPECT_EQ(r.persons[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(r.organisations[static_cast<std::size_t>(r.persons[1].organisations.at(0))].country, "DE");
  EXPECT_EQ(to_string(r.date), "2020-05-21");
  EXPECT_EQ(r.type, "article");
  EXPECT_EQ(r.citation_count, 12);
  EXPECT_EQ(r.funding.at(0).award, "51872001");
}

TEST(Espacenet, TakesAFamilyApart) {
  const Record r = only_record(
      "\"Title\",\"Inventors\",\"Applicants\",\"Publication number\",\"Earliest priority\",\"IPC\",\"CPC\",\"Publication date\",\"Earliest publication\",\"Family number\"\n"
      "\"Solid state battery\",\"ZHANG SAN [CN]\nLI SI [CN]\",\"UNIV TSINGHUA [CN]\nBIG CO LTD [US]\",\"CN112447000A\nUS2021123456A1\",\"2019-08-19\",\"H01M10/0562\nH01M10/058\","
      "\"H01M10/0562 (EP,US)\nY02E60/10 (EP)\",\"2021-03-05\n2021-04-29\",\"2021-03-05\",\"074000000\"\n",
      "espacenet.csv", "espacenet_csv");
  EXPECT_EQ(r.provenance.own_id, "CN112447000A");
  EXPECT_EQ(find_identifier(r, "patent"), "CN112447000A");
  EXPECT_EQ(r.identifiers.size(), 2u);
  EXPECT_EQ(names_of(r), (std::vector<std::string>{"ZHANG SAN", "LI SI"}));
  ASSERT_EQ(r.organisations.size(), 3u);
  EXPECT_EQ(r.organisations[2].name, "BIG CO LTD");
  EXPECT_EQ(r.organisations[2].country, "US");
  EXPECT_EQ(to_string(r.date), "2021-03-05");
  EXPECT_EQ(r.classifications.back().code, "Y02E60/10");
}

TEST(GooglePatents, ReadsNumbersAndAssigneesWithLegalForms) {
  const Record r = only_record(
      "search URL:,https://patents.google.com/?q=battery\n"
      "id,title,assignee,inventor/author,priority date,filing/creation date,publication date,grant date,result link,representative figure link\n"
      "US-11223344-B2,Solid state battery,\"Tsinghua University, Big Co., Ltd.\",\"San Zhang, Si Li\",2019-08-19,2019-08-19,2022-01-11,2022-01-11,https://patents.google.com/patent/US11223344B2/en,\n",
      "gp-search.csv", "google_patents_csv");
  EXPECT_EQ(find_identifier(r, "patent"), "US11223344B2");
  EXPECT_EQ(r.kind, RecordKind::patent);
  EXPECT_EQ(names_of(r), (std::vector<std::string>{"San Zhang", "Si Li"}));
  ASSERT_EQ(r.organisations.size(), 2u);
  EXPECT_EQ(r.organisations[1].name, "Big Co., Ltd.");
  EXPECT_EQ(to_string(r.date), "2022-01-11");
}

TEST(LensPatents, OfToday) {
  const Record r = only_record("#,Jurisdiction,Kind,Display Key,Lens ID,Publication Date,Title,Applicants,Inventors,Document Type\n"
                               "1,US,B2,US 11223344 B2,111-111-222-333-444,2022-01-11,Solid state battery,TSINGHUA UNIV,ZHANG SAN,Granted Patent\n",
                               "lens.csv", "lens_patent_csv");
  EXPECT_EQ(r.type, "patent_grant");
}

TEST(Cordis, ReadsDecimalCommas) {
  const Record r = only_record(
      "id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;frameworkProgramme;fundingScheme;objective;rcn;grantDoi\n"
      "101000001;\"SENSE\";SIGNED;\"Graphene sensors; for all\";2021-01-01;2024-12-31;\"2998765,5\";\"2500000\";H2020;RIA;\"We sense \"\"all\"\".\";230001;10.3030/101000001\n",
      "project.csv", "cordis_csv");
  EXPECT_EQ(r.kind, RecordKind::project);
  EXPECT_EQ(r.amount, 2998765.5);
  EXPECT_EQ(r.currency, "EUR");
  EXPECT_EQ(r.funding.at(0).funder, "European Commission");
  EXPECT_EQ(r.funding.at(0).award, "101000001");
  EXPECT_EQ(r.abstract, "We sense \"all\".");
}

TEST(GatewayToResearch, ReadsDaysFirst) {
  const Record r = only_record("FundingOrgName,ProjectReference,LeadROName,Department,ProjectCategory,PISurname,PIFirstName,PIOtherNames,PI ORCID iD,Title,StartDate,EndDate,AwardPounds\n"
                               "EPSRC,EP/T000001/1,University of Oxford,Materials,Research Grant,Grant,Patrick,S,http://orcid.org/0000-0002-1825-0097,Solid batteries,01/10/2019,30/09/2022,500000\n",
                               "projectsearch.csv", "gtr_csv");
  EXPECT_EQ(to_string(r.date), "2019-10-01");
  EXPECT_EQ(names_of(r), (std::vector<std::string>{"Grant, Patrick S"}));
  EXPECT_EQ(r.organisations.at(0).name, "University of Oxford");
  EXPECT_EQ(r.amount, 500000);
  EXPECT_EQ(find_identifier(r, "grant"), "EP/T000001/1");
}

TEST(Kaken, ReadsJapaneseColumns) {
  const Record r = only_record("研究課題番号,研究課題名,研究課題名（英文）,研究種目,審査区分/研究分野,研究機関,研究代表者,研究期間 (年度),配分額,キーワード,研究成果の概要\n"
                               "20K00001,固体電池の界面研究,Interfaces of solid batteries,基盤研究(C),材料化学,東京大学,\"山田 太郎 東京大学, 工学部, 教授 (80123456)\",2020-2022,4290000,固体電池 / 界面,固体電池を研究する。\n",
                               "kaken.csv", "kaken_csv");
  EXPECT_EQ(r.title_translated, "Interfaces of solid batteries");
  EXPECT_EQ(names_of(r), (std::vector<std::string>{"山田, 太郎"}));
  EXPECT_EQ(r.keywords, (std::vector<std::string>{"固体電池", "界面"}));
  EXPECT_EQ(r.currency, "JPY");
  EXPECT_EQ(r.end_date.year, 2022);
  EXPECT_EQ(r.funding.at(0).funder, "JSPS KAKENHI");
}

TEST(CnkiTables, NameTheirColumnsInTwoLanguages) {
  const Record r = only_record("SrcDatabase-来源库\tTitle-题名\tAuthor-作者\tOrgan-单位\tSource-文献来源\tKeyword-关键词\tSummary-摘要\tPubTime-发表时间\tFund-基金\tYear-年\tPeriod-期\tPageCount-页码\tCLC-中图分类号\n"
                               "硕士\t面向碳中和的氢能技术\t王明;李晓红\t清华大学;中国科学院\t中国工程科学\t碳中和;;氢能\t氢能是重要路径。\t2021-12-15 10:21\t国家自然科学基金项目(71974107)\t2021\t06\t1-10\tF426.2\n",
                               "cnki.txt", "tsv");
  EXPECT_EQ(r.title, "面向碳中和的氢能技术");
  EXPECT_EQ(r.type, "thesis");
  EXPECT_EQ(r.venue, "中国工程科学");
  EXPECT_EQ(r.issue, "06");
  EXPECT_EQ(to_string(r.date), "2021-12-15");
  EXPECT_EQ(r.funding.at(0).award, "71974107");
}

// Looking for the next <th> to the end of the row at every <td> took hours here.
TEST(HtmlTables, ARowOfManyCellsIsReadOnce) {
  std::string page = "<table><tr><th>Title</th><th>Author</th><th>Year</th></tr><tr>";
  for (int i = 0; i < 1'000'000; ++i) page += "<td>x";
  EXPECT_EQ(recognise_html_table({"wide.xls", page, true}), 0);
}

TEST(HtmlTables, AreLeftWhenCancelled) {
  Progress progress;
  progress.cancel();
  testing::Collected sink;
  MemoryStream page("<table><tr></tr><tr></tr></table>");
  const auto read = read_html_table(page, {}, sink, progress);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::cancelled);
}

TEST(HtmlTables, SavedAsExcelAreTables) {
  const std::string text =
      "<html><head><meta charset=\"utf-8\"></head><body><table border=\"1\"><TR><th>SrcDatabase-来源库</th><td>Title-题名</td><td>Author-作者</td><td>Source-文献来源</td><td>PubTime-发表时间</td></TR>"
      "<tr><td>期刊</td><td>面向碳中和的\"氢能\", 技术</td><td>王明;李晓红</td><td>中国<b>工程</b>科学</td><td>2021-12-15</td></tr><tr><td>硕士</td><td>氢能&amp;储能</td><td>赵六</td><td></td><td>2022-06-01</td></tr></table></body></html>";
  Collected found;
  read_text_into(found, text, "cnki.xls");
  EXPECT_EQ(found.format, "html_table");
  ASSERT_EQ(found.records.size(), 2u);
  EXPECT_EQ(found.records[0].title, "面向碳中和的\"氢能\", 技术");
  EXPECT_EQ(names_of(found.records[0]), (std::vector<std::string>{"王明", "李晓红"}));
  EXPECT_EQ(found.records[0].venue, "中国工程科学");
  EXPECT_EQ(found.records[1].title, "氢能&储能");
  EXPECT_EQ(found.records[1].type, "thesis");
  // A page of the web with a table in it stays a page.
  EXPECT_EQ(recognise_here({"page.html", "<html><body><p>A text about batteries.</p><table><tr><td>Year</td><td>Cells</td><td>Price</td></tr><tr><td>2020</td><td>3</td><td>4</td></tr></table></body></html>", true}), nullptr);
}

TEST(MixedSeparators, TheCommaOfListsSeparatesToo) {
  Collected found;
  read_text_into(found, "题名,作者,刊名,发表时间,关键词\n钙钛矿,张三、李四；王五,物理学报,2020年5月,钙钛矿；电池\n氢能,赵六,科学通报,2021年12月3日,氢能、碳中和\n", "a.csv");
  ASSERT_EQ(found.records.size(), 2u);
  EXPECT_EQ(names_of(found.records[0]), (std::vector<std::string>{"张三", "李四", "王五"}));
  EXPECT_EQ(found.records[1].keywords, (std::vector<std::string>{"氢能", "碳中和"}));
  EXPECT_EQ(to_string(found.records[0].date), "2020-05");
}

}  // namespace
}  // namespace jianwei::sources
