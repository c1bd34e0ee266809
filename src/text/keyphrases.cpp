#include "text/keyphrases.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/hash.h"
#include "text/lexicon.h"

namespace jianwei::text {
namespace {

constexpr std::size_t kMaxWords = 5;
constexpr std::uint16_t kNoEdge = kFunctionWord | kBreakWord;

// Weights of the logarithm of the score: fitted on one half of five sets of human keyphrases, see docs/methods/keyphrases.md.
constexpr double kFrequency = 0.9;
constexpr double kRarity = 0.8;
constexpr double kRecurrence = 0.45;
constexpr std::int32_t kRecurrenceLimit = 5;
constexpr double kLength[kMaxWords] = {0.0, 0.9, 0.65, 0.35, 0.05};
constexpr double kEarly = 3.5;
constexpr double kWholeGroup = 0.85;
constexpr double kNounEnd = 0.75;
constexpr double kVerbStart = -1.3;
constexpr double kHeadAlone = -1.5;
constexpr double kHeadLast = -0.3;
constexpr double kSoloAlone = -0.95;
constexpr double kWeakStart = -0.9;
constexpr double kVagueEdge = -0.9;
constexpr double kNumberEdge = -1.5;
constexpr double kFunctionInside = -2.0;
constexpr double kNested = 0.75;
constexpr double kNestedAlways = -0.85;
constexpr double kOneCharacter = -1.65;

struct Candidate {
  std::int32_t count = 0;
  std::int32_t first = 0;         // place of the first occurrence, in words from 1
  std::int32_t whole_groups = 0;  // occurrences between words that cannot stand at an edge
  std::int32_t in_longer = 0;     // occurrences of the most frequent longer candidate that holds it
};
using Candidates = std::map<std::vector<std::int32_t>, Candidate>;

std::uint64_t hash_of(std::span<const std::int32_t> tokens) {
  std::uint64_t hash = tokens.size();
  for (const std::int32_t token : tokens) hash = hash_combine(hash, static_cast<std::uint64_t>(token));
  return hash;
}

std::span<const std::int32_t> text_of(const TokenizedCorpus& corpus, std::int64_t document) {
  const std::int64_t from = corpus.offsets[static_cast<std::size_t>(document)];
  return {corpus.stream.data() + from, static_cast<std::size_t>(corpus.text_end(document) - from)};
}

// Calls visit(begin, length) for every n-gram of the text that may be a phrase.
template <typename Visit>
void each_candidate(const TokenizedCorpus& corpus, const WordRoles& roles, std::span<const std::int32_t> text, const Visit& visit) {
  const auto edge = [&](std::int32_t token) { return (roles.classes[static_cast<std::size_t>(token)] & kNoEdge) == 0 && corpus.tokens[static_cast<std::size_t>(token)].size() > 1; };
  const auto inside = [&](std::int32_t token) {
    const std::uint16_t classes = roles.classes[static_cast<std::size_t>(token)];
    return (classes & kNoEdge) == 0 || (classes & kInside) != 0;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] < 0 || !edge(text[i])) continue;
    for (std::size_t n = 1; n <= kMaxWords && i + n <= text.size(); ++n) {
      const std::int32_t last = text[i + n - 1];
      if (last < 0) break;
      if (edge(last)) visit(i, n);
      if (n > 1 && !inside(last)) break;
    }
  }
}

Candidates collect(const TokenizedCorpus& corpus, const WordRoles& roles, std::span<const std::int32_t> text) {
  std::vector<std::int32_t> place(text.size() + 1, 0);
  for (std::size_t i = 0; i < text.size(); ++i) place[i + 1] = place[i] + (text[i] >= 0 ? 1 : 0);
  const auto bounds = [&](std::size_t i) {
    return i >= text.size() || text[i] < 0 || (roles.classes[static_cast<std::size_t>(text[i])] & kNoEdge) != 0 || corpus.tokens[static_cast<std::size_t>(text[i])].size() < 2;
  };
  Candidates found;
  each_candidate(corpus, roles, text, [&](std::size_t i, std::size_t n) {
    Candidate& candidate = found[{text.begin() + static_cast<std::ptrdiff_t>(i), text.begin() + static_cast<std::ptrdiff_t>(i + n)}];
    if (candidate.count++ == 0) candidate.first = place[i + 1];
    if ((i == 0 || bounds(i - 1)) && bounds(i + n)) ++candidate.whole_groups;
  });
  for (const auto& [tokens, longer] : found) {
    for (std::size_t n = 1; n < tokens.size(); ++n) {
      for (std::size_t i = 0; i + n <= tokens.size(); ++i) {
        const auto shorter = found.find({tokens.begin() + static_cast<std::ptrdiff_t>(i), tokens.begin() + static_cast<std::ptrdiff_t>(i + n)});
        if (shorter != found.end()) shorter->second.in_longer = std::max(shorter->second.in_longer, longer.count);
      }
    }
  }
  return found;
}

