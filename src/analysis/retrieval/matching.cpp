#include "analysis/retrieval/matching.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "analysis/neighbours/neighbours.h"
#include "analysis/retrieval/fusion.h"
#include "analysis/retrieval/search_terms.h"
#include "analysis/vectors/word_space.h"
#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr double kQuerySaturation = 8.0;   // k3; Robertson et al. give 7 to 1000 for long queries
constexpr float kExactShare = 0.5f;        // of words and bigrams beside stems, which count them again
constexpr std::int32_t kFusedDepth = 200;  // of each ranking that is fused
constexpr std::int64_t kMinHolders = 2;    // a word of one document has no company

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

text::CountMatrix take_rows(const text::CountMatrix& matrix, std::int64_t begin, std::int64_t end) {
  text::CountMatrix taken;
  taken.row_count = end - begin;
  taken.column_count = matrix.column_count;
  const std::int64_t first = matrix.offsets[at(begin)];
  for (std::int64_t r = begin; r <= end; ++r) taken.offsets.push_back(matrix.offsets[at(r)] - first);
  taken.columns.assign(matrix.columns.begin() + first, matrix.columns.begin() + matrix.offsets[at(end)]);
  taken.counts.assign(matrix.counts.begin() + first, matrix.counts.begin() + matrix.offsets[at(end)]);
  return taken;
}

// [terms] idf among the needs, about 1 for a term that no need or one need holds.
std::vector<float> weigh_terms(const text::CountMatrix& needs, bool by_needs) {
  std::vector<float> weights(at(needs.column_count), 1.0f);
  if (!by_needs) return weights;
  std::vector<double> holders(weights.size(), 0.0);
  for (const std::int32_t term : needs.columns) holders[at(term)] += 1.0;
  const auto total = static_cast<double>(needs.row_count);
  for (std::size_t t = 0; t < weights.size(); ++t) weights[t] = static_cast<float>(std::log(1.0 + (total - holders[t] + 0.5) / (holders[t] + 0.5)) / std::log(2.0 + total));
  return weights;
}

// Words as columns of their own, without stems and bigrams.
text::CountMatrix words_only(const SearchTerms& terms) {
  std::vector<std::int64_t> holders(terms.names.size(), 0);
  for (const std::int32_t term : terms.counts.columns) ++holders[at(term)];
  std::vector<std::int32_t> column(terms.names.size(), -1);
  text::CountMatrix words;
  for (std::size_t t = 0; t < column.size(); ++t) {
    if (terms.kinds[t] == SearchTermKind::word && holders[t] >= kMinHolders) column[t] = static_cast<std::int32_t>(words.column_count++);
  }
  words.row_count = terms.counts.row_count;
  words.offsets = {0};
  for (std::int64_t r = 0; r < words.row_count; ++r) {
    for (std::int64_t e = terms.counts.offsets[at(r)]; e < terms.counts.offsets[at(r + 1)]; ++e) {
      const std::int32_t to = column[at(terms.counts.columns[at(e)])];
      if (to < 0) continue;
      words.columns.push_back(to);
      words.counts.push_back(terms.counts.counts[at(e)]);
    }
    words.offsets.push_back(std::ssize(words.columns));
  }
  return words;
}

VectorTable take_rows(const VectorTable& table, std::int64_t begin, std::int64_t end) {
  VectorTable taken{end - begin, table.dimensions, {}};
  taken.values.assign(table.values.begin() + begin * table.dimensions, table.values.begin() + end * table.dimensions);
  return taken;
}

Result<NeighbourLists> rank_by_vectors(const SearchTerms& terms, std::int64_t need_count, std::int32_t limit, const MatchingOptions& options, Progress& progress) {
  const text::CountMatrix words = words_only(terms);
  WordSpaceOptions space_options;
  space_options.seed = options.seed;
  space_options.thread_count = options.thread_count;
  space_options.dimensions = static_cast<std::int32_t>(std::min<std::int64_t>(space_options.dimensions, std::max<std::int64_t>(2, words.column_count)));
  const WordSpace space = TRY(learn_word_space(words, space_options, progress));
  const VectorTable vectors = TRY(place_documents(space, words, options.thread_count));
  NeighbourOptions nearest;
  nearest.neighbour_count = limit;
  nearest.thread_count = options.thread_count;
  return nearest_rows(take_rows(vectors, need_count, vectors.row_count), take_rows(vectors, 0, need_count), nearest, progress);
}

std::vector<WeightedTerm> make_query(const SearchTerms& terms, std::int64_t need, std::span<const float> weights) {
  std::vector<WeightedTerm> query;
  for (std::int64_t e = terms.counts.offsets[at(need)]; e < terms.counts.offsets[at(need + 1)]; ++e) {
    const std::int32_t term = terms.counts.columns[at(e)];
    const double count = terms.counts.counts[at(e)];
    const double saturated = (kQuerySaturation + 1.0) * count / (kQuerySaturation + count);
    const float share = terms.kinds[at(term)] == SearchTermKind::stem ? 1.0f : kExactShare;
    query.push_back({term, static_cast<float>(saturated) * weights[at(term)] * share});
  }
  return query;
}

