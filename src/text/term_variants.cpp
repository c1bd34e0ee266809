// Two ways in which one term wears several token sequences: written as one word or two, and as an acronym.
//
// An acronym is read from definitions in the text, "support vector machine (SVM)": a single token between breaks whose letters are the
// initials of the words before it (function words may be left out). It joins its long form when the definitions agree.
#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>

#include "base/strings.h"
#include "text/candidates.h"
#include "text/lexicon.h"
#include "text/term_matcher.h"

namespace jianwei::text {
namespace {

constexpr std::size_t kShortestAcronym = 3;   // two letters mean too many things
constexpr std::int32_t kMinDefinitions = 5;
constexpr double kMinAgreement = 0.8;

void merge_compounds(const TokenizedCorpus& corpus, std::vector<Candidate>& candidates) {
  std::unordered_map<std::string, std::size_t> by_text;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    if (candidates[c].han || candidates[c].tokens.size() > 3) continue;
    std::string joined;
    for (const std::int32_t token : candidates[c].tokens) joined += corpus.tokens[static_cast<std::size_t>(token)];
    if (joined.size() < 5) continue;
    const auto [place, added] = by_text.emplace(std::move(joined), c);
    if (added) continue;
    Candidate& other = candidates[place->second];
    if (other.tokens.size() == candidates[c].tokens.size()) continue;
    if (other.count >= candidates[c].count) {
      absorb(other, candidates[c]);
    } else {
      absorb(candidates[c], other);
      place->second = c;
    }
  }
}

// The words of `text` ending at its end whose initials spell `acronym`; empty when there are none.
std::span<const std::int32_t> long_form(const TokenizedCorpus& corpus, const WordRoles& roles, std::span<const std::int32_t> text, std::string_view acronym) {
  std::size_t letter = acronym.size();
  std::size_t i = text.size();
  while (letter > 0 && i > 0) {
    const auto token = static_cast<std::size_t>(text[i - 1]);
    if (text[i - 1] < 0) return {};
    if (corpus.tokens[token][0] == acronym[letter - 1]) --letter;
    else if ((roles.classes[token] & kFunctionWord) == 0) return {};
    --i;
  }
  return letter == 0 ? text.subspan(i) : std::span<const std::int32_t>();
}

void merge_acronyms(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const WordRoles& roles, std::vector<Candidate>& candidates) {
  TermMatcher matcher(static_cast<std::int64_t>(corpus.tokens.size()));
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    if (candidates[c].tokens.empty()) continue;
    matcher.add(candidates[c].tokens, static_cast<std::int32_t>(c));
    for (const auto& variant : candidates[c].variants) matcher.add(variant, static_cast<std::int32_t>(c));
  }
  // Definitions: acronym token -> long form's candidate (-1: no term) -> how often.
  std::map<std::int32_t, std::map<std::int32_t, std::int32_t>> definitions;
  for (std::int64_t d = 0; d < corpus.document_count(); ++d) {
    if (!use_document.empty() && use_document[static_cast<std::size_t>(d)] == 0) continue;
    const auto begin = static_cast<std::size_t>(corpus.offsets[static_cast<std::size_t>(d)]);
    const auto end = static_cast<std::size_t>(corpus.learned_end(d));
    for (std::size_t i = begin + 2; i + 1 < end; ++i) {
      if (corpus.stream[i - 1] >= 0 || corpus.stream[i] < 0 || corpus.stream[i + 1] >= 0) continue;
      const auto token = static_cast<std::size_t>(corpus.stream[i]);
      const std::string& surface = corpus.surfaces[token];
      const std::string& letters = corpus.tokens[token];
      if (letters.size() < kShortestAcronym || letters.size() > 8) continue;
      if (std::count_if(surface.begin(), surface.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) < 2) continue;
      const auto words = long_form(corpus, roles, {corpus.stream.data() + begin, i - 1 - begin}, letters);
      if (words.size() >= 2) ++definitions[corpus.stream[i]][matcher.find(words)];
    }
  }
  for (const auto& [token, forms] : definitions) {
    std::int32_t all = 0;
    std::pair<std::int32_t, std::int32_t> best = {-1, 0};
    for (const auto& [candidate, count] : forms) {
      all += count;
      if (candidate >= 0 && count > best.second) best = {candidate, count};
    }
    if (best.second < kMinDefinitions || best.second < kMinAgreement * all) continue;
    const std::int32_t own = matcher.find({&token, 1});
    Candidate& target = candidates[static_cast<std::size_t>(best.first)];
    if (own == best.first || target.tokens.empty()) continue;
    if (own >= 0) {
      if (!candidates[static_cast<std::size_t>(own)].tokens.empty()) absorb(target, candidates[static_cast<std::size_t>(own)]);
    } else {
      target.variants.push_back({token});
    }
  }
}

}  // namespace

void absorb(Candidate& into, Candidate& from) {
  into.variants.push_back(from.tokens);
  for (auto& variant : from.variants) into.variants.push_back(std::move(variant));
  into.keyword_documents += from.keyword_documents;
  into.count += from.count;
  into.termhood = std::max(into.termhood, from.termhood);
  from.tokens.clear();
}

void merge_variants(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const WordRoles& roles, std::vector<Candidate>& candidates) {
  merge_compounds(corpus, candidates);
  merge_acronyms(corpus, use_document, roles, candidates);
  std::erase_if(candidates, [](const Candidate& candidate) { return candidate.tokens.empty(); });
}

}  // namespace jianwei::text
