// What the RIS and BibTeX writers write, the project's own readers read back.
#include <gtest/gtest.h>

#include "products/exporters/bibliography.h"
#include "sources/test_support.h"

namespace jianwei {
namespace {

Record article() {
  Record record;
  record.type = "article";
  record.title = "Soft robots: 50% cheaper & {better} than H_2O at ~5 °C";
  record.abstract = "A first sentence with 100% of $5. A second one: α-helix, naïve.";
  record.date = {2019, 3, 0};
  record.persons = {{"Müller, Anna", "Müller", "Anna", "", "", "", {}}, {"van der Berg, Jan", "van der Berg", "Jan", "", "", "", {}}};
  record.keywords = {"soft robotics", "pneumatic actuation"};
  record.venue = "Robotics & Automation";
  record.volume = "8";
  record.issue = "2";
  record.pages = "10-19";
  record.publisher = "MDPI";
  record.language = "en";
  record.url = "https://example.org/a_b?c=1&d=2";
  add_identifier(record, "doi", "10.1000/abc_1");
  return record;
}

Record chinese_paper() {
  Record record;
  record.type = "conference_paper";
  record.title = "固态电池界面研究";
  record.abstract = "摘要：界面阻抗。";
  record.date = {2021, 11, 0};
  record.persons = {{"王伟", "", "", "", "", "", {}}, {"李娜", "", "", "", "", "", {}}};
  record.keywords = {"固态电池", "界面"};
  record.venue = "中国化学会年会";
  record.pages = "5";
  record.language = "zh";
  add_identifier(record, "doi", "10.1000/xyz");
  return record;
}

std::vector<Record> read_back(const std::string& text) {
  sources::testing::Collected sink;
  sources::testing::read_text(sources::tagged_formats(), text, sink);
  EXPECT_TRUE(sink.rejects.empty());
  return sink.records;
}

void expect_same(const Record& read, const Record& written) {
  EXPECT_EQ(read.type, written.type);
  EXPECT_EQ(read.title, written.title);
  EXPECT_EQ(read.abstract, written.abstract);
  EXPECT_EQ(to_string(read.date), to_string(written.date));
  ASSERT_EQ(read.persons.size(), written.persons.size());
  for (std::size_t i = 0; i < read.persons.size(); ++i) EXPECT_EQ(read.persons[i].name, written.persons[i].name);
  EXPECT_EQ(read.keywords, written.keywords);
  EXPECT_EQ(read.venue, written.venue);
  EXPECT_EQ(read.volume, written.volume);
  EXPECT_EQ(read.issue, written.issue);
  EXPECT_EQ(read.pages, written.pages);
  EXPECT_EQ(read.publisher, written.publisher);
  EXPECT_EQ(read.language, written.language);
  EXPECT_EQ(read.url, written.url);
  EXPECT_EQ(find_identifier(read, "doi"), find_identifier(written, "doi"));
}

TEST(RoundTrip, RisReadsBack) {
  const std::vector<Record> written = {article(), chinese_paper()};
  const std::vector<Record> read = read_back(products::to_ris(written));
  ASSERT_EQ(read.size(), written.size());
  for (std::size_t i = 0; i < read.size(); ++i) expect_same(read[i], written[i]);
}

TEST(RoundTrip, BibtexReadsBack) {
  const std::vector<Record> written = {article(), chinese_paper()};
  const std::vector<Record> read = read_back(products::to_bibtex(written));
  ASSERT_EQ(read.size(), written.size());
  for (std::size_t i = 0; i < read.size(); ++i) expect_same(read[i], written[i]);
}

}  // namespace
}  // namespace jianwei
