#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "base/random.h"
#include "text/corpus.h"
#include "text/domain_words.h"
#include "text/ngrams.h"
#include "text/term_scores.h"

namespace jianwei::text {
namespace {

// A corpus of given token ids, without breaks but at the ends of documents.
TokenizedCorpus corpus_of(const std::vector<std::vector<std::int32_t>>& documents, std::size_t token_count) {
  TokenizedCorpus corpus;
  for (std::size_t t = 0; t < token_count; ++t) corpus.tokens.push_back("w" + std::to_string(t));
  corpus.offsets = {0};
  for (const auto& document : documents) {
    corpus.stream.insert(corpus.stream.end(), document.begin(), document.end());
    corpus.stream.push_back(TokenizedCorpus::kBreak);
    corpus.offsets.push_back(static_cast<std::int64_t>(corpus.stream.size()));
    corpus.keyword_starts.push_back(corpus.offsets.back());
  }
  return corpus;
}

NgramCounts ngrams_of(const TokenizedCorpus& corpus, std::int32_t min_documents, int thread_count = 1) {
  Progress progress;
  const std::vector<std::uint8_t> use(corpus.tokens.size(), kInPhrase | kAtEdge);
  return *count_ngrams(corpus, {}, use, {min_documents, 5, thread_count}, progress);
}

const Ngram* find_pair(const NgramCounts& counts, std::int32_t a, std::int32_t b) {
  for (const Ngram& gram : counts.levels[1]) {
    if (gram.left == a && gram.right == b) return &gram;
  }
  return nullptr;
}

// The tongue twister 吃葡萄不吐葡萄皮不吃葡萄倒吐葡萄皮, used as the worked example of boundary entropy in the literature on new-word
// discovery (Matrix67, "互联网时代的社会语言学", 2012): 葡萄 occurs 4 times; left 吃 吐 吃 吐, right 不 皮 倒 皮.
TEST(Ngrams, GiveTheBoundaryEntropiesOfThePublishedTongueTwister) {
  enum : std::int32_t { eat, pu, tao, no, spit, skin, instead };
  const TokenizedCorpus corpus = corpus_of({{eat, pu, tao, no, spit, pu, tao, skin, no, eat, pu, tao, instead, spit, pu, tao, skin}}, 7);
  const NgramCounts counts = ngrams_of(corpus, 1);
  const Ngram* grape = find_pair(counts, pu, tao);
  ASSERT_NE(grape, nullptr);
  EXPECT_EQ(grape->count, 4);
  EXPECT_NEAR(grape->left_entropy, std::log(2.0), 1e-12);
  EXPECT_NEAR(grape->right_entropy, 1.0397, 1e-4);
}

// Frantzi, Ananiadou and Mima (2000), Int. J. Digit. Libr. 3:115-130, doi:10.1007/s007999900023, section 2.3.1, terms of an eye pathology
// corpus: "adenoid cystic basal cell carcinoma" f = 5; "cystic ..." f = 11, nested in it; "ulcerated ..." 7; "recurrent ..." 5;
// "circumscribed ..." 3; "basal cell carcinoma" 984, nested in all five, "cystic" with the 6 occurrences that are its own.
TEST(TermScores, GiveTheCValuesOfFrantzi) {
  EXPECT_NEAR(c_value(5, 5, 0, 0), 11.6096, 5e-5);
  EXPECT_NEAR(c_value(4, 11, 1, 5), 12.0, 1e-12);
  EXPECT_NEAR(c_value(4, 7, 0, 0), 14.0, 1e-12);
  EXPECT_NEAR(c_value(4, 5, 0, 0), 10.0, 1e-12);
  EXPECT_NEAR(c_value(4, 3, 0, 0), 6.0, 1e-12);
  EXPECT_NEAR(c_value(3, 984, 5, 5 + 6 + 7 + 5 + 3), 1551.36, 5e-3);
  EXPECT_DOUBLE_EQ(c_value(1, 100, 0, 0), 0.0);       // the published form knows no single words
  EXPECT_DOUBLE_EQ(c_value(1, 100, 0, 0, 1.0), 100.0);  // log2(|a| + 1)
}

TEST(TermScores, FindAPlantedPairSignificantAndAnIndependentOneNot) {
  // ToPMine: f(ab) = 100 where chance expects 1000 * 1000 / 1e6 = 1.
  EXPECT_NEAR(merge_significance(100, 1000, 1000, 1e6), 9.9, 1e-12);
  EXPECT_NEAR(merge_significance(1, 1000, 1000, 1e6), 0.0, 1e-12);
  EXPECT_NEAR(npmi(10, 10, 10, 1000), 1.0, 1e-12);   // never apart
  EXPECT_NEAR(npmi(1, 1000, 1000, 1e6), 0.0, 1e-12);  // independent
}

TEST(Ngrams, CountAPlantedPhraseAndPruneRareOnes) {
  Random random(7);
  std::vector<std::vector<std::int32_t>> documents(300);
  for (auto& document : documents) {
    for (int i = 0; i < 40; ++i) document.push_back(static_cast<std::int32_t>(3 + random.below(500)));
    document[10] = 0;
    document[11] = 1;
    document[12] = 2;
  }
  const TokenizedCorpus corpus = corpus_of(documents, 503);
  const NgramCounts counts = ngrams_of(corpus, 100);
  ASSERT_EQ(counts.levels.size(), 3U);
  ASSERT_EQ(counts.levels[2].size(), 1U);
  EXPECT_EQ(counts.levels[2][0].count, 300);
  EXPECT_EQ(counts.levels[2][0].documents, 300);
  EXPECT_GT(counts.levels[2][0].left_entropy, 4.0);
}

TEST(Ngrams, AreTheSameAtAnyThreadCount) {
  Random random(11);
  std::vector<std::vector<std::int32_t>> documents(4000);
  for (auto& document : documents) {
    for (int i = 0; i < 30; ++i) document.push_back(static_cast<std::int32_t>(random.below(60)));
  }
  const TokenizedCorpus corpus = corpus_of(documents, 60);
  const NgramCounts one = ngrams_of(corpus, 5, 1);
  const NgramCounts four = ngrams_of(corpus, 5, 4);
  ASSERT_EQ(one.levels.size(), four.levels.size());
  for (std::size_t n = 0; n < one.levels.size(); ++n) {
    ASSERT_EQ(one.levels[n].size(), four.levels[n].size());
    for (std::size_t g = 0; g < one.levels[n].size(); ++g) {
      EXPECT_EQ(one.levels[n][g].left, four.levels[n][g].left);
      EXPECT_EQ(one.levels[n][g].count, four.levels[n][g].count);
      EXPECT_EQ(one.levels[n][g].right_entropy, four.levels[n][g].right_entropy);
    }
  }
}

// Abstracts around a few planted terms, with the phrases that every abstract has.
struct SmallCorpus {
  std::vector<std::string> texts;
  std::vector<DocumentText> documents;
  TokenizedCorpus corpus;

