#include "text/keyphrases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace jianwei::text {
namespace {

std::string words_of(const TokenizedCorpus& corpus, const Keyphrase& phrase) {
  std::string words;
  for (const std::int32_t token : phrase.tokens) words += (words.empty() ? "" : " ") + corpus.tokens[static_cast<std::size_t>(token)];
  return words;
}

// Twelve abstracts on one subject; only the first speaks of graphene membranes.
struct SmallTexts {
  SmallTexts() {
    documents.push_back({"Graphene membranes for water", "We show that graphene membranes reject salt. The flow through graphene membranes is measured with the model of a pump.", {}, "en", "", ""});
    for (int d = 0; d < 11; ++d) documents.push_back({"A model of water flow", "The flow of water is measured. The model is compared with the data of a pump in water.", {}, "en", "", ""});
    Progress progress;
    corpus = *tokenize(documents, {}, progress);
  }
  std::vector<DocumentText> documents;
  TokenizedCorpus corpus;
};

TEST(Keyphrases, PutTheRarePhraseOfTheTitleBeforeItsWordsAndCommonWords) {
  const SmallTexts texts;
  const auto statistics = count_keyphrase_candidates(texts.corpus, {}, 1);
  ASSERT_TRUE(statistics);
  EXPECT_EQ(statistics->document_count, 12);
  const auto best = find_keyphrases(texts.corpus, *statistics, 0, {50});
  ASSERT_GE(best.size(), 5U);
  EXPECT_EQ(words_of(texts.corpus, best[0]), "graphene membrane");
  EXPECT_EQ(best[0].count, 3);
  EXPECT_EQ(best[0].document_count, 1);
  const auto place = [&](const std::string& words) { return std::find_if(best.begin(), best.end(), [&](const Keyphrase& phrase) { return words_of(texts.corpus, phrase) == words; }) - best.begin(); };
  EXPECT_LT(place("salt"), place("water"));  // rare before common, though it comes later
  EXPECT_LT(place("water"), static_cast<std::ptrdiff_t>(best.size()));
  EXPECT_EQ(best[static_cast<std::size_t>(place("water"))].document_count, 12);
  for (std::size_t i = 1; i < best.size(); ++i) EXPECT_GE(best[i - 1].score, best[i].score);
}

// The worked example of docs/methods/keyphrases.md: three occurrences, two of them whole groups, one inside "graphene membrane reject salt".
TEST(Keyphrases, ScoreByTheFormula) {
  const SmallTexts texts;
  const auto statistics = count_keyphrase_candidates(texts.corpus, {}, 1);
  ASSERT_TRUE(statistics);
  const auto best = find_keyphrases(texts.corpus, *statistics, 0, {1});
  ASSERT_EQ(best.size(), 1U);
  const double counts = 0.9 * std::log(3.0) + 0.8 * std::log(std::log(12.0)) + 3.5 / std::sqrt(5.0) + 0.85 * 2 / 3 + 0.75 / 3;
  const double words = 0.9 + 0.75 * static_cast<double>(statistics->roles.noun_share[static_cast<std::size_t>(best[0].tokens[1])]) -
                       1.3 * static_cast<double>(statistics->roles.verb_share[static_cast<std::size_t>(best[0].tokens[0])]);
  EXPECT_NEAR(best[0].score, counts + words, 1e-9);
  EXPECT_NEAR(counts, 4.0989, 1e-4);
}

TEST(Keyphrases, HoldNoFunctionWordsAtTheirEdgesAndCrossNoSentence) {
  const SmallTexts texts;
  const auto statistics = count_keyphrase_candidates(texts.corpus, {}, 1);
  ASSERT_TRUE(statistics);
  for (const Keyphrase& phrase : find_keyphrases(texts.corpus, *statistics, 0, {1000})) {
    const std::string words = words_of(texts.corpus, phrase);
    EXPECT_LE(phrase.tokens.size(), 5U);
    EXPECT_FALSE(words.starts_with("the ") || words.starts_with("of ") || words.ends_with(" of") || words == "the") << words;
    EXPECT_EQ(words.find("salt "), std::string::npos) << words;  // a sentence ends behind it
  }
}

TEST(Keyphrases, TellTheSameForADocumentThatWasNotCounted) {
  const SmallTexts texts;
  std::vector<std::uint8_t> use(12, 1);
  use[0] = 0;
  const auto statistics = count_keyphrase_candidates(texts.corpus, use, 2);
  ASSERT_TRUE(statistics);
  EXPECT_EQ(statistics->document_count, 11);
  const auto best = find_keyphrases(texts.corpus, *statistics, 0, {1});
  ASSERT_EQ(best.size(), 1U);
  EXPECT_EQ(words_of(texts.corpus, best[0]), "graphene membrane");
  EXPECT_TRUE(find_keyphrases(texts.corpus, *statistics, 0, {0}).empty());
}

TEST(Keyphrases, RejectFlagsOfAnotherLength) {
  const SmallTexts texts;
  EXPECT_EQ(count_keyphrase_candidates(texts.corpus, std::vector<std::uint8_t>(3, 1), 1).error().kind, ErrorKind::invalid_input);
}

}  // namespace
}  // namespace jianwei::text
