#include "workflow/import.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/file.h"
#include "store/key_index.h"
#include "store/record_parquet.h"
#include "workflow/fake_format.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

class ImportTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("jw_import_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_);
    ASSERT_TRUE(init_workspace(root_ / "ws", {"Test", "en"}));
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(root_ / name) << text;
    return (root_ / name).string();
  }
  Workspace open() { return std::move(*open_workspace(root_ / "ws", {.access = store::Access::write, .command = "test"})); }
  ImportReport import(const std::vector<std::string>& paths, bool dry_run = false) {
    ImportOptions options;
    options.formats = {testing::fake_format()};
    options.dry_run = dry_run;
    return import(paths, std::move(options));
  }
  ImportReport import(const std::vector<std::string>& paths, ImportOptions options) {
    Workspace workspace = open();
    options.detect_language = [](std::string_view) { return std::string("en"); };
    Progress progress;
    auto report = import_files(workspace, paths, options, progress);
    EXPECT_TRUE(report) << report.error().message;
    return report ? *report : ImportReport{};
  }
  std::vector<store::RecordRow> stored() {
    std::vector<store::RecordRow> rows;
    const Workspace workspace = open();
    const auto files = *workspace.lake.record_files();
    if (files.empty()) return rows;
    store::Database database = *workspace.lake.open_database(1);
    store::Connection connection = *database.connect();
    const auto read = store::read_records(connection, "SELECT * FROM " + store::parquet_sql(files) + " ORDER BY sequence", {},
                                          [&](std::vector<store::RecordRow>&& batch) -> Result<> {
                                            for (store::RecordRow& row : batch) rows.push_back(std::move(row));
                                            return {};
                                          });
    EXPECT_TRUE(read) << read.error().message;
    return rows;
  }
  fs::path root_;
};

TEST_F(ImportTest, StoresRecordsWithTheirRawTextAndDetectedLanguage) {
  const auto report = import({write("a.fake", "1|2019|Soft robots|They bend\n2|2020|Solid batteries|They do not\n")});
  ASSERT_EQ(report.files.size(), 1U);
  EXPECT_EQ(report.files[0].kept, 2);
  EXPECT_EQ(report.files[0].filled[0], 2);
  EXPECT_EQ(report.files[0].filled[3], 2) << "the detected language counts";
  const auto rows = stored();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].record.title, "Solid batteries");
  EXPECT_EQ(rows[1].record.language, "en");
  EXPECT_EQ(rows[1].record.provenance.raw, "2|2020|Solid batteries|They do not");
  EXPECT_EQ(rows[1].record.provenance.line, 2);
}

TEST_F(ImportTest, ChangesNothingWhenAFileComesTwice) {
  const std::string path = write("a.fake", "1|2019|Soft robots|They bend\n2|2020|Solid batteries|They do not\n");
  import({path});
  const auto again = import({path});
  EXPECT_EQ(again.batch_id, 0);
  EXPECT_EQ(again.files[0].duplicates, 2);
  EXPECT_EQ(again.files[0].kept, 0);
  EXPECT_EQ(again.files[0].warnings[0].code, "already_imported");
  EXPECT_EQ(stored().size(), 2U);
  // The same records in a file of another name and other bytes are known by their keys.
  const auto renamed = import({write("b.fake", "\n1|2019|Soft robots|They bend\n2|2020|Solid batteries|They do not\n")});
  EXPECT_EQ(renamed.files[0].duplicates, 2);
  EXPECT_EQ(stored().size(), 2U);
}

TEST_F(ImportTest, StoresANewerVersionUnderTheSameKey) {
  import({write("a.fake", "W1|2019|Soft robots|They bend|openalex\n")});
  const auto report = import({write("b.fake", "W1|2019|Soft robots and more|They bend well|openalex\n")});
  EXPECT_EQ(report.files[0].updated, 1);
  const auto rows = stored();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].key, rows[1].key);
  const Workspace workspace = open();
  EXPECT_EQ(store::read_key_index(workspace.lake)->size(), 1);
}

TEST_F(ImportTest, KeepsDifferentRecordsApartThatShareALocalId) {
  const auto report = import({write("a.fake", "1|2019|Soft robots in surgery|x\n1|2020|Deep residual learning for images|y\n")});
  EXPECT_EQ(report.files[0].kept, 2);
  EXPECT_EQ(report.files[0].warnings[0].code, "repeated_id");
  const auto other = import({write("b.fake", "1|2021|Quantum error correction codes|z\n")});
  EXPECT_EQ(other.files[0].kept, 1);
  const Workspace workspace = open();
  EXPECT_EQ(store::read_key_index(workspace.lake)->size(), 3);
}

