// Finding the terms of a corpus: the steps in their order.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

#include "base/log.h"
#include "base/parallel.h"
#include "text/candidates.h"
#include "text/corpus.h"
#include "text/domain_words.h"
#include "text/ngrams.h"
#include "text/term_decisions.h"
#include "text/term_matcher.h"
#include "text/word_roles.h"

namespace jianwei::text {
namespace {

// Document and occurrence counts of the used documents, variants and nesting included.
void recount(const CountMatrix& matrix, std::span<const std::uint8_t> use_document, Vocabulary& vocabulary) {
  for (Term& term : vocabulary.terms) {
    term.document_count = 0;
    term.occurrence_count = 0;
  }
  for (std::int64_t d = 0; d < matrix.row_count; ++d) {
    if (!use_document.empty() && use_document[static_cast<std::size_t>(d)] == 0) continue;
    for (auto e = static_cast<std::size_t>(matrix.offsets[static_cast<std::size_t>(d)]); e < static_cast<std::size_t>(matrix.offsets[static_cast<std::size_t>(d) + 1]); ++e) {
      Term& term = vocabulary.terms[static_cast<std::size_t>(matrix.columns[e])];
      ++term.document_count;
      term.occurrence_count += matrix.counts[e];
    }
  }
}

// The columns `kept` of a matrix, in that order.
CountMatrix select_columns(const CountMatrix& matrix, const std::vector<std::int32_t>& kept, int thread_count) {
  constexpr std::int64_t kBlock = 4096;
  std::vector<std::int32_t> column(static_cast<std::size_t>(matrix.column_count), -1);
  for (std::size_t k = 0; k < kept.size(); ++k) column[static_cast<std::size_t>(kept[k])] = static_cast<std::int32_t>(k);
  CountMatrix selected;
  selected.row_count = matrix.row_count;
  selected.column_count = std::ssize(kept);
  selected.offsets.assign(matrix.offsets.size(), 0);
  for (std::int64_t d = 0; d < matrix.row_count; ++d) {
    const auto row = matrix.row(d);
    selected.offsets[static_cast<std::size_t>(d) + 1] = selected.offsets[static_cast<std::size_t>(d)] + std::count_if(row.begin(), row.end(), [&](std::int32_t c) { return column[static_cast<std::size_t>(c)] >= 0; });
  }
  selected.columns.resize(static_cast<std::size_t>(selected.offsets.back()));
  selected.counts.resize(selected.columns.size());
  parallel_blocks(matrix.row_count, kBlock, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    std::vector<std::uint64_t> row;  // column << 32 | count
    for (auto d = static_cast<std::size_t>(begin); d < static_cast<std::size_t>(end); ++d) {
      row.clear();
      for (auto e = static_cast<std::size_t>(matrix.offsets[d]); e < static_cast<std::size_t>(matrix.offsets[d + 1]); ++e) {
        const std::int32_t c = column[static_cast<std::size_t>(matrix.columns[e])];
        if (c >= 0) row.push_back(static_cast<std::uint64_t>(c) << 32 | static_cast<std::uint32_t>(matrix.counts[e]));
      }
      std::sort(row.begin(), row.end());
      auto at = static_cast<std::size_t>(selected.offsets[d]);
      for (const std::uint64_t entry : row) {
        selected.columns[at] = static_cast<std::int32_t>(entry >> 32);
        selected.counts[at++] = static_cast<std::int32_t>(entry & 0xffffffffU);
      }
    }
  });
  return selected;
}

// The terms at `kept`, in that order.
void select_terms(const std::vector<std::int32_t>& kept, Vocabulary& vocabulary) {
  std::vector<Term> terms;
  terms.reserve(kept.size());
  for (const std::int32_t t : kept) terms.push_back(std::move(vocabulary.terms[static_cast<std::size_t>(t)]));
  vocabulary.terms = std::move(terms);
}

// The pairs whose term stayed; a person's pair stays listed in any case.
void list_pairs(std::vector<LinkedPair> links, Vocabulary& vocabulary) {
  std::map<std::vector<std::int32_t>, std::int32_t> index;
  for (std::size_t t = 0; t < vocabulary.terms.size() && !links.empty(); ++t) index.emplace(vocabulary.terms[t].tokens, static_cast<std::int32_t>(t));
  for (LinkedPair& link : links) {
    const auto found = index.find(link.target);
    if (found == index.end() && !link.pair.decided) continue;
    if (found != index.end()) {
      link.pair.term = found->second;
      const Term& term = vocabulary.terms[static_cast<std::size_t>(found->second)];
      if (!link.pair.decided && !term.label_zh.empty()) link.pair.zh = term.label_zh;
      if (!link.pair.decided && !term.label_en.empty()) link.pair.en = term.label_en;
    }
    vocabulary.pairs.push_back(std::move(link.pair));
  }
  std::sort(vocabulary.pairs.begin(), vocabulary.pairs.end(), [](const TermPair& a, const TermPair& b) { return std::tie(b.score, a.zh, a.en) < std::tie(a.score, b.zh, b.en); });
}

}  // namespace

