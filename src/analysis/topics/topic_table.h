// What a topic is about: its label terms, how much they are its own, how well they go together, and how large it is.
//
//   relevance(w, k)   = lambda ln phi_kw + (1 - lambda) ln(phi_kw / p_w)       p_w: share of word w among all tokens
//   exclusivity(w, k) = phi_kw / sum_j phi_jw                                   in (0, 1]
// Source: Sievert and Shirley (2014), LDAvis, doi:10.3115/v1/W14-3110 (lambda = 0.6 is their user study's optimum);
//         Bischof and Airoldi (2012), ICML (exclusivity)
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/topics/topic_model.h"
#include "text/corpus.h"

namespace jianwei::analysis {

struct TopicTableOptions {
  std::int32_t term_count = 25;     // terms listed for each topic
  std::int32_t coherence_terms = 10;  // of which so many enter coherence and exclusivity; 10 is what published values use
  double relevance_lambda = 0.6;    // [0, 1]; 1 orders by probability, 0 by lift
  int thread_count = 0;
};

struct TopicTerm {
  std::int32_t word = 0;
  double probability = 0.0;         // phi_kw
  double relevance = 0.0;           // nats
  double exclusivity = 0.0;
};

struct TopicRow {
  std::vector<TopicTerm> terms;     // most relevant first
  double token_share = 0.0;         // n_k / sum n
  double document_weight = 0.0;     // sum of the topic's shares over documents, in documents
  std::int64_t document_count = 0;  // documents that list the topic
  double npmi = 0.0;                // of the first coherence_terms
  double exclusivity = 0.0;         // mean of the same terms
};

struct TopicTable {
  std::vector<TopicRow> topics;     // [topic_count]
  double diversity = 0.0;           // of the first 25 terms (or term_count when smaller)
};

// Words with less than one token in a topic are not its terms. Time O(entries of phi + documents).
TopicTable describe_topics(const TopicModel& model, const DocumentTopics& document_topics, const text::CountMatrix& documents, const TopicTableOptions& options);

}  // namespace jianwei::analysis
