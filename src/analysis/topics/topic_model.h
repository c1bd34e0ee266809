// A topic model as values: smoothed topic-word counts, and how documents divide over topics.
//
//   phi_kw = (n_kw + beta) / (n_k + V beta)      probability of word w in topic k
//     n_kw  tokens of word w in topic k, averaged over the late samples     n_k  sum of n_kw over w     V  word count
// Page: docs/methods/lda.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "text/corpus.h"

namespace jianwei::analysis {

struct TopicModel {
  std::int32_t topic_count = 0;  // at most 65,535
  std::int32_t word_count = 0;
  std::vector<double> alpha;     // [topic_count] > 0
  double beta = 0.01;            // > 0
  // Words x topics, only what is not zero; a row's topics increase.
  std::vector<std::int64_t> word_offsets = {0};  // [word_count + 1]
  std::vector<std::uint16_t> topics;             // [entries] two bytes: one per entry of a large array
  std::vector<float> counts;                     // [entries] n_kw > 0
  std::vector<double> topic_tokens;              // [topic_count] n_k

  // phi_kw of one word for every topic into `row` [topic_count].
  void fill_word_row(std::int32_t word, std::span<float> row) const;
  // phi_kw of one pair. Time O(log topics of the word).
  double probability(std::int32_t word, std::int32_t topic) const;
};

// The same topics over another vocabulary: word w becomes column new_column[w] (-1: it is gone, its tokens leave the topics).
// new_column holds each column at most once; columns without a word have no tokens.
TopicModel rename_words(const TopicModel& model, std::span<const std::int32_t> new_column, std::int32_t word_count);

// The same model with topic k called number[k], a permutation.
TopicModel renumber_topics(const TopicModel& model, std::span<const std::int32_t> number);

// Documents x topics: the largest shares of each document, largest first, scaled to sum to 1. A document without tokens has an empty row.
struct DocumentTopics {
  std::vector<std::int64_t> offsets = {0};  // [documents + 1]
  std::vector<std::int32_t> topics;
  std::vector<float> shares;                // (0, 1]
  std::int64_t document_count() const { return static_cast<std::int64_t>(offsets.size()) - 1; }
};

struct ShareLimits {
  std::int32_t max_topics = 8;  // abstracts seldom carry more than a handful of topics
  float min_share = 0.02F;      // below about two words of a hundred a share is noise; the largest share is always kept
};

// Adds one document's row: the largest entries of `shares` [topic_count], within `limits`.
void append_top_shares(DocumentTopics& result, std::span<const float> shares, const ShareLimits& limits);

struct FoldInOptions {
  int step_count = 20;          // fixed-point steps; shares move by less than 0.01 after about fifteen
  ShareLimits limits;
  int thread_count = 0;
};

// Topic shares of documents the model has not seen, phi fixed: the fixed point of theta_k ~ alpha_k + sum_w n_dw r_wk,
// r_wk ~ theta_k phi_kw (MAP-EM). Columns are the model's words. Time O(steps * entries * topics of a word). Same result at any thread count.
//
// Errors: invalid_input  the columns are not the model's words
Result<DocumentTopics> fold_in(const TopicModel& model, const text::CountMatrix& documents, const FoldInOptions& options);

// Perplexity by document completion: the tokens of each document are dealt into A and B by turns; theta by 30 EM steps on A with phi fixed;
// exp(-sum_{w in B} ln sum_k theta_k phi_kw / |B|). Comparable between models of the same vocabulary, whatever fitted them.
//
// Errors: invalid_input  the columns are not the model's words, or no document has two tokens
// Source: Wallach, Murray, Salakhutdinov and Mimno (2009), Evaluation methods for topic models, doi:10.1145/1553374.1553515
Result<double> completion_perplexity(const TopicModel& model, const text::CountMatrix& documents, int thread_count);

}  // namespace jianwei::analysis
