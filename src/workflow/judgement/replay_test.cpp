// The test of the ledger as a whole: 200 random judgements on a run, undone and redone to the byte; then a fifth more records and another run, which has to
// take at least 95 of 100 judgements on by itself and to list the others.
//
// JIANWEI_REPLAY_FILES="most.ris:more.ris" runs it on other records than made-up ones (bench/quality/judgement_replay.sh cuts a corpus in two).
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "base/random.h"
#include "base/strings.h"
#include "records/record_key.h"
#include "workflow/export/export.h"
#include "workflow/import.h"
#include "workflow/judgement/judge.h"
#include "workflow/judgement/judged_stage.h"
#include "workflow/run/map_stage.h"
#include "workflow/run/results_archive.h"
#include "workflow/run/run.h"
#include "workflow/synthetic.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

// Everything that commands show, as bytes; not when it was made.
std::string bytes_of(const StudyResult& r) {
  ArchiveWriter writer;
  writer(r.dataset, r.terms, r.term_pairs, r.topics, r.document_topics, r.topic_levels, r.term_results, r.topic_results, r.weak_signals, r.signals, r.term_occurrences, r.bursts, r.networks, r.map);
  return sha256_hex(std::move(writer).take());
}

// Every sixth record of a RIS file goes into `more`, so that `more` is a fifth of `most`.
void deal(const fs::path& input, const fs::path& most, const fs::path& more) {
  std::ofstream kept(most), left(more);
  std::size_t i = 0;
  const std::string text = *read_file(input);
  for (const std::string_view record : split(text, "ER  -")) {
    if (trim(record).empty()) continue;
    (i++ % 6 == 3 ? left : kept) << trim(record) << "\nER  - \n\n";
  }
}

class Replay : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("jw_replay_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_);
    if (const char* files = std::getenv("JIANWEI_REPLAY_FILES")) {
      const auto paths = split(files, ":");
      ASSERT_EQ(paths.size(), 2U);
      most_ = {std::string(paths[0])};
      more_ = {std::string(paths[1])};
    } else {
      analysis::SyntheticOptions options;
      options.work_count = 2400;
      options.seed = 5;
      const auto made = write_synthetic(root_ / "synth", options, progress_);
      ASSERT_TRUE(made);
      // Merged records, so that what is new is new and no second copy.
      ASSERT_TRUE(init_workspace(root_ / "all", {"All", "en"}));
      workspace_.emplace(std::move(*open_workspace(root_ / "all", {.access = store::Access::write, .command = "test"})));
      std::vector<std::string> inputs;
      for (const fs::path& input : made->inputs) inputs.push_back(input.string());
      import(inputs);
      ASSERT_TRUE(export_file(*workspace_, nullptr, "records", {}, root_ / "all.ris", progress_));
      most_ = {(root_ / "most.ris").string()};
      more_ = {(root_ / "more.ris").string()};
      deal(root_ / "all.ris", most_[0], more_[0]);
    }
    ASSERT_TRUE(init_workspace(root_ / "ws", {"Replay", "en"}));
    workspace_.emplace(std::move(*open_workspace(root_ / "ws", {.access = store::Access::write, .command = "test"})));
  }
  void TearDown() override {
    workspace_.reset();
    fs::remove_all(root_);
  }

  void import(const std::vector<std::string>& paths) {
    const auto report = import_files(*workspace_, paths, {}, progress_);
    ASSERT_TRUE(report) << report.error().message;
  }
  StudyResult run() {
    Study study;
    study.hindcast = false;
    auto result = run_study(*workspace_, study, Depth::full, progress_);
    EXPECT_TRUE(result) << result.error().message;
    return std::move(*result);
  }
  StudyResult now() { return std::move(*load_latest_run(*workspace_)); }

  // One random judgement on what stands; false when the ledger refuses it, as it should what does not fit.
  bool judge_at_random(Random& random, const StudyResult& result, int number);

  fs::path root_;
  std::vector<std::string> most_, more_;
  std::optional<Workspace> workspace_;
  Progress progress_;
};

