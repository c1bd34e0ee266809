// Kills an importing process at random moments, again and again, and looks whether the lake is still whole.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <set>
#include <thread>

#include "base/hash.h"
#include "base/random.h"
#include "store/key_index.h"
#include "store/record_parquet.h"
#include "workflow/fake_format.h"
#include "workflow/import.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

constexpr int kFileCount = 12;
constexpr int kRecordsPerFile = 400;

class ImportCrash : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("jw_crash_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_);
    ASSERT_TRUE(init_workspace(root_ / "ws", {"Test", "en"}));
    for (int f = 0; f < kFileCount; ++f) {
      std::ofstream out(file(f));
      for (int i = 0; i < kRecordsPerFile; ++i) {
        const int id = f * kRecordsPerFile + i;
        out << "W" << id << "|20" << 10 + id % 10 << "|" << std::hex << hash64(std::to_string(id)) << std::dec << " number " << id << "|"
            << std::string(2000, 'a') << "|openalex\n";
      }
    }
  }
  void TearDown() override { fs::remove_all(root_); }
  std::string file(int f) const { return (root_ / ("f" + std::to_string(f) + ".fake")).string(); }

  Result<ImportReport> import(int f) {
    Workspace workspace = TRY(open_workspace(root_ / "ws", {.access = store::Access::write, .command = "test", .wait_seconds = 20}));
    ImportOptions options;
    options.formats = {testing::fake_format()};
    options.thread_count = 2;
    options.detect_language = [](std::string_view) { return std::string("en"); };
    Progress progress;
    return import_files(workspace, {file(f)}, options, progress);
  }

  // Every stored row, checked: whole files only, all or nothing of each, no row twice, every Parquet file named and readable.
  std::int64_t check() {
    const auto workspace = open_workspace(root_ / "ws", {.access = store::Access::write, .command = "check", .wait_seconds = 20});
    EXPECT_TRUE(workspace) << workspace.error().message;
    const auto files = *workspace->lake.record_files();
    std::size_t on_disk = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(root_ / "ws/lake/records")) ++on_disk;
    EXPECT_EQ(on_disk, files.size()) << "nothing is left lying about after the sweep";
    if (files.empty()) return 0;
    store::Database database = *workspace->lake.open_database(1);
    store::Connection connection = *database.connect();
    std::set<std::string> ids;
    std::int64_t rows = 0;
    const auto read = store::read_records(connection, "SELECT own_id FROM " + store::parquet_sql(files), {}, [&](std::vector<store::RecordRow>&& batch) -> Result<> {
      for (const store::RecordRow& row : batch) {
        ids.insert(row.record.provenance.own_id);
        ++rows;
      }
      return {};
    });
    EXPECT_TRUE(read) << read.error().message;
    EXPECT_EQ(static_cast<std::int64_t>(ids.size()), rows) << "nothing doubled";
    EXPECT_EQ(rows % kRecordsPerFile, 0) << "whole batches only";
    EXPECT_EQ(static_cast<std::int64_t>(workspace->lake.app().files()->size()) * kRecordsPerFile, rows);
    return rows;
  }
  fs::path root_;
};

TEST_F(ImportCrash, AnImportKilledAtAnyMomentIsDoneOrUndone) {
  Random random(7);
  std::int64_t before = 0;
  for (int f = 0; f < kFileCount; ++f) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      const bool good = import(f).has_value();
      ::_exit(good ? 0 : 1);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(random.below(900)));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const std::int64_t after = check();
    EXPECT_TRUE(after == before || after == before + kRecordsPerFile) << before << " -> " << after;
    before = after;
  }
  // Importing all again completes what was killed and repeats nothing.
  for (int f = 0; f < kFileCount; ++f) ASSERT_TRUE(import(f));
  EXPECT_EQ(check(), std::int64_t{kFileCount} * kRecordsPerFile);
}

TEST_F(ImportCrash, AFullDiskLeavesTheLakeAsItWas) {
  ASSERT_TRUE(import(0));
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};  // no file may grow beyond 4 KiB: writing fails as on a full disk
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto report = import(1);
    ::_exit(report ? 1 : report.error().kind == ErrorKind::unavailable ? 0 : 2);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0) << "1: it said that all is well; 2: it failed with another kind of error";
  EXPECT_EQ(check(), kRecordsPerFile);
  ASSERT_TRUE(import(1));
  EXPECT_EQ(check(), 2 * kRecordsPerFile);
}

}  // namespace
}  // namespace jianwei::workflow
