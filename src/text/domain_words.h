// Domain words: Chinese character sequences that a corpus uses as words though the general dictionary lacks them, and the corpus cut again with them.
//
// For a sequence x of 2 to 6 characters, over the runs of Chinese characters of the used documents:
//   cohesion(x) = min over splits x = ab of  ln( p(x) / (p(a) p(b)) ),   p(y) = f(y) / N
//   freedom(x)  = min(H_left, H_right),   H = -sum over neighbours c of  p(c) ln p(c);  the end of a run is a neighbour of its own each time
//   fragment    = f(x) / f(xc) < 1.3 for some longer sequence xc
//   f  occurrences    N  characters    c  the character before (after) x
// A word found takes part in segmentation with the probability f(x) / words of the corpus, or a little more than that of its parts where this is higher.
//
// Source: Matrix67 (2012), cohesion and freedom of new words; Feng, Chen, Deng, Zheng (2004), accessor variety, doi:10.1162/089120104773633394
// Page:   docs/methods/domain_words.md (assumptions, limits, worked example)
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "text/corpus.h"
#include "text/segmenter.h"
#include "text/term_evidence.h"

namespace jianwei::text {

struct DomainWordOptions {
  std::int32_t min_documents = 5;     // as of terms: a word nobody can count is of no use
  std::int32_t max_characters = 6;
  double min_cohesion = 3.9;          // ln 50, nats; docs/methods/domain_words.md shows what other values give
  double min_freedom = 1.0;           // nats
  int thread_count = 0;
};

struct DomainWord {
  std::string word;                   // simplified characters
  std::int64_t count = 0;
  std::int32_t documents = 0;
  double cohesion = 0.0;              // nats
  double freedom = 0.0;               // nats
  double log_share = 0.0;             // ln of its share of the words of the used documents
};

// The corpus as single Chinese characters, each run of them ended by a break; other words are left out, document rows stay. `forms` is 1 at a
// character that continues a word of the dictionary. Errors: those of the dictionary.
Result<TokenizedCorpus> split_into_characters(const TokenizedCorpus& corpus);

// The words of the used documents (empty span: all), by decreasing count, then bytes. Time O(characters * max_characters). Same result at any thread count.
// Errors: cancelled; not_found, corrupt of the dictionary and the word lists.
Result<std::vector<DomainWord>> find_domain_words(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const DomainWordOptions& options, Progress& progress);

// Cuts the Chinese runs of all documents again, `words` taking part. Token ids of `corpus` stay; new words follow in order of their first occurrence.
// Time O(tokens). Errors: those of the dictionary.
Result<TokenizedCorpus> resegment(const TokenizedCorpus& corpus, std::span<const DomainWord> words);

// A corpus cut again with words of its own.
struct DomainCorpus {
  TokenizedCorpus tokens;
  std::vector<DomainWord> words;
};

// The corpus cut again with the words of its used documents; nothing when it has none. Errors: those of find_domain_words().
Result<std::optional<DomainCorpus>> with_domain_words(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const DomainWordOptions& options, Progress& progress);

// The words for the segmenter, which cuts other texts alike with them. Errors: those of the dictionary.
Result<ExtraWords> extra_words_of(std::span<const DomainWord> words);

// mine_terms() of a corpus that was cut again with `words`.
Result<Vocabulary> mine_terms(const TokenizedCorpus& corpus, std::span<const DomainWord> words, std::span<const std::uint8_t> use_document, const TermOptions& options, Progress& progress);
// A vocabulary and what count_terms() says of all documents with it, for the price of the vocabulary.
struct CountedVocabulary {
  Vocabulary vocabulary;
  std::vector<TermEvidence> evidence;  // [terms]
  CountMatrix counts;
};

// The same with the counts of all documents, used or not.
Result<CountedVocabulary> mine_and_count_terms(const TokenizedCorpus& corpus, std::span<const DomainWord> words, std::span<const std::uint8_t> use_document, const TermOptions& options, Progress& progress);

}  // namespace jianwei::text
