#include "text/term_decisions.h"

#include <algorithm>
#include <map>
#include <set>

#include "text/fold.h"
#include "text/scan.h"
#include "text/segmenter.h"
#include "text/term_matcher.h"
#include "text/term_pairs.h"

namespace jianwei::text {
namespace {

using Tokens = std::vector<std::int32_t>;

bool holds_han(const Tokens& tokens, const WordRoles& roles) {
  return std::any_of(tokens.begin(), tokens.end(), [&](std::int32_t token) { return roles.han[static_cast<std::size_t>(token)] != 0; });
}

// Which candidate a sequence stands for.
std::map<Tokens, std::size_t> index_of(const std::vector<Candidate>& candidates) {
  std::map<Tokens, std::size_t> index;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    if (candidates[c].tokens.empty()) continue;
    index.emplace(candidates[c].tokens, c);
    for (const Tokens& variant : candidates[c].variants) index.emplace(variant, c);
  }
  return index;
}

// One term for all the names that the corpus has; -1 when it has none.
Result<std::int64_t> join_names(const PhraseReader& reader, std::span<const std::string> names, const WordRoles& roles, std::map<Tokens, std::size_t>& index, std::vector<Candidate>& candidates) {
  constexpr double kTermhoodOfDecided = 0.5;
  std::int64_t target = -1;
  for (const std::string& name : names) {
    const Tokens tokens = TRY(reader.read(name));
    if (tokens.empty()) continue;
    const auto found = index.find(tokens);
    if (target < 0) {
      if (found == index.end()) {
        Candidate made;
        made.tokens = tokens;
        made.termhood = kTermhoodOfDecided;
        made.han = holds_han(tokens, roles);
        candidates.push_back(std::move(made));
        index.emplace(tokens, candidates.size() - 1);
        target = static_cast<std::int64_t>(candidates.size()) - 1;
      } else {
        target = static_cast<std::int64_t>(found->second);
      }
    } else if (found == index.end()) {
      candidates[static_cast<std::size_t>(target)].variants.push_back(tokens);
      index.emplace(tokens, static_cast<std::size_t>(target));
    } else if (const std::size_t other = found->second; other != static_cast<std::size_t>(target)) {
      absorb(candidates[static_cast<std::size_t>(target)], candidates[other]);
      for (auto& [key, owner] : index) {
        if (owner == other) owner = static_cast<std::size_t>(target);
      }
    }
  }
  return target;
}

std::string phrase_text(const TokenizedCorpus& corpus, const Tokens& tokens, bool chinese) {
  std::string text;
  for (const std::int32_t token : tokens) text += (text.empty() || chinese ? "" : " ") + corpus.surfaces[static_cast<std::size_t>(token)];
  return text;
}

// [candidates] occurrences in the documents' own texts: the language of the greater part names the term.
std::vector<std::int64_t> own_occurrences(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const std::vector<Candidate>& candidates) {
  TermMatcher matcher(static_cast<std::int64_t>(corpus.tokens.size()));
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    if (!candidates[c].tokens.empty()) matcher.add(candidates[c].tokens, static_cast<std::int32_t>(c));
    for (const Tokens& variant : candidates[c].variants) matcher.add(variant, static_cast<std::int32_t>(c));
  }
  std::vector<std::int64_t> count(candidates.size(), 0);
  for (std::int64_t d = 0; d < corpus.document_count(); ++d) {
    if (!use_document.empty() && use_document[static_cast<std::size_t>(d)] == 0) continue;
    const std::int64_t end = corpus.text_end(d);
    for (std::int64_t i = corpus.offsets[static_cast<std::size_t>(d)]; i < end; ++i) {
      matcher.match({corpus.stream.data() + i, static_cast<std::size_t>(end - i)}, [&](std::int32_t term, std::int32_t) { ++count[static_cast<std::size_t>(term)]; });
    }
  }
  return count;
}

}  // namespace

Result<PhraseReader> PhraseReader::make(const TokenizedCorpus& corpus, std::span<const DomainWord> words) {
  PhraseReader reader;
  reader.corpus_ = &corpus;
  reader.lexicon_ = TRY(lexicon());
  reader.ids_.reserve(corpus.tokens.size());
  for (std::size_t t = 0; t < corpus.tokens.size(); ++t) reader.ids_.emplace(corpus.tokens[t], static_cast<std::int32_t>(t));
  if (!words.empty()) reader.extra_words_ = TRY(extra_words_of(words));
  return reader;
}

