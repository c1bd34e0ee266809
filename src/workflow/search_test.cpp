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
  ASSERT_TRUE(import_files(workspace, {(root / "a.fake").string()}, options, progress));

  const auto english = search(workspace, "Solid state batter", 10, progress, 1);
  ASSERT_TRUE(english) << english.error().message;
  ASSERT_EQ(english->hits.size(), 2U);
  EXPECT_EQ(english->hits[0].title, "Solid state batteries");
  EXPECT_GT(english->hits[0].score, english->hits[1].score);
  EXPECT_EQ(search(workspace, "\"solid state\" batter", 10, progress, 1)->hits.size(), 1U);
  const auto chinese = search(workspace, "固态电池", 10, progress, 1);
  ASSERT_EQ(chinese->hits.size(), 1U);
  EXPECT_EQ(chinese->hits[0].year, 2021);
  EXPECT_TRUE(search(workspace, "bat", 10, progress, 1)->hits.size() == 2U) << "'combat' holds no word that starts so";
  EXPECT_EQ(search(workspace, " ", 10, progress, 1).error().kind, ErrorKind::invalid_input);
  fs::remove_all(root);
}

}  // namespace
}  // namespace jianwei::workflow
