// From n-gram counts to terms: which n-grams behave like a term, and how much.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/progress.h"
#include "text/corpus.h"
#include "text/ngrams.h"
#include "text/word_roles.h"

namespace jianwei::text {

// Author keywords of the used documents as token sequences, looked up by n-gram.
struct KeywordEvidence {
  std::vector<std::vector<std::int32_t>> documents;  // [level][n-gram] documents that carry it as a keyword
};
KeywordEvidence count_keywords(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const NgramCounts& counts);

struct Candidate {
  std::vector<std::int32_t> tokens;
  std::vector<std::vector<std::int32_t>> variants;  // other sequences merged into it
  std::int64_t count = 0;
  std::int32_t documents = 0;
  std::int32_t keyword_documents = 0;
  double npmi = 0.0;           // minimum over the binary splits; 0 for single words
  double significance = 0.0;   // of ToPMine, minimum over the binary splits
  double c_value = 0.0;        // length offset 1
  double left_entropy = 0.0;   // as in Ngram
  double right_entropy = 0.0;
  double freedom = 0.0;        // min(left entropy, right entropy), nats
  double openness = 0.0;       // min(left_open, right_open)
  double nounness = 0.0;       // noun_share of the last word
  double left_verbal = 0.0;    // as in Ngram
  double left_article = 0.0;
  double termhood = 0.0;
  bool han = false;            // holds a Chinese word
  std::string label;           // what people decided to call it, else ""
};

// The n-grams that pass as terms, in order of level and index; termhood set. Errors: those of lexicon().
Result<std::vector<Candidate>> select_candidates(const TokenizedCorpus& corpus, const NgramCounts& counts, const WordRoles& roles, const KeywordEvidence& keywords, const TermOptions& options);

// Brings together spellings in one or two words ("data set", "dataset") and consistent acronyms ("SVM" of "support vector machine (SVM)").
void merge_variants(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const WordRoles& roles, std::vector<Candidate>& candidates);

// Makes `from` a variant of `into`; its tokens are emptied, which marks it as gone.
void absorb(Candidate& into, Candidate& from);

// The surface forms of each term of the vocabulary in the used documents, and its label.
void find_forms(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, Vocabulary& vocabulary, int thread_count);

}  // namespace jianwei::text
