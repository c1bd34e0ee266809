// Many judgements one after the other, with somebody else at the ledger.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "workflow/import.h"
#include "workflow/judgement/judge.h"
#include "workflow/run/run.h"
#include "workflow/synthetic.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

TEST(JudgementSeries, NoneIsTriedOnResultsThatCouldNotBeBroughtUpToDate) {
  const fs::path root = fs::temp_directory_path() / ("jw_series_" + std::to_string(::getpid()));
  fs::remove_all(root);
  fs::create_directories(root);
  Progress progress;
  analysis::SyntheticOptions synthetic;
  synthetic.work_count = 300;
  const auto made = write_synthetic(root / "synth", synthetic, progress);
  ASSERT_TRUE(made);
  std::vector<std::string> inputs;
  for (const fs::path& input : made->inputs) inputs.push_back(input.string());
  ASSERT_TRUE(init_workspace(root / "ws", {"Series", "en"}));
  {
    Workspace workspace = std::move(*open_workspace(root / "ws", {.access = store::Access::write, .command = "test"}));
    ASSERT_TRUE(import_files(workspace, inputs, {}, progress));
    Study study;
    study.hindcast = false;
    const auto run = run_study(workspace, study, Depth::full, progress);
    ASSERT_TRUE(run) << run.error().message;
    const std::string topic = run->topics.front().id;
    const Judge judge{"ann", "analyst"};

    auto series = JudgementSeries::open(workspace);
    ASSERT_TRUE(series) << series.error().message;
    const auto rename = [&](const char* label) { return series->enter({"rename", "topic", topic, fmt::format(R"({{"label_en":"{}"}})", label), "clearer", {}, false}, judge); };
    ASSERT_TRUE(rename("first"));

    // Somebody else's entry that cannot be read, entered beside the series.
    store::LedgerEvent damaged;
    damaged.actor = "bob";
    damaged.role = "analyst";
    damaged.kind = "split";
    damaged.object_type = "topic";
    damaged.object_id = topic;
    damaged.arguments = R"({"parts":[1]})";
    damaged.state = "stands";
    const auto entered = workspace.lake.app().ledger().append({damaged});
    ASSERT_TRUE(entered) << entered.error().message;
    ASSERT_TRUE(rename("second"));
    for (int again = 0; again < 2; ++again) EXPECT_FALSE(rename("third")) << again;
    EXPECT_EQ(workspace.lake.app().ledger().events()->size(), 3U);

    // Taken back, the list is whole again, and the next is tried on what stands.
    store::LedgerEvent undo = damaged;
    undo.kind = "undo";
    undo.arguments = "{}";
    undo.refers_to = (*entered)[0].sequence;
    ASSERT_TRUE(workspace.lake.app().ledger().append({undo}));
    const auto fourth = rename("fourth");
    ASSERT_TRUE(fourth) << fourth.error().message;
    EXPECT_EQ(fourth->event.sequence, 5);
    EXPECT_EQ(load_latest_run(workspace)->topics.front().label_en, "fourth");
  }
  fs::remove_all(root);
}

}  // namespace
}  // namespace jianwei::workflow