bool Replay::judge_at_random(Random& random, const StudyResult& result, int number) {
  const auto topic = [&] { return result.topics[random.below(static_cast<std::uint32_t>(result.topics.size()))].id; };
  const auto term = [&] { return result.terms[random.below(static_cast<std::uint32_t>(std::min<std::size_t>(300, result.terms.size())))].id; };
  const auto record = [&] { return result.dataset.record_ids[random.below(static_cast<std::uint32_t>(result.dataset.record_ids.size()))]; };
  const auto organisation = [&] { return named_id("organisation", result.dataset.organisation_names[random.below(static_cast<std::uint32_t>(result.dataset.organisation_names.size()))]); };
  const bool bodies = result.dataset.organisation_names.size() > 20;
  JudgementRequest request;
  Judgement j;
  request.reason = fmt::format("trial {}", number);
  const std::uint32_t dice = random.below(100);
  if (dice < 22) {
    request = {"rename", "topic", topic(), "", request.reason, {}, false};
    j.label_zh = fmt::format("专题{}", number);
    if (random.below(2) == 0) j.label_en = fmt::format("theme {}", number);
  } else if (dice < 28) {
    request = {"merge", "topic", topic(), "", request.reason, {}, false};
    j.others = {topic()};
  } else if (dice < 36) {
    request = {"split", "topic", topic(), "", request.reason, {}, false};
    const auto index = static_cast<std::size_t>(std::find_if(result.topics.begin(), result.topics.end(), [&](const TopicRow& row) { return row.id == request.object; }) - result.topics.begin());
    const std::vector<std::string> known = anchor_of(result, index);
    if (known.size() < 4) return false;
    j.parts = {{"", "", fmt::format("part {} one", number), {known[0], known[1]}, {}}, {"", "", fmt::format("part {} two", number), {known[2], known[3]}, {}}};
  } else if (dice < 39) {
    request = {"remove", "topic", topic(), "", request.reason, {}, false};
  } else if (dice < 60) {
    request = {"move", "topic", topic(), "", request.reason, {}, false};
    for (std::uint32_t i = 0; i <= random.below(4); ++i) j.documents.push_back(record());
  } else if (dice < 66) {
    request = {"link", "topic", topic(), "", request.reason, {}, false};
    j.to_type = "topic";
    j.to = topic();
    j.relation = "part_of";
  } else if (dice < 74) {
    request = {random.below(2) == 0 ? "comment" : "vote", "topic", topic(), "", request.reason, {}, false};
    if (request.kind == "comment") j.text = "seen";
    else j.value = 1;
  } else if (dice < 80) {
    request = {"rename", "term", term(), "", request.reason, {}, false};
    j.label_en = fmt::format("term {}", number);
  } else if (dice < 84) {
    request = {"remove", "term", term(), "", request.reason, {}, false};
  } else if (dice < 88) {
    request = {"merge", "term", term(), "", request.reason, {}, false};
    j.others = {term()};
  } else if (dice < 94 && bodies) {
    request = {"rename", "organisation", organisation(), "", request.reason, {}, false};
    j.label_en = fmt::format("Institute {}", number);
  } else if (bodies) {
    request = {"merge", "organisation", organisation(), "", request.reason, {}, false};
    j.others = {organisation()};
  } else {
    return false;
  }
  j.kind = request.kind;
  request.arguments = arguments_json(j);
  return enter_judgement(*workspace_, request, {"trial", "analyst"}).has_value();
}

