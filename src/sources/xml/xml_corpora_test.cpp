// The XML readers on the real files of the corpora, where these are on the machine.
#include <set>

#include "sources/test_support.h"

namespace jianwei::sources {
namespace {

using testing::Collected;
using testing::corpus;

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder, std::initializer_list<std::string_view> starts) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    for (const std::string_view start : starts) {
      if (name.starts_with(start)) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(XmlCorpora, PatentsOfAllSevenHistoricalFormatsAreComplete) {
  const std::filesystem::path root = corpus("exchange-formats");
  if (root.empty()) GTEST_SKIP() << "the corpora are not on this machine";
  std::set<std::string> formats;
  std::int64_t count = 0;
  for (const auto& folder : files_in(root, {"uspto-"})) {
    if (folder.filename().string().starts_with("uspto-cpc")) continue;
    for (const auto& file : files_in(folder, {"U", "css"})) {
      Collected all;
      std::string format;
      testing::read_path(xml_formats(), file, all, &format);
      formats.insert(format);
      EXPECT_TRUE(all.rejects.empty()) << file << ": " << all.rejects[0].reason;
      for (const Record& r : all.records) {
        ++count;
        EXPECT_FALSE(r.title.empty()) << file;
        EXPECT_TRUE(r.type == "design" || r.abstract.size() > 200) << file;
        EXPECT_NE(r.date.day, 0) << file;
        EXPECT_FALSE(r.classifications.empty()) << file;
        EXPECT_FALSE(r.persons.empty()) << file;
        for (const Person& person : r.persons) {
          ASSERT_FALSE(person.organisations.empty()) << file;
          EXPECT_EQ(r.organisations[static_cast<std::size_t>(person.organisations[0])].country.size(), 2u) << file;
        }
        EXPECT_TRUE(r.type == "application" || !r.references.empty()) << file;
        EXPECT_GT(r.full_text.size(), 500u) << file;
        // The number is the one in the file's name, zeros aside.
        std::string name = file.filename().string().substr(2);
        name.erase(0, name.find_first_not_of('0'));
        EXPECT_TRUE(format == "uspto_brs" || r.provenance.own_id.substr(2, 7) == name.substr(0, 7)) << file << " " << r.provenance.own_id;
      }
    }
  }
  EXPECT_EQ(formats.size(), 5u);
  EXPECT_GE(count, 16);
}

TEST(XmlCorpora, ClassificationAuthoritiesAreCountedNotImported) {
  const std::filesystem::path root = corpus("exchange-formats");
  if (root.empty()) GTEST_SKIP() << "the corpora are not on this machine";
  for (const std::string_view folder : {"uspto-cpcMaster", "uspto-cpcScheme"}) {
    for (const auto& file : files_in(root / folder, {"cpc"})) {
      Collected all;
      testing::read_path(xml_formats(), file, all);
      EXPECT_TRUE(all.records.empty());
      EXPECT_TRUE(all.warned("authority_file"));
    }
  }
}

TEST(XmlCorpora, ExchangeFormatsGiveTitlesAndFewRejects) {
  const std::filesystem::path root = corpus("exchange-formats");
  if (root.empty()) GTEST_SKIP() << "the corpora are not on this machine";
  std::vector<std::filesystem::path> files = files_in(root / "nsf-award-xml", {""});
  for (const auto& file : files_in(root / "endnote-xml", {""})) files.push_back(file);
  for (const auto& file : files_in(root / "jabref-samples", {"EndnoteXml", "MODS", "Marc", "MARC", "MedlineImporterTest"})) files.push_back(file);
  for (const auto& file : files_in(root / "reference-import-samples", {"Crossref_Unixref", "Endnote_XML", "MODS", "PubMed_XML"})) files.push_back(file);
  std::size_t records = 0;
  std::size_t rejects = 0;
  std::size_t titles = 0;
  std::size_t dates = 0;
  for (const auto& file : files) {
    Collected all;
    testing::read_path(xml_formats(), file, all);
    records += all.records.size();
    rejects += all.rejects.size();
    for (const Record& r : all.records) titles += r.title.empty() ? 0 : 1, dates += r.date.known() ? 1 : 0;
  }
  EXPECT_GE(records, 240u);
  EXPECT_LE(rejects, 2u);            // a <PubmedArticle> holding "wrong format", a <mods> that holds a genre only
  EXPECT_GE(titles + 1, records);    // one Crossref record has <title/>
  EXPECT_GE(100 * dates, 95 * records);
}

TEST(XmlCorpora, AclAnthologyGivesEveryPaperWithIdVenueAndYear) {
  const std::filesystem::path archive = corpus("acl-anthology/acl-anthology-xml.tar.gz");
  if (archive.empty()) GTEST_SKIP() << "the corpora are not on this machine";
  // The count and the anthology's own ids as the raw text has them.
  std::int64_t papers = 0;
  std::int64_t differing = 0;
  Collected all;
  testing::read_path(xml_formats(), archive, all);
  ASSERT_TRUE(open_source(archive, OpenLimits{}, [&](OpenedFile& file) -> Result<> {
    std::string text;
    for (std::string block(1 << 16, '\0');;) {
      const std::size_t count = TRY(file.stream->read(block.data(), block.size()));
      if (count == 0) break;
      text.append(block, 0, count);
    }
    for (std::size_t at = text.find("<paper "); at != std::string::npos; at = text.find("<paper ", at + 1)) ++papers;
    return {};
  }));
  EXPECT_EQ(static_cast<std::int64_t>(all.records.size()), papers);
  EXPECT_TRUE(all.rejects.empty());
  std::set<std::string> ids;
  for (const Record& r : all.records) {
    EXPECT_FALSE(r.title.empty());
    EXPECT_FALSE(r.venue.empty()) << r.provenance.own_id;
    EXPECT_GE(r.date.year, 1960) << r.provenance.own_id;
    ids.insert(r.provenance.own_id);
    // The <url> of a paper is its id; ours is computed by the Anthology's rule.
    const std::size_t url = r.provenance.raw.find("<url");
    const std::size_t begin = url == std::string::npos ? url : r.provenance.raw.find('>', url) + 1;
    const std::string written = begin == std::string::npos ? "" : r.provenance.raw.substr(begin, r.provenance.raw.find('<', begin) - begin);
    if (!written.empty() && written.find("://") == std::string::npos && written != r.provenance.own_id) ++differing;
  }
  EXPECT_EQ(ids.size(), all.records.size());
  EXPECT_LE(differing, papers / 1000);
}

}  // namespace
}  // namespace jianwei::sources
