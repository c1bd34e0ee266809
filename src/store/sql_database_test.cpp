// The same behaviour of SQLite and PostgreSQL. PostgreSQL is tested where JIANWEI_TEST_POSTGRES names a database (tools/with_postgres.sh starts one).
#include "store/sql_database.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <thread>

#include "store/migrations.h"

namespace jianwei::store {
namespace {

struct SqlDatabaseTest : ::testing::TestWithParam<const char*> {
  std::filesystem::path folder;
  std::string location;

  void SetUp() override {
    const std::string kind = GetParam();
    if (kind == "sqlite") {
      folder = std::filesystem::temp_directory_path() / ("jianwei_database_" + std::to_string(getpid()));
      std::filesystem::remove_all(folder);
      std::filesystem::create_directories(folder);
      location = (folder / "test.db").string();
      return;
    }
    const char* server = std::getenv("JIANWEI_TEST_POSTGRES");
    if (server == nullptr) GTEST_SKIP() << "JIANWEI_TEST_POSTGRES is not set";
    location = server;
    ASSERT_TRUE(SqlDatabase::open(location).value().script("DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public"));
  }
  void TearDown() override {
    if (!folder.empty()) std::filesystem::remove_all(folder);
  }
};

constexpr const char* kMigrations[] = {"CREATE TABLE things (name TEXT PRIMARY KEY, count BIGINT NOT NULL, share DOUBLE PRECISION NOT NULL);", "CREATE TABLE more (id BIGINT PRIMARY KEY);"};
constexpr const char* kOlder[] = {"CREATE TABLE things (name TEXT PRIMARY KEY, count BIGINT NOT NULL, share DOUBLE PRECISION NOT NULL);"};

TEST_P(SqlDatabaseTest, BindsAndReadsEveryKindOfValue) {
  SqlDatabase database = SqlDatabase::open(location).value();
  ASSERT_TRUE(migrate(database, kMigrations, "test.db"));
  ASSERT_TRUE(database.execute("INSERT INTO things VALUES ($1, $2, $3)", {"技术'; DROP TABLE things; --", std::int64_t{-9'000'000'000}, 0.1}));
  SqlRows rows = database.query("SELECT name, count, share FROM things WHERE count < $1", {std::int64_t{0}}).value();
  ASSERT_TRUE(rows.next().value());
  EXPECT_EQ(rows.text(0), "技术'; DROP TABLE things; --");
  EXPECT_EQ(rows.integer(1), -9'000'000'000);
  EXPECT_EQ(rows.real(2), 0.1);
  EXPECT_FALSE(rows.next().value());
}

TEST_P(SqlDatabaseTest, ATransactionIsAllOrNothing) {
  SqlDatabase database = SqlDatabase::open(location).value();
  ASSERT_TRUE(migrate(database, kMigrations, "test.db"));
  const Result<> failed = database.transaction([&]() -> Result<> {
    TRY(database.execute("INSERT INTO more VALUES ($1)", {std::int64_t{1}}));
    return database.execute("INSERT INTO more VALUES ($1)", {std::int64_t{1}});
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::conflict);
  EXPECT_EQ(database.query_integer("SELECT count(*) FROM more").value(), 0);
}

TEST_P(SqlDatabaseTest, OneWriterAtATime) {
  SqlDatabase first = SqlDatabase::open(location).value();
  ASSERT_TRUE(migrate(first, kMigrations, "test.db"));
  ASSERT_TRUE(first.execute("INSERT INTO things VALUES ('counter', 0, 0)"));
  // Reads the number and writes one more: without the lock of a transaction some would be lost.
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      SqlDatabase own = SqlDatabase::open(location).value();
      for (int i = 0; i < 25; ++i) {
        EXPECT_TRUE(own.transaction([&]() -> Result<> {
          const std::int64_t count = TRY(own.query_integer("SELECT count FROM things WHERE name = 'counter'"));
          return own.execute("UPDATE things SET count = $1 WHERE name = 'counter'", {count + 1});
        }));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(first.query_integer("SELECT count FROM things WHERE name = 'counter'").value(), 100);
}

TEST_P(SqlDatabaseTest, MigratesOnceAndRefusesANewerSchema) {
  {
    SqlDatabase database = SqlDatabase::open(location).value();
    ASSERT_TRUE(migrate(database, kOlder, "test.db"));
    ASSERT_TRUE(migrate(database, kMigrations, "test.db"));
    ASSERT_TRUE(migrate(database, kMigrations, "test.db"));
    EXPECT_EQ(database.query_integer("SELECT count(*) FROM schema_version").value(), 2);
  }
  SqlDatabase newer = SqlDatabase::open(location).value();
  const Result<> refused = migrate(newer, kOlder, "test.db");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
}

TEST_P(SqlDatabaseTest, WrongSqlIsOurMistake) { EXPECT_EQ(SqlDatabase::open(location).value().execute("SELEKT 1").error().kind, ErrorKind::internal); }

INSTANTIATE_TEST_SUITE_P(Kinds, SqlDatabaseTest, ::testing::Values("sqlite", "postgresql"), [](const auto& info) { return std::string(info.param); });

TEST(Postgres, SaysWhyItCannotConnect) {
  const auto refused = SqlDatabase::open("postgresql://nobody@127.0.0.1:1/none");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
}

}  // namespace
}  // namespace jianwei::store
