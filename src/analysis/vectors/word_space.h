// A space of meaning learnt from the corpus alone: word vectors from the words' company, document vectors from their words.
//
// Words: M, their shifted positive mutual information (ppmi.h), ~ U S V' by a randomised SVD; word vector = row of U S^0.5, scaled to unit length.
// Documents: sum over words of n_dw * a / (a + p_token(w)) * vector(w), the direction all documents share taken out (when
// there is one: (mean)^2 of the projections on it at least half of their mean square), scaled to unit length (SIF).
// Records whose title, keywords or abstract stand in two languages give pairs across the languages, so that one space holds both.
//
// Source: Levy, Goldberg and Dagan (2015), TACL 3:211-225, doi:10.1162/tacl_a_00134 (S^0.5);
//         Halko, Martinsson and Tropp (2011), SIAM Review 53:217-288, doi:10.1137/090771806 (randomised SVD);
//         Arora, Liang and Ma (2017), ICLR, openreview SyK00v5xx (SIF; its a = 1e-3 is for words of running text)
// Page:   docs/methods/vectors.md
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/vectors/ppmi.h"
#include "analysis/vectors/vector_table.h"
#include "base/progress.h"
#include "base/result.h"
#include "text/corpus.h"

namespace jianwei::analysis {

struct WordSpaceOptions {
  std::int32_t dimensions = 0;           // [2, 1000], at most the number of words; 0: 64 (the best of 32 to 128 on labelled sets), from 100,000 documents on 100
  CompanyOptions company;
  double sif = 1e-2;                     // a > 0; ten times the paper's, because function words are no terms here
  int power_iterations = 2;              // of the randomised SVD
  std::uint64_t seed = 1;
  int thread_count = 0;
};

struct WordSpace {
  VectorTable words;                // [words][dimensions]; zero: the word keeps no company
  std::vector<float> word_weights;  // [words] a / (a + p_token(w)), (0, 1]
  std::vector<float> common;        // [dimensions] the direction taken out of documents, unit length; zeros when there is none, or with fewer than three documents
};

// Learns the space from documents x words. Time O(sum over documents of m^2 + entries of M * dimensions). Same result at any thread count.
//
// Errors: invalid_input  an option is out of range; cancelled
Result<WordSpace> learn_word_space(const text::CountMatrix& documents, const WordSpaceOptions& options, Progress& progress);

// [rows][dimensions] of any documents whose columns are the space's words; a document without known words is a row of zeros. Time O(entries * dimensions).
//
// Errors: invalid_input  the columns are not the space's words
Result<VectorTable> place_documents(const WordSpace& space, const text::CountMatrix& documents, int thread_count);

}  // namespace jianwei::analysis
