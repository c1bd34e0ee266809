#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "workflow/seeds/seed_concepts.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

class SeedsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("jw_seeds_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    ASSERT_TRUE(init_workspace(root_, {"Test", "en"}));
    workspace_ = std::make_unique<Workspace>(std::move(*open_workspace(root_, {.access = store::Access::write, .command = "test"})));
  }
  void TearDown() override {
    workspace_.reset();
    fs::remove_all(root_);
  }
  fs::path write(const char* name, const std::string& text) {
    std::ofstream(root_ / name) << text;
    return root_ / name;
  }
  void propose(const std::string& term, const std::string& id) {
    ASSERT_TRUE(workspace_->lake.app().add_seed_events({{0, 1, "proposed", "Battery", term, id, "run-1", 0.5, "", "ann", store::utc_now()}}));
  }
  std::vector<store::SeedEvent> events() { return *workspace_->lake.app().seed_events(); }

  fs::path root_;
  std::unique_ptr<Workspace> workspace_;
};

TEST_F(SeedsTest, ReadsTablesAndToml) {
  const auto table = *read_seeds(write("s.tsv", "concept\tterms\n电池\t固态电池\tsolid state battery | lithium metal\n# remark\n光伏\t钙钛矿\n电池\t固态电池\t锂\n"));
  ASSERT_EQ(table.size(), 2U);
  EXPECT_EQ(table[0].name, "电池");
  EXPECT_EQ(table[0].terms, (std::vector<std::string>{"固态电池", "solid state battery", "lithium metal", "锂"}));
  const auto list = *read_seeds(write("s.toml", "[concepts]\nzeta = [\"z\"]\n\"a b\" = [\"one\", \"two\"]\n"));
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].name, "zeta");
  EXPECT_EQ(list[1].terms, (std::vector<std::string>{"one", "two"}));
  const auto tables = *read_seeds(write("t.toml", "[[concept]]\nname = \"x\"\nterms = [\"one\"]\n"));
  EXPECT_EQ(tables[0].name, "x");
}

TEST_F(SeedsTest, NamesTheLineOfWhatCannotBeRead) {
  const auto empty = read_seeds(write("e.tsv", "a\tone\nb\n"));
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().kind, ErrorKind::invalid_input);
  EXPECT_NE(empty.error().message.find("e.tsv:2"), std::string::npos) << empty.error().message;
  const auto number = read_seeds(write("n.toml", "[concepts]\na = [1]\n"));
  ASSERT_FALSE(number);
  EXPECT_NE(number.error().message.find("n.toml:2"), std::string::npos) << number.error().message;
  EXPECT_EQ(read_seeds(root_ / "none.tsv").error().kind, ErrorKind::not_found);
  EXPECT_FALSE(read_seeds(write("x.toml", "[other]\na = 1\n")));
}

TEST_F(SeedsTest, AddsOnceAndKeepsEveryStep) {
  ASSERT_EQ(add_seeds(*workspace_, {{"Battery", {"solid state battery", "Lithium"}}}, "ontology", "ann")->size(), 2U);
  EXPECT_TRUE(add_seeds(*workspace_, {{"battery", {"lithium"}}}, "", "ann")->empty());
  propose("electrolyte", "term-1");
  propose("vehicle", "term-2");
  ASSERT_TRUE(decide_seeds(*workspace_, true, "battery", {"Electrolyte"}, "belongs", "bob"));
  ASSERT_TRUE(decide_seeds(*workspace_, false, "Battery", {"term-2"}, "too wide", "bob"));
  ASSERT_TRUE(decide_seeds(*workspace_, false, "Battery", {"lithium"}, "", "bob"));  // seeds may go, too
  const auto concepts = concepts_after(events());
  ASSERT_EQ(concepts.size(), 1U);
  ASSERT_EQ(concepts[0].terms.size(), 4U);
  EXPECT_EQ(concepts[0].terms[0].state, SeedState::seed);
  EXPECT_EQ(concepts[0].terms[1].state, SeedState::refused);
  EXPECT_EQ(concepts[0].terms[2].state, SeedState::accepted);
  EXPECT_EQ(concepts[0].terms[3].state, SeedState::refused);
  EXPECT_EQ(concepts[0].terms[3].term_id, "term-2");
  const auto all = events();
  ASSERT_EQ(all.size(), 7U);
  EXPECT_EQ(all[5].reason, "too wide");
  EXPECT_EQ(all[5].decided_by, "bob");
  EXPECT_EQ(all[5].iteration, 1);
  EXPECT_EQ(last_iteration(all), 1);
}

TEST_F(SeedsTest, DecidesAllOrNone) {
  ASSERT_TRUE(add_seeds(*workspace_, {{"Battery", {"lithium"}}}, "", "ann"));
  propose("electrolyte", "term-1");
  EXPECT_EQ(decide_seeds(*workspace_, true, "Battery", {"electrolyte", "never seen"}, "", "ann").error().kind, ErrorKind::not_found);
  EXPECT_EQ(decide_seeds(*workspace_, true, "Solar", {"electrolyte"}, "", "ann").error().kind, ErrorKind::not_found);
  EXPECT_EQ(decide_seeds(*workspace_, true, "Battery", {"lithium"}, "", "ann").error().kind, ErrorKind::conflict);
  EXPECT_EQ(events().size(), 2U);
}

}  // namespace
}  // namespace jianwei::workflow
