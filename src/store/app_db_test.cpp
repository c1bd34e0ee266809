#include "store/app_db.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "store/lake.h"

namespace jianwei::store {
namespace {

namespace fs = std::filesystem;

class AppDbTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("jw_app_db_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    ASSERT_TRUE(Lake::create(root_));
  }
  void TearDown() override { fs::remove_all(root_); }
  fs::path root_;
};

TEST_F(AppDbTest, CommitsABatchWithItsPartsAndFilesOrNotAtAll) {
  AppDb app = *AppDb::open(root_ / "app.db", false);
  FileRow file{1, 1, "a.ris", "abc", 10, "ris", "utf-8", 3, 2, 1, 0, 0, "{}", {{"title", 2}}, ""};
  ASSERT_TRUE(app.commit_batch({1, utc_now(), "import", "0", 2, 0}, {{part_path(1, 0), 1, 2}}, {file}));
  EXPECT_EQ(*app.next_batch_id(), 2);
  EXPECT_EQ(*app.next_sequence(), 2);
  EXPECT_EQ((*app.find_file("abc"))->rejected, 1);
  EXPECT_DOUBLE_EQ(app.fill_rates("ris")->front().second, 1.0);
  // The second batch names a part that is there already: nothing of it may stay.
  const auto again = app.commit_batch({2, utc_now(), "import", "0", 2, 2}, {{part_path(1, 0), 2, 2}}, {});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::conflict);
  EXPECT_EQ(app.batches()->size(), 1U);
}

TEST_F(AppDbTest, KeepsGenerationsOfTopicsWithTheirEvents) {
  AppDb app = *AppDb::open(root_ / "app.db", false);
  TopicGenerationRow first;
  first.lineage = "all";
  first.fingerprint = "f1";
  first.next_number = 3;
  first.topics = {{1, "太阳", "sun", 10}, {2, "风", "wind", 5}};
  ASSERT_TRUE(app.add_topic_generation(first));
  TopicGenerationRow second = first;
  second.parent_id = 1;
  second.fingerprint = "f2";
  second.warm = true;
  second.events = {{"split", {1}, {1, 3}, 0.75, 10, 12, 9, {"r1", "r2"}}};
  ASSERT_TRUE(app.add_topic_generation(second));
  EXPECT_EQ(app.add_topic_generation(second).error().kind, ErrorKind::conflict);  // a fingerprint is entered once
  const auto rows = *app.topic_generations("all");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].parent_id, 0);
  EXPECT_EQ(rows[1].parent_id, rows[0].id);
  EXPECT_TRUE(rows[1].warm);
  EXPECT_EQ(rows[1].topics[0].label_zh, "太阳");
  ASSERT_EQ(rows[1].events.size(), 1U);
  EXPECT_EQ(rows[1].events[0].to, (std::vector<std::int64_t>{1, 3}));
  EXPECT_EQ(rows[1].events[0].evidence, (std::vector<std::string>{"r1", "r2"}));
  EXPECT_DOUBLE_EQ(rows[1].events[0].overlap, 0.75);
  EXPECT_TRUE(app.topic_generations("other")->empty());
}

TEST_F(AppDbTest, SweepsFilesThatNoRowNames) {
  std::ofstream(root_ / part_path(9, 0)) << "left by a crash";
  std::ofstream(root_ / "lake/merged/sdead.parquet.part") << "left by a crash";
  { const auto reader = Lake::open(root_, {}); ASSERT_TRUE(reader); }
  EXPECT_TRUE(fs::exists(root_ / part_path(9, 0))) << "a reader sweeps nothing";
  const auto writer = Lake::open(root_, {.access = Access::write, .command = "test"});
  ASSERT_TRUE(writer) << writer.error().message;
  EXPECT_FALSE(fs::exists(root_ / part_path(9, 0)));
  EXPECT_FALSE(fs::exists(root_ / "lake/merged/sdead.parquet.part"));
}

TEST_F(AppDbTest, RefusesACatalogueOfANewerProgram) {
  {
    Sqlite database = *Sqlite::open(root_ / "app.db", false);
    ASSERT_TRUE(database.execute("INSERT INTO schema_version VALUES (999)"));
  }
  const auto app = AppDb::open(root_ / "app.db", false);
  ASSERT_FALSE(app);
  EXPECT_EQ(app.error().kind, ErrorKind::conflict);
}

TEST_F(AppDbTest, FindsAnArtifactByItsFingerprint) {
  AppDb app = *AppDb::open(root_ / "app.db", false);
  const std::int64_t run = *app.start_run("s1", "{}");
  ASSERT_TRUE(app.put_artifact({run, "terms", "f1", "lake/runs/1/terms.parquet", ""}));
  ASSERT_TRUE(app.find_artifact("terms", "f1")->has_value());
  EXPECT_FALSE(app.find_artifact("terms", "f2")->has_value());
  ASSERT_TRUE(app.finish_run(run, "finished"));
  EXPECT_EQ(app.runs()->front().status, "finished");
}

TEST_F(AppDbTest, KeepsKeysOfAll64Bits) {
  AppDb app = *AppDb::open(root_ / "app.db", false);
  ASSERT_TRUE(app.add_separations({{0, 5, ~std::uint64_t{0}, "two editions", "li", utc_now()}}));
  ASSERT_TRUE(app.add_separations({{0, 5, ~std::uint64_t{0}, "again", "li", utc_now()}}));
  ASSERT_EQ(app.separations()->size(), 1U);
  EXPECT_EQ(app.separations()->front().key_b, ~std::uint64_t{0});
  EXPECT_EQ(app.separations()->front().reason, "two editions");
}

// What a workspace on a read-only disk needs: no file is made beside app.db, and nothing is written.
TEST_F(AppDbTest, IsReadWithoutWritingBesideIt) {
  ASSERT_TRUE(AppDb::open(root_ / "app.db", false)->start_run("s1", "{}"));
  const auto names = [&] {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(root_)) found.insert(entry.path().filename().string());
    return found;
  };
  const std::set<std::string> before = names();
  Sqlite database = *Sqlite::open_read_only(root_ / "app.db");
  EXPECT_EQ(*database.query_integer("SELECT count(*) FROM runs"), 1);
  const Result<> written = database.script("DELETE FROM runs");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(names(), before);
}

// Another process has the workspace open for writing: what is only in its log is read, too.
TEST_F(AppDbTest, IsReadWithItsLog) {
  AppDb writer = *AppDb::open(root_ / "app.db", false);
  ASSERT_TRUE(writer.start_run("s1", "{}"));
  ASSERT_GT(fs::file_size(root_ / "app.db-wal"), 0U);
  EXPECT_EQ(*Sqlite::open_read_only(root_ / "app.db")->query_integer("SELECT count(*) FROM runs"), 1);
}

TEST_F(AppDbTest, OpensAWorkspaceThatMayNotBeWritten) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  ASSERT_TRUE(AppDb::open(root_ / "app.db", false)->start_run("s1", "{}"));
  fs::permissions(root_, fs::perms::owner_read | fs::perms::owner_exec);
  const Result<Lake> lake = Lake::open(root_, {});
  const Result<Lake> writing = Lake::open(root_, {.access = Access::write, .command = "import"});
  fs::permissions(root_, fs::perms::owner_all);
  ASSERT_TRUE(lake) << lake.error().message;
  EXPECT_EQ(lake->app().runs()->size(), 1U);
  ASSERT_FALSE(writing);
  EXPECT_EQ(writing.error().kind, ErrorKind::unavailable);
}

}  // namespace
}  // namespace jianwei::store
