#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "analysis/clusters/leiden.h"
#include "base/file.h"
#include "workflow/items/item_study.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

fs::path write(const std::string& name, const std::string& content) {
  const fs::path folder = fs::temp_directory_path() / "jianwei_items_test";
  fs::create_directories(folder);
  std::ofstream(folder / name, std::ios::binary) << content;
  return folder / name;
}

TEST(ReadItems, TakesTablesListsAndJsonLines) {
  const ItemList table = *read_items(write("t.csv", "no,Technology,Domain\n1,\"Batteries, solid\",Energy\n2,Gene drives,Life\n3,,Life\n4,gene drives,Life\n"), "", "");
  EXPECT_EQ(table.texts, (std::vector<std::string>{"Batteries, solid", "Gene drives"}));
  EXPECT_EQ(table.field_names, (std::vector<std::string>{"Energy", "Life"}));
  EXPECT_EQ(table.field, (std::vector<std::int32_t>{0, 1}));
  EXPECT_EQ(table.lines, (std::vector<std::int64_t>{2, 3}));
  const ItemList chinese = *read_items(write("z.csv", "技术名称,领域\n固态电池,能源\n基因驱动,生命\n"), "", "");
  EXPECT_EQ(chinese.texts.size(), 2U);
  EXPECT_EQ(chinese.field_column, "领域");
  const ItemList lines = *read_items(write("l.txt", "Batteries, solid and safe\n\nGene drives, contained\n"), "", "");
  EXPECT_EQ(lines.texts, (std::vector<std::string>{"Batteries, solid and safe", "Gene drives, contained"}));
  EXPECT_TRUE(lines.field.empty());
  const ItemList json = *read_items(write("j.jsonl", "{\"id\": 1, \"title\": \"Batteries\", \"area\": \"Energy\"}\n{\"title\": \"Genes\"}\n"), "", "");
  EXPECT_EQ(json.texts, (std::vector<std::string>{"Batteries", "Genes"}));
  EXPECT_EQ(json.field, (std::vector<std::int32_t>{0, -1}));
}

TEST(ReadItems, HeadingsAreNoItems) {
  const ItemList own = *read_items(write("own.csv", "id,field,zh,en,state\nentry-1,能源,固态电池,solid batteries,accepted\nentry-2,,,gene drives,candidate\n"), "", "");
  EXPECT_EQ(own.texts, (std::vector<std::string>{"固态电池", "gene drives"}));
  EXPECT_EQ(own.english, (std::vector<std::string>{"solid batteries", "gene drives"}));
  EXPECT_EQ(own.field_names, (std::vector<std::string>{"能源"}));
  const ItemList other = *read_items(write("other.csv", "statement of the panel,year\nBatteries that last for twenty years,2030\nGene drives in the field,2040\n"), "", "");
  EXPECT_EQ(other.texts, (std::vector<std::string>{"Batteries that last for twenty years", "Gene drives in the field"}));
}

TEST(ReadItems, TheEnglishColumnStandsBesideThePlainOne) {
  for (const std::string heading : {"名称,英文名称", "技术名称,name_en", "name_en,zh", "en,名称"}) {
    const bool english_first = heading.starts_with("name_en") || heading.starts_with("en");
    const ItemList list = *read_items(write("two.csv", heading + (english_first ? "\nsolid batteries,固态电池\ngene drives,\n" : "\n固态电池,solid batteries\n,gene drives\n")), "", "");
    EXPECT_EQ(list.texts, (std::vector<std::string>{"固态电池", "gene drives"})) << heading;
    EXPECT_EQ(list.english, (std::vector<std::string>{"solid batteries", "gene drives"})) << heading;
  }
  const ItemList alone = *read_items(write("alone.csv", "id,英文名称\n1,solid batteries\n"), "", "");
  EXPECT_EQ(alone.texts, std::vector<std::string>{"solid batteries"});
  EXPECT_TRUE(alone.english.empty());
}

// A member of a tar archive: its heading and its bytes, filled up to blocks of 512.
std::string tar_member(const std::string& name, std::string content) {
  std::string head(512, '\0');
  head.replace(0, name.size(), name);
  head.replace(100, 7, "0000644");
  head.replace(124, 11, fmt::format("{:011o}", content.size()));
  head.replace(136, 11, "00000000000");
  head.replace(148, 8, "        ");
  head.replace(156, 1, "0");
  head.replace(257, 8, std::string("ustar\0" "00", 8));
  unsigned sum = 0;
  for (const char c : head) sum += static_cast<unsigned char>(c);
  head.replace(148, 7, fmt::format("{:06o}", sum) + '\0');
  content.resize((content.size() + 511) / 512 * 512, '\0');
  return head + content;
}