  SmallCorpus() {
    const char* subjects[] = {"soft robots", "a soft robot", "Soft-robot design", "generative adversarial networks", "support vector machines (SVM)", "a support vector machine (SVM)", "quadruped robots"};
    const char* verbs[] = {"walk on rough terrain", "grasp fragile fruit", "generate images of faces", "sort handwritten digits", "measure river levels", "detect forest fires"};
    for (int i = 0; i < 420; ++i) {
      texts.push_back(std::string("In this paper we propose ") + subjects[i % 7] + " that " + verbs[i % 6] + ". Experimental results show that the proposed method with " + subjects[(i * 3) % 7] +
                      " is better than the state of the art. An SVM was trained.");
    }
    for (const std::string& text : texts) documents.push_back({"", text, {}, "en"});
    Progress progress;
    corpus = *tokenize(documents, {}, progress);
  }
};

const Term* find_term(const Vocabulary& vocabulary, std::string_view label) {
  for (const Term& term : vocabulary.terms) {
    if (term.label == label) return &term;
  }
  return nullptr;
}

Vocabulary mined(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use = {}, int thread_count = 0) {
  TermOptions options;
  options.max_document_share = 1.0;
  options.thread_count = thread_count;
  Progress progress;
  return *mine_terms(corpus, use, options, progress);
}

TEST(Terms, KeepTermsAndDropPhrasesOfEveryPaper) {
  const SmallCorpus small;
  const Vocabulary vocabulary = mined(small.corpus);
  EXPECT_NE(find_term(vocabulary, "soft robot"), nullptr);
  EXPECT_NE(find_term(vocabulary, "generative adversarial networks"), nullptr);
  EXPECT_EQ(find_term(vocabulary, "generative adversarial"), nullptr);  // a fragment
  for (const char* phrase : {"this paper", "experimental results", "experimental result", "proposed method", "state of the art", "paper"}) EXPECT_EQ(find_term(vocabulary, phrase), nullptr) << phrase;
}

TEST(Terms, FoldTheirFormsIntoOneTerm) {
  const SmallCorpus small;
  const Vocabulary vocabulary = mined(small.corpus);
  const Term* robot = find_term(vocabulary, "soft robot");
  ASSERT_NE(robot, nullptr);
  const auto has = [&](std::string_view form) { return std::find(robot->forms.begin(), robot->forms.end(), form) != robot->forms.end(); };
  EXPECT_TRUE(has("soft robots"));
  EXPECT_TRUE(has("soft robot"));
  EXPECT_TRUE(has("soft-robot"));
}

TEST(Terms, CountAnAcronymAsItsLongForm) {
  const SmallCorpus small;
  const Vocabulary vocabulary = mined(small.corpus);
  EXPECT_EQ(find_term(vocabulary, "SVM"), nullptr);
  const Term* svm = find_term(vocabulary, "support vector machine");
  ASSERT_NE(svm, nullptr);
  EXPECT_EQ(svm->document_count, 420);  // "An SVM was trained" stands in each
}

TEST(Terms, SeeOnlyTheDocumentsTheyMayUse) {
  SmallCorpus small;
  std::vector<std::uint8_t> use(small.texts.size(), 0);
  for (std::size_t d = 0; d < use.size(); ++d) use[d] = small.texts[d].find("quadruped") == std::string::npos;
  const Vocabulary vocabulary = mined(small.corpus, use);
  EXPECT_EQ(find_term(vocabulary, "quadruped robots"), nullptr);
  EXPECT_NE(find_term(mined(small.corpus), "quadruped robots"), nullptr);
}

// 420 documents: what a reader sees of a term is what it was judged by.
TEST(Terms, CarryTheFiguresThatMadeThem) {
  const SmallCorpus small;
  Progress progress;
  const CountedVocabulary found = *mine_and_count_terms(small.corpus, {}, {}, {}, progress);
  ASSERT_EQ(found.evidence.size(), found.vocabulary.terms.size());
  for (std::size_t t = 0; t < found.evidence.size(); ++t) {
    const Term& term = found.vocabulary.terms[t];
    const TermEvidence& e = found.evidence[t];
    EXPECT_GE(e.c_value, 0.0) << term.label;
    EXPECT_LE(e.left_entropy, std::log(static_cast<double>(term.occurrence_count)) + 1e-9) << term.label;
    EXPECT_LE(e.right_entropy, std::log(static_cast<double>(term.occurrence_count)) + 1e-9) << term.label;
    if (term.tokens.size() > 1) {
      EXPECT_GE(e.npmi, 0.06) << term.label;  // half of what terms.md asks, for author keywords
      EXPECT_GT(e.significance, 0.0) << term.label;
    } else {
      EXPECT_EQ(e.npmi, 0.0) << term.label;
    }
  }
}

TEST(Terms, CountNestedTermsToo) {
  const SmallCorpus small;
  const Vocabulary vocabulary = mined(small.corpus);
  const CountMatrix counts = count_terms(small.corpus, vocabulary, 2);
  EXPECT_EQ(counts.row_count, 420);
  std::vector<std::int64_t> documents(vocabulary.terms.size(), 0);
  for (const std::int32_t column : counts.columns) ++documents[static_cast<std::size_t>(column)];
  for (std::size_t t = 0; t < documents.size(); ++t) EXPECT_EQ(documents[t], vocabulary.terms[t].document_count) << vocabulary.terms[t].label;
  for (std::int64_t r = 0; r < counts.row_count; ++r) EXPECT_TRUE(std::is_sorted(counts.row(r).begin(), counts.row(r).end()));
}

TEST(Terms, AreTheSameAtAnyThreadCount) {
  const SmallCorpus small;
  const Vocabulary one = mined(small.corpus, {}, 1);
  const Vocabulary four = mined(small.corpus, {}, 4);
  ASSERT_EQ(one.terms.size(), four.terms.size());
  for (std::size_t t = 0; t < one.terms.size(); ++t) {
    EXPECT_EQ(one.terms[t].label, four.terms[t].label);
    EXPECT_EQ(one.terms[t].forms, four.terms[t].forms);
    EXPECT_EQ(one.terms[t].termhood, four.terms[t].termhood);
  }
}

TEST(Terms, FindChineseCompounds) {
  std::vector<std::string> texts;
  const char* frames[] = {"固态电池的界面稳定性", "车用固态电池", "固态电池安全性", "石墨烯与固态电池", "锂硫电池", "石墨烯的制备"};
  for (int i = 0; i < 120; ++i) texts.emplace_back(frames[i % 6]);
  std::vector<DocumentText> documents;
  for (const std::string& text : texts) documents.push_back({text, "", {}, "zh"});
  Progress progress;
  const TokenizedCorpus corpus = *tokenize(documents, {}, progress);
  const Vocabulary vocabulary = mined(corpus);
  const Term* battery = find_term(vocabulary, "固态电池");
  ASSERT_NE(battery, nullptr);
  EXPECT_EQ(battery->language, "zh");
  EXPECT_EQ(battery->forms, std::vector<std::string>{"固态电池"});
  EXPECT_EQ(battery->document_count, 80);
}

TEST(Terms, RejectOptionsThatMakeNoSense) {
  const SmallCorpus small;
  Progress progress;
  TermOptions options;
  options.max_words = 0;
  EXPECT_EQ(mine_terms(small.corpus, {}, options, progress).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(mine_terms(small.corpus, std::vector<std::uint8_t>(3, 1), {}, progress).error().kind, ErrorKind::invalid_input);
}

}  // namespace
}  // namespace jianwei::text
