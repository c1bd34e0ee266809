// Shifted positive pointwise mutual information of words that stand in the same documents.
//
// A document of m distinct words gives each of its ordered pairs 1 / (m - 1), so that c(w, .) is the number of documents in which w has company.
//   M_wv = max(0, ln( c(w, v) / C / (p(w) q(v)) ) - ln k)
//     C  sum of all c(w, v)      p(w) = c(w, .) / C      q(v) = c(v, .)^s / sum_u c(u, .)^s, s = 0.75      k  shift
//
// Source: Levy and Goldberg (2014), NIPS 27 (shift); Levy, Goldberg and Dagan (2015), TACL 3:211-225, doi:10.1162/tacl_a_00134 (smoothing)
// Page:   docs/methods/vectors.md (worked example)
#pragma once

#include <cstdint>

#include "analysis/vectors/dense.h"
#include "base/progress.h"
#include "base/result.h"
#include "text/corpus.h"

namespace jianwei::analysis {

struct CompanyOptions {
  double context_smoothing = 0.75;       // s, (0, 1]; damps the liking of mutual information for rare contexts
  double shift = 1.0;                    // k >= 1; 5 suits words of running text, 1 found labels better on four labelled sets (docs/quality.md)
  std::int32_t max_document_words = 160; // >= 2; of longer documents the words with the largest n_dw * ln(D / documents of w) keep company
  std::int32_t min_pair_documents = 0;   // pairs met in fewer documents are chance; 0: 1 below 50,000 documents, else 2
};

// M [words][words] of documents x words. Time O(sum over documents of m^2). Same result at any thread count. Errors: cancelled
Result<SparseMatrix> measure_company(const text::CountMatrix& documents, const CompanyOptions& options, int thread_count, Progress& progress);

}  // namespace jianwei::analysis
