#include "analysis/topics/lda.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "analysis/topics/lda_start.h"
#include "analysis/topics/lda_tokens.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

using text::CountMatrix;

CountMatrix matrix_of(const std::vector<std::vector<std::int32_t>>& documents, std::int32_t word_count) {
  CountMatrix matrix;
  matrix.row_count = static_cast<std::int64_t>(documents.size());
  matrix.column_count = word_count;
  matrix.offsets = {0};
  for (const std::vector<std::int32_t>& document : documents) {
    std::map<std::int32_t, std::int32_t> counts;
    for (const std::int32_t word : document) ++counts[word];
    for (const auto& [word, count] : counts) {
      matrix.columns.push_back(word);
      matrix.counts.push_back(count);
    }
    matrix.offsets.push_back(static_cast<std::int64_t>(matrix.columns.size()));
  }
  return matrix;
}

// Griffiths and Steyvers (2004), figure 1: 25 pixels as words, five horizontal and five vertical bars as topics, Dirichlet(1) shares.
CountMatrix draw_bars(std::int32_t document_count, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::vector<std::int32_t>> documents;
  for (std::int32_t d = 0; d < document_count; ++d) {
    std::array<double, 10> cumulative{};
    double sum = 0.0;
    for (double& c : cumulative) c = sum += -std::log(1.0 - random.uniform());
    std::vector<std::int32_t> words;
    for (int i = 0; i < 100; ++i) {
      const auto bar = static_cast<std::int32_t>(std::upper_bound(cumulative.begin(), cumulative.end(), random.uniform() * sum) - cumulative.begin());
      const auto place = static_cast<std::int32_t>(random.below(5));
      words.push_back(bar < 5 ? bar * 5 + place : place * 5 + bar - 5);
    }
    documents.push_back(words);
  }
  return matrix_of(documents, 25);
}

double best_cosine(const TopicModel& model, std::int32_t bar) {
  std::vector<std::vector<float>> rows(25, std::vector<float>(10));
  for (std::int32_t w = 0; w < 25; ++w) model.fill_word_row(w, rows[static_cast<std::size_t>(w)]);
  double best = 0.0;
  for (std::size_t k = 0; k < 10; ++k) {
    double dot = 0.0, norm = 0.0;
    for (std::int32_t w = 0; w < 25; ++w) {
      const double phi = rows[static_cast<std::size_t>(w)][k];
      norm += phi * phi;
      if (bar < 5 ? w / 5 == bar : w % 5 == bar - 5) dot += phi;
    }
    best = std::max(best, dot / std::sqrt(5.0 * norm));
  }
  return best;
}

LdaResult fit(const CountMatrix& matrix, const LdaOptions& options) {
  Progress progress;
  Result<LdaResult> result = fit_lda(matrix, options, progress);
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return std::move(*result);
}

class BarsTest : public testing::TestWithParam<LdaSampler> {};

TEST_P(BarsTest, RecoversEveryBar) {
  LdaOptions options;
  options.topic_count = 10;
  options.iteration_count = 300;
  options.alpha_sum = 10.0;
  options.sampler = GetParam();
  const LdaResult result = fit(draw_bars(1000, 7), options);
  for (std::int32_t bar = 0; bar < 10; ++bar) EXPECT_GT(best_cosine(result.model, bar), 0.95) << "bar " << bar;
}

INSTANTIATE_TEST_SUITE_P(Samplers, BarsTest, testing::Values(LdaSampler::warp, LdaSampler::gibbs));

