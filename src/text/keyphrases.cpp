#include "text/keyphrases.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace jianwei::text {
namespace {

bool contains(const std::vector<std::int32_t>& longer, const std::vector<std::int32_t>& shorter) {
  return longer.size() > shorter.size() && std::search(longer.begin(), longer.end(), shorter.begin(), shorter.end()) != longer.end();
}

}  // namespace

std::vector<Keyphrase> find_keyphrases(const CountMatrix& matrix, const Vocabulary& vocabulary, std::int64_t document, const KeyphraseOptions& options) {
  struct Entry {
    Keyphrase phrase;
    std::int32_t count;
  };
  std::vector<Entry> entries;
  const auto documents = static_cast<double>(matrix.row_count);
  for (auto e = static_cast<std::size_t>(matrix.offsets[static_cast<std::size_t>(document)]); e < static_cast<std::size_t>(matrix.offsets[static_cast<std::size_t>(document) + 1]); ++e) {
    const Term& term = vocabulary.terms[static_cast<std::size_t>(matrix.columns[e])];
    const double rarity = std::log(std::max(1.0, documents / std::max(1, term.document_count)));
    const double score = matrix.counts[e] * rarity * (0.5 + term.termhood);
    entries.push_back({{matrix.columns[e], score}, matrix.counts[e]});
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return std::tie(b.phrase.score, a.phrase.term) < std::tie(a.phrase.score, b.phrase.term); });
  std::vector<Keyphrase> best;
  for (const Entry& entry : entries) {
    if (static_cast<std::int32_t>(best.size()) >= options.count) break;
    const auto& tokens = vocabulary.terms[static_cast<std::size_t>(entry.phrase.term)].tokens;
    // Nested in a longer term of this document as often as it occurs: it adds nothing.
    const bool inside = std::any_of(entries.begin(), entries.end(), [&](const Entry& other) {
      return other.count >= entry.count && contains(vocabulary.terms[static_cast<std::size_t>(other.phrase.term)].tokens, tokens);
    });
    if (!inside) best.push_back(entry.phrase);
  }
  return best;
}

}  // namespace jianwei::text