// What the terms of a query add to one document; stems are named by a word that has them.
std::vector<SharedTerm> explain(const Bm25Index& index, std::span<const WeightedTerm> query, std::span<const std::int32_t> document_terms,
                                const std::vector<std::string>& shown, std::int32_t document, std::size_t limit) {
  std::unordered_map<std::string, float> parts;
  for (const WeightedTerm& term : query) {
    if (!std::binary_search(document_terms.begin(), document_terms.end(), term.term)) continue;
    const auto begin = index.documents.begin() + index.offsets[at(term.term)];
    const auto end = index.documents.begin() + index.offsets[at(term.term) + 1];
    const auto found = std::lower_bound(begin, end, document);
    parts[shown[at(term.term)]] += term.weight * index.impacts[at(found - index.documents.begin())];
  }
  std::vector<SharedTerm> reasons;
  for (const auto& [name, part] : parts) reasons.push_back({name, part});
  std::sort(reasons.begin(), reasons.end(), [](const SharedTerm& a, const SharedTerm& b) { return a.contribution != b.contribution ? a.contribution > b.contribution : a.name < b.name; });
  if (reasons.size() > limit) reasons.resize(limit);
  return reasons;
}

// [terms] the name people read: a word as it is mostly written, for a stem the most frequent word that has it.
std::vector<std::string> shown_names(const text::TokenizedCorpus& corpus, const SearchTerms& terms) {
  std::vector<std::string> shown = terms.names;
  std::unordered_map<std::string, std::size_t> term_of;
  for (std::size_t t = 0; t < terms.names.size(); ++t) term_of.emplace(terms.names[t], t);
  std::vector<std::int64_t> occurrences(corpus.tokens.size(), 0), best(terms.names.size(), 0);
  for (const std::int32_t token : corpus.stream) {
    if (token >= 0) ++occurrences[at(token)];
  }
  for (std::size_t token = 0; token < corpus.tokens.size(); ++token) {
    const auto word = term_of.find(corpus.tokens[token]);
    if (word != term_of.end()) shown[word->second] = corpus.tokens[token];
    const auto stem = term_of.find(stem_term(corpus.tokens[token]));
    if (stem == term_of.end() || occurrences[token] <= best[stem->second]) continue;
    best[stem->second] = occurrences[token];
    shown[stem->second] = corpus.tokens[token];
  }
  return shown;
}

}  // namespace

std::string_view to_string(RankingMethod method) {
  switch (method) {
    case RankingMethod::bm25: return "bm25";
    case RankingMethod::dense: return "dense";
    case RankingMethod::hybrid: return "hybrid";
  }
  return "";
}

Result<RankingMethod> parse_ranking_method(std::string_view name) {
  for (const RankingMethod method : {RankingMethod::bm25, RankingMethod::dense, RankingMethod::hybrid}) {
    if (name == to_string(method)) return method;
  }
  return fail(ErrorKind::invalid_input, "\"{}\" is no way to rank: bm25, dense or hybrid", name);
}

Result<std::vector<std::vector<Match>>> match_documents(const text::TokenizedCorpus& corpus, std::int64_t need_count, const MatchingOptions& options, Progress& progress) {
  if (options.limit < 1) return fail(ErrorKind::invalid_input, "limit is {}, expected at least 1", options.limit);
  if (need_count < 0 || need_count > corpus.document_count()) return fail(ErrorKind::invalid_input, "{} needs among {} documents", need_count, corpus.document_count());
  const SearchTerms terms = TRY(make_search_terms(corpus, options.thread_count, progress));
  const text::CountMatrix solutions = take_rows(terms.counts, need_count, terms.counts.row_count);
  const Bm25Index index = TRY(build_bm25(solutions, {.thread_count = options.thread_count}));
  const std::vector<float> weights = weigh_terms(take_rows(terms.counts, 0, need_count), options.weigh_by_needs);
  const std::vector<std::string> shown = shown_names(corpus, terms);
  const std::int32_t depth = options.method == RankingMethod::hybrid ? std::max(options.limit, kFusedDepth) : options.limit;
  std::optional<NeighbourLists> nearest;
  if (options.method != RankingMethod::bm25) nearest = TRY(rank_by_vectors(terms, need_count, depth, options, progress));

  const double fusion_weights[] = {1.0 - options.dense_weight, options.dense_weight};
  std::vector<std::vector<Match>> matches(at(need_count));
  progress.begin("match", need_count, "needs");
  parallel_blocks(need_count, 32, options.thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    Bm25Scratch scratch;
    for (std::int64_t need = begin; need < end && !progress.cancelled(); ++need) {
      const std::vector<WeightedTerm> query = make_query(terms, need, weights);
      std::vector<std::vector<ScoredDocument>> rankings;
      if (options.method != RankingMethod::dense) rankings.push_back(search_bm25(index, query, depth, {}, scratch));
      if (nearest) {
        rankings.emplace_back();
        for (std::int64_t i = need * depth; i < (need + 1) * depth && nearest->ids[at(i)] >= 0; ++i) rankings.back().push_back({nearest->ids[at(i)], nearest->similarities[at(i)]});
      }
      const std::vector<ScoredDocument> ranking = rankings.size() == 1 ? rankings[0] : fuse_scores(rankings, fusion_weights, options.limit);
      for (const ScoredDocument& found : ranking) {
        matches[at(need)].push_back({found.document, found.score, explain(index, query, solutions.row(found.document), shown, found.document, at(options.reason_count))});
      }
    }
    progress.advance(end - begin);
  });
  TRY(progress.check());
  return matches;
}

}  // namespace jianwei::analysis
