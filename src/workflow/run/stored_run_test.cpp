// What is said of a stored run that this program cannot use: written by another version of it, damaged, gone.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <set>

#include "base/file.h"
#include "workflow/import.h"
#include "workflow/run/archive.h"
#include "workflow/run/ranking.h"
#include "workflow/run/run.h"
#include "workflow/synthetic.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

class StoredRun : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("jw_stored_run_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_);
    analysis::SyntheticOptions synthetic;
    synthetic.work_count = 300;
    const auto made = write_synthetic(root_ / "synth", synthetic, progress_);
    ASSERT_TRUE(made);
    std::vector<std::string> inputs;
    for (const fs::path& input : made->inputs) inputs.push_back(input.string());
    ASSERT_TRUE(init_workspace(root_ / "ws", {"Stored", "en"}));
    workspace_.emplace(std::move(*open_workspace(root_ / "ws", {.access = store::Access::write, .command = "test"})));
    ASSERT_TRUE(import_files(*workspace_, inputs, {}, progress_));
    study_.hindcast = false;
    const auto run = run_study(*workspace_, study_, Depth::full, progress_);
    ASSERT_TRUE(run) << run.error().message;
    run_ = workspace_->lake.app().runs()->front().id;
  }
  void TearDown() override {
    workspace_.reset();
    fs::remove_all(root_);
  }

  std::vector<store::ArtifactRow> artifacts() { return *workspace_->lake.app().artifacts(run_); }
  fs::path file(const store::ArtifactRow& artifact) { return workspace_->lake.path(artifact.path); }

  fs::path root_;
  std::optional<Workspace> workspace_;
  Study study_;
  std::int64_t run_ = 0;
  Progress progress_;
};

// A struct that lost or won a member since: the checksum holds, the shape does not.
TEST_F(StoredRun, OfAnotherVersionNamesTheVersionAndTheRemedy) {
  const std::string remedy = fmt::format("run {} was made by another version of Jianwei than this one ({}): run `jianwei run {}` again", run_, JIANWEI_VERSION, workspace_->root().string());
  const std::set<std::string> read_with_a_run = {"manifest", "corpus", "topics", "signals", "networks", "map"};
  std::size_t tried = 0;
  const std::vector<store::ArtifactRow> stored = artifacts();
  for (const store::ArtifactRow& artifact : stored) {
    if (artifact.stage == "ranking") fs::remove(file(artifact));  // only a shorter way to what the others hold
  }
  for (const store::ArtifactRow& artifact : stored) {
    if (!read_with_a_run.contains(artifact.stage)) continue;
    const std::string whole = *read_file(file(artifact));
    const std::string payload = **read_artifact(file(artifact), artifact.fingerprint);
    for (const std::string& other : {payload.substr(0, payload.size() - 1), payload + std::string(8, '\1'), std::string()}) {
      ASSERT_TRUE(write_artifact(file(artifact), artifact.fingerprint, other));
      const auto loaded = load_latest_run(*workspace_);
      ASSERT_FALSE(loaded) << artifact.stage;
      EXPECT_EQ(loaded.error().kind, ErrorKind::not_found) << artifact.stage;
      EXPECT_EQ(loaded.error().message, remedy) << artifact.stage;
      const auto ranking = load_latest_ranking(*workspace_);
      ASSERT_FALSE(ranking) << artifact.stage;
      EXPECT_EQ(ranking.error().message, remedy) << artifact.stage;
    }
    ASSERT_TRUE(write_file_atomically(file(artifact), whole));
    EXPECT_TRUE(load_latest_run(*workspace_)) << artifact.stage;
    ++tried;
  }
  EXPECT_EQ(tried, read_with_a_run.size());
}

TEST_F(StoredRun, OfAnotherVersionIsMendedByRunningAgain) {
  for (const store::ArtifactRow& artifact : artifacts()) {
    const std::string payload = **read_artifact(file(artifact), artifact.fingerprint);
    ASSERT_TRUE(write_artifact(file(artifact), artifact.fingerprint, payload.substr(0, payload.size() / 2)));
  }
  ASSERT_FALSE(load_latest_run(*workspace_));
  const auto run = run_study(*workspace_, study_, Depth::full, progress_);
  ASSERT_TRUE(run) << run.error().message;
  EXPECT_TRUE(load_latest_run(*workspace_));
}

TEST_F(StoredRun, DamagedOrGoneSaysSo) {
  for (const store::ArtifactRow& artifact : artifacts()) {
    if (artifact.stage != "corpus") continue;
    std::string bytes = *read_file(file(artifact));
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    ASSERT_TRUE(write_file_atomically(file(artifact), bytes));
    const auto damaged = load_latest_run(*workspace_);
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().kind, ErrorKind::corrupt);
    EXPECT_NE(damaged.error().message.find("is damaged"), std::string::npos) << damaged.error().message;
    fs::remove(file(artifact));
    const auto gone = load_latest_run(*workspace_);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().kind, ErrorKind::corrupt);
    EXPECT_NE(gone.error().message.find("the corpus of run"), std::string::npos) << gone.error().message;
    return;
  }
  FAIL() << "the run stored no corpus";
}

}  // namespace
}  // namespace jianwei::workflow
