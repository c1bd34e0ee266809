#include "workflow/search.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "workflow/fake_format.h"
#include "workflow/import.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

TEST(Search, RanksByRelevanceInBothLanguages) {
  const fs::path root = fs::temp_directory_path() / ("jw_search_" + std::to_string(::getpid()));
  fs::remove_all(root);
  fs::create_directories(root);
  ASSERT_TRUE(init_workspace(root / "ws", {"Test", "en"}));
  std::ofstream(root / "a.fake") << "1|2019|Solid state batteries|A solid state battery of ceramics|openalex\n"
                                    "2|2020|Robots for warehouses|They run on a battery in a solid frame, state of the art|openalex\n"
                                    "3|2021|固态电池界面研究|研究固态电池的界面稳定性|cnki\n"
                                    "4|2021|图像识别方法|深度学习|cnki\n"
                                    "5|2022|A combat study|No match by a word's inside|openalex\n";
  Workspace workspace = std::move(*open_workspace(root / "ws", {.access = store::Access::write, .command = "test"}));
  ImportOptions options;
  options.formats = {testing::fake_format()};
  Progress progress;
  const auto first_import = import_files(workspace, {(root / "a.fake").string()}, options, progress);
  ASSERT_TRUE(first_import) << first_import.error().message;

  const auto english = search(workspace, "Solid state batter", {.limit = 10, .thread_count = 1}, progress);
  ASSERT_TRUE(english) << english.error().message;
  ASSERT_EQ(english->hits.size(), 2U);
  EXPECT_EQ(english->hits[0].title, "Solid state batteries");
  EXPECT_GT(english->hits[0].score, english->hits[1].score);
  EXPECT_EQ(search(workspace, "\"solid state\" batter", {.limit = 10, .thread_count = 1}, progress)->hits.size(), 1U);
  const auto chinese = search(workspace, "固态电池", {.limit = 10, .thread_count = 1}, progress);
  ASSERT_EQ(chinese->hits.size(), 1U);
  EXPECT_EQ(chinese->hits[0].year, 2021);
  EXPECT_TRUE(search(workspace, "bat", {.limit = 10, .thread_count = 1}, progress)->hits.size() == 2U) << "'combat' holds no word that starts so";
  EXPECT_EQ(search(workspace, " ", {.limit = 10, .thread_count = 1}, progress).error().kind, ErrorKind::invalid_input);

  EXPECT_EQ(english->hits[0].terms.size(), 3U) << "each word of the query has its part";
  SearchOptions late{.limit = 10, .thread_count = 1};
  ASSERT_TRUE(add_condition(late.filter, "from=2020"));
  const auto filtered = search(workspace, "solid state battery", late, progress);
  ASSERT_EQ(filtered->hits.size(), 1U);
  EXPECT_EQ(filtered->hits[0].year, 2020);
  EXPECT_FALSE(add_condition(late.filter, "colour=red"));
  const auto any = search(workspace, "solid warehouses 图像", {.limit = 10, .thread_count = 1}, progress);
  EXPECT_FALSE(any->all_words);
  EXPECT_EQ(any->match_count, 3);
  EXPECT_FALSE(fs::is_empty(root / "ws" / "cache"));

  // New records make a new snapshot: the kept index is not used for it.
  std::ofstream(root / "b.fake") << "9|2024|Sodium batteries|Cheaper than solid state|openalex\n";
  const auto imported = import_files(workspace, {(root / "b.fake").string()}, options, progress);
  ASSERT_TRUE(imported) << imported.error().message;
  EXPECT_EQ(search(workspace, "sodium", {.limit = 10, .thread_count = 1}, progress)->hits.size(), 1U);
  fs::remove_all(root);
}

}  // namespace
}  // namespace jianwei::workflow
