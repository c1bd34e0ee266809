#include "analysis/emergence/specificity.h"

#include <gtest/gtest.h>

#include <functional>

#include "analysis/emergence/planted.h"
#include "analysis/emergence/score.h"

namespace jianwei::analysis {
namespace {

using testing::plant_corpus;
using testing::PlantedCorpus;

// One more unit, in the documents for which `holds` is true.
void add_unit(PlantedCorpus& corpus, const std::function<bool(std::int32_t)>& holds, std::int8_t words = 1) {
  for (std::int32_t d = 0; d < corpus.dataset.document_count(); ++d) {
    if (holds(d)) corpus.units.documents.push_back(d);
  }
  corpus.units.weights.resize(corpus.units.documents.size(), 1.0F);
  corpus.units.offsets.push_back(static_cast<std::int64_t>(corpus.units.documents.size()));
  corpus.word_count.push_back(words);
}

double of_last_unit(const PlantedCorpus& corpus, int threads = 1) {
  const auto past = past_until(corpus.dataset, corpus.units, corpus.word_count, 2010);
  const std::vector<std::int32_t> last = {static_cast<std::int32_t>(corpus.word_count.size()) - 1};
  return specificity(*past, past->row_end.back(), last, threads)[0];
}

// Documents {u, a}, {u, a}, {b}, {b}: without u its two documents are the same (like 1, error 0). Of the six pairs two have cosine 1, the others 0: chance 1/3.
TEST(Specificity, OfFourDocumentsByHand) {
  PlantedCorpus corpus;
  corpus.dataset.year.assign(4, 2010);
  corpus.units.offsets = {0};
  add_unit(corpus, [](std::int32_t d) { return d < 2; });
  add_unit(corpus, [](std::int32_t d) { return d >= 2; });
  add_unit(corpus, [](std::int32_t d) { return d < 2; });
  EXPECT_NEAR(of_last_unit(corpus), 3.0, 1e-12);
}

TEST(Specificity, IsOneForAWordInDocumentsOnEverythingAndHighForAWordOfOneField) {
  PlantedCorpus corpus = plant_corpus();
  const UnitDocuments fields = corpus.units;
  add_unit(corpus, [](std::int32_t d) { return d % 17 == 0; });
  EXPECT_NEAR(of_last_unit(corpus), 1.1, 0.2);  // 1 and its error
  std::vector<std::uint8_t> in_field(corpus.dataset.year.size(), 0);
  for (std::int64_t e = fields.offsets[0]; e < fields.offsets[12]; ++e) in_field[static_cast<std::size_t>(fields.documents[static_cast<std::size_t>(e)])] = 1;
  add_unit(corpus, [&](std::int32_t d) { return in_field[static_cast<std::size_t>(d)] != 0 && d % 5 == 0; });
  EXPECT_GT(of_last_unit(corpus), 4.0);
}

// A general word of one language is general, though its documents share that language's words.
TEST(Specificity, ComparesWithDocumentsOfTheSameLanguage) {
  PlantedCorpus corpus = plant_corpus();
  corpus.dataset.language.assign(corpus.dataset.year.size(), 0);
  for (std::size_t u = 0; u < 75; ++u) {  // three of the twelve fields
    for (std::int64_t e = corpus.units.offsets[u]; e < corpus.units.offsets[u + 1]; ++e) corpus.dataset.language[static_cast<std::size_t>(corpus.units.documents[static_cast<std::size_t>(e)])] = 1;
  }
  add_unit(corpus, [&](std::int32_t d) { return corpus.dataset.language[static_cast<std::size_t>(d)] == 1 && d % 7 == 0; });
  EXPECT_NEAR(of_last_unit(corpus), 1.1, 0.25);
  corpus.dataset.language.clear();
  EXPECT_GT(of_last_unit(corpus), 2.0);
}

TEST(Specificity, IsTheSameAtAnyThreadCount) {
  PlantedCorpus corpus = plant_corpus();
  const auto past = past_until(corpus.dataset, corpus.units, corpus.word_count, 2010);
  std::vector<std::int32_t> all(corpus.word_count.size());
  for (std::size_t u = 0; u < all.size(); ++u) all[u] = static_cast<std::int32_t>(u);
  EXPECT_EQ(specificity(*past, past->row_end.back(), all, 1), specificity(*past, past->row_end.back(), all, 4));
}

TEST(Emergence, LeavesGeneralTermsOutOfTheListAndTheScoresOfTheOthersAsTheyAre) {
  PlantedCorpus corpus = plant_corpus();
  add_unit(corpus, [](std::int32_t d) { return d % 17 == 0; });
  Progress progress;
  const auto past = past_until(corpus.dataset, corpus.units, corpus.word_count, 2010);
  EmergenceOptions all;
  all.min_specificity = 0.0;
  const EmergenceRanking gated = *rank_emergence(*past, {}, progress), open = *rank_emergence(*past, all, progress);
  EXPECT_EQ(gated.units.back().gate, Gate::unspecific);
  EXPECT_EQ(gated.units.back().candidate_rank, 0);
  EXPECT_EQ(gated.candidates.size() + 1, open.candidates.size());
  for (std::size_t u = 0; u < open.units.size(); ++u) EXPECT_EQ(gated.units[u].score, open.units[u].score);
  corpus.word_count.back() = 0;  // a topic that is everywhere is no general word
  const EmergenceRanking topic = *rank_emergence(*past_until(corpus.dataset, corpus.units, corpus.word_count, 2010), {}, progress);
  EXPECT_EQ(topic.units.back().gate, Gate::passed);
}

}  // namespace
}  // namespace jianwei::analysis
