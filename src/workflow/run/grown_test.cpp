// What grew is what would have come from nothing: the deterministic stages (resolution, persons, tokens, terms, counts, series, ranking), byte for byte.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <tuple>

#include "base/file.h"
#include "workflow/fake_format.h"
#include "workflow/import.h"
#include "workflow/lexicon.h"
#include "workflow/run/results_archive.h"
#include "workflow/run/run.h"
#include "workflow/snapshot.h"
#include "workflow/synthetic.h"
#include "workflow/unmerge.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

class GrownTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("jw_grown_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    analysis::SyntheticOptions options;
    options.work_count = 500;
    options.topic_count = 9;
    files_ = std::move(*write_synthetic(root_ / "files", options, progress_)).inputs;
    ASSERT_EQ(files_.size(), 4U);
    study_.terms.min_documents = 3;
  }
  void TearDown() override { fs::remove_all(root_); }

  Workspace open(const std::string& name) {
    if (!fs::exists(root_ / name)) {
      EXPECT_TRUE(init_workspace(root_ / name, {"Test", "en"}));
    }
    return std::move(*open_workspace(root_ / name, {.access = store::Access::write, .command = "test"}));
  }
  void import(const std::string& name, const std::vector<fs::path>& files, int thread_count = 1) {
    Workspace workspace = open(name);
    ImportOptions options;
    options.thread_count = thread_count;
    if (files.front().extension() == ".fake") options.formats = {testing::fake_format()};
    const auto report = import_files(workspace, {files.begin(), files.end()}, options, progress_);
    ASSERT_TRUE(report) << report.error().message;
  }
  // A file of the test's own records.
  fs::path write(const std::string& name, const std::string& lines) {
    std::ofstream(root_ / name) << lines;
    return root_ / name;
  }
  // What a run makes of the records, as bytes.
  std::string run(const std::string& name, int thread_count = 1) {
    Workspace workspace = open(name);
    study_.thread_count = thread_count;
    const auto result = run_study(workspace, study_, Depth::ranking, progress_);
    EXPECT_TRUE(result) << result.error().message;
    if (!result) return name;
    EXPECT_GT(result->terms.size(), 50U);
    EXPECT_GT(result->dataset.person_names.size(), 50U);
    ArchiveWriter writer;
    auto links = read_links(workspace, *workspace.lake.latest_snapshot());
    EXPECT_TRUE(links);
    if (!links) return name;
    std::sort(links->begin(), links->end(), [](const StoredLink& a, const StoredLink& b) { return std::tie(a.key_a, a.key_b) < std::tie(b.key_a, b.key_b); });  // stored in the order of import
    EXPECT_TRUE(name != "nothing" || !links->empty());
    for (const StoredLink& link : *links) writer(link.key_a, link.key_b, link.kind, link.rule, link.score, link.evidence);
    writer(result->dataset, result->titles, result->urls, result->terms, result->term_pairs, result->term_results, result->weak_signals, result->term_occurrences);
    return std::move(writer).take();
  }

  fs::path root_;
  std::vector<fs::path> files_;
  Study study_;
  Progress progress_;
};

TEST_F(GrownTest, TheSameBytesAtAnyThreadCount) {
  import("nothing", files_);
  const std::string wanted = run("nothing");
  for (const int threads : {1, 4}) {
    const std::string name = "grown" + std::to_string(threads);
    for (const std::size_t file : {2U, 0U, 3U, 1U}) {
      import(name, {files_[file]}, threads);
      const std::string bytes = run(name, threads);
      EXPECT_EQ(bytes == wanted, file == 1U) << file;
    }
  }
}

TEST_F(GrownTest, CorrectionsDecisionsAndOtherOptions) {
  const fs::path first = write("first.fake", "A1|2010|Soft robots bend slowly|They bend slowly|fake|10.1000/a|robot\nA2|2011|Soft robots bend slowly|They bend slowly|other|10.1000/a|robot\n");
  const fs::path second = write("second.fake", "A1|2012|Hard robots roll|They roll on|fake|10.1000/a|robot\nA3|2013|Wheels||fake||\n");
  const auto tell_apart = [&](const std::string& name) {
    Workspace workspace = open(name);
    const auto pairs = merged_pairs(workspace);
    ASSERT_TRUE(pairs);
    ASSERT_FALSE(pairs->empty());
    ASSERT_TRUE(unmerge(workspace, pairs->front().record_a, pairs->front().record_b, "two works", "ann", 1, progress_));
  };
  const auto stop = [&](const std::string& name) {
    Workspace workspace = open(name);
    ASSERT_TRUE(decide(workspace, DecisionKind::stop, {"robot"}, "too wide", "ann"));
  };
  // Grown: a run after each step.
  import("grown", {files_[0], files_[1]});
  import("grown", {first});
  run("grown");
  tell_apart("grown");
  run("grown");
  import("grown", {second});
  run("grown");
  stop("grown");
  run("grown");
  study_.from = 2008;
  study_.terms.max_words = 3;
  const std::string grown = run("grown");
  // From nothing: all steps, then one run.
  import("nothing", {files_[0], files_[1]});
  import("nothing", {first});
  tell_apart("nothing");
  import("nothing", {second});
  stop("nothing");
  EXPECT_EQ(run("nothing"), grown);
}

TEST_F(GrownTest, DamagedAndForeignCachesAreMadeAnew) {
  import("nothing", files_);
  const std::string wanted = run("nothing");
  import("foreign", {files_[1]});
  run("foreign");
  const auto spoil = [&](const std::string& name, auto change) {
    import(name, {files_[0], files_[2]});
    run(name);
    std::vector<fs::path> kept;
    for (const auto& entry : fs::directory_iterator(root_ / name / "cache")) kept.push_back(entry.path());
    for (const fs::path& path : kept) change(path);
    EXPECT_EQ(kept.size(), 2U);  // tokens and comparisons
    import(name, {files_[1], files_[3]});
    EXPECT_EQ(run(name), wanted) << name;
  };
  spoil("cut", [](const fs::path& path) { fs::resize_file(path, fs::file_size(path) / 2); });
  spoil("flipped", [](const fs::path& path) {
    std::string bytes = *read_file(path);
    for (std::size_t i = bytes.size() / 3; i < bytes.size(); i += 1 + bytes.size() / 7) bytes[i] = static_cast<char>(bytes[i] ^ 0x21);
    std::ofstream(path, std::ios::binary) << bytes;
  });
  spoil("gone", [](const fs::path& path) { fs::remove(path); });
  spoil("other", [](const fs::path& path) { std::ofstream(path) << "no cache of ours"; });
  spoil("swapped", [&](const fs::path& path) { fs::copy_file(root_ / "foreign" / "cache" / path.filename(), path, fs::copy_options::overwrite_existing); });
}

}  // namespace
}  // namespace jianwei::workflow
