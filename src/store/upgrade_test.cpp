// A database that a former version of its schema left (tests/data/schemas, written by the programs of their time) is opened: no row is lost, and its schema ends as that of a new one.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "base/file.h"
#include "base/source_dir.h"
#include "store/app_db.h"
#include "store/delphi_db.h"
#include "store/expert_db.h"
#include "store/routine_db.h"
#include "store/saved_db.h"
#include "store/server_db.h"
#include "store/vault_db.h"

namespace jianwei::store {
namespace {

namespace fs = std::filesystem;

template <class T>
Result<> opened(Result<T> database) {
  return database ? Result<>() : Result<>(tl::unexpected(database.error()));
}

struct Kind {
  const char* dump;
  const char* file;  // its name in the folder
  std::function<Result<>(const fs::path&)> open;
};

const Kind kKinds[] = {
    {"app_006", "app.db", [](const fs::path& path) { return opened(AppDb::open(path, true)); }},
    {"server_002", "server.db", [](const fs::path& path) { return opened(ServerDb::open(path.string())); }},
    {"delphi_001", "delphi.db", [](const fs::path& path) { return opened(DelphiDb::open(path)); }},
    {"vault_001", "vault.db", [](const fs::path& path) { return opened(VaultDb::open(path)); }},
    {"saved_001", "saved.db", [](const fs::path& path) { return opened(SavedDb::open(path)); }},
    {"expert_001", "experts.db", [](const fs::path& path) { return opened(ExpertDb::open(path)); }},
    {"routine_001", "routine.db", [](const fs::path& path) { return opened(RoutineDb::open(path.parent_path())); }},
};

std::vector<std::string> texts(const fs::path& path, const std::string& sql) {
  Sqlite database = *Sqlite::open(path, false);
  SqliteRows rows = *database.query(sql);
  std::vector<std::string> list;
  while (*rows.next()) list.push_back(rows.text(0));
  return list;
}

std::map<std::string, std::int64_t> row_counts(const fs::path& path) {
  std::map<std::string, std::int64_t> counts;
  for (const std::string& table : texts(path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_version'")) {
    counts[table] = *Sqlite::open(path, false)->query_integer("SELECT count(*) FROM " + table);
  }
  return counts;
}

class Upgrade : public testing::TestWithParam<Kind> {};

TEST_P(Upgrade, KeepsEveryRowAndEndsAsANewOne) {
  const Kind& kind = GetParam();
  const fs::path folder = fs::temp_directory_path() / ("jw_upgrade_" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::create_directories(folder / "old");
  fs::create_directories(folder / "new");
  const fs::path old = folder / "old" / kind.file, fresh = folder / "new" / kind.file;
  const Result<> written = Sqlite::open(old, true)->script(*read_file(fmt::format("{}/tests/data/schemas/{}.sql", kSourceDir, kind.dump)));
  ASSERT_TRUE(written) << written.error().message;
  const std::map<std::string, std::int64_t> before = row_counts(old);
  std::int64_t rows = 0;
  for (const auto& [table, count] : before) rows += count;
  EXPECT_GT(rows, 0) << "the old database holds nothing to lose";

  for (int time = 0; time < 2; ++time) {  // the second time there is nothing to do
    const Result<> done = kind.open(old);
    ASSERT_TRUE(done) << done.error().message;
  }
  ASSERT_TRUE(kind.open(fresh));
  for (const auto& [table, count] : row_counts(old)) {
    if (const auto known = before.find(table); known != before.end()) {
      EXPECT_EQ(count, known->second) << table;
    }
  }
  const std::string schema = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name";
  EXPECT_EQ(texts(old, schema), texts(fresh, schema));
  EXPECT_EQ(texts(old, "SELECT max(version) FROM schema_version"), texts(fresh, "SELECT max(version) FROM schema_version"));
  fs::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(Databases, Upgrade, testing::ValuesIn(kKinds), [](const auto& kind) { return std::string(kind.param.dump); });

}  // namespace
}  // namespace jianwei::store