// What the words themselves say, whatever the counts.
double word_score(const TokenizedCorpus& corpus, const WordRoles& roles, const std::vector<std::int32_t>& tokens) {
  const auto front = static_cast<std::size_t>(tokens.front());
  const auto back = static_cast<std::size_t>(tokens.back());
  const std::uint16_t first = roles.classes[front];
  const std::uint16_t last = roles.classes[back];
  const bool alone = tokens.size() == 1;
  double score = kLength[tokens.size() - 1] + kNounEnd * static_cast<double>(roles.noun_share[back]) + kVerbStart * static_cast<double>(roles.verb_share[front]);
  if ((last & kHead) != 0) score += alone ? kHeadAlone : kHeadLast;
  if (alone && (last & kSolo) != 0) score += kSoloAlone;
  if ((first & kWeak) != 0) score += kWeakStart;
  if (((first | last) & kVague) != 0) score += kVagueEdge;
  if (((first | last) & kNumber) != 0) score += kNumberEdge;
  if (std::any_of(tokens.begin(), tokens.end(), [&](std::int32_t token) { return (roles.classes[static_cast<std::size_t>(token)] & kFunctionWord) != 0; })) score += kFunctionInside;
  constexpr std::size_t kHanBytes = 3;
  if (alone && roles.han[front] != 0 && corpus.tokens[front].size() == kHanBytes) score += kOneCharacter;
  return score;
}

double score_of(const Candidate& candidate, std::int32_t document_count, std::int64_t documents) {
  constexpr double kLeastRarity = 0.05;
  const double rarity = std::max(kLeastRarity, std::log(static_cast<double>(std::max<std::int64_t>(1, documents)) / document_count));
  const double share = static_cast<double>(candidate.in_longer) / candidate.count;
  double score = kFrequency * std::log(candidate.count) + kRarity * std::log(rarity) + kRecurrence * std::log(std::min(document_count, kRecurrenceLimit));
  score += kEarly / std::sqrt(candidate.first + 4.0) + kWholeGroup * candidate.whole_groups / candidate.count;
  return score + kNested * share + (candidate.in_longer >= candidate.count ? kNestedAlways : 0.0);
}

}  // namespace

Result<KeyphraseStatistics> count_keyphrase_candidates(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, int thread_count) {
  if (!use_document.empty() && static_cast<std::int64_t>(use_document.size()) != corpus.document_count()) {
    return fail(ErrorKind::invalid_input, "keyphrases: {} flags for {} documents", use_document.size(), corpus.document_count());
  }
  KeyphraseStatistics statistics;
  statistics.roles = TRY(find_word_roles(corpus, use_document, thread_count));
  std::vector<std::uint64_t> hashes;
  for (std::int64_t d = 0; d < corpus.document_count(); ++d) {
    if (!use_document.empty() && use_document[static_cast<std::size_t>(d)] == 0) continue;
    ++statistics.document_count;
    hashes.clear();
    const auto text = text_of(corpus, d);
    each_candidate(corpus, statistics.roles, text, [&](std::size_t i, std::size_t n) { hashes.push_back(hash_of(text.subspan(i, n))); });
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    for (const std::uint64_t hash : hashes) ++statistics.document_counts[hash];
  }
  std::erase_if(statistics.document_counts, [](const auto& entry) { return entry.second < 2; });
  return statistics;
}

std::vector<Keyphrase> find_keyphrases(const TokenizedCorpus& corpus, const KeyphraseStatistics& statistics, std::int64_t document, const KeyphraseOptions& options) {
  std::vector<Keyphrase> phrases;
  for (const auto& [tokens, candidate] : collect(corpus, statistics.roles, text_of(corpus, document))) {
    const auto counted = statistics.document_counts.find(hash_of(tokens));
    const std::int32_t documents = counted == statistics.document_counts.end() ? 1 : counted->second;
    const double score = score_of(candidate, documents, statistics.document_count) + word_score(corpus, statistics.roles, tokens);
    phrases.push_back({tokens, score, candidate.count, documents});
  }
  const auto kept = std::min(phrases.size(), static_cast<std::size_t>(std::max(0, options.count)));
  std::partial_sort(phrases.begin(), phrases.begin() + static_cast<std::ptrdiff_t>(kept), phrases.end(),
                    [](const Keyphrase& a, const Keyphrase& b) { return std::tie(b.score, a.tokens) < std::tie(a.score, b.tokens); });
  phrases.resize(kept);
  return phrases;
}

}  // namespace jianwei::text
