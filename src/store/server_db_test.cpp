#include "store/server_db.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "base/source_dir.h"

namespace jianwei::store {
namespace {

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("jianwei-server-db-" + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

TEST(ServerDb, BringsAnOlderFileUpAndRefusesANewerOne) {
  const Folder folder;
  const std::filesystem::path path = folder.path / "server.db";
  {  // as the first version wrote it
    auto old = Sqlite::open(path, true).value();
    ASSERT_TRUE(old.script("CREATE TABLE schema_version (version BIGINT NOT NULL); INSERT INTO schema_version VALUES (1);"));
    ASSERT_TRUE(old.script(read_file(std::filesystem::path(kSourceDir) / "src/store/sql/server_001.sql").value()));
    ASSERT_TRUE(old.execute("INSERT INTO users VALUES ('user-1', 'ann', 'Ann', '', 'viewer', 'zh', 'local', '', 0, '', '')"));
  }
  {
    const auto database = ServerDb::open(path).value();
    EXPECT_EQ(database->user_by_name("ann").value()->id, "user-1");
    EXPECT_EQ(database->add_job({.workspace = "w", .kind = "run", .parameters = "{}"}).value().number, 1);
  }
  ASSERT_TRUE(Sqlite::open(path, false).value().execute("INSERT INTO schema_version VALUES (99)"));
  EXPECT_EQ(ServerDb::open(path).error().kind, ErrorKind::conflict);
}

TEST(ServerDb, TakesJobsInOrderAndQueuesAgainWhatACrashCutOff) {
  const Folder folder;
  const auto database = ServerDb::open(folder.path / "server.db").value();
  const auto add = [&](std::string key) { return database->add_job({.workspace = "w", .kind = "run", .parameters = "{}", .asked_by = "u", .request_key = std::move(key)}).value().number; };
  EXPECT_EQ(add("a"), 1);
  EXPECT_EQ(add("b"), 2);
  EXPECT_EQ(add("a"), 1);  // the same request again
  EXPECT_EQ(add(""), 3);
  EXPECT_EQ(add(""), 4);   // no key: another job

  EXPECT_EQ(database->take_job().value()->number, 1);
  EXPECT_EQ(database->job_count({.state = "running"}).value(), 1);
  // The process falls twice more while it is at work, then it is given up.
  for (int attempt = 2; attempt <= 3; ++attempt) {
    EXPECT_EQ(database->requeue_running(3, "given up").value(), 1);
    EXPECT_EQ(database->take_job().value()->number, 1);
    EXPECT_EQ(database->job(1).value()->attempts, attempt);
  }
  EXPECT_EQ(database->requeue_running(3, "given up").value(), 0);
  EXPECT_EQ(database->job(1).value()->state, "failed");
  EXPECT_EQ(database->job(1).value()->message, "given up");
  EXPECT_EQ(database->take_job().value()->number, 2);
  EXPECT_FALSE(database->move_job(2, "queued", "cancelled").value());
  EXPECT_TRUE(database->move_job(3, "queued", "cancelled").value());
  EXPECT_EQ(database->jobs({}, 0, 2).value().front().number, 4);
  EXPECT_EQ(database->jobs({}, 4, 10).value().size(), 3u);
}

}  // namespace
}  // namespace jianwei::store
