// The phrases that say what one document is about, rare ones among them: no mined vocabulary is needed.
// Method, constants and figures: docs/methods/keyphrases.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "text/corpus.h"
#include "text/word_roles.h"

namespace jianwei::text {

struct KeyphraseOptions {
  std::int32_t count = 10;
};

struct Keyphrase {
  std::vector<std::int32_t> tokens;   // token ids, in order, 1 to 5
  double score = 0.0;                 // weighted sum of features, any real number; comparable within one document only
  std::int32_t count = 0;             // occurrences in title and abstract
  std::int32_t document_count = 0;    // documents used for the statistics that hold it, at least 1
};

// What the documents used say about words and phrases.
struct KeyphraseStatistics {
  WordRoles roles;
  std::unordered_map<std::uint64_t, std::int32_t> document_counts;  // hash of the token ids -> documents, where at least 2
  std::int64_t document_count = 0;                                  // documents used
};

// Counts the candidate phrases (1 to 5 words, no function words at the edges) of the documents whose `use_document` flag is set (empty span: all).
// Time and memory O(words). Same result at any thread count. Errors: invalid_input when the flags are not one per document; not_found, corrupt of the word lists.
Result<KeyphraseStatistics> count_keyphrase_candidates(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, int thread_count);

// What stands at a place of the stream, over `words` tokens, as written; "" when a word wears a spelling too rare to be kept.
std::string text_at(const TokenizedCorpus& corpus, std::int64_t place, std::int32_t words);

// The best candidates of document `document`, best first, ties by token ids; fewer when the text holds fewer. The document need not be one of those used.
// Statistics must come from the same corpus. Time O(w log w) for w words.
std::vector<Keyphrase> find_keyphrases(const TokenizedCorpus& corpus, const KeyphraseStatistics& statistics, std::int64_t document, const KeyphraseOptions& options);

}  // namespace jianwei::text
