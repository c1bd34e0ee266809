#include "store/record_parquet.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace jianwei::store {
namespace {

RecordRow full_row(std::uint64_t key) {
  RecordRow row;
  row.key = key;
  row.content_hash = key * 31;
  row.title_signature = ~key;
  row.sequence = static_cast<std::int64_t>(key);
  row.file_id = 7;
  Record& r = row.record;
  r.kind = RecordKind::patent;
  r.type = "grant";
  r.title = "固态电池 solid state battery " + std::to_string(key);
  r.abstract = std::string(key % 97, 'a') + "摘要";
  r.language = "zh";
  r.date = {2019, 3, 0};
  r.end_date = {2021, 0, 0};
  r.organisations = {{"Tsinghua University", "CN", "", ""}, {"MIT", "US", "applicant", "042nb2s44"}};
  for (std::uint64_t i = 0; i < key % 4; ++i) {
    r.persons.push_back({"Li, Wei", "Li", "Wei", "inventor", "0000-0002-1825-0097", "A1", {0, 1}});
    r.references.push_back({"Ref", "10.1/x", "", "Smith", "T", "V", static_cast<std::int16_t>(1990 + i)});
  }
  r.keywords = {"电池", "battery"};
  r.classifications = {{"cpc", "H01M", "Batteries"}};
  r.funding = {{"NSFC", "61872108"}};
  r.identifiers = {{"doi", "10.1000/abc"}};
  r.venue = "CN";
  if (key % 2 == 0) r.citation_count = 12;
  r.amount = 1.5;
  r.provenance = {"lens", "lens_csv", "000-1", "raw,\"text\"", 12, static_cast<std::int64_t>(key)};
  return row;
}

class RecordParquet : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("jw_record_parquet_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    database_.emplace(*Database::open({.thread_count = 2}));
    connection_.emplace(*database_->connect());
  }
  void TearDown() override {
    connection_.reset();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::filesystem::path folder_;
  std::optional<Database> database_;
  std::optional<Connection> connection_;
};

TEST_F(RecordParquet, GivesBackEveryFieldItWrote) {
  std::vector<RecordRow> rows;
  for (std::uint64_t key = 1; key <= 5000; ++key) rows.push_back(full_row(key));
  bool given = false;
  RecordFeed feed(source_fields(), [&]() -> Result<std::span<const RecordRow>> {
    if (given) return std::span<const RecordRow>{};
    given = true;
    return std::span<const RecordRow>(rows);
  });
  const auto written = write_parquet(*connection_, "SELECT * FROM " + feed.sql(), folder_ / "a.parquet", &feed);
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_EQ(*written, 5000);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "a.parquet.part"));

  std::vector<RecordRow> back;
  const auto read = read_records(*connection_, "SELECT * FROM " + parquet_sql({folder_ / "a.parquet"}), {}, [&](std::vector<RecordRow>&& batch) -> Result<> {
    for (RecordRow& row : batch) back.push_back(std::move(row));
    return {};
  });
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(back.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const RecordRow& a = rows[i];
    const RecordRow& b = back[i];
    ASSERT_EQ(a.key, b.key);
    ASSERT_EQ(a.content_hash, b.content_hash);
    ASSERT_EQ(a.title_signature, b.title_signature);
    ASSERT_EQ(a.sequence, b.sequence);
    ASSERT_EQ(b.file_id, 7);
    ASSERT_EQ(a.record.kind, b.record.kind);
    ASSERT_EQ(a.record.title, b.record.title);
    ASSERT_EQ(a.record.abstract, b.record.abstract);
    ASSERT_EQ(a.record.date, b.record.date);
    ASSERT_EQ(a.record.end_date, b.record.end_date);
    ASSERT_EQ(a.record.persons.size(), b.record.persons.size());
    for (const Person& person : b.record.persons) {
      ASSERT_EQ(person.given, "Wei");
      ASSERT_EQ(person.organisations, (std::vector<std::int32_t>{0, 1}));
    }
    ASSERT_EQ(b.record.organisations[1].ror, "042nb2s44");
    ASSERT_EQ(a.record.references.size(), b.record.references.size());
    if (!b.record.references.empty()) {
      ASSERT_EQ(b.record.references.back().year, a.record.references.back().year);
    }
    ASSERT_EQ(a.record.keywords, b.record.keywords);
    ASSERT_EQ(b.record.classifications[0].code, "H01M");
    ASSERT_EQ(b.record.funding[0].award, "61872108");
    ASSERT_EQ(b.record.identifiers[0].value, "10.1000/abc");
    ASSERT_EQ(a.record.citation_count, b.record.citation_count);
    ASSERT_EQ(a.record.amount, b.record.amount);
    ASSERT_EQ(a.record.provenance.raw, b.record.provenance.raw);
    ASSERT_EQ(a.record.provenance.index, b.record.provenance.index);
  }
}

TEST_F(RecordParquet, KeepsUnknownFieldsNull) {
  std::vector<RecordRow> rows(1);
  bool given = false;
  RecordFeed feed(merged_fields(), [&]() -> Result<std::span<const RecordRow>> {
    return std::exchange(given, true) ? std::span<const RecordRow>{} : std::span<const RecordRow>(rows);
  });
  ASSERT_TRUE(write_parquet(*connection_, "SELECT * FROM " + feed.sql(), folder_ / "n.parquet", &feed));
  const auto nulls = connection_->query_integer(
      "SELECT count(*) FROM " + parquet_sql({folder_ / "n.parquet"}) +
      " WHERE title IS NULL AND persons IS NULL AND keywords IS NULL AND year IS NULL AND citation_count IS NULL");
  ASSERT_TRUE(nulls) << nulls.error().message;
  EXPECT_EQ(*nulls, 1);
}

TEST_F(RecordParquet, ReturnsTheErrorOfTheFeedAndLeavesNoFile) {
  RecordFeed feed(source_fields(), []() -> Result<std::span<const RecordRow>> { return fail(ErrorKind::cancelled, "asked to stop"); });
  const auto written = write_parquet(*connection_, "SELECT * FROM " + feed.sql(), folder_ / "c.parquet", &feed);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::cancelled);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST(RecordId, ReadsBackAndRefusesOtherText) {
  EXPECT_EQ(*parse_record_id(record_id(0xfedcba9876543210ULL)), 0xfedcba9876543210ULL);
  EXPECT_FALSE(parse_record_id("r12"));
  EXPECT_FALSE(parse_record_id("r000000000000000g"));
}

}  // namespace
}  // namespace jianwei::store