Result<std::vector<std::int32_t>> PhraseReader::read(std::string_view phrase) const {
  std::vector<RawToken> raw;
  scan(phrase, raw);
  Tokens tokens;
  bool complete = true;
  const auto add = [&](const std::string& key) {
    if (key.empty()) return;
    const auto found = ids_.find(key);
    if (found == ids_.end()) complete = false;
    else tokens.push_back(found->second);
  };
  for (const RawToken& token : raw) {
    if (token.kind == RawKind::word) {
      for_each_piece(token.text, Joint::blank, [&](Piece piece) { add(fold_word(piece.surface, true, false, *lexicon_)); });
    } else if (token.kind == RawKind::han) {
      const Segmenter* han = TRY(segmenter());
      Segmenter::Scratch scratch;
      std::vector<std::uint32_t> ends;
      han->cut(han->simplified(token.text), scratch, ends, &extra_words_);
      std::size_t begin = 0;
      for (const std::uint32_t end : ends) {
        add(han->simplified(token.text.substr(begin, end - begin)));
        begin = end;
      }
    }
  }
  if (!complete) tokens.clear();
  return tokens;
}

Result<> apply_stops(const PhraseReader& reader, const TermDecisions& decisions, std::vector<Candidate>& candidates) {
  std::set<Tokens> stops;
  for (const std::string& phrase : decisions.stops) stops.insert(TRY(reader.read(phrase)));
  if (stops.empty()) return {};
  std::erase_if(candidates, [&](const Candidate& candidate) { return stops.contains(candidate.tokens); });
  for (Candidate& candidate : candidates) {
    std::erase_if(candidate.variants, [&](const Tokens& variant) { return stops.contains(variant); });
  }
  return {};
}

Result<> apply_synonyms(const PhraseReader& reader, const TermDecisions& decisions, const WordRoles& roles, std::vector<Candidate>& candidates) {
  if (decisions.synonyms.empty()) return {};
  std::map<Tokens, std::size_t> index = index_of(candidates);
  for (const auto& group : decisions.synonyms) {
    const std::int64_t target = TRY(join_names(reader, group, roles, index, candidates));
    if (target >= 0) candidates[static_cast<std::size_t>(target)].label = group.front();
  }
  std::erase_if(candidates, [](const Candidate& candidate) { return candidate.tokens.empty(); });
  return {};
}

Result<std::vector<LinkedPair>> merge_pairs(const PhraseReader& reader, const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const WordRoles& roles,
                                            const TermOptions& options, std::vector<Candidate>& candidates) {
  std::vector<LinkedPair> pairs;
  // What people said comes first and takes its terms out of the statistics.
  const TermDecisions& decisions = options.decisions;
  std::map<Tokens, std::size_t> index;
  if (!decisions.pairs.empty()) index = index_of(candidates);
  for (const auto& [zh, en] : decisions.pairs) {
    const std::string names[] = {zh, en};
    const std::int64_t target = TRY(join_names(reader, names, roles, index, candidates));
    if (target < 0) continue;
    LinkedPair pair;
    pair.pair.zh = zh;
    pair.pair.en = en;
    pair.pair.score = 1.0;
    pair.pair.decided = true;
    pair.target = candidates[static_cast<std::size_t>(target)].tokens;
    pairs.push_back(std::move(pair));
  }
  std::erase_if(candidates, [](const Candidate& candidate) { return candidate.tokens.empty(); });

  PairLimits limits;
  if (!decisions.pairs.empty() || !decisions.refused_pairs.empty()) index = index_of(candidates);
  for (const LinkedPair& pair : pairs) {
    if (const auto found = index.find(pair.target); found != index.end()) limits.taken.push_back(static_cast<std::int32_t>(found->second));
  }
  for (const auto& [zh, en] : decisions.refused_pairs) {
    const auto a = index.find(TRY(reader.read(zh)));
    const auto b = index.find(TRY(reader.read(en)));
    if (a != index.end() && b != index.end()) limits.refused.emplace_back(static_cast<std::int32_t>(a->second), static_cast<std::int32_t>(b->second));
  }
  const std::vector<CandidatePair> found = find_term_pairs(corpus, use_document, roles.han, candidates, limits, options.thread_count);
  std::vector<std::int64_t> own;
  if (!found.empty()) own = own_occurrences(corpus, use_document, candidates);
  for (const CandidatePair& link : found) {
    auto into = static_cast<std::size_t>(link.zh);
    auto from = static_cast<std::size_t>(link.en);
    LinkedPair pair;
    pair.pair = {phrase_text(corpus, candidates[into].tokens, true), phrase_text(corpus, candidates[from].tokens, false), -1, link.definitions, link.keywords, link.together,
                 link.zh_documents, link.en_documents, link.score, false};
    if (own[from] > own[into]) std::swap(into, from);
    pair.target = candidates[into].tokens;
    pairs.push_back(std::move(pair));
    absorb(candidates[into], candidates[from]);
  }
  std::erase_if(candidates, [](const Candidate& candidate) { return candidate.tokens.empty(); });
  return pairs;
}

}  // namespace jianwei::text
