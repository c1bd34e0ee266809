// Internal to fit_lda: the first state of a fit that goes on from an earlier one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/topics/lda.h"
#include "analysis/topics/lda_tokens.h"
#include "base/result.h"

namespace jianwei::analysis::lda {

inline std::span<const std::int32_t> row_topics(const DocumentTopics& documents, std::size_t d) {
  return {documents.topics.data() + documents.offsets[d], static_cast<std::size_t>(documents.offsets[d + 1] - documents.offsets[d])};
}
inline std::span<const float> row_shares(const DocumentTopics& documents, std::size_t d) {
  return {documents.shares.data() + documents.offsets[d], static_cast<std::size_t>(documents.offsets[d + 1] - documents.offsets[d])};
}

// Themes that only the new documents have: for each the rows of the new documents that hold its word. A word counts when the new documents hold it
// at three times the rate of the old ones and the likelihood ratio of the 2 x 2 table (new or old, with or without the word) is above 50, which among
// a million words that do not differ is not reached once. The strongest word comes first; its documents are left out for the next.
// At most topic_count - the start's topics (topic_count 0: one for every twenty of them, and one), and none when all documents are new.
// Source: Dunning (1993), Computational Linguistics 19(1):61-74 (likelihood ratio)
std::vector<std::vector<std::int64_t>> find_births(const text::CountMatrix& documents, const LdaStart& start, std::int32_t topic_count);

// Each token draws from p(k) ~ theta_dk phi_kw among the topics its document lists; in the documents of birth b every second token or so
// begins in topic (topics of the start) + b.
// Errors: those of fold_in (lda.h)
Result<std::vector<Slot>> draw_from_start(const Tokens& tokens, const text::CountMatrix& documents, const std::vector<std::vector<std::int64_t>>& births, const LdaOptions& options);

}  // namespace jianwei::analysis::lda