TEST_F(ImportTest, WritesRejectsToAFileThatCanBeCorrectedAndImported) {
  const auto report = import({write("a.fake", "1|2019|Soft robots|x\n!bad\n3|2020||\n")});
  EXPECT_EQ(report.files[0].rejected, 2);
  EXPECT_EQ(report.files[0].read, 3);
  const fs::path rejects = root_ / "ws" / report.files[0].rejects_path;
  EXPECT_EQ(*read_file(rejects), "!bad\n\n3|2020||\n\n");
  const std::string reasons = *read_file(rejects.string() + ".txt");
  EXPECT_NE(reasons.find("line 2"), std::string::npos) << reasons;
  EXPECT_NE(reasons.find("neither a title nor a text"), std::string::npos) << reasons;
}

TEST_F(ImportTest, WritesNothingInADryRun) {
  const auto report = import({write("a.fake", "1|2019|Soft robots|x\n!bad\n")}, true);
  EXPECT_EQ(report.files[0].kept, 1);
  EXPECT_EQ(report.files[0].filled[0], 1);
  EXPECT_TRUE(stored().empty());
  EXPECT_TRUE(fs::is_empty(root_ / "ws" / "rejects"));
}

TEST_F(ImportTest, LeavesNothingWhenCancelled) {
  Workspace workspace = open();
  ImportOptions options;
  options.formats = {testing::fake_format()};
  Progress progress;
  progress.cancel();
  const auto report = import_files(workspace, {write("a.fake", "1|2019|Soft robots|x\n!bad\n")}, options, progress);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::cancelled);
  EXPECT_TRUE(fs::is_empty(root_ / "ws" / "lake" / "records"));
  EXPECT_TRUE(fs::is_empty(root_ / "ws" / "rejects"));
  EXPECT_TRUE(workspace.lake.app().batches()->empty());
}

TEST_F(ImportTest, WarnsOfFieldsThatAreSilentlyEmpty) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += fmt::format("{}|2019|Title {}|{}\n", i, i * 7919, i < 83 ? "abstract" : "");
  const auto report = import({write("a.fake", text)});
  ASSERT_EQ(report.files[0].warnings.size(), 1U);
  EXPECT_EQ(report.files[0].warnings[0].message, "abstract empty in 17 % of the records");
}

TEST_F(ImportTest, GoesOnAfterAFileOfUnknownFormat) {
  const auto report = import({write("a.fake", "1|2019|Soft robots|x\n"), write("b.unknown", "?"), write("c.fake", "2|2019|Batteries|x\n")});
  EXPECT_EQ(report.totals().kept, 2);
  EXPECT_TRUE(report.files[1].failed);
  EXPECT_EQ(report.files[1].warnings[0].code, "unknown_format");
  const std::string json = to_json(report);
  EXPECT_NE(json.find("\"totals\":{\"read\":2,\"kept\":2,\"rejected\":0,\"updated\":0,\"duplicates\":0,\"fields\":{\"title\":1"), std::string::npos) << json;
}

TEST_F(ImportTest, AScrapOfTextIsNoRecordUnlessItsFormatIsNamed) {
  ImportOptions options;
  options.formats = sources::all_formats();
  options.bare_names = true;
  const auto refused = import({write("note.txt", "hello world\n")}, options);
  ASSERT_EQ(refused.files.size(), 1U);
  EXPECT_TRUE(refused.files[0].failed);
  EXPECT_EQ(refused.files[0].path, "note.txt");
  EXPECT_NE(refused.files[0].warnings[0].message.find("11 bytes of text without the structure of any format"), std::string::npos) << refused.files[0].warnings[0].message;
  options.format = "text";
  EXPECT_EQ(import({write("note.txt", "hello world\n")}, options).totals().kept, 1);
}

TEST_F(ImportTest, WritesTheSameBytesAtAnyThreadCount) {
  // Enough records for several blocks of JSON and two parts.
  std::string text;
  for (int i = 0; i < 62'000; ++i) {
    text += fmt::format(R"({{"id":"https://openalex.org/W{}","title":"Soft robots number {} in surgery","publication_year":{},)"
                        R"("abstract_inverted_index":{{"they":[0],"bend":[1,{}]}},"referenced_works":["https://openalex.org/W{}"]}})",
                        i + 1, i * 7919, 1990 + i % 30, 2 + i % 9, i / 2 + 1);
    text += '\n';
  }
  const std::string path = write("works.jsonl", text);
  const auto bytes_with = [&](int thread_count) {
    fs::remove_all(root_ / "ws");
    EXPECT_TRUE(init_workspace(root_ / "ws", {"Test", "en"}));
    Workspace workspace = open();
    ImportOptions options;
    options.thread_count = thread_count;
    options.merge = false;
    Progress progress;
    const auto report = import_files(workspace, {path}, options, progress);
    EXPECT_TRUE(report);
    EXPECT_EQ(report->totals().kept, 62'000);
    std::vector<std::string> parts;
    const auto files = *workspace.lake.record_files();
    for (const fs::path& file : files) parts.push_back(*read_file(file));
    return parts;
  };
  const std::vector<std::string> one = bytes_with(1);
  const std::vector<std::string> three = bytes_with(3);
  ASSERT_EQ(one.size(), 2U);
  EXPECT_TRUE(one == three);
}

}  // namespace
}  // namespace jianwei::workflow
