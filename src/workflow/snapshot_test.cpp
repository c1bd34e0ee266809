#include "workflow/snapshot.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "workflow/documents.h"
#include "workflow/fake_format.h"
#include "workflow/import.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

class SnapshotTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("jw_snapshot_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_);
    ASSERT_TRUE(init_workspace(root_ / "ws", {"Test", "en"}));
  }
  void TearDown() override { fs::remove_all(root_); }
  Workspace open() { return std::move(*open_workspace(root_ / "ws", {.access = store::Access::write, .command = "test"})); }
  store::SnapshotRow import(const std::string& name, const std::string& text) {
    std::ofstream(root_ / name) << text;
    Workspace workspace = open();
    ImportOptions options;
    options.formats = {testing::fake_format()};
    Progress progress;
    const auto report = import_files(workspace, {(root_ / name).string()}, options, progress);
    EXPECT_TRUE(report) << report.error().message;
    const auto snapshot = update_snapshot(workspace, 1, progress);
    EXPECT_TRUE(snapshot) << snapshot.error().message;
    return *snapshot;
  }
  fs::path root_;
};

constexpr const char* kOpenAlex =
    "W1|2019|Soft robots for minimally invasive surgery|They bend|openalex|10.1000/soft|robot;surgery\n"
    "W2|2020-05|Solid state batteries with ceramic electrolytes||openalex|10.1000/solid|battery\n";
constexpr const char* kWos =
    "WOS:1|2019-03-07|Soft robots for minimally invasive surgery|They bend without breaking|wos|10.1000/soft|Robot;endoscope\n";

TEST_F(SnapshotTest, MergesRecordsOfOneWorkAndSaysWhoGaveWhat) {
  import("a.fake", kOpenAlex);
  const auto snapshot = import("b.fake", kWos);
  EXPECT_EQ(snapshot.source_record_count, 3);
  EXPECT_EQ(snapshot.record_count, 2);
  Workspace workspace = open();
  Progress progress;
  const auto documents = load_documents(workspace, {}, progress, 1);
  ASSERT_TRUE(documents) << documents.error().message;
  ASSERT_EQ(documents->dataset.document_count(), 2);
  EXPECT_EQ(documents->texts[0].abstract, "They bend without breaking");
  ASSERT_EQ(documents->texts[0].keywords.size(), 3U);
  EXPECT_EQ(documents->dataset.month[0], 3) << "the most precise date";
  EXPECT_EQ(documents->texts[1].title, "Solid state batteries with ceramic electrolytes");
  const auto links = read_links(workspace, snapshot);
  ASSERT_TRUE(links);
  ASSERT_EQ(links->size(), 1U);
  EXPECT_EQ(links->front().kind, "same");
}

TEST_F(SnapshotTest, GivesTheSameIdToTheSameContentInAnyOrderOfImport) {
  const auto first = import("a.fake", kOpenAlex);
  const auto again = import("a.fake", kOpenAlex);
  EXPECT_EQ(first.id, again.id);
  EXPECT_EQ(first.number, again.number);
  const auto both = import("b.fake", kWos);
  EXPECT_NE(both.id, first.id);
  fs::remove_all(root_ / "ws");
  ASSERT_TRUE(init_workspace(root_ / "ws", {"Other", "en"}));
  import("b.fake", kWos);
  EXPECT_EQ(import("a.fake", kOpenAlex).id, both.id);
}

TEST_F(SnapshotTest, SelectsDocumentsOfAStudy) {
  import("a.fake", kOpenAlex);
  const Workspace workspace = open();
  Progress progress;
  DocumentFilter filter;
  filter.until = 2019;
  EXPECT_EQ(load_documents(workspace, filter, progress, 1)->dataset.document_count(), 1);
  filter = {};
  filter.query = "CERAMIC batteries";
  EXPECT_EQ(load_documents(workspace, filter, progress, 1)->dataset.year[0], 2020);
  filter.query = "absent";
  EXPECT_EQ(load_documents(workspace, filter, progress, 1).error().kind, ErrorKind::not_found);
}

TEST_F(SnapshotTest, KeepsTheLastTwoSnapshotsOnly) {
  const auto first = import("a.fake", kOpenAlex);
  import("b.fake", kWos);
  import("c.fake", "W9|2021|Quantum error correction with surface codes|x|openalex\n");
  const Workspace workspace = open();
  EXPECT_EQ(workspace.lake.app().snapshots()->size(), 2U);
  EXPECT_FALSE(fs::exists(workspace.lake.path(first.merged_path)));
}

}  // namespace
}  // namespace jianwei::workflow
