// Latent Dirichlet allocation fitted by the WarpLDA sampler, or by exact collapsed Gibbs sampling on small corpora.
//
// WarpLDA visits each token twice an iteration. The word sweep reads tokens word by word and only needs C_w and C_k; the document sweep
// reads them document by document and only needs C_d and C_k. Each sweep first accepts or refuses the topic the other sweep proposed,
//   word sweep      min(1, (C_wt + beta) / (C_ws + beta) * (C_s + V beta) / (C_t + V beta))          s: topic now, t: topic proposed
//   document sweep  min(1, (C_dt + alpha_t) / (C_ds + alpha_s) * (C_s + V beta) / (C_t + V beta))
// and then proposes one from C_wk + beta, or C_dk + alpha_k, by copying the topic of a random token of the same row (else from the prior).
// Rows are cut into fixed shards with a random stream each, so the result depends on the seed and not on the threads.
//
// Source: Chen, Li, Zhu and Chen (2016), PVLDB 9(10):744-755, doi:10.14778/2977797.2977801
//         Griffiths and Steyvers (2004), PNAS 101:5228-5235, doi:10.1073/pnas.0307752101 (Gibbs sampling, joint likelihood)
//         Minka (2000), Estimating a Dirichlet distribution (fixed point of alpha)
// Page:   docs/methods/lda.md
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/topics/topic_model.h"
#include "base/progress.h"
#include "base/result.h"
#include "text/corpus.h"

namespace jianwei::analysis {

enum class LdaSampler { automatic, warp, gibbs };

// Where a fit may start instead of from nothing: the last model and what it said of the documents.
struct LdaStart {
  TopicModel model;          // its words are the columns of the documents to fit (rename_words)
  DocumentTopics documents;  // [documents] their shares in the last fit; an empty row is a document it had not seen: it is folded in
};

struct LdaOptions {
  std::int32_t topic_count = 0;       // 0: default_topic_count(documents)
  int iteration_count = 150;          // perplexity of abstracts changes by less than 1 % after it
  int sample_count = 10;              // late samples averaged, every second iteration up to the last; fewer when the last fifth of a fit from nothing holds fewer
  double alpha_sum = 5.0;             // sum of alpha at the start; 5-10 suits abstracts (docs/methods/lda.md)
  bool optimize_alpha = true;         // asymmetric alpha by Minka's fixed point, every 10 iterations from a fifth of them on
  double beta = 0.01;                 // > 0
  LdaSampler sampler = LdaSampler::automatic;  // gibbs up to 50 million topic evaluations a sweep is quick and mixes better
  int trace_every = 10;               // iterations between two points of the likelihood trace; 0: none
  ShareLimits limits;
  // Goes on from `start` when given: tokens draw their topics from its shares and its phi, new documents by folding in, and start_iteration_count
  // sweeps follow. Beyond the start's topics there is one for each theme that only the new documents have (lda_start.h). An old document's shares
  // are the mean of the start's, as start_weight samples, and of the new samples: the chain goes on, so its earlier samples still count.
  const LdaStart* start = nullptr;
  int start_iteration_count = 20;     // docs/methods/topic_identity.md shows what more of them change
  double start_weight = 30.0;         // >= 0, in samples
  std::uint64_t seed = 1;
  int thread_count = 0;
};

struct LdaResult {
  TopicModel model;                   // topic 0 holds the most tokens
  DocumentTopics document_topics;     // (mean C_dk + alpha_k) / (L_d + sum alpha), largest shares
  struct TracePoint {
    int iteration;                    // 0: the start
    double log_joint;                 // ln p(words, topics | alpha, beta), nats
  };
  std::vector<TracePoint> trace;
};

// About sqrt(documents) / 3, within 20 and 200, and at least ten documents a topic.
std::int32_t default_topic_count(std::int64_t document_count);

// Fits a model to documents x words. Time O(iterations * tokens) with WarpLDA; memory 8 bytes a token plus the counts.
//
// Errors: invalid_input  an option is out of range, the matrix has no token, or more than 2^32 tokens; `start` has other documents, other words
//                        or more topics than asked for
//         cancelled      `progress` asked to stop
Result<LdaResult> fit_lda(const text::CountMatrix& documents, const LdaOptions& options, Progress& progress);

}  // namespace jianwei::analysis