// Two documents of four tokens over three words, two topics: all 2^8 assignments can be listed.
TEST(Lda, GibbsSamplesTheExactPosterior) {
  const CountMatrix matrix = matrix_of({{0, 0, 1, 2}, {1, 2, 2, 2}}, 3);
  const lda::Tokens tokens = lda::index_tokens(matrix);
  const std::vector<double> alpha = {0.5, 0.5};
  const double beta = 0.3;
  std::array<std::array<double, 8>, 8> exact{};
  double total = 0.0;
  for (unsigned code = 0; code < 256; ++code) {
    std::vector<lda::Slot> slots(8);
    for (std::size_t i = 0; i < 8; ++i) slots[i].topic = static_cast<std::uint16_t>(code >> i & 1U);
    const double p = std::exp(lda::log_joint(tokens, slots, alpha, beta, 1));
    total += p;
    for (std::size_t i = 0; i < 8; ++i) {
      for (std::size_t j = 0; j < i; ++j) exact[i][j] += slots[i].topic == slots[j].topic ? p : 0.0;
    }
  }
  std::vector<lda::Slot> slots(8, lda::Slot{0, 0});
  lda::GibbsSampler sampler(tokens, slots, 2);
  constexpr int kSweeps = 200'000;
  constexpr int kBatches = 100;  // batch means give the standard error of correlated samples
  std::array<std::array<std::array<double, kBatches>, 8>, 8> batches{};
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    sampler.sweep(alpha, beta, 3, sweep);
    for (std::size_t i = 0; i < 8; ++i) {
      for (std::size_t j = 0; j < i; ++j) batches[i][j][static_cast<std::size_t>(sweep / (kSweeps / kBatches))] += slots[i].topic == slots[j].topic;
    }
  }
  for (std::size_t i = 0; i < 8; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      double mean = 0.0, square = 0.0;
      for (const double sum : batches[i][j]) {
        const double share = sum * kBatches / kSweeps;
        mean += share / kBatches;
        square += share * share / kBatches;
      }
      const double standard_error = std::sqrt((square - mean * mean) / (kBatches - 1));
      // 28 pairs are tested at once: 3.5 standard errors each is a two-sided level of about 1 % over all of them.
      EXPECT_NEAR(mean, exact[i][j] / total, 3.5 * standard_error) << i << ' ' << j;
    }
  }
}

// A corpus with planted topics, Zipf inside each, over `word_count` words.
CountMatrix draw_planted(std::int32_t document_count, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::vector<std::int32_t>> documents;
  for (std::int32_t d = 0; d < document_count; ++d) {
    const std::uint32_t a = random.below(20), b = random.below(20);
    std::vector<std::int32_t> words;
    for (int i = 0; i < 60; ++i) {
      const std::uint32_t topic = random.below(3) == 0 ? b : a;
      const auto rank = static_cast<std::uint32_t>(std::pow(100.0, random.uniform())) - 1;
      words.push_back(static_cast<std::int32_t>(random.below(5) == 0 ? random.below(2000) : topic * 100 + rank));
    }
    documents.push_back(words);
  }
  return matrix_of(documents, 2000);
}

TEST(Lda, GivesTheSameBytesAtAnyThreadCount) {
  const CountMatrix matrix = draw_planted(5000, 11);
  LdaOptions options;
  options.topic_count = 20;
  options.iteration_count = 40;
  options.sampler = LdaSampler::warp;
  options.thread_count = 1;
  const LdaResult one = fit(matrix, options);
  options.thread_count = 3;
  const LdaResult three = fit(matrix, options);
  EXPECT_EQ(one.model.topics, three.model.topics);
  EXPECT_EQ(one.model.counts, three.model.counts);
  EXPECT_EQ(one.model.alpha, three.model.alpha);
  EXPECT_EQ(one.document_topics.topics, three.document_topics.topics);
  EXPECT_EQ(one.document_topics.shares, three.document_topics.shares);
  for (std::size_t i = 0; i < one.trace.size(); ++i) EXPECT_EQ(one.trace[i].log_joint, three.trace[i].log_joint);
  options.seed = 2;
  EXPECT_NE(one.model.counts, fit(matrix, options).model.counts);
}

double unigram_perplexity(const CountMatrix& train, const CountMatrix& held_out) {
  std::vector<double> share(static_cast<std::size_t>(train.column_count), 0.01);
  double total = 0.01 * static_cast<double>(train.column_count);
  for (std::size_t e = 0; e < train.columns.size(); ++e) {
    share[static_cast<std::size_t>(train.columns[e])] += train.counts[e];
    total += train.counts[e];
  }
  double sum = 0.0, tokens = 0.0;
  for (std::size_t e = 0; e < held_out.columns.size(); ++e) {
    sum -= held_out.counts[e] * std::log(share[static_cast<std::size_t>(held_out.columns[e])] / total);
    tokens += held_out.counts[e];
  }
  return std::exp(sum / tokens);
}

TEST(Lda, WarpReachesThePerplexityOfExactSampling) {
  const CountMatrix train = draw_planted(4000, 21);
  const CountMatrix held_out = draw_planted(500, 22);
  std::map<LdaSampler, double> perplexity;
  for (const LdaSampler sampler : {LdaSampler::warp, LdaSampler::gibbs}) {
    LdaOptions options;
    options.topic_count = 20;
    options.iteration_count = 200;
    options.sampler = sampler;
    perplexity[sampler] = *completion_perplexity(fit(train, options).model, held_out, 0);
  }
  EXPECT_LT(perplexity[LdaSampler::warp], 0.5 * unigram_perplexity(train, held_out));
  EXPECT_LT(perplexity[LdaSampler::warp], 1.03 * perplexity[LdaSampler::gibbs]);
}