TEST(ReadItems, EveryItemOfAnArchiveHasItsPlaceForTheEnglishName) {
  const std::string both = tar_member("a.csv", "zh,en\n固态电池,solid batteries\n"), one = tar_member("b.csv", "名称,领域\n基因驱动,生命\n");
  for (const std::string& members : {both + one, one + both}) {
    const ItemList list = *read_items(write("two.tar", members + std::string(1024, '\0')), "", "");
    ASSERT_EQ(list.texts.size(), 2U);
    ASSERT_EQ(list.english.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(list.english[i], list.texts[i] == "固态电池" ? "solid batteries" : "");
  }
}

TEST(ReadItems, TheLongestColumnMayHaveNoHeading) {
  const ItemList list = *read_items(write("short.csv", "field,year\nEnergy,2030,Batteries that last for twenty years\nLife,2040,Gene drives in the field\n"), "", "");
  EXPECT_EQ(list.texts, (std::vector<std::string>{"Batteries that last for twenty years", "Gene drives in the field"}));
  EXPECT_EQ(list.text_column, "");
  EXPECT_EQ(list.field_names, (std::vector<std::string>{"Energy", "Life"}));
}

TEST(ReadItems, NamesWhatIsMissing) {
  const auto column = read_items(write("t.csv", "no,Technology\n1,Batteries\n"), "title", "");
  ASSERT_FALSE(column);
  EXPECT_NE(column.error().message.find("Technology"), std::string::npos);
  EXPECT_FALSE(read_items(write("e.txt", "\n"), "", ""));
  EXPECT_FALSE(read_items("/nonexistent/items.csv", "", ""));
}

// Twelve items of three technologies that share words within each.
ItemList three_technologies() {
  ItemList list;
  list.texts = {"solid state battery electrolyte", "lithium battery electrolyte additive", "solid state lithium battery",   "battery electrolyte for lithium metal",
                "gene editing therapy",            "gene editing of crop plants",           "base editing gene therapy",     "gene therapy by base editing",
                "quantum error correction code",   "quantum computer error correction",     "error correction qubit quantum", "qubit control for quantum computer"};
  list.lines.assign(12, 1);
  return list;
}

TEST(StudyItems, ClustersItemsByTheirOwnWords) {
  Progress progress;
  ItemList list = three_technologies();
  list.texts.insert(list.texts.begin() + 4, "volcanic ash");  // shares no word with any other
  list.lines.push_back(13);
  const ItemStudy study = *study_items(std::move(list), nullptr, {.cluster_count = 3}, progress);
  EXPECT_FALSE(study.from_corpus);
  EXPECT_EQ(study.unplaced, std::vector<std::string>{"volcanic ash"});
  EXPECT_NEAR(analysis::adjusted_rand_index(study.clustering.cluster, std::vector<std::int32_t>{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2}), 1.0, 1e-9);
  const fs::path folder = fs::temp_directory_path() / "jianwei_items_test" / "out";
  fs::remove_all(folder);
  ASSERT_TRUE(write_item_study(study, nullptr, folder, Language::en));
  EXPECT_NE(read_file(folder / "dendrogram.nwk")->find("'gene editing therapy'"), std::string::npos);
  EXPECT_TRUE(fs::exists(folder / "dendrogram.svg"));
  EXPECT_FALSE(fs::exists(folder / "uncovered-topics.csv"));
}

TEST(StudyItems, SeesTheItemsThroughACorpusAndListsTopicsNoneCovers) {
  // A corpus of four themes of four words each, twenty documents of one or two of them a theme; no item speaks of the last theme.
  StudyResult corpus;
  const std::vector<std::vector<std::string>> themes = {{"battery", "electrolyte", "lithium", "anode"}, {"gene", "editing", "therapy", "crop"}, {"quantum", "qubit", "error", "correction"}, {"volcano", "lava", "eruption", "magma"}};
  analysis::UnitDocuments& units = corpus.term_results.documents;
  for (std::size_t theme = 0; theme < themes.size(); ++theme) {
    for (std::size_t w = 0; w < themes[theme].size(); ++w) {
      corpus.terms.push_back({.id = themes[theme][w], .label = themes[theme][w], .forms = {}, .language = "en"});
      for (std::int32_t d = 0; d < 20; ++d) {
        if (d % 4 == static_cast<std::int32_t>(w) || d / 4 % 4 == static_cast<std::int32_t>(w)) units.documents.push_back(static_cast<std::int32_t>(theme) * 20 + d);
      }
      units.offsets.push_back(static_cast<std::int64_t>(units.documents.size()));
    }
    corpus.topics.push_back({.id = "topic-" + std::to_string(theme + 1)});
  }
  corpus.dataset.year.assign(80, 2020);
  for (std::int32_t d = 0; d < 80; ++d) {
    corpus.document_topics.topics.push_back(d / 20);
    corpus.document_topics.shares.push_back(1.0F);
    corpus.document_topics.offsets.push_back(d + 1);
  }
  Progress progress;
  const ItemStudy study = *study_items(three_technologies(), &corpus, {.cluster_count = 3}, progress);
  EXPECT_TRUE(study.from_corpus);
  ASSERT_EQ(study.coverage.size(), 4U);
  for (const analysis::TopicCoverage& row : study.coverage) EXPECT_EQ(row.covered, row.topic < 3) << row.topic;
  EXPECT_NEAR(analysis::adjusted_rand_index(study.clustering.cluster, std::vector<std::int32_t>{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2}), 1.0, 1e-9);
}

}  // namespace
}  // namespace jianwei::workflow