Result<Vocabulary> mine_terms(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const TermOptions& options, Progress& progress) {
  return mine_terms(corpus, {}, use_document, options, progress);
}

Result<Vocabulary> mine_terms(const TokenizedCorpus& corpus, std::span<const DomainWord> words, std::span<const std::uint8_t> use_document, const TermOptions& options, Progress& progress) {
  return TRY(mine_and_count_terms(corpus, words, use_document, options, progress)).vocabulary;
}

Result<CountedVocabulary> mine_and_count_terms(const TokenizedCorpus& corpus, std::span<const DomainWord> words, std::span<const std::uint8_t> use_document, const TermOptions& options, Progress& progress) {
  if (options.min_documents < 1 || options.max_words < 1 || options.max_terms < 0 || !(options.max_document_share > 0.0)) {
    return fail(ErrorKind::invalid_input, "terms: min_documents and max_words must be at least 1, max_document_share above 0");
  }
  if (!use_document.empty() && static_cast<std::int64_t>(use_document.size()) != corpus.document_count()) {
    return fail(ErrorKind::invalid_input, "terms: {} flags for {} documents", use_document.size(), corpus.document_count());
  }
  const WordRoles roles = TRY(find_word_roles(corpus, use_document, options.thread_count, words));
  const NgramOptions ngram_options = {options.min_documents, options.max_words, options.thread_count};
  const NgramCounts counts = TRY(count_ngrams(corpus, use_document, roles.use, ngram_options, progress));
  const KeywordEvidence keywords = count_keywords(corpus, use_document, counts);
  std::vector<Candidate> candidates = TRY(select_candidates(corpus, counts, roles, keywords, options));
  const PhraseReader reader = TRY(PhraseReader::make(corpus, words));
  TRY(apply_stops(reader, options.decisions, candidates));
  merge_variants(corpus, use_document, roles, candidates);
  TRY(apply_synonyms(reader, options.decisions, roles, candidates));
  std::vector<LinkedPair> links = TRY(merge_pairs(reader, corpus, use_document, roles, options, candidates));
  TRY(progress.check());

  // The best by termhood; ties by their words, so that the cut does not depend on how candidates were found.
  if (static_cast<std::int64_t>(candidates.size()) > options.max_terms) {
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return std::tie(b.termhood, a.tokens) < std::tie(a.termhood, b.tokens); });
    candidates.resize(static_cast<std::size_t>(options.max_terms));
  }
  Vocabulary vocabulary;
  std::vector<TermEvidence> judged_by;  // [candidates]
  vocabulary.terms.reserve(candidates.size());
  for (Candidate& candidate : candidates) {
    Term term;
    term.tokens = std::move(candidate.tokens);
    term.variants = std::move(candidate.variants);
    term.language = candidate.han ? "zh" : "en";
    term.termhood = candidate.termhood;
    term.label = std::move(candidate.label);
    vocabulary.terms.push_back(std::move(term));
    judged_by.push_back({candidate.npmi, candidate.significance, candidate.c_value, candidate.left_entropy, candidate.right_entropy, candidate.keyword_documents});
  }
  bool distinct = false;
  CountMatrix matrix = count_matches(corpus, match_terms(corpus, vocabulary, &distinct), std::ssize(vocabulary.terms), options.thread_count);
  recount(matrix, use_document, vocabulary);

  const auto used = use_document.empty() ? corpus.document_count() : static_cast<std::int64_t>(std::count_if(use_document.begin(), use_document.end(), [](std::uint8_t flag) { return flag != 0; }));
  // A share of a small corpus would forbid everything: at least ten documents are always allowed.
  const double most = std::max(10.0, options.max_document_share * static_cast<double>(used));
  std::vector<std::int32_t> kept;
  for (std::size_t t = 0; t < vocabulary.terms.size(); ++t) {
    const std::int32_t documents = vocabulary.terms[t].document_count;
    if (documents >= options.min_documents && static_cast<double>(documents) <= most) kept.push_back(static_cast<std::int32_t>(t));
  }
  select_terms(kept, vocabulary);
  find_forms(corpus, use_document, vocabulary, options.thread_count);
  std::vector<std::int32_t> order(kept.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::int32_t x, std::int32_t y) {
    const Term& a = vocabulary.terms[static_cast<std::size_t>(x)];
    const Term& b = vocabulary.terms[static_cast<std::size_t>(y)];
    return std::tie(b.document_count, a.label, a.tokens) < std::tie(a.document_count, b.label, b.tokens);
  });
  select_terms(order, vocabulary);
  for (std::int32_t& t : order) t = kept[static_cast<std::size_t>(t)];
  // A sequence that a dropped term shared with a kept one now counts for the latter.
  matrix = distinct ? select_columns(matrix, order, options.thread_count) : count_terms(corpus, vocabulary, options.thread_count);
  list_pairs(std::move(links), vocabulary);
  std::vector<TermEvidence> evidence;
  for (const std::int32_t t : order) evidence.push_back(judged_by[static_cast<std::size_t>(t)]);
  return CountedVocabulary{std::move(vocabulary), std::move(evidence), std::move(matrix)};
}

}  // namespace jianwei::text
