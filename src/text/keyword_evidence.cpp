// Author keywords are walked like documents: a keyword that is exactly a frequent n-gram counts for it, once per document.
#include <algorithm>
#include <unordered_map>

#include "text/candidates.h"

namespace jianwei::text {
namespace {

std::uint64_t pair_key(std::int32_t left, std::int32_t right) { return static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32 | static_cast<std::uint32_t>(right); }

}  // namespace

KeywordEvidence count_keywords(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const NgramCounts& counts) {
  KeywordEvidence evidence;
  std::vector<std::unordered_map<std::uint64_t, std::int32_t>> index(counts.levels.size());
  for (std::size_t n = 0; n < counts.levels.size(); ++n) evidence.documents.emplace_back(counts.levels[n].size(), 0);

  // The keywords first, so that only corpora that have some pay for the index.
  std::vector<std::span<const std::int32_t>> keywords;
  for (std::int64_t d = 0; d < corpus.document_count(); ++d) {
    if (!use_document.empty() && use_document[static_cast<std::size_t>(d)] == 0) continue;
    const auto end = static_cast<std::size_t>(corpus.offsets[static_cast<std::size_t>(d) + 1]);
    for (auto i = static_cast<std::size_t>(corpus.learned_end(d)); i < end;) {
      std::size_t j = i;
      while (j < end && corpus.stream[j] >= 0) ++j;
      if (j > i && j - i <= counts.levels.size()) keywords.emplace_back(corpus.stream.data() + i, j - i);
      i = j + 1;
    }
  }
  if (keywords.empty()) return evidence;
  for (std::size_t n = 1; n < counts.levels.size(); ++n) {
    index[n].reserve(counts.levels[n].size());
    for (std::size_t g = 0; g < counts.levels[n].size(); ++g) index[n].emplace(pair_key(counts.levels[n][g].left, counts.levels[n][g].right), static_cast<std::int32_t>(g));
  }
  for (const auto& keyword : keywords) {
    // The n-grams of the keyword, level by level, until one is not frequent.
    std::vector<std::int32_t> grams(keyword.begin(), keyword.end());
    std::size_t n = 0;
    for (; grams.size() > 1; ++n) {
      bool complete = true;
      for (std::size_t i = 0; i + 1 < grams.size() && complete; ++i) {
        const auto found = index[n + 1].find(pair_key(grams[i], grams[i + 1]));
        complete = found != index[n + 1].end();
        if (complete) grams[i] = found->second;
      }
      if (!complete) break;
      grams.pop_back();
    }
    if (grams.size() == 1) ++evidence.documents[n][static_cast<std::size_t>(grams[0])];
  }
  return evidence;
}

}  // namespace jianwei::text
