// What people decided about terms, put into effect on the candidates of a vocabulary.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "text/candidates.h"
#include "text/corpus.h"
#include "text/domain_words.h"
#include "text/lexicon.h"
#include "text/segmenter.h"
#include "text/word_roles.h"

namespace jianwei::text {

// Finds written phrases in the tokens of a corpus.
class PhraseReader {
 public:
  // Errors: those of lexicon().
  static Result<PhraseReader> make(const TokenizedCorpus& corpus, std::span<const DomainWord> words);
  // The token ids of a phrase as tokenize() would make them; empty when the corpus lacks one of them.
  Result<std::vector<std::int32_t>> read(std::string_view phrase) const;

 private:
  const TokenizedCorpus* corpus_ = nullptr;
  const Lexicon* lexicon_ = nullptr;
  std::unordered_map<std::string_view, std::int32_t> ids_;
  ExtraWords extra_words_;  // the corpus' own words
};

// Takes the stop list's terms out. Errors: those of PhraseReader.
Result<> apply_stops(const PhraseReader& reader, const TermDecisions& decisions, std::vector<Candidate>& candidates);

// Brings the groups together; a name that no candidate has still counts for its group.
Result<> apply_synonyms(const PhraseReader& reader, const TermDecisions& decisions, const WordRoles& roles, std::vector<Candidate>& candidates);

struct LinkedPair {
  TermPair pair;
  std::vector<std::int32_t> target;  // tokens of the candidate that stands for both
};

// Links Chinese and English candidates, decided and learned, into one each.
Result<std::vector<LinkedPair>> merge_pairs(const PhraseReader& reader, const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const WordRoles& roles,
                                            const TermOptions& options, std::vector<Candidate>& candidates);

}  // namespace jianwei::text
