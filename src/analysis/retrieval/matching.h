// For each need the solutions that answer it best, with the terms they share as reasons.
//
// A need is a long text, so its words are weighed before BM25 ranks the solutions:
//   w_t = (k3 + 1) q_t / (k3 + q_t) * idf'_t      q_t  count of t in the need, k3 = 8
//   idf'_t = ln(1 + (N - n_t + 0.5) / (n_t + 0.5)) / ln(1 + N)  over the needs: what every call says ("Phase I", "proposals should") tells nothing
// with half of it for exact words and bigrams beside stems. Dense: the cosine of SIF vectors learnt from both collections together. Hybrid: both
// scores, standardised over the first 200 of each and added with weights 0.8 and 0.2.
//
// Source: Robertson and Zaragoza (2009), doi:10.1561/1500000019 (k3); bm25.h, fusion.h, analysis/vectors/word_space.h
// Page:   docs/methods/retrieval.md
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/retrieval/bm25.h"
#include "base/progress.h"
#include "base/result.h"
#include "text/corpus.h"

namespace jianwei::analysis {

enum class RankingMethod : std::uint8_t { bm25, dense, hybrid };
std::string_view to_string(RankingMethod method);
Result<RankingMethod> parse_ranking_method(std::string_view name);

struct MatchingOptions {
  RankingMethod method = RankingMethod::hybrid;
  std::int32_t limit = 10;           // solutions a need, >= 1
  std::int32_t reason_count = 8;     // shared terms a match
  double dense_weight = 0.2;         // of the vectors in hybrid, [0, 1]: chosen on one half of 179 labelled needs (docs/quality.md)
  bool weigh_by_needs = true;        // idf' above; else 1
  std::uint64_t seed = 1;            // of the vectors
  int thread_count = 0;
};

struct SharedTerm {
  std::string name;                  // as written in the solutions mostly
  float contribution = 0.0f;         // to the BM25 score
};

struct Match {
  std::int32_t solution = 0;         // number among the solutions
  float score = 0.0f;                // of the method: BM25, cosine, or the sum of both standardised
  std::vector<SharedTerm> reasons;   // largest contribution first
};

// The first `need_count` documents of the corpus are needs, the others solutions. [needs] best first.
// Time: the vectors, then O(postings of a need's terms) each. Same result at any thread count.
//
// Errors: invalid_input  limit is below 1, or need_count is outside [0, documents];  cancelled
Result<std::vector<std::vector<Match>>> match_documents(const text::TokenizedCorpus& corpus, std::int64_t need_count, const MatchingOptions& options, Progress& progress);

}  // namespace jianwei::analysis