TEST_F(Replay, TakesJudgementsOnToNewData) {
  import(most_);
  const std::string machine = bytes_of(run());
  ASSERT_EQ(bytes_of(now()), machine);

  Random random(11);
  int made = 0;
  StudyResult result = now();
  for (int attempt = 0; made < 200 && attempt < 1000; ++attempt) {
    if (!judge_at_random(random, result, made)) continue;
    ++made;
    result = now();
  }
  ASSERT_EQ(made, 200);
  const std::string judged = bytes_of(result);
  EXPECT_NE(judged, machine);
  EXPECT_TRUE(result.judged.conflicts.empty());
  EXPECT_EQ(bytes_of(*load_machine_run(*workspace_, "")), machine) << "the machine's own results stay";

  // All undone: the machine's bytes; all redone: the judged ones.
  std::vector<std::int64_t> undone;
  const auto folded = fold_events(*workspace_->lake.app().ledger().events());
  for (std::size_t i = folded.size(); i-- > 0;) {
    if (folded[i].standing != Standing::stands) continue;
    const auto outcome = change_judgement(*workspace_, "undo", folded[i].event.sequence, "", {"trial", "analyst"});
    ASSERT_TRUE(outcome) << outcome.error().message;
    undone.push_back(folded[i].event.sequence);
  }
  EXPECT_EQ(bytes_of(now()), machine);
  EXPECT_EQ(bytes_of(run()), machine) << "a run after everything was undone has learned nothing";
  for (std::size_t i = undone.size(); i-- > 0;) ASSERT_TRUE(change_judgement(*workspace_, "redo", undone[i], "", {"trial", "analyst"}));
  EXPECT_EQ(bytes_of(now()), judged);
  ASSERT_TRUE(workspace_->lake.app().ledger().verify());

  // A fifth more records, and a run that learns from what was said.
  import(more_);
  const StudyResult grown = run();
  const std::size_t standing = standing_judgements(*workspace_)->size();
  const std::size_t taken = grown.judged.applied.size();
  std::map<std::string, int> reasons;
  for (const JudgementConflict& conflict : grown.judged.conflicts) ++reasons[conflict.reason];
  std::string listed;
  for (const auto& [reason, count] : reasons) listed += fmt::format(" {} {}", reason, count);
  fmt::print("judgements {}, that change results {}, re-applied {} ({:.1f} %), conflicts {}:{}; records {} -> {}, topics {} -> {}\n", made, standing, taken, 100.0 * static_cast<double>(taken) / static_cast<double>(standing),
             grown.judged.conflicts.size(), listed, result.dataset.record_ids.size(), grown.dataset.record_ids.size(), result.topics.size(), grown.topics.size());
  RecordProperty("standing", static_cast<int>(standing));
  RecordProperty("reapplied", static_cast<int>(taken));
  EXPECT_GT(grown.dataset.record_ids.size(), result.dataset.record_ids.size() * 118 / 100);
  EXPECT_EQ(taken + grown.judged.conflicts.size(), standing) << "none is dropped";
  EXPECT_GE(static_cast<double>(taken), 0.95 * static_cast<double>(standing));
  EXPECT_EQ(open_conflicts(*workspace_)->size(), grown.judged.conflicts.size());

  // What was moved is held by the machine itself.
  const auto held = held_documents(*standing_judgements(*workspace_));
  const StudyResult bare = *load_machine_run(*workspace_, "");
  std::size_t kept = 0, known = 0;
  for (const auto& [record, topic] : held) {
    const auto row = std::find(bare.dataset.record_ids.begin(), bare.dataset.record_ids.end(), record) - bare.dataset.record_ids.begin();
    if (row == std::ssize(bare.dataset.record_ids) || std::none_of(bare.topics.begin(), bare.topics.end(), [&](const TopicRow& t) { return t.id == topic; })) continue;
    const auto begin = static_cast<std::size_t>(bare.document_topics.offsets[static_cast<std::size_t>(row)]);
    if (begin == static_cast<std::size_t>(bare.document_topics.offsets[static_cast<std::size_t>(row) + 1])) continue;
    ++known;
    kept += bare.topics[static_cast<std::size_t>(bare.document_topics.topics[begin])].id == topic ? 1 : 0;
  }
  fmt::print("moved records {}, the machine's main topic is where people put them: {}\n", known, kept);
  EXPECT_GE(kept * 10, known * 9);

  // Every conflict can be answered; then none is open.
  const std::vector<JudgementConflict> open = *open_conflicts(*workspace_);
  for (const JudgementConflict& conflict : open) {
    ASSERT_TRUE(resolve_conflict(*workspace_, conflict.sequence, "drop", "", "settled", {"trial", "curator"}));
  }
  EXPECT_TRUE(open_conflicts(*workspace_)->empty());
}

}  // namespace
}  // namespace jianwei::workflow
