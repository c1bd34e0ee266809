// What of a text a search compares: its words, their English stems, and the bigrams of Chinese characters that no word covers alone.
//
// "soft robots 软体机器人" gives soft, robot (folded words), ~soft, ~robot (stems), 软体, 机器人 (words) and 体机, 机器, 器人 (bigrams inside longer words
// and across words): a query finds a name however a segmenter cut it. Function words are left out.
// Page: docs/methods/retrieval.md
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "text/corpus.h"

namespace jianwei::analysis {

enum class SearchTermKind : std::uint8_t { word, stem, bigram };

struct SearchTerms {
  std::vector<std::string> names;           // [terms] a stem begins with "~"
  std::vector<SearchTermKind> kinds;        // [terms]
  text::CountMatrix counts;                 // documents x terms
};

// The name of the stem's term of a folded word: "~robot" of "robots".
std::string stem_term(std::string_view word);

// Keywords count like text. Time O(bytes). Same result at any thread count. Errors: not_found when a word list is missing; cancelled
Result<SearchTerms> make_search_terms(const text::TokenizedCorpus& corpus, int thread_count, Progress& progress);

}  // namespace jianwei::analysis
