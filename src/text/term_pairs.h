// Which Chinese and English terms are one concept, learned from documents that hold both languages. Three kinds of evidence:
//   definition  "支持向量机（support vector machine）" in running text
//   keyword     the same place in keyword lists of equal length in both languages
//   together    the Chinese term in a text and the English one in its translation: 2 (n - 1/2) / (n_zh + n_en), Dice's coefficient with a
//               half taken off so that few documents count less
// Links are made greedily, the best first, each term once (competitive linking).
//
// Source: Melamed (2000), Computational Linguistics 26(2):221-249 (competitive linking); Dice (1945), doi:10.2307/1932409
// Page:   docs/methods/bilingual.md
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "text/candidates.h"
#include "text/corpus.h"

namespace jianwei::text {

struct CandidatePair {
  std::int32_t zh = 0, en = 0;         // indices of candidates
  std::int32_t definitions = 0;
  std::int32_t keywords = 0;
  std::int32_t together = 0;           // documents whose text and translation hold one each
  std::int32_t zh_documents = 0;       // of the documents with a translation
  std::int32_t en_documents = 0;
  double score = 0.0;                  // (0, 1]
};

// What is settled before statistics are asked.
struct PairLimits {
  std::vector<std::int32_t> taken;                            // candidates that already have their partner
  std::vector<std::pair<std::int32_t, std::int32_t>> refused;  // (zh, en) that are no pair
};

// Pairs with enough evidence, each candidate in one at most, by decreasing score. At most 30,000 documents with a translation are
// looked at, evenly spread. Time O(documents * terms of a text * terms of its translation).
std::vector<CandidatePair> find_term_pairs(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, std::span<const std::uint8_t> han,
                                           const std::vector<Candidate>& candidates, const PairLimits& limits, int thread_count);

}  // namespace jianwei::text
