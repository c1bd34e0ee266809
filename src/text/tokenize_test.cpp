#include <gtest/gtest.h>

#include <string>

#include "text/corpus.h"
#include "text/token_streams.h"

namespace jianwei::text {
namespace {

TokenizedCorpus tokenized(const std::vector<DocumentText>& documents, int thread_count = 1) {
  Progress progress;
  auto corpus = tokenize(documents, {thread_count}, progress);
  EXPECT_TRUE(corpus) << corpus.error().message;
  return std::move(*corpus);
}

// The tokens of one title, "|" for a break.
std::string tokens_of(std::string_view title) {
  const TokenizedCorpus corpus = tokenized({{title, "", {}, ""}});
  std::string result;
  for (const std::int32_t token : corpus.stream) result += (result.empty() ? "" : " ") + (token < 0 ? std::string("|") : corpus.tokens[static_cast<std::size_t>(token)]);
  return result;
}

TEST(Tokenize, FoldsEnglishPluralsToTheSingular) {
  EXPECT_EQ(tokens_of("robots batteries processes boxes matrices corpora"), "robot battery process box matrix corpus |");
  EXPECT_EQ(tokens_of("analysis physics species gas lens bus series bias"), "analysis physics species gas lens bus series bias |");
  EXPECT_EQ(tokens_of("analyses buses lenses viruses movies caches"), "analysis bus lens virus movie cache |");
}

TEST(Tokenize, KeepsAcronymsAndFoldsTheirPlurals) {
  EXPECT_EQ(tokens_of("GPS and CNNs"), "gps and cnn |");
  EXPECT_EQ(tokens_of("Parkinson's disease"), "parkinson disease |");
}

TEST(Tokenize, KeepsMixedTokensWhole) {
  EXPECT_EQ(tokens_of("5G PD-L1 COVID-19 CO2 H2O Li-ion GPT-4 3D C++ R&D"), "5g pdl1 covid19 co2 h2o liion gpt4 3d c++ r&d |");
  EXPECT_EQ(tokens_of("CO₂ capture"), "co2 capture |");
}

TEST(Tokenize, PartsHyphenatedWordsAndJoinsPrefixes) {
  EXPECT_EQ(tokens_of("deep-learning"), "deep learning |");
  EXPECT_EQ(tokens_of("non-linear e-mail x-ray end-to-end"), "nonlinear email xray end to end |");
  EXPECT_EQ(tokens_of("3-dimensional BERT-based"), "3 dimensional bert based |");
}

TEST(Tokenize, BreaksAtPunctuationAndFields) {
  const std::vector<std::string> keywords = {"soft robot", "gripper"};
  const TokenizedCorpus corpus = tokenized({{"A gripper: design", "It grasps. Well", keywords, "en"}});
  std::string breaks;
  for (const std::int32_t token : corpus.stream) breaks += token < 0 ? '|' : 'w';
  EXPECT_EQ(breaks, "ww|w|ww|w|ww|w|");
  EXPECT_EQ(corpus.text_end(0), 10);  // keywords follow
}

TEST(Tokenize, DropsWhatIsNotText) {
  EXPECT_EQ(tokens_of("bound $O(\\sqrt{n})$ for graphs \\cite{x12}"), "bound | for graph |");
  EXPECT_EQ(tokens_of("see https://example.org/a-b?c=d now"), "see | now |");
  EXPECT_EQ(tokens_of("Deep nets. (C) 2015 Elsevier Ltd. All rights reserved."), "deep net |");
  EXPECT_EQ(tokens_of("\xc2\xa9 2019 IEEE. Robots"), "robot |");
  EXPECT_EQ(tokens_of("costs $5 and $20 more"), "cost | 5 and | 20 more |");
}

TEST(Tokenize, JoinsWordsThatAnExportBroke) {
  EXPECT_EQ(tokens_of("optimiza(cid:173) tion"), "optimization |");
  EXPECT_EQ(tokens_of("optimiza\xc2\xadtion and optimiza- tion"), "optimization and optimization |");
  EXPECT_EQ(tokens_of("short- and long-term"), "short | and long term |");
}

TEST(Tokenize, SegmentsChineseAndKeepsLatinInside) {
  EXPECT_EQ(tokens_of("基于BERT的固态电池研究"), "基于 bert 的 固态 电池 研究 |");
  EXPECT_EQ(tokens_of("PD-L1抑制剂"), "pdl1 抑制剂 |");
}

TEST(Tokenize, ShowsWordsAsTheyAreMostlyWritten) {
  const TokenizedCorpus corpus = tokenized({{"Robots and BERT", "robots robots BERT models", {}, "en"}, {"", "THE ROBOTS OF THE OLD GRANT ABSTRACTS WALK", {}, "en"}});
  EXPECT_EQ(corpus.surfaces[0], "robots");
  EXPECT_EQ(corpus.tokens[2], "bert");
  EXPECT_EQ(corpus.surfaces[2], "BERT");
}

TEST(Tokenize, ReadsBytesThatAreNotUtf8) {
  EXPECT_EQ(tokens_of("soft\xff robots"), "soft | robot |");
  EXPECT_EQ(tokens_of("\xe5\x9b"), "");
  EXPECT_EQ(tokens_of(""), "");
}

TEST(Tokenize, IsTheSameAtAnyThreadCount) {
  std::vector<std::string> titles;
  for (int i = 0; i < 5000; ++i) titles.push_back("Soft robots no" + std::to_string(i % 977) + " 固态电池 deep-learning Word" + std::to_string(i % 131));
  std::vector<DocumentText> documents;
  for (const std::string& title : titles) documents.push_back({title, title, {}, "en"});
  const TokenizedCorpus one = tokenized(documents, 1);
  const TokenizedCorpus four = tokenized(documents, 4);
  EXPECT_EQ(one.tokens, four.tokens);
  EXPECT_EQ(one.surfaces, four.surfaces);
  EXPECT_EQ(one.spellings, four.spellings);
  EXPECT_EQ(one.stream, four.stream);
  EXPECT_EQ(one.forms, four.forms);
  EXPECT_EQ(one.offsets, four.offsets);
}

// Documents in both scripts, with keywords, translations, capitals and one twice.
std::vector<DocumentText> grown_documents() {
  static const std::vector<std::string> english = {"Soft robots", "grasping"}, chinese = {"软体机器人", "抓取"};
  return {{"Soft robots for grasping", "SOFT ROBOTS grasp. A soft robot's finger bends.", english, "en"},
          {"软体机器人的抓取", "本文研究軟體機器人的抓取方法。", chinese, "zh", "Grasping with soft robots", "We study soft-robot grasping."},
          {"DATA SETS FOR ROBOTS", "Data-set sizes and data sets", {}, "de"},
          {"Soft robots for grasping", "SOFT ROBOTS grasp. A soft robot's finger bends.", english, "en"},
          {"", "", {}, ""},
          {"Bayesian Robots", "Robots, robots and BERT models", {}, ""}};
}

void expect_equal(const TokenizedCorpus& a, const TokenizedCorpus& b) {
  EXPECT_EQ(a.tokens, b.tokens);
  EXPECT_EQ(a.surfaces, b.surfaces);
  EXPECT_EQ(a.offsets, b.offsets);
  EXPECT_EQ(a.stream, b.stream);
  EXPECT_EQ(a.spellings, b.spellings);
  EXPECT_EQ(a.spelling_offsets, b.spelling_offsets);
  EXPECT_EQ(a.forms, b.forms);
  EXPECT_EQ(a.text_ends, b.text_ends);
  EXPECT_EQ(a.keyword_starts, b.keyword_starts);
}

TEST(TokenStreams, GrownShrunkAndChangedCorporaAreThoseFromNothing) {
  const std::vector<DocumentText> all = grown_documents();
  std::vector<DocumentText> changed = {all[5], all[1], all[2]};
  changed[1].abstract = "本文研究机械臂。";
  changed[2].language = "en";  // read otherwise: its plurals fold
  Progress progress;
  TokenStreams kept;
  const std::vector<std::pair<std::vector<DocumentText>, std::int64_t>> steps = {
      {{all[2], all[0]}, 2}, {all, 3}, {{all.rbegin(), all.rend()}, 0}, {{all[1]}, 0}, {changed, 2}, {all, 5}};
  for (const auto& [documents, cut] : steps) {
    const auto corpus = tokenize(documents, {2}, kept, progress);
    ASSERT_TRUE(corpus);
    EXPECT_EQ(kept.cut_count, cut);
    expect_equal(*corpus, tokenized(documents));
  }
}

// Kept streams are used as long as the version stays: raise kTokenVersion in tokenize.cpp when this text comes out otherwise.
TEST(TokenStreams, VersionIsRaisedWithTheRules) {
  Progress progress;
  TokenStreams kept;
  ASSERT_TRUE(tokenize(grown_documents(), {1}, kept, progress));
  std::string pieces;
  for (std::size_t p = 0; p < kept.pieces.size(); ++p) pieces += kept.folded[p] + (p + 1 < kept.pieces.size() ? " " : "");
  EXPECT_EQ(pieces,
            "soft robot for grasping soft robots grasp a soft robot finger bend 软体 机器人 的 抓取 本文 研究 软体 机器人 方法 grasping with we study robot data sets for robots data set sizes and "
            "data sets bayesian robot and bert model");
}

}  // namespace
}  // namespace jianwei::text
