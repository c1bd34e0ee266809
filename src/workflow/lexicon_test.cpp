#include "workflow/lexicon.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/file.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

class LexiconTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("jw_lexicon_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    ASSERT_TRUE(init_workspace(root_, {"Test", "en"}));
    workspace_ = std::make_unique<Workspace>(std::move(*open_workspace(root_, {.access = store::Access::write, .command = "test"})));
    fs::create_directories(root_ / "lexicon");
  }
  void TearDown() override {
    workspace_.reset();
    fs::remove_all(root_);
  }
  void write(const char* name, const std::string& text) { std::ofstream(root_ / "lexicon" / name) << text; }
  std::vector<DecisionRow> history() { return *decision_history(*workspace_); }
  text::TermDecisions decisions() { return *term_decisions(*workspace_); }

  fs::path root_;
  std::unique_ptr<Workspace> workspace_;
};

TEST_F(LexiconTest, KeepsWhoWhenWhyBeforeAndAfter) {
  const auto event = decide(*workspace_, DecisionKind::synonyms, {"neural network", "neural net"}, "same thing", "ann");
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->before, "neural network | neural net");
  EXPECT_EQ(event->after, "neural network");
  EXPECT_EQ(event->decided_by, "ann");
  EXPECT_EQ(event->reason, "same thing");
  EXPECT_EQ(event->decided_at.size(), 20U);
  EXPECT_EQ(decisions().synonyms, (std::vector<std::vector<std::string>>{{"neural network", "neural net"}}));
  EXPECT_EQ(history().size(), 1U);
}

TEST_F(LexiconTest, UndoesWithoutForgetting) {
  const auto event = decide(*workspace_, DecisionKind::stop, {"said"}, "boilerplate", "ann");
  ASSERT_TRUE(undo_decision(*workspace_, event->id, "a name here", "bob"));
  EXPECT_TRUE(decisions().stops.empty());
  const auto rows = history();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_FALSE(rows[0].in_force);
  EXPECT_EQ(rows[1].event.undoes, event->id);
  EXPECT_EQ(rows[1].event.decided_by, "bob");
  EXPECT_EQ(undo_decision(*workspace_, event->id, "", "bob").error().kind, ErrorKind::conflict);
  EXPECT_EQ(undo_decision(*workspace_, 99, "", "bob").error().kind, ErrorKind::not_found);
}

TEST_F(LexiconTest, RecordsWhatAnAnalystEditsInTheFiles) {
  write("stop_terms.txt", "\xef\xbb\xbf# remarks\r\nsaid\r\n\r\nproposed method\r\n");
  write("refused_pairs.txt", "棕榈油酸|C16\n");
  const text::TermDecisions made = decisions();
  EXPECT_EQ(made.stops, (std::vector<std::string>{"said", "proposed method"}));
  ASSERT_EQ(made.refused_pairs.size(), 1U);
  EXPECT_EQ(made.refused_pairs[0].second, "C16");
  ASSERT_EQ(history().size(), 3U);
  EXPECT_EQ(history()[1].event.reason, "lexicon/stop_terms.txt:4");
  decisions();
  EXPECT_EQ(history().size(), 3U) << "reading twice records nothing twice";
  write("stop_terms.txt", "proposed method\n");
  EXPECT_EQ(decisions().stops, std::vector<std::string>{"proposed method"});
  EXPECT_EQ(history().size(), 4U);
  EXPECT_EQ(history()[3].event.kind, "undo");
}

TEST_F(LexiconTest, KeepsTheRemarksOfAFileThatACommandChanges) {
  write("stop_terms.txt", "# by Ann\nsaid");
  ASSERT_TRUE(decide(*workspace_, DecisionKind::stop, {"wherein"}, "claims", "ann"));
  EXPECT_EQ(*read_file(root_ / "lexicon/stop_terms.txt"), "# by Ann\nsaid\nwherein\n");
  ASSERT_TRUE(undo_decision(*workspace_, 1, "", "ann"));
  EXPECT_EQ(*read_file(root_ / "lexicon/stop_terms.txt"), "# by Ann\nwherein\n");
}

TEST_F(LexiconTest, WritesALostFileAgain) {
  ASSERT_TRUE(decide(*workspace_, DecisionKind::pair, {"石墨烯", "graphene"}, "", "ann"));
  fs::remove_all(root_ / "lexicon");
  ASSERT_EQ(decisions().pairs.size(), 1U);
  EXPECT_TRUE(fs::exists(root_ / "lexicon/pairs.txt"));
  EXPECT_EQ(history().size(), 1U);
}

TEST_F(LexiconTest, NamesFileAndLineOfWhatItCannotUse) {
  const auto message = [&](const char* name, const char* text) {
    write(name, text);
    const auto made = term_decisions(*workspace_);
    fs::remove(root_ / "lexicon" / name);
    return made ? std::string() : made.error().message;
  };
  EXPECT_NE(message("synonyms.txt", "a | b\nalone\n").find("synonyms.txt:2: one name"), std::string::npos);
  EXPECT_NE(message("pairs.txt", "graphene | 石墨烯\n").find("pairs.txt:1: \"graphene | 石墨烯\" is not a Chinese name before an English one"), std::string::npos);
  EXPECT_NE(message("stop_terms.txt", "one\n\ntwo | three\n").find("stop_terms.txt:3: 2 names"), std::string::npos);
  EXPECT_NE(message("stop_terms.txt", "\xff\xfe\n").find("stop_terms.txt:1: not UTF-8"), std::string::npos);
  EXPECT_EQ(decide(*workspace_, DecisionKind::synonyms, {"one"}, "", "").error().kind, ErrorKind::invalid_input);
  EXPECT_TRUE(history().empty());
}

}  // namespace
}  // namespace jianwei::workflow
