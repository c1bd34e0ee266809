#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "text/corpus.h"

namespace jianwei::text {
namespace {

// Chinese texts with English translations around four planted concepts, so that only association tells which words belong together.
struct Bilingual {
  std::vector<std::string> zh, en;
  std::vector<std::vector<std::string>> keywords;
  std::vector<DocumentText> documents;
  TokenizedCorpus corpus;

  explicit Bilingual(bool translated, bool with_keywords = false) {
    const char* chinese[] = {"固态电池", "石墨烯", "支持向量机", "量子通信"};
    const char* english[] = {"solid-state battery", "graphene", "support vector machine", "quantum communication"};
    const char* ends[] = {"old", "cold", "sold", "warm", "lost", "seen", "weighed"};
    for (int i = 0; i < 160; ++i) {
      const int a = i % 4;
      const int b = (i / 4) % 4;
      zh.push_back(std::string("讨论了") + chinese[a] + "的性能。对" + chinese[b] + "进行了测量。");
      en.push_back(std::string("We discuss the ") + english[a] + ". The " + english[b] + " was measured, and the " + english[a] + " was " + ends[i % 7] + ".");
      keywords.push_back({chinese[a], chinese[b], english[a], english[b]});
    }
    for (std::size_t i = 0; i < zh.size(); ++i) {
      DocumentText document;
      document.abstract = zh[i];
      document.language = "zh";
      if (translated) document.abstract_translated = en[i];
      if (with_keywords) document.keywords = keywords[i];
      documents.push_back(document);
    }
    // English papers about two of the concepts.
    for (int i = 0; i < 24; ++i) {
      en.push_back(std::string("We discuss the ") + english[i % 2] + ". The " + english[i % 2] + " was " + ends[i % 7] + ".");
    }
    for (std::size_t i = zh.size(); i < en.size(); ++i) {
      DocumentText document;
      document.abstract = en[i];
      document.language = "en";
      documents.push_back(document);
    }
    Progress progress;
    corpus = *tokenize(documents, {}, progress);
  }

