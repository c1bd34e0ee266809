// Each format on a small hand-made export with the quirks of its dialects.
#include <gtest/gtest.h>

#include "base/file.h"
#include "base/source_dir.h"
#include "sources/tagged/reading_test.h"
#include "sources/tagged/record_fields.h"

namespace jianwei::sources {
namespace {

testing::Collected& read_fixture(testing::Collected& sink, const std::string& format, const std::string& name) {
  read_recognised(sink, format, testing::fixture(name));
  return sink;
}

TEST(Ris, ReadsTheScopusDialect) {
  testing::Collected sink;
  const auto& records = read_fixture(sink, "ris", "ris/scopus.ris").records;
  ASSERT_EQ(records.size(), 4U);
  const Record& first = records[0];
  EXPECT_EQ(first.title, "Grain boundaries in garnet electrolytes: A review");
  EXPECT_EQ(first.type, "review");
  EXPECT_EQ(first.venue, "Journal of Imaginary Batteries");
  EXPECT_EQ(first.abstract, "Garnet electrolytes conduct lithium & resist H2O. A second paragraph.");
  EXPECT_EQ(first.keywords, (Strings{"Garnet", "Grain boundary"}));
  EXPECT_EQ(first.citation_count, 17);
  EXPECT_EQ(first.pages, "104318");
  EXPECT_EQ(first.language, "en");
  EXPECT_EQ(first.provenance.source, "scopus");
  EXPECT_EQ(first.provenance.own_id, "2-s2.0-85000000001");
  EXPECT_EQ(find_identifier(first, "doi"), "10.5555/jib.2021.104318");
  EXPECT_EQ(find_identifier(first, "issn"), "0378-4754");
  ASSERT_EQ(first.organisations.size(), 2U);
  EXPECT_EQ(first.organisations[0].name, "University of Göttingen");
  EXPECT_EQ(first.organisations[1].country, "JP");
  EXPECT_EQ(first.provenance.line, 1);
  EXPECT_TRUE(first.provenance.raw.starts_with("TY  - JOUR\nTI  - Grain") && first.provenance.raw.ends_with("ER  - \n"));
}

TEST(Ris, ForgivesMissingEndsLowerCaseAndOneBlank) {
  testing::Collected sink;
  const auto& records = read_fixture(sink, "ris", "ris/scopus.ris").records;
  ASSERT_EQ(records.size(), 4U);
  EXPECT_EQ(records[1].title, "A paper without its end mark");
  EXPECT_EQ(to_string(records[1].date), "2019-07-22");
  EXPECT_EQ(records[1].type, "conference_paper");
  EXPECT_EQ(records[2].title, "Lower-case tags");
  EXPECT_EQ(records[2].type, "thesis");
  EXPECT_EQ(names(records[2], "advisor"), Strings{"Zhang, Min"});
  EXPECT_EQ(to_string(records[2].date), "2018-09");
  EXPECT_EQ(records[3].kind, RecordKind::patent);
  EXPECT_EQ(find_identifier(records[3], "patent"), "US7123456B2");
  EXPECT_EQ(names(records[3], "inventor"), Strings{"Doe, Jane"});
  EXPECT_FALSE(records[3].date.known());
  ASSERT_EQ(sink.rejects.size(), 1U);
  EXPECT_EQ(sink.rejects[0].index, 4);
  EXPECT_EQ(sink.rejects[0].line, 48);
  EXPECT_NE(sink.rejects[0].raw.find("nothing that names it"), std::string::npos);
}

TEST(Ris, ReadsLinesEndedByCarriageReturns) {
  testing::Collected sink;
  const auto& records = read_fixture(sink, "ris", "ris/wos_carriage_returns.ris").records;
  ASSERT_EQ(records.size(), 1U);
  ASSERT_EQ(records[0].organisations.size(), 2U);
  EXPECT_EQ(records[0].organisations[1].country, "JP");
  EXPECT_EQ(records[0].provenance.own_id, "WOS:000000000000042");
  EXPECT_EQ(records[0].provenance.source, "wos");
  EXPECT_EQ(to_string(records[0].date), "2018-03-05");
  EXPECT_EQ(records[0].citation_count, 12);
  ASSERT_EQ(records[0].funding.size(), 3U);
  EXPECT_EQ(records[0].funding[1].award, "12");
}

TEST(Wos, MapsAddressesToTheirAuthors) {
  testing::Collected sink;
  const auto& records = read_fixture(sink, "wos", "wos/full.txt").records;
  ASSERT_EQ(records.size(), 2U);
  const Record& first = records[0];
  EXPECT_EQ(first.title, "Mapping imaginary rivers: an analysis over two lines");
  EXPECT_EQ(names(first), (Strings{"Toh, Ming Liang", "Li, Wei"}));
  ASSERT_EQ(first.organisations.size(), 2U);
  EXPECT_EQ(first.organisations[0].name, "Univ Nowhere");
  EXPECT_EQ(first.organisations[0].country, "MY");
  EXPECT_EQ(first.organisations[1].country, "CN");
  EXPECT_EQ(first.persons[0].organisations, (std::vector<std::int32_t>{0}));
  EXPECT_EQ(first.persons[1].organisations, (std::vector<std::int32_t>{0, 1}));
  EXPECT_EQ(first.persons[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(first.persons[1].source_id, "A-1234-2010");
  EXPECT_EQ(first.type, "article");
  EXPECT_EQ(first.keywords, (Strings{"Rivers", "mapping", "FLOW"}));
  EXPECT_EQ(to_string(first.date), "2026-02-25");
  EXPECT_EQ(first.citation_count, 5);
  EXPECT_EQ(first.pages, "10-19");
  EXPECT_EQ(first.provenance.own_id, "WOS:000000000000007");
  EXPECT_EQ(first.provenance.line, 3);
  EXPECT_EQ(find_identifier(first, "pmid"), "12345678");
  EXPECT_EQ(first.classifications.size(), 4U);
  ASSERT_EQ(first.funding.size(), 3U);
  EXPECT_EQ(first.funding[0].funder, "National Fund");
}

TEST(Wos, TakesReferencesApart) {
  testing::Collected sink;
  const auto& references = read_fixture(sink, "wos", "wos/full.txt").records.at(0).references;
  ASSERT_EQ(references.size(), 4U);
  EXPECT_EQ(references[0].author, "Aria M");
  EXPECT_EQ(references[0].year, 2017);
  EXPECT_EQ(references[0].venue, "J INFORMETR");
  EXPECT_EQ(references[0].doi, "10.1016/j.joi.2017.08.007");
  EXPECT_EQ(references[1].doi, "");
  EXPECT_EQ(references[3].author, "");
  EXPECT_EQ(references[3].year, 2024);
  EXPECT_EQ(references[3].doi, "10.5555/x.1");
}

TEST(Wos, ReadsPatentsAndLostIndents) {
  testing::Collected sink;
  const Record& record = read_fixture(sink, "wos", "wos/full.txt").records.at(1);
  EXPECT_EQ(record.kind, RecordKind::patent);
  EXPECT_EQ(record.title, "Unindented continuation of a patent title");
  EXPECT_EQ(find_identifier(record, "patent"), "US07967789");
  EXPECT_EQ(to_string(record.date), "2011-06-28");
  ASSERT_EQ(record.organisations.size(), 1U);
  EXPECT_EQ(record.organisations[0].role, "applicant");
}

TEST(Medline, AttachesAffiliationsToTheAuthorAboveThem) {
  testing::Collected sink;
  const auto& records = read_fixture(sink, "medline", "medline/two.nbib").records;
  ASSERT_EQ(records.size(), 2U);
  const Record& first = records[0];
  EXPECT_EQ(first.title, "A trial of imaginary drugs in two lines.");
  EXPECT_EQ(names(first), (Strings{"Wu, Dan", "Gout, Ivan T"}));
  EXPECT_EQ(first.persons[0].organisations.size(), 2U);
  EXPECT_EQ(first.persons[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(first.organisations.at(0).name, "Nanjing Institute of Environmental Sciences");
  EXPECT_EQ(first.organisations.at(1).country, "NO");
  EXPECT_EQ(first.abstract, "BACKGROUND: None. RESULTS: DNA-binding was seen in all.");
  EXPECT_EQ(first.type, "review");
  EXPECT_EQ(to_string(first.date), "2019-10-08");
  EXPECT_EQ(first.venue, "Journal of imaginary medicine");
  EXPECT_EQ(first.keywords, Strings{"imaginary drug"});
  EXPECT_EQ(first.classifications.at(1).label, "Drug Therapy/methods");
  EXPECT_EQ(first.funding.at(0).award, "R01 HL12345");
  EXPECT_EQ(first.funding.at(0).funder, "NHLBI NIH HHS");
  EXPECT_EQ(find_identifier(first, "pmcid"), "PMC1234567");
  EXPECT_EQ(find_identifier(first, "doi"), "10.5555/med.2019.1");
  EXPECT_EQ(records[1].provenance.source, "eric");
  EXPECT_EQ(records[1].provenance.own_id, "EJ0000001");
  EXPECT_EQ(names(records[1]), (Strings{"Zhou, Yujia", "Smith, Ann"}));
}

TEST(Endnote, ReadsTheCnkiDialect) {
  testing::Collected sink;
  const auto& records = read_fixture(sink, "endnote", "endnote/cnki.enw").records;
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].abstract, "目的：研究界面。 第二段。");
  EXPECT_EQ(records[0].keywords, (Strings{"固态电池", "界面", "电解质"}));
  EXPECT_EQ(records[0].organisations.size(), 2U);
  EXPECT_EQ(records[0].provenance.source, "cnki");
  EXPECT_EQ(records[1].type, "standard");
  EXPECT_EQ(find_identifier(records[1], "standard"), "GB/T 43109-2023");
  EXPECT_EQ(records[2].kind, RecordKind::patent);
  EXPECT_EQ(find_identifier(records[2], "patent"), "US11651140");
  EXPECT_EQ(to_string(records[2].date), "2023-05-16");
  EXPECT_EQ(names(records[2], "inventor").size(), 2U);
}

TEST(Endnote, SeparatesRecordsByBlankLinesWhereNothingElseDoes) {
  testing::Collected sink;
  const auto& records = read_fixture(sink, "endnote", "endnote/blank_lines.enw").records;
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[1].title, "Wheat");
}

TEST(Refworks, ReadsTheCnkiDialect) {
  testing::Collected sink;
  const auto& records = read_fixture(sink, "refworks", "refworks/cnki.txt").records;
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].volume, "49");
  EXPECT_EQ(records[0].pages, "1106-1111+1117");
  EXPECT_EQ(records[0].abstract, "目的研究黄瓜。 方法说明如下。");
  EXPECT_EQ(names(records[1]), Strings{"林丙"});
  EXPECT_EQ(names(records[1], "advisor"), (Strings{"黄丁", "杨戊"}));
  EXPECT_EQ(records[1].language, "zh");
  EXPECT_EQ(records[1].venue, "某某大学");
  EXPECT_EQ(find_identifier(records[2], "patent"), "CN111020404A");
  EXPECT_EQ(names(records[2], "inventor"), (Strings{"施己", "杨庚"}));
  ASSERT_EQ(records[2].organisations.size(), 1U);
  EXPECT_EQ(records[2].organisations[0].role, "applicant");
  EXPECT_EQ(records[2].organisations[0].country, "CN");
}

TEST(Noteexpress, ReadsListsOfOneAndTwoSemicolons) {
  testing::Collected sink;
  const auto& records = read_fixture(sink, "noteexpress", "noteexpress/cnki.net").records;
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(names(records[0]).size(), 3U);
  EXPECT_EQ(records[0].abstract, "Scant information is available.");
  EXPECT_EQ(records[0].organisations.at(0).name, "The University of Manchester");
  EXPECT_EQ(records[0].organisations.at(0).country, "GB");
  EXPECT_EQ(records[1].keywords, (Strings{"铁路运输", "“门到门”产品"}));
  EXPECT_EQ(names(records[1], "advisor"), Strings{"何乙"});
  EXPECT_EQ(records[1].type, "thesis");
}

// Whatever a file is cut to, what was read before the cut stays the same, and nothing crashes.
TEST(Tagged, AFileCutAnywhereGivesThePrefixOfItsRecords) {
  const struct { const char* format; const char* file; } cases[] = {
      {"ris", "ris/scopus.ris"}, {"wos", "wos/full.txt"}, {"medline", "medline/two.nbib"}, {"endnote", "endnote/cnki.enw"}, {"refworks", "refworks/cnki.txt"}, {"noteexpress", "noteexpress/cnki.net"}, {"bibtex", "bibtex/mixed.bib"}};
  for (const auto& one : cases) {
    const std::string text = testing::fixture(one.file);
    testing::Collected whole;
    ASSERT_TRUE(read_text(one.format, text, whole));
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
      testing::Collected sink;
      ASSERT_TRUE(read_text(one.format, text.substr(0, cut), sink, 113)) << one.file << " cut at " << cut;
      ASSERT_LE(sink.records.size(), whole.records.size()) << one.file << " cut at " << cut;
      for (std::size_t i = 0; i + 1 < sink.records.size(); ++i) {
        if (sink.records[i].provenance.raw == whole.records[i].provenance.raw) continue;
        // Only where the cut itself changes what follows: a parent that is cut away.
        ADD_FAILURE() << one.file << " cut at " << cut << ", record " << i;
        return;
      }
    }
  }
}

