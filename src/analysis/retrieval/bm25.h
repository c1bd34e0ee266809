// Ranks documents for a text by BM25, as Lucene computes it.
//
//   score(q, d) = sum over terms t of q:  w_t idf_t f_td / (f_td + k1 (1 - b + b dl_d / avgdl))
//   idf_t = ln(1 + (N - n_t + 0.5) / (n_t + 0.5))
//     f_td  count of t in d      dl_d  sum of d's counts      n_t  documents that hold t      N  documents      w_t  weight in the query
// (Lucene since version 8 leaves out the constant factor k1 + 1. Lucene rounds dl_d to one byte; we do not.)
//
// Source: Robertson and Zaragoza (2009), Foundations and Trends in IR 3(4):333-389, doi:10.1561/1500000019; the idf of Lucene's BM25Similarity;
//         Turtle and Flood (1995), IP&M 31(6):831-850, doi:10.1016/0306-4573(95)00020-H, and Ding and Suel (2011), SIGIR,
//         doi:10.1145/2009916.2010048 (leaving out what cannot reach the best k)
// Page:   docs/methods/retrieval.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "text/corpus.h"

namespace jianwei::analysis {

struct Bm25Options {
  double k1 = 1.2;  // >= 0: how soon further occurrences stop counting; Lucene's default
  double b = 0.75;  // [0, 1]: how much long documents are held back; Lucene's default
  int thread_count = 0;
};

// Documents of each term, with what each adds to the score of its document.
struct Bm25Index {
  static constexpr std::int64_t kBlock = 128;  // postings that share a bound
  std::int64_t document_count = 0;
  std::vector<std::int64_t> offsets = {0};     // [terms + 1]
  std::vector<std::int32_t> documents;         // [postings] increasing inside a term
  std::vector<float> impacts;                  // [postings] idf f / (f + ...), > 0
  std::vector<float> idf;                      // [terms]
  std::vector<std::int64_t> block_offsets = {0};  // [terms + 1]
  std::vector<float> block_bounds;             // [blocks] largest impact of each kBlock postings of a term
  std::int64_t term_count() const { return static_cast<std::int64_t>(offsets.size()) - 1; }
};

struct WeightedTerm {
  std::int32_t term = 0;
  float weight = 1.0f;  // > 0
};

struct ScoredDocument {
  std::int32_t document = 0;
  float score = 0.0f;
  friend bool operator==(const ScoredDocument&, const ScoredDocument&) = default;
};

// Memory of one search, to be used again; one per thread.
struct Bm25Scratch {
  std::vector<float> scores;
  std::vector<std::int32_t> candidates;
};

// `automatic`: full sums below half a million documents, bounds above. Both give the same documents and the same bits.
enum class Bm25Method : std::uint8_t { automatic, full, bounded };

// Documents x terms. Errors: invalid_input  an option is out of range. Time O(entries). Same index at any thread count.
Result<Bm25Index> build_bm25(const text::CountMatrix& documents, const Bm25Options& options);

// The `limit` best documents with a score above 0, best first, then by number; `allowed` ([documents], or empty) leaves out those with 0.
// A term named twice counts twice. Time O(postings of the terms + documents), less with bounds.
std::vector<ScoredDocument> search_bm25(const Bm25Index& index, std::span<const WeightedTerm> query, std::int64_t limit, std::span<const std::uint8_t> allowed,
                                        Bm25Scratch& scratch, Bm25Method method = Bm25Method::automatic);

}  // namespace jianwei::analysis
