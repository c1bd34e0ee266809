#include "workflow/match.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

class Match : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(root_);
    fs::create_directories(root_);
    std::ofstream(root_ / "needs.csv") << "id,title,abstract\n"
                                          "N1,Quieter rotor blades,Proposals should describe phase one work on the noise of helicopter rotor blades\n"
                                          "N2,Cheaper batteries,Proposals should describe phase one work on sodium batteries without cobalt\n"
                                          "N3,固态电池界面,提案应说明固态电池电解质界面的稳定性\n";
    std::ofstream(root_ / "solutions.csv") << "id,title,abstract\n"
                                              "S1,Proposals for phase one work,We describe what proposals should describe in phase one work\n"
                                              "S2,Serrated blade edges,Rotor noise falls when the blades have serrated edges\n"
                                              "S3,A cobalt free sodium cell,The battery needs no cobalt\n"
                                              "S4,固态电解质,硫化物固态电池的界面稳定\n";
  }
  void TearDown() override { fs::remove_all(root_); }
  Result<MatchResult> run(analysis::RankingMethod method, int thread_count = 2) {
    Progress progress;
    analysis::MatchingOptions options;
    options.method = method;
    options.limit = 2;
    options.thread_count = thread_count;
    return match_records({(root_ / "needs.csv").string(), {}}, {(root_ / "solutions.csv").string(), {}}, options, progress);
  }
  fs::path root_ = fs::temp_directory_path() / ("jw_match_" + std::to_string(::getpid()));
};

TEST_F(Match, FindsTheSolutionOfEachNeedAndSaysWhy) {
  const auto result = run(analysis::RankingMethod::bm25);
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->needs.size(), 3U);
  const auto best = [&](std::size_t need) { return result->solutions[static_cast<std::size_t>(result->matches[need].at(0).solution)].id; };
  EXPECT_EQ(best(0), "S2") << "what every need says does not decide";
  EXPECT_EQ(best(1), "S3");
  EXPECT_EQ(best(2), "S4");
  const auto& reasons = result->matches[1][0].reasons;
  EXPECT_TRUE(std::any_of(reasons.begin(), reasons.end(), [](const analysis::SharedTerm& term) { return term.name == "sodium"; }));
}

TEST_F(Match, NoRecordAnswersItself) {
  Progress progress;
  const std::string file = (root_ / "pairs.csv").string();
  std::ofstream(file) << "id,title,abstract\n"
                         "P1,Rotor noise,Blades with serrated edges\n"
                         "P2,Quiet rotor blades,The noise of serrated edges\n"
                         "P3,Sodium cells,Batteries without cobalt\n"
                         "P4,Cobalt free batteries,Cells of sodium\n";
  for (const auto method : {analysis::RankingMethod::bm25, analysis::RankingMethod::hybrid}) {
    const auto result = match_records({file, {}}, {(root_ / "." / "pairs.csv").string(), {}}, {.method = method, .limit = 2}, progress);
    ASSERT_TRUE(result) << result.error().message;
    std::size_t found = 0;
    for (std::size_t need = 0; need < result->needs.size(); ++need) {
      found += result->matches[need].size();
      EXPECT_LE(result->matches[need].size(), 2U);
      for (const analysis::Match& match : result->matches[need]) EXPECT_NE(result->solutions[static_cast<std::size_t>(match.solution)].id, result->needs[need].id);
    }
    EXPECT_GT(found, 0U);
  }
}

TEST_F(Match, IsTheSameAtAnyThreadCount) {
  for (const auto method : {analysis::RankingMethod::bm25, analysis::RankingMethod::hybrid}) EXPECT_EQ(to_csv(*run(method, 1)), to_csv(*run(method, 3)));
}

TEST_F(Match, RefusesASideWithoutRecords) {
  Progress progress;
  EXPECT_EQ(match_records({(root_ / "none.csv").string(), {}}, {(root_ / "solutions.csv").string(), {}}, {}, progress).error().kind, ErrorKind::not_found);
  SearchFilter none;
  ASSERT_TRUE(add_condition(none, "kind=patent"));
  EXPECT_EQ(match_records({(root_ / "needs.csv").string(), none}, {(root_ / "solutions.csv").string(), {}}, {}, progress).error().kind, ErrorKind::invalid_input);
}

}  // namespace
}  // namespace jianwei::workflow
