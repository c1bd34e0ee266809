#include "workflow/snapshot.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "store/table.h"
#include "workflow/documents.h"
#include "workflow/fake_format.h"
#include "workflow/import.h"
#include "workflow/show.h"
#include "workflow/status.h"
#include "workflow/unmerge.h"

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
    const auto snapshot = workspace.lake.latest_snapshot();
    EXPECT_TRUE(snapshot) << snapshot.error().message;
    EXPECT_EQ(snapshot->id, report->snapshot_id);
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

TEST_F(SnapshotTest, MatchesReferencesAndGrantsToTheRecordsOfTheLake) {
  import("a.fake", kOpenAlex);
  import("b.fake", kWos);
  import("c.fake",
         "W5|2021|A survey of compliant actuators||openalex|10.1000/survey||10.1000/soft;10.1000/unknown|No. 61772354\n"
         "61772354|2018|Compliant actuators for rescue||nsfc||||61772354|project\n");
  const Workspace workspace = open();
  Progress progress;
  const auto documents = load_documents(workspace, {}, progress, 1);
  ASSERT_TRUE(documents) << documents.error().message;
  const analysis::Dataset& d = documents->dataset;
  std::int64_t survey = -1;
  for (std::int64_t i = 0; i < d.document_count(); ++i) {
    if (documents->texts[static_cast<std::size_t>(i)].title == "A survey of compliant actuators") survey = i;
  }
  ASSERT_GE(survey, 0);
  ASSERT_EQ(d.references.row(survey).size(), 1U) << "the merged record is cited once, the unknown work is outside";
  EXPECT_EQ(documents->texts[static_cast<std::size_t>(d.references.row(survey)[0])].title, "Soft robots for minimally invasive surgery");
  const auto table = store::read_table(workspace.lake.path(workspace.lake.latest_snapshot()->citations_path));
  ASSERT_TRUE(table);
  const auto& relation = *table->find<std::string>("relation");
  EXPECT_EQ(std::count(relation.begin(), relation.end(), "cites"), 2);
  EXPECT_EQ(std::count(relation.begin(), relation.end(), "funded_by"), 1);
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

TEST_F(SnapshotTest, ShowsEveryVersionAndWhyItWasMerged) {
  import("a.fake", kOpenAlex);
  import("b.fake", kWos);
  const Workspace workspace = open();
  const auto shown = show_record(workspace, "10.1000/soft");
  ASSERT_TRUE(shown) << shown.error().message;
  ASSERT_EQ(shown->versions.size(), 2U);
  EXPECT_EQ(shown->merged.members.size(), 2U);
  ASSERT_EQ(shown->links.size(), 1U);
  const std::string json = to_json(*shown);
  EXPECT_NE(json.find("\"field\":\"abstract\",\"from\":\"" + store::record_id(shown->versions[0].row.record.provenance.source == "wos" ? shown->versions[0].row.key : shown->versions[1].row.key) + "\",\"rule\":\"longest\""),
            std::string::npos)
      << json;
  for (const ShownVersion& version : shown->versions) {
    EXPECT_EQ(show_record(workspace, store::record_id(version.row.key))->merged.key, shown->merged.key) << "any member's id finds the work";
  }
  EXPECT_EQ(show_record(workspace, "WOS:1")->merged.key, shown->merged.key);
  EXPECT_EQ(show_record(workspace, "r0000000000000000").error().kind, ErrorKind::not_found);
  EXPECT_NE(show_json(workspace, "b1")->find("a.fake"), std::string::npos);
  EXPECT_NE(to_text(*shown, "zh").find("They bend without breaking"), std::string::npos);
}

TEST_F(SnapshotTest, UndoesAMergeForGood) {
  import("a.fake", kOpenAlex);
  import("b.fake", kWos);
  {
    Workspace workspace = open();
    EXPECT_EQ(to_csv(*merged_pairs(workspace)).substr(0, 40), "record_a,record_b,rule,score\n" + std::string(merged_pairs(workspace)->front().record_a == "W1" ? "W1,WOS:1,id" : "WOS:1,W1,id"));
    Progress progress;
    const auto snapshot = unmerge(workspace, "WOS:1", "W1", "a talk and its paper", "li", 1, progress);
    ASSERT_TRUE(snapshot) << snapshot.error().message;
    EXPECT_EQ(snapshot->record_count, 3);
    EXPECT_EQ(unmerge(workspace, "WOS:1", "", "", "", 1, progress).error().kind, ErrorKind::invalid_input);
    EXPECT_TRUE(merged_pairs(workspace)->empty());
  }
  EXPECT_EQ(import("c.fake", "W9|2021|Quantum error correction with surface codes|x|openalex\n").record_count, 4);
}

TEST_F(SnapshotTest, CountsWhatIsThere) {
  {
    const Workspace workspace = open();
    EXPECT_EQ(workspace_status(workspace)->record_count, 0) << "an empty workspace has a status, too";
  }
  import("a.fake", kOpenAlex);
  import("b.fake", kWos);
  const Workspace workspace = open();
  const auto status = workspace_status(workspace);
  ASSERT_TRUE(status) << status.error().message;
  EXPECT_EQ(status->record_count, 2);
  EXPECT_EQ(status->source_record_count, 3);
  EXPECT_EQ(status->years.at(2019), 1);
  EXPECT_EQ(status->sources.front(), (std::pair<std::string, std::int64_t>{"openalex", 2}));
  EXPECT_EQ(status->filled[1], 1) << "one abstract";
  const std::string json = to_json(*status);
  EXPECT_EQ(json.substr(0, 75), R"({"records":{"work":2},"sources":[{"name":"openalex","records":2},{"name":"w)") << json;
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
