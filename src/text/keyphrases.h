// The terms that say what one document is about.
#pragma once

#include <cstdint>
#include <vector>

#include "text/corpus.h"

namespace jianwei::text {

struct KeyphraseOptions {
  std::int32_t count = 10;
};

struct Keyphrase {
  std::int32_t term = 0;  // index into the vocabulary
  double score = 0.0;     // tf * ln(D / df) * (0.5 + termhood), >= 0
};

// The best terms of document `document`, best first; a term whose every occurrence lies inside a better one's is left out.
// `matrix` is count_terms() of the corpus and vocabulary; D is its row count, df that of the vocabulary.
// Time O(t^2 words) for t terms in the document.
std::vector<Keyphrase> find_keyphrases(const CountMatrix& matrix, const Vocabulary& vocabulary, std::int64_t document, const KeyphraseOptions& options);

}  // namespace jianwei::text
