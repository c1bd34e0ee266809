#include "sources/tables/reading_test.h"
#include "sources/tables/xlsx.h"

namespace jianwei::sources {
namespace {

TEST(Scopus, LinksPeopleAffiliationsFundingAndReferences) {
  Collected found;
  read_text_into(found, testing::fixture("scopus/two_generations.csv"), "scopus.csv");
  EXPECT_EQ(found.format, "scopus_csv");
  ASSERT_EQ(found.records.size(), 2u);
  const Record& r = found.records[0];
  EXPECT_EQ(r.title, "Solid electrolytes for sodium batteries: a \"soft\" review");
  EXPECT_EQ(r.type, "review");
  EXPECT_EQ(r.provenance.own_id, "2-s2.0-85000000001");
  EXPECT_EQ(find_identifier(r, "doi"), "10.9999/jip.2021.14");
  ASSERT_EQ(r.persons.size(), 2u);
  EXPECT_EQ(r.persons[1].name, "Braun, Karl M.");
  EXPECT_EQ(r.persons[1].source_id, "57000000002");
  ASSERT_EQ(r.organisations.size(), 2u);
  EXPECT_EQ(r.organisations[0].country, "CN");
  EXPECT_EQ(r.persons[0].organisations, (std::vector<std::int32_t>{0}));
  EXPECT_EQ(r.persons[1].organisations, (std::vector<std::int32_t>{0, 1}));
  ASSERT_EQ(r.funding.size(), 2u);
  EXPECT_EQ(r.funding[1].award, "51700002");
  ASSERT_EQ(r.references.size(), 2u);
  EXPECT_EQ(r.references[0].title, "Ion transport in glass");
  EXPECT_EQ(r.references[0].year, 2015);
  EXPECT_EQ(r.pages, "101-119");
  EXPECT_EQ(r.citation_count, 17);
  EXPECT_TRUE(found.records[1].persons.empty());
  EXPECT_EQ(found.records[1].abstract, "");
  EXPECT_EQ(found.records[1].pages, "12");
}

TEST(Scopus, PutsRowsWithSurplusFundingTextsBackInPlace) {
  Collected found;
  read_text_into(found, testing::fixture("scopus/surplus_funding_text.csv"), "old.csv");
  ASSERT_EQ(found.records.size(), 1u);
  const Record& r = found.records[0];
  EXPECT_EQ(r.provenance.own_id, "2-s2.0-27000000001");
  EXPECT_EQ(r.persons[0].name, "Phillips, J.C.");
  ASSERT_EQ(r.references.size(), 1u);
  EXPECT_EQ(r.references[0].title, "NAMD2: Greater scalability");
  EXPECT_EQ(r.references[0].year, 1999);
  EXPECT_EQ(r.funding[0].award, "P41R0001");
}

TEST(Ieee, ReadsAffiliationsInAuthorOrder) {
  Collected found;
  read_text_into(found, testing::fixture("ieee/export.csv"), "export2020.csv");
  ASSERT_EQ(found.records.size(), 1u);
  const Record& r = found.records[0];
  EXPECT_EQ(found.format, "ieee_csv");
  EXPECT_EQ(r.type, "conference_paper");
  EXPECT_EQ(r.provenance.own_id, "9150427");
  EXPECT_EQ(to_string(r.date), "2020-07-28");
  EXPECT_EQ(r.organisations[static_cast<std::size_t>(r.persons[1].organisations[0])].country, "JP");
  EXPECT_EQ(r.keywords, (std::vector<std::string>{"GPU", "chips"}));
  EXPECT_EQ(r.funding[0].award, "611140");
}

TEST(Springer, TakesGluedAuthorsApart) {
  Collected found;
  read_text_into(found, testing::fixture("springer/search.csv"), "SearchResults.csv");
  ASSERT_EQ(found.records.size(), 1u);
  ASSERT_EQ(found.records[0].persons.size(), 3u);
  EXPECT_EQ(found.records[0].persons[2].name, "Melissa C. McDonald");
}

TEST(Lens, ReadsScholarlyAndPatentTables) {
  Collected works;
  read_text_into(works, testing::fixture("lens/scholar.csv"), "lens.csv");
  ASSERT_EQ(works.records.size(), 1u);
  EXPECT_EQ(works.format, "lens_csv");
  EXPECT_EQ(works.records[0].references[1].other, "lens:000-000-000-000-003");
  EXPECT_EQ(find_identifier(works.records[0], "pmcid"), "");
  Collected patents;
  read_text_into(patents, testing::fixture("lens/patents_old_mac.csv"), "patents.csv");
  EXPECT_EQ(patents.format, "lens_patent_csv");
  ASSERT_EQ(patents.records.size(), 2u);
  const Record& p = patents.records[0];
  EXPECT_EQ(p.kind, RecordKind::patent);
  EXPECT_EQ(to_string(p.date), "2013-04-25");
  EXPECT_EQ(find_identifier(p, "patent"), "US20130101709A1");
  EXPECT_EQ(p.provenance.own_id, "US 2013/0101709 A1");
  ASSERT_EQ(p.persons.size(), 2u);
  EXPECT_EQ(p.persons[1].role, "inventor");
  EXPECT_EQ(p.references[0].doi, "10.1000/npl.1");
  EXPECT_EQ(to_string(patents.records[1].date), "1976-09-21");
  EXPECT_EQ(patents.records[1].provenance.line, 3);
}

TEST(Dimensions, PassesThePreambleAndLinksRawAffiliations) {
  Collected found;
  read_text_into(found, testing::fixture("dimensions/export.csv"), "dimensions.csv");
  EXPECT_EQ(found.format, "dimensions_csv");
  ASSERT_EQ(found.records.size(), 1u);
  const Record& r = found.records[0];
  EXPECT_EQ(r.provenance.own_id, "pub.1000000001");
  ASSERT_EQ(r.persons.size(), 2u);
  EXPECT_EQ(r.persons[1].organisations.size(), 2u);
  EXPECT_EQ(r.organisations[0].country, "CN");
  EXPECT_EQ(r.funding[0].award, "H2020-1");
}

TEST(WosTab, KeepsQuotesAsTextAndLinksAddresses) {
  Collected found;
  read_text_into(found, testing::fixture("wos_tab/savedrecs.txt"), "savedrecs.txt");
  EXPECT_EQ(found.format, "wos_tab");
  ASSERT_EQ(found.records.size(), 1u);
  const Record& r = found.records[0];
  EXPECT_EQ(r.title, "\"Accurate\" localization of \"things");
  EXPECT_EQ(to_string(r.date), "2025-01-15");
  ASSERT_EQ(r.persons.size(), 2u);
  EXPECT_EQ(r.persons[1].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(r.persons[1].organisations.size(), 2u);
  EXPECT_EQ(r.organisations[1].country, "US");
  ASSERT_EQ(r.references.size(), 2u);
  EXPECT_EQ(r.references[0].doi, "10.1002/asi.4630240406");
  EXPECT_EQ(r.references[0].author, "Small H");
}

TEST(OtherTables, KeepTheirOwnRules) {
  Collected zotero;
  read_text_into(zotero, testing::fixture("zotero/items.csv"), "z.csv");
  ASSERT_EQ(zotero.records.size(), 2u);
  EXPECT_EQ(find_identifier(zotero.records[0], "pmid"), "35319117");
  EXPECT_EQ(zotero.records[0].keywords[0], "Dogs/diagnosis");
  EXPECT_EQ(zotero.records[1].kind, RecordKind::patent);
  EXPECT_EQ(find_identifier(zotero.records[1], "patent"), "US1234567B2");
  Collected nih;
  read_text_into(nih, testing::fixture("nih/exporter.csv"), "RePORTER_PRJ.csv");
  ASSERT_EQ(nih.records.size(), 1u);
  EXPECT_EQ(nih.format, "nih_csv");
  EXPECT_EQ(nih.records[0].persons[0].name, "ROE, ANN");
  EXPECT_EQ(nih.records[0].amount, 250000.0);
  EXPECT_EQ(to_string(nih.records[0].end_date), "2024-03-31");
  Collected pubmed;
  read_text_into(pubmed, testing::fixture("pubmed/set.csv"), "csv-x-set.csv");
  ASSERT_EQ(pubmed.records.size(), 1u);
  EXPECT_EQ(pubmed.records[0].persons[1].family, "van der Berg");
  Collected derwent;
  read_text_into(derwent, testing::fixture("derwent/export.csv"), "synbio.csv");
  ASSERT_EQ(derwent.records.size(), 2u);
  EXPECT_EQ(derwent.records[0].title, "Abgeschwaechtes Virus");
  EXPECT_EQ(to_string(derwent.records[0].date), "1997-07-23");
  EXPECT_EQ(derwent.records[0].classifications[2].code, "A61K31/12");
  EXPECT_EQ(derwent.records[1].references.size(), 2u);
}

TEST(GenericTable, ReadsWhatItsColumnNamesSay) {
  Collected found;
  read_text_into(found, testing::fixture("generic/papers.csv"), "papers.csv");
  EXPECT_EQ(found.format, "csv");
  ASSERT_EQ(found.records.size(), 3u);
  const Record& r = found.records[0];
  EXPECT_EQ(r.title, "Müller's \"first\"; a start");
  EXPECT_EQ(r.persons[1].name, "Poe, Bob");
  EXPECT_EQ(r.organisations[static_cast<std::size_t>(r.persons[1].organisations[0])].country, "CN");
  EXPECT_EQ(r.provenance.own_id, "p1");
  EXPECT_EQ(r.provenance.source, "papers");
  EXPECT_EQ(found.records[1].title, "Line one");
  EXPECT_EQ(find_identifier(found.records[2], "doi"), "10.9999/g.3");
  EXPECT_FALSE(found.records[2].citation_count.has_value());
  EXPECT_TRUE(found.warned("long_rows"));
  EXPECT_TRUE(found.warned("repeated_header"));
}

TEST(GenericTable, ReadsChineseProjects) {
  Collected found;
  read_text_into(found, testing::fixture("generic/projects_zh.csv"), "nsfc.csv");
  ASSERT_EQ(found.records.size(), 2u);
  const Record& r = found.records[0];
  EXPECT_EQ(r.kind, RecordKind::project);
  EXPECT_EQ(r.type, "grant");
  EXPECT_EQ(r.amount, 180000.0);
  EXPECT_EQ(r.currency, "CNY");
  EXPECT_EQ(to_string(r.date), "2018-01");
  EXPECT_EQ(to_string(r.end_date), "2020-12");
  EXPECT_EQ(r.persons[0].role, "investigator");
  EXPECT_EQ(find_identifier(r, "grant"), "71700001");
  EXPECT_TRUE(found.warned("empty_rows"));
  EXPECT_TRUE(found.warned("unmapped_columns"));
}

TEST(GenericTable, RefusesOnceWhenNothingIsAText) {
  Collected found;
  read_text_into(found, "ID,Q1,Q2\n1,3,4\n2,5,6\n", "ratings.csv");
  EXPECT_TRUE(found.records.empty());
  ASSERT_EQ(found.rejects.size(), 1u);
  EXPECT_NE(found.rejects[0].reason.find("mapping file"), std::string::npos);
}

TEST(Xlsx, ReadsTheFullestSheetWithDatesAndSharedStrings) {
  Collected found;
  read_text_into(found, testing::fixture("xlsx/projects.xlsx"), "projects.xlsx");
  EXPECT_EQ(found.format, "xlsx");
  ASSERT_EQ(found.records.size(), 2u) << found.error;
  EXPECT_EQ(found.records[0].title, "富集与<纯化>研究");
  EXPECT_EQ(found.records[0].persons[0].name, "王伟");
  EXPECT_EQ(to_string(found.records[0].date), "2020-01-01");
  EXPECT_EQ(found.records[0].amount, 255000.0);
  EXPECT_EQ(found.records[1].provenance.line, 3);
}

TEST(Tables, CutAtAnyByteTheyEndInAReport) {
  for (const char* path : {"scopus/two_generations.csv", "generic/papers.csv", "lens/patents_old_mac.csv", "xlsx/projects.xlsx", "wos_tab/savedrecs.txt"}) {
    const std::string text = testing::fixture(path);
    ASSERT_FALSE(text.empty());
    for (std::size_t size = 0; size < text.size(); size += 1 + text.size() / 400) {
      Collected found;
      read_text_into(found, std::string_view(text).substr(0, size), path, 1);
      EXPECT_LE(found.records.size(), 3u);
    }
  }
}

}  // namespace
}  // namespace jianwei::sources
