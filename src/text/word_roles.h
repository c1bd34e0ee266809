// What part each word plays in the documents used, judged without a tagger: from word lists, endings, the dictionary's parts of speech
// for Chinese, and the words it stands between.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "text/corpus.h"

namespace jianwei::text {

struct WordRoles {
  std::vector<std::uint16_t> classes;   // [tokens] WordClass bits
  std::vector<std::uint8_t> use;        // [tokens] TokenUse bits
  std::vector<std::uint8_t> han;        // [tokens] 1 when the token is Chinese
  std::vector<float> noun_share;        // [tokens] how often it ends a noun group rather than acts as verb, adjective or modifier, [0, 1]
  std::vector<float> verb_share;        // [tokens] share of places where it stands as a verb, [0, 1]
};

struct DomainWord;

// `domain_words`: those with which the corpus was cut. Time O(tokens in the stream). Errors: not_found, corrupt of the word lists.
Result<WordRoles> find_word_roles(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, int thread_count, std::span<const DomainWord> domain_words = {});

}  // namespace jianwei::text
