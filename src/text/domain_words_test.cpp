#include "text/domain_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "text/ngrams.h"

namespace jianwei::text {
namespace {

struct Texts {
  explicit Texts(std::vector<std::string> lines) : texts(std::move(lines)) {
    for (const std::string& text : texts) documents.push_back({text, "", {}, "zh", "", ""});
    Progress progress;
    corpus = *tokenize(documents, {}, progress);
  }
  std::vector<std::string> texts;
  std::vector<DocumentText> documents;
  TokenizedCorpus corpus;
};

std::string words_of(const TokenizedCorpus& corpus, std::int64_t document) {
  std::string words;
  for (auto i = static_cast<std::size_t>(corpus.offsets[static_cast<std::size_t>(document)]); i < static_cast<std::size_t>(corpus.offsets[static_cast<std::size_t>(document) + 1]); ++i) {
    if (corpus.stream[i] >= 0) words += (words.empty() ? "" : "/") + corpus.tokens[static_cast<std::size_t>(corpus.stream[i])];
  }
  return words;
}

// Four fields of use around two words that the dictionary lacks, 饲粮 and 苣苔.
Texts feed_texts() {
  std::vector<std::string> lines;
  const char* frames[] = {"低蛋白饲粮对肉鸡的作用", "饲粮纤维与猪", "不同饲粮的比较", "在饲粮中添加酵母", "试验用饲粮", "广西苣苔分布", "苣苔叶片", "观察苣苔花粉", "珍稀苣苔保护", "石灰岩苣苔的种子"};
  for (int i = 0; i < 120; ++i) lines.emplace_back(frames[i % 10]);
  return Texts(std::move(lines));
}

std::vector<DomainWord> found_in(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use = {}, int thread_count = 0) {
  Progress progress;
  DomainWordOptions options;
  options.thread_count = thread_count;
  options.min_cohesion = 2.0;  // a hundred characters: chance is small, and so is what cohesion can be
  return *find_domain_words(corpus, use, options, progress);
}

bool holds(const std::vector<DomainWord>& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(), [&](const DomainWord& found) { return found.word == word; });
}

// The worked example of docs/methods/domain_words.md, from text: 吃葡萄不吐葡萄皮不吃葡萄倒吐葡萄皮. f(葡萄) = 4, H_left = ln 2 (吃 吐 吃 吐), H_right = 1.0397 (不 皮 倒 皮);
// 17 characters, f(葡) = f(萄) = 4: cohesion = ln(4 * 17 / (4 * 4)) = ln 4.25, no sequence of four around it being one word.
TEST(DomainWords, CountThePublishedTongueTwisterByCharacters) {
  const Texts texts({"吃葡萄不吐葡萄皮不吃葡萄倒吐葡萄皮"});
  const TokenizedCorpus characters = *split_into_characters(texts.corpus);
  EXPECT_EQ(words_of(characters, 0), "吃/葡/萄/不/吐/葡/萄/皮/不/吃/葡/萄/倒/吐/葡/萄/皮");
  Progress progress;
  const std::vector<std::uint8_t> use(characters.tokens.size(), kInPhrase | kAtEdge);
  const NgramCounts counts = *count_ngrams(characters, {}, use, {1, 3, 1}, progress);
  EXPECT_EQ(counts.token_count, 17);
  bool seen = false;
  for (const Ngram& gram : counts.levels[1]) {
    if (characters.tokens[static_cast<std::size_t>(gram.left)] != "葡") continue;
    seen = true;
    EXPECT_EQ(gram.count, 4);
    EXPECT_NEAR(gram.left_entropy, std::log(2.0), 1e-12);
    EXPECT_NEAR(gram.right_entropy, 1.0397, 5e-5);
    const auto count_of = [&](std::string_view character) { return counts.levels[0][static_cast<std::size_t>(std::find(characters.tokens.begin(), characters.tokens.end(), character) - characters.tokens.begin())].count; };
    const double cohesion = std::log(static_cast<double>(gram.count * counts.token_count) / static_cast<double>(count_of("葡") * count_of("萄")));
    EXPECT_NEAR(cohesion, 1.4469, 5e-5);
  }
  EXPECT_TRUE(seen);
}

TEST(DomainWords, FindWordsTheDictionaryLacksWithTheirFigures) {
  const Texts texts = feed_texts();
  const std::vector<DomainWord> words = found_in(texts.corpus);
  for (const char* word : {"饲粮", "苣苔"}) EXPECT_TRUE(holds(words, word)) << word;
  const auto feed = std::find_if(words.begin(), words.end(), [](const DomainWord& found) { return found.word == "饲粮"; });
  ASSERT_NE(feed, words.end());
  EXPECT_EQ(feed->count, 60);
  EXPECT_EQ(feed->documents, 60);
  // Left 白 同 在 用 and the start of a text, each of which is a neighbour of its own; right 对 纤 的 中 and the end of a text.
  const double entropy = -(4 * 0.2 * std::log(0.2) + 12 * (1.0 / 60) * std::log(1.0 / 60));
  EXPECT_NEAR(feed->freedom, entropy, 1e-9);
  const TokenizedCorpus characters = *split_into_characters(texts.corpus);
  const auto total = static_cast<double>(std::count_if(characters.stream.begin(), characters.stream.end(), [](std::int32_t c) { return c >= 0; }));
  EXPECT_NEAR(feed->cohesion, std::log(60 * total / (60.0 * 60.0)), 1e-9);
}

TEST(DomainWords, AreNoFragmentsNoPhrasesNorWordsCutInTwo) {
  std::vector<std::string> lines;
  const char* frames[] = {"黄河流域的水", "长江流域的水", "淮河流域的水", "海河流域的水", "辽河流域的水", "支持向量机分类", "用支持向量机", "支持向量机与森林", "基于支持向量机", "改进的支持向量机"};
  for (int i = 0; i < 200; ++i) lines.emplace_back(frames[i % 10]);
  const Texts texts(std::move(lines));
  const std::vector<DomainWord> words = found_in(texts.corpus);
  EXPECT_FALSE(holds(words, "河流域"));   // cuts 黄河 and 淮河 in two
  EXPECT_FALSE(holds(words, "持向量"));   // always inside a longer one
  EXPECT_FALSE(holds(words, "向量机"));
  EXPECT_TRUE(holds(words, "支持向量机"));
  EXPECT_FALSE(holds(words, "流域"));     // of the dictionary
}

TEST(DomainWords, TakePartInCuttingTheTextsAgain) {
  const Texts texts = feed_texts();
  EXPECT_EQ(words_of(texts.corpus, 5).find("/苣苔/"), std::string::npos);
  const TokenizedCorpus again = *resegment(texts.corpus, found_in(texts.corpus));
  EXPECT_EQ(words_of(again, 5), "广西/苣苔/分布");
  ASSERT_EQ(again.document_count(), texts.corpus.document_count());
  for (std::int64_t d = 0; d < again.document_count(); ++d) {
    std::string before = words_of(texts.corpus, d);
    std::string after = words_of(again, d);
    std::erase(before, '/');
    std::erase(after, '/');
    EXPECT_EQ(before, after);  // every character stays
  }
  for (std::size_t t = 0; t < texts.corpus.tokens.size(); ++t) EXPECT_EQ(again.tokens[t], texts.corpus.tokens[t]);
  EXPECT_EQ(again.surfaces.size(), again.tokens.size());
  EXPECT_EQ(again.spelling_offsets.size(), again.tokens.size() + 1);
}

TEST(DomainWords, KeepTraditionalSpellingsAndOtherWords) {
  std::vector<std::string> lines;
  for (int i = 0; i < 30; ++i) lines.emplace_back(i % 3 == 0 ? "觀察PD-L1飼糧" : i % 3 == 1 ? "观察PD-L1饲粮" : "饲粮5G");
  Texts texts(std::move(lines));
  std::vector<DomainWord> words = {{"饲粮", 30, 30, 5.0, 2.0, -3.0}};
  const TokenizedCorpus again = *resegment(texts.corpus, words);
  EXPECT_EQ(words_of(again, 0), "观察/pdl1/饲粮");
  const auto token = static_cast<std::size_t>(std::find(again.tokens.begin(), again.tokens.end(), "饲粮") - again.tokens.begin());
  ASSERT_LT(token, again.tokens.size());
  EXPECT_EQ(again.surfaces[token], "饲粮");
  const std::vector<std::string> spellings(again.spellings.begin() + again.spelling_offsets[token], again.spellings.begin() + again.spelling_offsets[token + 1]);
  EXPECT_EQ(spellings, (std::vector<std::string>{"饲粮", "飼糧"}));
  // Place 2 of the first document wears the second spelling, joined to what stands before it as in the text.
  EXPECT_EQ(again.forms[2] & TokenizedCorpus::kOtherSpelling, 1);
  EXPECT_EQ(again.forms[2] >> TokenizedCorpus::kJointShift, texts.corpus.forms[2] >> TokenizedCorpus::kJointShift);
}

TEST(DomainWords, AreThoseOfThePastWhenOnlyThePastIsUsed) {
  const Texts texts = feed_texts();
  std::vector<std::uint8_t> past(texts.texts.size(), 0);
  for (std::size_t d = 0; d < past.size(); ++d) past[d] = texts.texts[d].find("苣苔") == std::string::npos ? 1 : 0;
  const std::vector<DomainWord> words = found_in(texts.corpus, past);
  EXPECT_TRUE(holds(words, "饲粮"));
  EXPECT_FALSE(holds(words, "苣苔"));
  // The same as if the later documents did not exist.
  std::vector<std::string> early;
  for (std::size_t d = 0; d < past.size(); ++d) {
    if (past[d] != 0) early.push_back(texts.texts[d]);
  }
  const Texts alone(std::move(early));
  const std::vector<DomainWord> same = found_in(alone.corpus);
  ASSERT_EQ(words.size(), same.size());
  for (std::size_t w = 0; w < words.size(); ++w) {
    EXPECT_EQ(words[w].word, same[w].word);
    EXPECT_EQ(words[w].cohesion, same[w].cohesion);
    EXPECT_EQ(words[w].log_share, same[w].log_share);
  }
}

TEST(DomainWords, AreTheSameAtAnyThreadCount) {
  const Texts texts = feed_texts();
  const std::vector<DomainWord> one = found_in(texts.corpus, {}, 1);
  const std::vector<DomainWord> four = found_in(texts.corpus, {}, 4);
  ASSERT_EQ(one.size(), four.size());
  for (std::size_t w = 0; w < one.size(); ++w) {
    EXPECT_EQ(one[w].word, four[w].word);
    EXPECT_EQ(one[w].freedom, four[w].freedom);
  }
  EXPECT_EQ(resegment(texts.corpus, one)->stream, resegment(texts.corpus, four)->stream);
}

TEST(DomainWords, MakeOneTermThatPeoplesDecisionsReach) {
  const Texts texts = feed_texts();
  Progress progress;
  DomainWordOptions options;
  options.min_cohesion = 2.0;
  const auto again = with_domain_words(texts.corpus, {}, options, progress);
  ASSERT_TRUE(again && *again);
  TermOptions term_options;
  term_options.max_document_share = 1.0;
  const auto has = [&](const Vocabulary& vocabulary) { return std::any_of(vocabulary.terms.begin(), vocabulary.terms.end(), [](const Term& term) { return term.label == "饲粮"; }); };
  EXPECT_TRUE(has(*mine_terms((*again)->tokens, (*again)->words, {}, term_options, progress)));
  term_options.decisions.stops = {"飼糧"};
  EXPECT_FALSE(has(*mine_terms((*again)->tokens, (*again)->words, {}, term_options, progress)));
}

TEST(DomainWords, AreNotLookedForWhereThereIsNoChinese) {
  Texts texts({"soft robots", "deep learning"});
  Progress progress;
  const auto again = with_domain_words(texts.corpus, {}, {}, progress);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->has_value());
}

}  // namespace
}  // namespace jianwei::text
