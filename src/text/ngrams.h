// Counts the word n-grams of a corpus that may become phrases, level by level.
//
// An n-gram is counted only where both its (n-1)-grams are frequent (downward closure), so that each level looks at few places.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.h"
#include "text/corpus.h"

namespace jianwei::text {

struct Ngram {
  std::int32_t left = 0;    // the first n-1 words: index into the level before (token id for n = 2)
  std::int32_t right = 0;   // the last n-1 words
  std::int32_t documents = 0;
  std::int64_t count = 0;
  double left_entropy = 0.0;   // nats, of the word before; every break counts as a word of its own
  double right_entropy = 0.0;
  double left_open = 0.0;      // share of occurrences after a break or a word that bounds phrases, [0, 1]
  double right_open = 0.0;     // the same after the n-gram
  double left_verbal = 0.0;    // share of occurrences after "to", a modal verb or a pronoun, where a verb is to be expected
  double left_article = 0.0;   // share of occurrences after a determiner
};

struct NgramCounts {
  std::vector<std::vector<Ngram>> levels;  // [0]: single words by token id; [n - 1]: n-grams with documents >= min_documents
  std::int64_t token_count = 0;            // L: words in the used documents
  std::int64_t document_count = 0;         // used documents
};

struct NgramOptions {
  std::int32_t min_documents = 5;
  std::int32_t max_words = 5;
  int thread_count = 0;
};

// What a token may do; one byte per token id.
enum TokenUse : std::uint8_t {
  kInPhrase = 1,   // may stand in a phrase
  kAtEdge = 2,     // may start or end one
  kBounds = 4,     // bounds phrases: function and general words
  kVerbal = 8,     // comes before verbs: "to", modal verbs, pronouns
  kArticle = 16,   // determiners
};

// Time O(levels * tokens); memory about 8 bytes per token plus the tables. Independent of the thread count.
Result<NgramCounts> count_ngrams(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, std::span<const std::uint8_t> token_use,
                                 const NgramOptions& options, Progress& progress);

// Entropy in nats of counts that sum to `total`: -sum c/N ln c/N.
double entropy_of_counts(std::span<const std::int64_t> counts, std::int64_t total);

}  // namespace jianwei::text
