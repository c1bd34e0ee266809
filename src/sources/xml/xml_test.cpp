// The XML readers on hand-made records of tests/data: what each source field becomes.
#include <algorithm>

#include "base/random.h"
#include "records/unicode.h"
#include "sources/xml/uspto_parts.h"
#include "sources/test_support.h"

namespace jianwei::sources {
namespace {

using testing::Collected;
using testing::Found;
using testing::fixture;

Found read(std::string_view path, std::size_t block = 1 << 20) {
  Collected sink;
  testing::read_text(xml_formats(), fixture(path), sink, std::string(path.substr(path.rfind('/') + 1)), block);
  return std::move(static_cast<Found&>(sink));
}

std::string country_of_person(const Record& record, std::size_t person) {
  const auto& organisations = record.persons.at(person).organisations;
  return organisations.empty() ? "" : record.organisations.at(static_cast<std::size_t>(organisations[0])).country;
}

std::vector<std::string> codes(const Record& record, std::string_view scheme) {
  std::vector<std::string> found;
  for (const Classification& entry : record.classifications) {
    if (entry.scheme == scheme) found.push_back(entry.code);
  }
  return found;
}

TEST(Atom, ACharacterThatIsNoneInAnAttributeIsReplaced) {
  Collected sink;
  testing::read_text(xml_formats(), "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>B</title><entry><title>Quantum notes</title><id>x:1</id><category term=\"qu&#x110000;antum\"/></entry></feed>", sink);
  ASSERT_EQ(sink.records.size(), 1u);
  ASSERT_EQ(sink.records[0].keywords.size(), 1u);
  EXPECT_TRUE(is_valid_utf8(sink.records[0].keywords[0]));
}

TEST(Kaken, ReadsBothLanguages) {
  Collected sink;
  testing::read_text(xml_formats(),
                     R"(<?xml version="1.0"?><grantAwards><grantAward id="KAKENHI-PROJECT-20K00001" awardNumber="20K00001" projectType="project"><summary xml:lang="ja"><title>固体電池の界面研究</title>)"
                     R"(<category>基盤研究(C)</category><field>材料化学</field><institution>東京大学</institution><member role="principal_investigator" eradCode="1"><personalName><fullName>山田 太郎</fullName>)"
                     R"(<familyName>山田</familyName><givenName>太郎</givenName></personalName><institution>東京大学</institution></member><keywordList><keyword>固体電池</keyword></keywordList>)"
                     R"(<periodOfAward searchStartFiscalYear="2020" searchEndFiscalYear="2022"/><overallAwardAmount><totalCost>4290000</totalCost></overallAwardAmount><paragraphList><paragraph>研究する。</paragraph>)"
                     R"(</paragraphList></summary><summary xml:lang="en"><title>Interfaces of solid batteries</title></summary></grantAward></grantAwards>)",
                     sink);
  ASSERT_EQ(sink.records.size(), 1u);
  const Record& r = sink.records[0];
  EXPECT_EQ(r.title, "固体電池の界面研究");
  EXPECT_EQ(r.title_translated, "Interfaces of solid batteries");
  EXPECT_EQ(r.persons.at(0).name, "山田, 太郎");
  EXPECT_EQ(r.persons.at(0).organisations.size(), 1u);
  EXPECT_EQ(r.date.year, 2020);
  EXPECT_EQ(r.end_date.year, 2022);
  EXPECT_EQ(r.amount, 4290000);
  EXPECT_EQ(r.abstract, "研究する。");
  EXPECT_EQ(find_identifier(r, "grant"), "20K00001");
}

TEST(PubmedXml, KeepsMarkupAsTextLabelsAffiliationsAndReferences) {
  const Found all = read("pubmed/two_articles.xml", 7);
  ASSERT_EQ(all.records.size(), 2u);
  EXPECT_TRUE(all.rejects.empty());
  const Record& r = all.records[0];
  EXPECT_EQ(r.title, "Growth of Bacillus inventus in H2O & light.");
  EXPECT_EQ(r.abstract, "BACKGROUND: Nothing was known. RESULTS: It grew fast (p < 0.01).");
  EXPECT_EQ(to_string(r.date), "2019-03-07");
  EXPECT_EQ(r.type, "review");
  ASSERT_EQ(r.persons.size(), 3u);
  EXPECT_EQ(r.persons[0].name, "Müller, Anna B");
  EXPECT_EQ(r.persons[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(r.persons[1].organisations.size(), 2u);
  EXPECT_EQ(r.persons[2].name, "Water Study Group");
  ASSERT_EQ(r.organisations.size(), 2u);  // the shared one once
  EXPECT_EQ(r.organisations[0].country, "AT");
  EXPECT_EQ(r.organisations[1].country, "CN");
  EXPECT_EQ(r.keywords, (std::vector<std::string>{"water", "light"}));
  EXPECT_EQ(codes(r, "mesh"), (std::vector<std::string>{"D001407"}));
  EXPECT_EQ(find_identifier(r, "doi"), "10.1234/jir.2019.1");
  EXPECT_EQ(find_identifier(r, "pmcid"), "PMC7000001");
  ASSERT_EQ(r.references.size(), 1u);
  EXPECT_EQ(r.references[0].other, "pmid:11000001");
  EXPECT_EQ(r.references[0].year, 2001);
  ASSERT_EQ(r.funding.size(), 1u);
  EXPECT_EQ(r.funding[0].award, "P 12345");
  EXPECT_EQ(r.provenance.own_id, "90000001");
  EXPECT_EQ(r.provenance.line, 4);
}

TEST(PubmedXml, ReadsTranslatedTitlesAndMedlineDates) {
  const Record r = read("pubmed/two_articles.xml").records.at(1);
  EXPECT_EQ(r.title, "A study of water");
  EXPECT_EQ(r.title_translated, "水的研究");
  EXPECT_EQ(r.abstract, "本文研究水。");
  EXPECT_EQ(to_string(r.date), "1998-12");
}

TEST(EndnoteXml, ReadsStyledAndPlainTexts) {
  const Found all = read("endnote_xml/styles.xml");
  ASSERT_EQ(all.records.size(), 2u);
  const Record& r = all.records[0];
  EXPECT_EQ(r.title, "Effects of CO2 on soil");
  EXPECT_EQ(r.venue, "Soil Science");
  EXPECT_EQ(to_string(r.date), "2015-09-18");
  EXPECT_EQ(r.keywords, (std::vector<std::string>{"Soil", "Carbon", "Climate"}));
  EXPECT_EQ(find_identifier(r, "pmid"), "25000001");
  ASSERT_EQ(r.organisations.size(), 2u);
  EXPECT_EQ(r.organisations[0].country, "ES");
  EXPECT_EQ(r.organisations[1].country, "CN");
  EXPECT_EQ(all.records[1].type, "thesis");
  EXPECT_EQ(all.records[1].persons.at(0).family, "Doe");
}

TEST(NsfXml, ReadsSeveralAwardsAndOldOnes) {
  const Found all = read("nsf/awards.xml");
  ASSERT_EQ(all.records.size(), 2u);
  const Record& r = all.records[0];
  EXPECT_EQ(r.kind, RecordKind::project);
  EXPECT_EQ(r.title, "Soft Robots that Learn & Heal");
  EXPECT_EQ(r.abstract, "First part. Second part.");
  EXPECT_EQ(to_string(r.date), "2016-02-01");
  EXPECT_EQ(to_string(r.end_date), "2019-01-31");
  EXPECT_EQ(r.amount, 350000.0);
  EXPECT_EQ(r.currency, "USD");
  EXPECT_EQ(r.persons.at(1).role, "co-investigator");
  EXPECT_EQ(country_of_person(r, 0), "US");
  const Record& old = all.records[1];
  EXPECT_TRUE(old.persons.empty());
  EXPECT_EQ(old.organisations.at(0).country, "US");
  EXPECT_EQ(find_identifier(old, "grant"), "6800001");
}

TEST(AclAnthology, GivesIdsVenueYearAndTextOfMarkup) {
  const Found all = read("acl_anthology/P05.xml", 11);
  ASSERT_EQ(all.records.size(), 3u);
  const Record& r = all.records[0];
  EXPECT_EQ(r.title, "A Bayesian Parser with n-grams");
  EXPECT_EQ(r.abstract, "We parse fast.");
  EXPECT_EQ(r.venue, "Proceedings of the 43rd Invented Meeting (IM’05)");
  EXPECT_EQ(to_string(r.date), "2005-06");
  EXPECT_EQ(r.provenance.own_id, "P05-1001");
  EXPECT_EQ(find_identifier(r, "anthology"), "P05-1001");
  EXPECT_EQ(r.pages, "1-9");
  EXPECT_EQ(r.persons.at(1).source_id, "wei-li-x");
  EXPECT_EQ(all.records[1].provenance.own_id, "P05-1022");
  EXPECT_EQ(all.records[1].date.year, 2006);  // its own year before the volume's
  EXPECT_EQ(all.records[2].provenance.own_id, "P05-2003");
  EXPECT_EQ(all.records[2].venue, "");        // the first volume's <meta> is not its own
  EXPECT_EQ(all.records[2].date.year, 2005);  // from the name of the collection
}

TEST(Mods, ReadsPrefixedElementsHostAndRoles) {
  const Record r = read("mods/collection.xml").records.at(0);
  EXPECT_EQ(r.title, "The urban question: a scale question");
  EXPECT_EQ(r.persons.at(0).name, "Brandt, Nina");
  EXPECT_EQ(r.persons.at(1).role, "editor");
  EXPECT_EQ(r.venue, "Journal of Towns");
  EXPECT_EQ(r.volume, "24");
  EXPECT_EQ(r.pages, "361-378");
  EXPECT_EQ(r.date.year, 2000);
  EXPECT_EQ(r.language, "de");
  EXPECT_EQ(r.type, "article");
}

TEST(MarcXml, ReadsTheRecordInsideAnSruRecord) {
  const Found all = read("mods/sru_marc.xml");
  ASSERT_EQ(all.records.size(), 1u);
  const Record& r = all.records[0];
  EXPECT_EQ(r.title, "Tempo in music: a thesis");
  EXPECT_EQ(r.type, "thesis");
  EXPECT_EQ(r.date.year, 1991);
  EXPECT_EQ(r.publisher, "Invented Press");
  EXPECT_EQ(find_identifier(r, "isbn"), "0306406152");
}

TEST(CrossrefUnixref, DatesByTheFirstPublicationAndRejectsErrors) {
  const Found all = read("mods/unixref.xml");
  ASSERT_EQ(all.records.size(), 1u);
  const Record& r = all.records[0];
  EXPECT_EQ(r.title, "The Hukou System at 50");
  EXPECT_EQ(to_string(r.date), "2009-03");
  EXPECT_EQ(country_of_person(r, 0), "US");
  ASSERT_EQ(r.references.size(), 2u);
  EXPECT_EQ(r.references[1].year, 1999);
  ASSERT_EQ(all.rejects.size(), 1u);
  EXPECT_NE(all.rejects[0].reason.find("doi:10.1234/nothing"), std::string::npos);
}

TEST(Feeds, ReadsRssWithHtmlAndChannelTitle) {
  const Found all = read("feeds/rss.xml");
  ASSERT_EQ(all.records.size(), 2u);
  const Record& r = all.records[0];
  EXPECT_EQ(r.kind, RecordKind::post);
  EXPECT_EQ(r.title, "Robots & farms");
  EXPECT_EQ(r.abstract, "A short summary.");
  EXPECT_EQ(r.full_text, "First paragraph.\nSecond & last.");
  EXPECT_EQ(r.venue, "Invented News");
  EXPECT_EQ(r.language, "en");
  EXPECT_EQ(to_string(r.date), "2019-03-05");
  EXPECT_EQ(r.provenance.own_id, "id-1");
  EXPECT_EQ(all.records[1].abstract, "plain text only");
}

TEST(Feeds, ReadsAtomAndArxivApart) {
  const Record post = read("feeds/atom.xml").records.at(0);
  EXPECT_EQ(post.title, "Quantum notes");
  EXPECT_EQ(post.url, "https://example.org/q");
  EXPECT_EQ(post.full_text, "One.\nTwo.");
  EXPECT_EQ(to_string(post.date), "2020-02-03");
  const Record paper = read("feeds/arxiv.xml").records.at(0);
  EXPECT_EQ(paper.kind, RecordKind::work);
  EXPECT_EQ(paper.title, "Invented Learning");
  EXPECT_EQ(find_identifier(paper, "arxiv"), "2101.00001");
  EXPECT_EQ(country_of_person(paper, 0), "JP");
  EXPECT_EQ(codes(paper, "arxiv"), (std::vector<std::string>{"cs.LG"}));
}

TEST(OaiPmh, ReadsArxivAndDublinCoreAndPassesOverDeletions) {
  const Found all = read("feeds/oai.xml");
  ASSERT_EQ(all.records.size(), 2u);
  EXPECT_TRUE(all.rejects.empty());
  EXPECT_EQ(all.records[0].title, "Prompt photons");
  EXPECT_EQ(all.records[0].venue, "Phys.Rev.X");
  EXPECT_EQ(codes(all.records[0], "arxiv"), (std::vector<std::string>{"hep-ph", "cs.AI"}));
  EXPECT_EQ(all.records[1].abstract, "The longer description.");
  EXPECT_EQ(all.records[1].date.year, 2010);
  EXPECT_EQ(all.records[1].type, "thesis");
  EXPECT_EQ(find_identifier(all.records[1], "doi"), "10.1234/towns");
}

TEST(Jats, TiesAffiliationsAndReadsTheBody) {
  const Record r = read("pubmed/jats.xml").records.at(0);
  EXPECT_EQ(r.title, "Light in water");
  EXPECT_EQ(to_string(r.date), "2020-02-03");
  ASSERT_EQ(r.persons.size(), 1u);
  EXPECT_EQ(r.persons[0].orcid, "0000-0002-1825-0097");
  ASSERT_EQ(r.organisations.size(), 2u);
  EXPECT_EQ(r.organisations[0].name, "Kyoto University, Kyoto, Japan");
  EXPECT_EQ(r.organisations[1].country, "NO");
  EXPECT_EQ(r.full_text, "Introduction\nWater is wet.");
  EXPECT_EQ(r.references.at(0).doi, "10.1234/old");
  EXPECT_EQ(r.funding.at(0).award, "19K00001");
}

TEST(DataciteXml, PrefersTheIssuedDate) {
  const Record r = read("mods/datacite.xml").records.at(0);
  EXPECT_EQ(r.type, "dataset");
  EXPECT_EQ(to_string(r.date), "2021-06-02");
  EXPECT_EQ(country_of_person(r, 0), "CH");
  EXPECT_EQ(r.organisations.at(1).name, "Survey Group");
  EXPECT_EQ(find_identifier(r, "doi"), "10.1234/data.1");
}

TEST(UsptoXml, ReadsConcatenatedGrantsAndRejectsTheBrokenOne) {
  const Found all = read("uspto/weekly_grants.xml", 13);
  ASSERT_EQ(all.records.size(), 3u);
  ASSERT_EQ(all.rejects.size(), 1u);
  const Record& r = all.records[0];
  EXPECT_EQ(r.kind, RecordKind::patent);
  EXPECT_EQ(r.title, "Wireless patch & system");
  EXPECT_EQ(r.abstract, "A patch senses.");
  EXPECT_EQ(r.full_text, "FIELD\nIt is about patches.\n1. A patch.");
  EXPECT_EQ(r.provenance.own_id, "US9999901B2");
  EXPECT_EQ(find_identifier(r, "application"), "US12134151");
  EXPECT_EQ(to_string(r.date), "2015-01-06");
  EXPECT_EQ(r.persons.at(0).name, "Kato, Tomo");
  EXPECT_EQ(r.persons.at(0).role, "inventor");
  EXPECT_EQ(country_of_person(r, 0), "JP");
  EXPECT_EQ(codes(r, "ipc"), (std::vector<std::string>{"A61B5/0205"}));
  EXPECT_EQ(codes(r, "cpc"), (std::vector<std::string>{"C07D493/04"}));
  EXPECT_EQ(codes(r, "uspc"), (std::vector<std::string>{"379/88.02"}));
  ASSERT_EQ(r.references.size(), 3u);
  EXPECT_EQ(r.references[0].other, "patent:US20030169838A1");
  EXPECT_EQ(r.references[0].year, 2003);
  EXPECT_EQ(r.references[1].other, "patent:EP1234567A2");
  EXPECT_EQ(r.references[2].doi, "10.1234/patch");
  EXPECT_EQ(r.references[2].year, 2007);
  EXPECT_EQ(all.records[1].provenance.own_id, "USD720001S1");
  EXPECT_EQ(all.records[1].type, "design");
  EXPECT_EQ(codes(all.records[1], "uspc"), (std::vector<std::string>{"D14/480"}));
  EXPECT_EQ(all.records[2].title, "After the break");
}

TEST(UsptoSgml, MendsEmptyElementsAndReadsIsoEntities) {
  const Found all = read("uspto/patdoc.sgm");
  ASSERT_EQ(all.records.size(), 1u) << (all.rejects.empty() ? "" : all.rejects[0].reason);
  const Record& r = all.records[0];
  EXPECT_EQ(r.title, "Optical λ device");
  EXPECT_EQ(r.abstract, "A device of 5 μm [sic].");
  EXPECT_EQ(r.provenance.own_id, "US6337117B1");
  EXPECT_EQ(codes(r, "ipc"), (std::vector<std::string>{"B32B3/02"}));
  EXPECT_EQ(codes(r, "uspc"), (std::vector<std::string>{"428/64.1", "428/690"}));
  EXPECT_EQ(country_of_person(r, 0), "JP");
  EXPECT_EQ(country_of_person(r, 1), "US");
  ASSERT_EQ(r.references.size(), 2u);
  EXPECT_EQ(r.references[0].other, "patent:US5422489A");
  EXPECT_EQ(r.references[1].year, 1994);
}

TEST(UsptoPap, ReadsResidenceNotCitizenship) {
  const Record r = read("uspto/application_2001.xml").records.at(0);
  EXPECT_EQ(r.title, "Trading by wire");
  EXPECT_EQ(r.abstract, "A way + means to trade.");
  EXPECT_EQ(r.persons.at(0).name, "Lin, Wayne W");
  EXPECT_EQ(country_of_person(r, 0), "US");
  EXPECT_EQ(country_of_person(r, 1), "JP");
  EXPECT_EQ(codes(r, "ipc"), (std::vector<std::string>{"G06F17/60"}));
  EXPECT_EQ(codes(r, "uspc"), (std::vector<std::string>{"705/26"}));
  EXPECT_EQ(find_identifier(r, "application"), "US09342866");
}

TEST(UsptoGreenbook, ACountryIsNotCutInsideACharacter) {
  Collected sink;
  testing::read_text(xml_formats(), "PATN\nWKU  043479030\nAPN  1925296\nTTL  Balance\nISD  19820907\nINVT\nNAM  Yano; Shozo\nCTY  Kyoto\nCNT  Jÿÿ\nASSG\nNAM  Invented Corporation\nCNT  JPX\n", sink, "x.txt");
  ASSERT_EQ(sink.records.size(), 1u);
  for (const Organisation& organisation : sink.records[0].organisations) EXPECT_TRUE(is_valid_utf8(organisation.country)) << organisation.country;
}

TEST(UsptoGreenbook, ReadsFixedColumnsAndRejectsAPatentWithoutNumber) {
  const Found all = read("uspto/weekly.greenbook");
  ASSERT_EQ(all.records.size(), 2u);
  const Record& r = all.records[0];
  EXPECT_EQ(r.title, "Electronic reading balance with a second line");
  EXPECT_EQ(r.abstract, "A balance of 5 μm to provide an average weight.");
  EXPECT_EQ(r.provenance.own_id, "US4347903A");
  EXPECT_EQ(r.persons.at(1).name, "Miller, Jr., George H.");
  EXPECT_EQ(country_of_person(r, 0), "JP");
  EXPECT_EQ(country_of_person(r, 1), "US");
  EXPECT_EQ(codes(r, "ipc"), (std::vector<std::string>{"G01G19/04", "G06F7/28"}));
  EXPECT_EQ(codes(r, "uspc"), (std::vector<std::string>{"177/25", "177/185"}));
  ASSERT_EQ(r.references.size(), 3u);
  EXPECT_EQ(r.references[0].other, "patent:US4102421");
  EXPECT_EQ(r.references[1].other, "patent:DE1234567");
  EXPECT_EQ(r.references[2].year, 1975);
  EXPECT_EQ(all.records[1].provenance.own_id, "USD265001S");
  ASSERT_EQ(all.rejects.size(), 1u);
  EXPECT_NE(all.rejects[0].reason.find("WKU"), std::string::npos);
}

TEST(UsptoBrs, ReadsExtracts) {
  const Record r = read("uspto/extract_brs.txt").records.at(0);
  EXPECT_EQ(r.title, "Method for noise reduction");
  EXPECT_EQ(r.abstract, "A method is given.");
  EXPECT_EQ(r.provenance.own_id, "US9204581B2");
  EXPECT_EQ(country_of_person(r, 0), "TW");
  EXPECT_EQ(codes(r, "ipc"), (std::vector<std::string>{"H05K9/00"}));
  ASSERT_EQ(r.references.size(), 3u);
  EXPECT_EQ(r.references[1].other, "patent:CN1402605");
  EXPECT_EQ(r.references[2].text, "Doe, Noise, 2001");
}

TEST(XmlFormats, RejectEntityBombsWithoutExpandingThem) {
  Collected sink;
  testing::read_text(xml_formats(),
                     "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID>"
                     "<Article><ArticleTitle>&b;</ArticleTitle></Article></MedlineCitation></PubmedArticle><PubmedArticle><MedlineCitation><PMID>2</PMID><Article>"
                     "<ArticleTitle>fine &eacute;</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
                     sink);
  ASSERT_EQ(sink.rejects.size(), 1u);
  EXPECT_NE(sink.rejects[0].reason.find("&b;"), std::string::npos);
  ASSERT_EQ(sink.records.size(), 1u);
  EXPECT_EQ(sink.records[0].title, "fine é");
  EXPECT_TRUE(sink.warned("dtd_entities"));
}

TEST(XmlFormats, RejectedRecordsCanBeImportedAgain) {
  Collected sink;
  testing::read_text(xml_formats(), "<rootTag><Award><AwardTitle>x</AwardTitle><Wrong></Award></rootTag>", sink);
  ASSERT_EQ(sink.rejects.size(), 1u);
  EXPECT_NE(sink.rejects[0].reason.find("not well-formed"), std::string::npos);
  std::string corrected = sink.rejects[0].raw;
  corrected.replace(corrected.find("<Wrong>"), 7, "<Wrong/>");
  Collected again;
  testing::read_text(xml_formats(), corrected, again);
  EXPECT_EQ(again.records.size(), 1u);
}

// A fixture cut at any byte gives records and rejects, never a crash, and never more than the whole file has.
TEST(XmlFormats, SurviveACutAtAnyByte) {
  for (const std::string_view path : {"pubmed/two_articles.xml", "endnote_xml/styles.xml", "nsf/awards.xml", "acl_anthology/P05.xml", "mods/collection.xml", "mods/sru_marc.xml",
                                      "mods/unixref.xml", "feeds/rss.xml", "feeds/atom.xml", "feeds/oai.xml", "pubmed/jats.xml", "mods/datacite.xml", "uspto/weekly_grants.xml", "uspto/patdoc.sgm", "uspto/application_2001.xml",
                                      "uspto/weekly.greenbook", "uspto/extract_brs.txt"}) {
    const std::string whole = fixture(path);
    const Format* format = testing::recognise_among(xml_formats(), {path, whole, true});
    ASSERT_NE(format, nullptr) << path;
    const auto count = [&](std::string text) {
      Collected sink;
      MemoryStream stream(std::move(text));
      ReadOptions options;
      Progress progress;
      EXPECT_TRUE(format->read(stream, options, sink, progress)) << path;
      return sink.records.size() + sink.rejects.size();
    };
    const std::size_t all = count(whole);
    for (std::size_t cut = 0; cut < whole.size(); cut += 1 + whole.size() / 1500) EXPECT_LE(count(whole.substr(0, cut)), all) << path << " cut at " << cut;
  }
}

// Bytes changed at random (the same each time): what is read may be wrong, but nothing crashes or runs away.
TEST(XmlFormats, SurviveDamagedBytes) {
  Random random(7);
  for (const std::string_view path : {"pubmed/two_articles.xml", "endnote_xml/styles.xml", "acl_anthology/P05.xml", "mods/sru_marc.xml", "mods/unixref.xml", "feeds/rss.xml", "pubmed/jats.xml",
                                      "uspto/weekly_grants.xml", "uspto/patdoc.sgm", "uspto/weekly.greenbook", "uspto/extract_brs.txt"}) {
    const std::string whole = fixture(path);
    const Format* format = testing::recognise_among(xml_formats(), {path, whole, true});
    ASSERT_NE(format, nullptr) << path;
    for (int round = 0; round < 150; ++round) {
      std::string damaged = whole;
      for (int change = 0; change < 8; ++change) {
        constexpr std::string_view kBytes = "<>&;/\"'!?[]-\0\xff =x";
        const std::size_t at = random.below(static_cast<std::uint32_t>(damaged.size()));
        damaged[at] = change % 2 == 0 ? kBytes[random.below(static_cast<std::uint32_t>(kBytes.size()))] : static_cast<char>(random.below(256));
      }
      Collected sink;
      MemoryStream stream(std::move(damaged), 1 + random.below(5000));
      Progress progress;
      EXPECT_TRUE(format->read(stream, ReadOptions{}, sink, progress)) << path;
      EXPECT_LE(sink.records.size() + sink.rejects.size(), 20u) << path;
    }
  }
}

TEST(Uspto, SymbolsInColumnsAreNotCutInsideACharacter) {
  EXPECT_EQ(xml::ipc_symbol("G06F 1730"), "G06F17/30");
  for (const char* damaged : {"G06F \xe4\xb8\xad" "30", "36\xe4\xb8\xad\xe6\x96\x87"}) {
    EXPECT_TRUE(is_valid_utf8(xml::ipc_symbol(damaged)));
    EXPECT_TRUE(is_valid_utf8(xml::uspc_symbol(damaged)));
  }
}

}  // namespace
}  // namespace jianwei::sources