// METHODS 1: the order of the documents changes the chain, not how well the model fits.
TEST(Lda, AnotherOrderOfTheDocumentsGivesThePerplexityWithinNoise) {
  const CountMatrix train = draw_bars(1000, 3);  // every chain finds the bars: what is left is noise
  const CountMatrix held_out = draw_bars(300, 4);
  CountMatrix reversed;
  reversed.row_count = train.row_count;
  reversed.column_count = train.column_count;
  reversed.offsets = {0};
  for (std::int64_t d = train.row_count; d-- > 0;) {
    const auto begin = train.offsets[static_cast<std::size_t>(d)], end = train.offsets[static_cast<std::size_t>(d) + 1];
    reversed.columns.insert(reversed.columns.end(), train.columns.begin() + begin, train.columns.begin() + end);
    reversed.counts.insert(reversed.counts.end(), train.counts.begin() + begin, train.counts.begin() + end);
    reversed.offsets.push_back(static_cast<std::int64_t>(reversed.columns.size()));
  }
  LdaOptions options;
  options.topic_count = 10;
  options.alpha_sum = 10.0;
  options.iteration_count = 200;
  const double given = *completion_perplexity(fit(train, options).model, held_out, 0);
  EXPECT_NEAR(*completion_perplexity(fit(reversed, options).model, held_out, 0), given, 0.02 * given);
}

TEST(Lda, TraceRisesFromTheStart) {
  LdaOptions options;
  options.topic_count = 20;
  options.iteration_count = 50;
  options.sampler = LdaSampler::warp;
  const LdaResult result = fit(draw_planted(2000, 31), options);
  ASSERT_EQ(result.trace.size(), 6U);
  EXPECT_EQ(result.trace.front().iteration, 0);
  EXPECT_GT(result.trace[2].log_joint, result.trace[0].log_joint);
  EXPECT_GT(result.trace[5].log_joint, result.trace[1].log_joint);
}

TEST(Lda, SharesOfADocumentSumToOneAndEmptyDocumentsHaveNone) {
  std::vector<std::vector<std::int32_t>> documents = {{}, {0, 1, 0}, {}, {2, 3, 3, 2}, {0, 1}, {}};
  LdaOptions options;
  options.topic_count = 2;
  const LdaResult result = fit(matrix_of(documents, 4), options);
  ASSERT_EQ(result.document_topics.document_count(), 6);
  for (std::size_t d = 0; d < documents.size(); ++d) {
    double sum = 0.0;
    for (auto e = result.document_topics.offsets[d]; e < result.document_topics.offsets[d + 1]; ++e) sum += result.document_topics.shares[static_cast<std::size_t>(e)];
    EXPECT_NEAR(sum, documents[d].empty() ? 0.0 : 1.0, 1e-6);
  }
}

TEST(Lda, FoldInAgreesWithTraining) {
  const CountMatrix matrix = draw_planted(3000, 41);
  LdaOptions options;
  options.topic_count = 20;
  const LdaResult result = fit(matrix, options);
  const DocumentTopics folded = *fold_in(result.model, matrix, {});
  int same_first = 0;
  for (std::size_t d = 0; d < 3000; ++d) {
    same_first += folded.topics[static_cast<std::size_t>(folded.offsets[d])] == result.document_topics.topics[static_cast<std::size_t>(result.document_topics.offsets[d])];
  }
  EXPECT_GT(same_first, 2800);
}

