// Why a term is one: the figures it was judged by (docs/methods/terms.md), those of the used documents before spellings were brought together.
#pragma once

#include <cstdint>

namespace jianwei::text {

// All 0: a person decided.
struct TermEvidence {
  double npmi = 0.0;                  // weakest binary split; 0 for single words
  double significance = 0.0;          // of ToPMine, weakest binary split; 0 for single words
  double c_value = 0.0;               // with log2(|a| + 1)
  double left_entropy = 0.0;          // nats, of the words before
  double right_entropy = 0.0;         // and after
  std::int64_t keyword_documents = 0; // that carry it as author keyword
};

}  // namespace jianwei::text
