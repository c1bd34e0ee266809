#include "workflow/synthetic.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.h"
#include "base/strings.h"

namespace jianwei {
namespace {

TEST(SyntheticFiles, EveryCopyIsInOneFileAndInTheTruth) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "synthetic_files";
  analysis::SyntheticOptions options;
  options.work_count = 200;
  Progress progress;
  const auto files = write_synthetic(folder, options, progress);
  ASSERT_TRUE(files.has_value());
  const std::string truth = *read_file(files->truth);
  const std::string ris = *read_file(files->inputs[0]);
  const std::string scopus = *read_file(files->inputs[1]);
  const std::string openalex = *read_file(files->inputs[2]);
  const std::string projects = *read_file(files->inputs[3]);
  const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  const auto ris_records = static_cast<std::int64_t>(split(ris, "TY  - JOUR").size()) - 1;
  EXPECT_EQ(ris_records + lines(scopus) - 1 + lines(openalex) + lines(projects) - 1, files->record_count);
  // An own id of each file stands in the truth.
  for (const std::string_view id : {"SYN:R", "2-s2.0-9", "W9"}) EXPECT_NE(truth.find(id), std::string::npos) << id;
  EXPECT_NE(truth.find("\"trend\":\"emerging\""), std::string::npos);

  // The same options write the same bytes.
  ASSERT_TRUE(write_synthetic(folder, options, progress).has_value());
  EXPECT_EQ(*read_file(files->inputs[2]), openalex);
  EXPECT_EQ(*read_file(files->truth), truth);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace jianwei