// Perplexity of the hidden half of each document under the shares that fold-in finds from the other half (document completion).
double completion_by_fold_in(const TopicModel& model, const CountMatrix& documents) {
  CountMatrix known;
  known.column_count = documents.column_count;
  known.offsets = {0};
  std::vector<std::vector<std::pair<std::int32_t, int>>> hidden(static_cast<std::size_t>(documents.row_count));
  for (std::int64_t d = 0; d < documents.row_count; ++d) {
    bool turn = false;
    for (auto e = static_cast<std::size_t>(documents.offsets[static_cast<std::size_t>(d)]); e < static_cast<std::size_t>(documents.offsets[static_cast<std::size_t>(d) + 1]); ++e) {
      int kept = 0, hid = 0;
      for (int copy = 0; copy < documents.counts[e]; ++copy, turn = !turn) ++(turn ? hid : kept);
      if (hid > 0) hidden[static_cast<std::size_t>(d)].emplace_back(documents.columns[e], hid);
      if (kept == 0) continue;
      known.columns.push_back(documents.columns[e]);
      known.counts.push_back(kept);
    }
    known.offsets.push_back(static_cast<std::int64_t>(known.columns.size()));
    ++known.row_count;
  }
  FoldInOptions options;
  options.limits = {65'535, 0.0F};
  const DocumentTopics topics = *fold_in(model, known, options);
  double log_likelihood = 0.0, tokens = 0.0;
  for (std::size_t d = 0; d < hidden.size(); ++d) {
    for (const auto& [word, count] : hidden[d]) {
      double p = 0.0;
      for (auto e = static_cast<std::size_t>(topics.offsets[d]); e < static_cast<std::size_t>(topics.offsets[d + 1]); ++e) p += topics.shares[e] * model.probability(word, topics.topics[e]);
      log_likelihood += count * std::log(p);
      tokens += count;
    }
  }
  return std::exp(-log_likelihood / tokens);
}

TEST(Lda, FoldInCompletesDocumentsAsWellAsThirtyFullSteps) {
  LdaOptions options;
  options.topic_count = 20;
  const TopicModel model = fit(draw_planted(3000, 91), options).model;
  const CountMatrix held_out = draw_planted(1000, 92);
  EXPECT_LT(completion_by_fold_in(model, held_out), 1.01 * *completion_perplexity(model, held_out, 0));
}

TEST(Lda, AlphaLearnsThatTopicsDifferInSize) {
  Random random(5);
  std::vector<std::vector<std::int32_t>> documents;
  for (int d = 0; d < 2000; ++d) {  // topic A (words 0-9) is in every document, topic B (10-19) in one of five
    std::vector<std::int32_t> words;
    const bool has_b = random.below(5) == 0;
    for (int i = 0; i < 40; ++i) words.push_back(static_cast<std::int32_t>(random.below(10) + (has_b && i % 2 ? 10 : 0)));
    documents.push_back(words);
  }
  LdaOptions options;
  options.topic_count = 2;
  const LdaResult result = fit(matrix_of(documents, 20), options);
  EXPECT_GT(result.model.alpha[0], 3.0 * result.model.alpha[1]);
}

// The first `count` rows.
CountMatrix first_rows(const CountMatrix& matrix, std::int64_t count) {
  CountMatrix cut = matrix;
  cut.row_count = count;
  cut.offsets.resize(static_cast<std::size_t>(count) + 1);
  cut.columns.resize(static_cast<std::size_t>(cut.offsets.back()));
  cut.counts.resize(static_cast<std::size_t>(cut.offsets.back()));
  return cut;
}

// The result of a fit to the first rows as the start of a fit to all of `row_count`.
LdaStart start_of(const LdaResult& result, std::int64_t row_count) {
  LdaStart start{result.model, result.document_topics};
  start.documents.offsets.resize(static_cast<std::size_t>(row_count) + 1, start.documents.offsets.back());
  return start;
}

TEST(Lda, AStartKeepsOldDocumentsInTheirTopicsWhenDataGrow) {
  const CountMatrix grown = draw_planted(4400, 61);
  const CountMatrix held_out = draw_planted(500, 62);
  for (const LdaSampler sampler : {LdaSampler::warp, LdaSampler::gibbs}) {
    LdaOptions options;
    options.topic_count = 20;
    options.sampler = sampler;
    const LdaResult before = fit(first_rows(grown, 4000), options);
    const double fresh = *completion_perplexity(fit(grown, options).model, held_out, 0);
    const LdaStart start = start_of(before, grown.row_count);
    options.start = &start;
    const LdaResult after = fit(grown, options);
    EXPECT_LT(*completion_perplexity(after.model, held_out, 0), 1.01 * fresh);

    // Topics are renumbered by size: a topic continues in the one that most of its documents lie in.
    std::map<std::int32_t, std::map<std::int32_t, int>> moves;
    const auto main_of = [](const LdaResult& result, std::size_t d) { return result.document_topics.topics[static_cast<std::size_t>(result.document_topics.offsets[d])]; };
    for (std::size_t d = 0; d < 4000; ++d) ++moves[main_of(before, d)][main_of(after, d)];
    int kept = 0;
    for (const auto& [from, to] : moves) kept += std::max_element(to.begin(), to.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->second;
    EXPECT_GE(kept, 3800);
  }
}

TEST(Lda, AThemeOfNewDocumentsOnlyStartsATopicOfItsOwn) {
  CountMatrix grown = draw_planted(2000, 71);
  const auto word = static_cast<std::int32_t>(grown.column_count);
  const LdaResult before = [&] {
    LdaOptions options;
    options.topic_count = 20;
    CountMatrix wide = grown;
    wide.column_count += 5;
    return fit(wide, options);
  }();
  grown.column_count += 5;
  const CountMatrix more = draw_planted(200, 72);
  for (std::int64_t d = 0; d < more.row_count; ++d) {
    for (std::size_t e = static_cast<std::size_t>(more.offsets[static_cast<std::size_t>(d)]); e < static_cast<std::size_t>(more.offsets[static_cast<std::size_t>(d) + 1]); ++e) {
      if (d % 5 == 0) continue;  // every fifth is about the new theme alone
      grown.columns.push_back(more.columns[e]);
      grown.counts.push_back(more.counts[e]);
    }
    for (std::int32_t w = 0; d % 5 == 0 && w < 5; ++w) {
      grown.columns.push_back(word + w);
      grown.counts.push_back(6);
    }
    grown.offsets.push_back(static_cast<std::int64_t>(grown.columns.size()));
    ++grown.row_count;
  }
  const LdaStart start = start_of(before, grown.row_count);
  ASSERT_EQ(lda::find_births(grown, start, 0).size(), 1U);
  LdaOptions options;
  options.start = &start;
  const LdaResult after = fit(grown, options);
  EXPECT_EQ(after.model.topic_count, 21);
  std::map<std::int32_t, int> topic_of_theme;
  for (std::int64_t d = 2000; d < 2200; d += 5) ++topic_of_theme[after.document_topics.topics[static_cast<std::size_t>(after.document_topics.offsets[static_cast<std::size_t>(d)])]];
  EXPECT_EQ(topic_of_theme.size(), 1U);

  // New documents of the old themes alone start none.
  CountMatrix same = draw_planted(2200, 73);
  same.column_count += 5;
  LdaStart old_themes = start;
  EXPECT_TRUE(lda::find_births(same, old_themes, 0).empty());
}

TEST(Lda, AModelOverOtherWordsKeepsItsProbabilities) {
  LdaOptions options;
  options.topic_count = 20;
  const CountMatrix matrix = draw_planted(500, 81);
  const TopicModel model = fit(matrix, options).model;
  std::vector<std::int32_t> backwards(static_cast<std::size_t>(model.word_count));
  for (std::int32_t w = 0; w < model.word_count; ++w) backwards[static_cast<std::size_t>(w)] = model.word_count - 1 - w;
  const TopicModel renamed = rename_words(model, backwards, model.word_count);
  std::vector<std::int32_t> turned(20);
  for (std::int32_t k = 0; k < 20; ++k) turned[static_cast<std::size_t>(k)] = 19 - k;
  const TopicModel renumbered = renumber_topics(model, turned);
  for (std::int32_t w = 0; w < model.word_count; w += 7) {
    for (std::int32_t k = 0; k < 20; ++k) {
      EXPECT_NEAR(renamed.probability(model.word_count - 1 - w, k), model.probability(w, k), 1e-9);
      EXPECT_DOUBLE_EQ(renumbered.probability(w, 19 - k), model.probability(w, k));
    }
  }
}

TEST(Lda, RefusesBadOptionsAndEmptyCorpora) {
  Progress progress;
  LdaOptions options;
  EXPECT_EQ(fit_lda(matrix_of({{}, {}}, 3), options, progress).error().kind, ErrorKind::invalid_input);
  options.beta = 0.0;
  EXPECT_EQ(fit_lda(matrix_of({{0, 1}}, 3), options, progress).error().kind, ErrorKind::invalid_input);
  options.beta = 0.01;
  progress.cancel();
  EXPECT_EQ(fit_lda(matrix_of({{0, 1}}, 3), options, progress).error().kind, ErrorKind::cancelled);
}

TEST(Lda, DefaultTopicCountGrowsWithTheRootOfTheCorpus) {
  EXPECT_EQ(default_topic_count(30), 3);
  EXPECT_EQ(default_topic_count(1000), 20);
  EXPECT_EQ(default_topic_count(126'000), 118);
  EXPECT_EQ(default_topic_count(10'000'000), 200);
}

}  // namespace
}  // namespace jianwei::analysis