TEST(Tagged, EveryFormatReadsNoiseWithoutHarm) {
  std::uint32_t x = 12345;
  const std::string alphabet = "TY  -ERPTAU%0{}@=\",#\\\n\r\t AB12;:<>~$\x80\xe4\xb8\xad\xff--";
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 400; ++i) {
      x = x * 1664525U + 1013904223U;
      text += alphabet[(x >> 8) % alphabet.size()];
    }
    for (const Format& format : tagged_formats()) {
      testing::Collected sink;
      const double score = format.recognise({"noise.txt", text, true});
      EXPECT_GE(score, 0.0);
      EXPECT_LE(score, 1.0);
      EXPECT_TRUE(read_text(format.name, text, sink, 1 + static_cast<std::size_t>(round)));
    }
  }
}

TEST(Names, AreTakenApartOnlyWhereTheFormSaysHow) {
  EXPECT_EQ(make_person("Müller, Jürgen").family, "Müller");
  EXPECT_EQ(make_person("Knuth, Donald E., Jr.").given, "Donald E., Jr.");
  EXPECT_EQ(make_person("王小明").family, "");
  EXPECT_EQ(make_person("G. Kalbe").name, "G. Kalbe");
  EXPECT_EQ(make_person("Department of Physics, University, City").family, "");
}

}  // namespace
}  // namespace jianwei::sources