  Vocabulary mined(TermDecisions decisions = {}, int thread_count = 0) const {
    TermOptions options;
    options.max_document_share = 1.0;
    options.decisions = std::move(decisions);
    options.thread_count = thread_count;
    Progress progress;
    return *mine_terms(corpus, {}, options, progress);
  }
};

const Term* named(const Vocabulary& vocabulary, std::string_view label) {
  const auto found = std::find_if(vocabulary.terms.begin(), vocabulary.terms.end(), [&](const Term& term) { return term.label == label; });
  return found == vocabulary.terms.end() ? nullptr : &*found;
}

TEST(TermPairs, JoinThePlantedConceptsOfTwoLanguages) {
  const Bilingual planted(true);
  const Vocabulary vocabulary = planted.mined();
  ASSERT_EQ(vocabulary.pairs.size(), 4U);
  for (const auto& [zh, en] : {std::pair("固态电池", "solid-state battery"), std::pair("石墨烯", "graphene"), std::pair("支持向量机", "support vector machine"), std::pair("量子通信", "quantum communication")}) {
    const Term* term = named(vocabulary, zh);
    ASSERT_NE(term, nullptr) << zh;
    EXPECT_EQ(term->label_zh, zh);
    EXPECT_EQ(term->label_en, en);
    EXPECT_EQ(named(vocabulary, en), nullptr) << "counted twice";
  }
}

TEST(TermPairs, CountDocumentsOfBothLanguagesAsOne) {
  const Vocabulary vocabulary = Bilingual(true).mined();
  // 固态电池 stands in 40 + 40 - 10 Chinese texts, its English name in 12 English papers; translations are no occurrences.
  EXPECT_EQ(named(vocabulary, "固态电池")->document_count, 70 + 12);
  EXPECT_EQ(named(vocabulary, "量子通信")->document_count, 70);
  // Worked example of docs/methods/bilingual.md: 40 first sentences, 70 translations, 40 times together.
  const auto pair = std::find_if(vocabulary.pairs.begin(), vocabulary.pairs.end(), [](const TermPair& p) { return p.zh == "固态电池"; });
  ASSERT_NE(pair, vocabulary.pairs.end());
  EXPECT_EQ(pair->together, 40);
  EXPECT_NEAR(pair->score, 2 * 39.5 / (40 + 70), 1e-12);
}

TEST(TermPairs, AreLearnedFromKeywordListsByPlace) {
  // Without translations no English term of the Chinese papers is seen, so only those that English papers use can be linked.
  const Vocabulary vocabulary = Bilingual(false, true).mined();
  const Term* battery = named(vocabulary, "固态电池");
  ASSERT_NE(battery, nullptr);
  EXPECT_EQ(battery->label_en, "solid-state battery");
  const auto pair = std::find_if(vocabulary.pairs.begin(), vocabulary.pairs.end(), [](const TermPair& p) { return p.zh == "固态电池"; });
  ASSERT_NE(pair, vocabulary.pairs.end());
  EXPECT_GE(pair->keywords, 70);
  EXPECT_EQ(pair->together, 0);
}

TEST(TermPairs, AreLearnedFromDefinitions) {
  std::vector<std::string> texts;
  for (int i = 0; i < 30; ++i) {
    texts.push_back("采用石墨烯（graphene）制备电极。电极由石墨烯组成。");
    texts.push_back("Sheets of graphene are strong. The graphene is cheap.");
  }
  std::vector<DocumentText> documents;
  for (const std::string& text : texts) documents.push_back({"", text, {}, ""});
  Progress progress;
  TermOptions options;
  options.max_document_share = 1.0;
  const Vocabulary vocabulary = *mine_terms(*tokenize(documents, {}, progress), {}, options, progress);
  ASSERT_EQ(vocabulary.pairs.size(), 1U);
  EXPECT_EQ(vocabulary.pairs[0].definitions, 30);
  EXPECT_EQ(vocabulary.terms[static_cast<std::size_t>(vocabulary.pairs[0].term)].document_count, 60);
}

TEST(TermPairs, StayApartWhenAPersonRefusesThem) {
  TermDecisions decisions;
  decisions.refused_pairs = {{"石墨烯", "graphene"}};
  const Vocabulary vocabulary = Bilingual(true).mined(decisions);
  ASSERT_NE(named(vocabulary, "石墨烯"), nullptr);
  EXPECT_NE(named(vocabulary, "石墨烯")->label_en, "graphene");
  ASSERT_NE(named(vocabulary, "graphene"), nullptr);
}

TEST(TermPairs, AreTheSameAtAnyThreadCount) {
  const Bilingual planted(true, true);
  const Vocabulary one = planted.mined({}, 1);
  const Vocabulary four = planted.mined({}, 4);
  ASSERT_EQ(one.pairs.size(), four.pairs.size());
  for (std::size_t p = 0; p < one.pairs.size(); ++p) {
    EXPECT_EQ(one.pairs[p].zh, four.pairs[p].zh);
    EXPECT_EQ(one.pairs[p].score, four.pairs[p].score);
  }
}

TEST(TermDecisions, TakeStoppedTermsOut) {
  TermDecisions decisions;
  decisions.stops = {"Graphene", "固态电池"};
  const Vocabulary vocabulary = Bilingual(false).mined(decisions);
  EXPECT_EQ(named(vocabulary, "graphene"), nullptr);
  EXPECT_EQ(named(vocabulary, "固态电池"), nullptr);
  EXPECT_NE(named(vocabulary, "石墨烯"), nullptr);
}

TEST(TermDecisions, CountSynonymsAsOneTermCalledByItsFirst) {
  TermDecisions decisions;
  decisions.synonyms = {{"SVM", "支持向量机", "量子通信"}};  // "SVM" is not in the texts: it still names the group
  const Vocabulary vocabulary = Bilingual(false).mined(decisions);
  const Term* term = named(vocabulary, "SVM");
  ASSERT_NE(term, nullptr);
  EXPECT_EQ(term->document_count, 120);  // 支持向量机 or 量子通信: all but the pairs of the other two, 160 * 3/4
  EXPECT_EQ(named(vocabulary, "支持向量机"), nullptr);
}

TEST(TermDecisions, JoinAPairThatAPersonGives) {
  TermDecisions decisions;
  decisions.pairs = {{"石墨烯", "graphene"}};
  const Vocabulary vocabulary = Bilingual(false).mined(decisions);
  const Term* term = named(vocabulary, "石墨烯");
  ASSERT_NE(term, nullptr);
  EXPECT_EQ(term->label_en, "graphene");
  ASSERT_EQ(vocabulary.pairs.size(), 1U);
  EXPECT_TRUE(vocabulary.pairs[0].decided);
}

}  // namespace
}  // namespace jianwei::text
