// The query becomes terms of the index, in groups: a word of the query is one group of alternatives (its stem, or the words it begins), and a
// record with a hit in every group has all words. BM25 ranks; titles and abstracts of the best are then read for phrases and snippets.
#include "workflow/search.h"

#include <algorithm>
#include <map>

#include "analysis/neighbours/neighbours.h"
#include "analysis/retrieval/fusion.h"
#include "base/strings.h"
#include "records/unicode.h"
#include "store/duckdb.h"
#include "store/record_columns.h"
#include "workflow/arena.h"
#include "workflow/encoder/encoder.h"

namespace jianwei::workflow {
namespace {

constexpr float kExactWeight = 0.5f;          // of a word beside its stem
constexpr float kBigramWeight = 0.3f;         // of a pair of Chinese characters against a word
constexpr std::size_t kMaxCompletions = 64;   // words that an unknown word begins
constexpr std::int64_t kPhraseDepth = 2000;   // records read to look for words in quotes
constexpr std::int64_t kFusedDepth = 200;
constexpr std::size_t kSnippetBytes = 240;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

struct Query {
  std::vector<analysis::WeightedTerm> terms;
  std::vector<std::vector<std::int32_t>> groups;   // one hit in each: all words
  std::vector<std::string> words;                  // folded, for snippets
  std::vector<std::string> phrases;                // folded
  analysis::SearchTerms own;                       // the query as terms, for its vector
  std::string text;                                // as asked, without the quotes
};

void add_word(const SearchIndex& index, const std::string& word, bool chinese, Query& query) {
  query.words.push_back(word);
  std::vector<std::int32_t> group;
  const auto add = [&](std::int32_t term, float weight) {
    if (term < 0) return;
    query.terms.push_back({term, weight});
    group.push_back(term);
  };
  add(index.find_term(word), chinese ? 1.0f : kExactWeight);
  if (!chinese) add(index.find_term(analysis::stem_term(word)), 1.0f);
  if (group.empty() && !chinese) {
    auto found = std::lower_bound(index.by_name.begin(), index.by_name.end(), word, [&](std::int32_t term, const std::string& wanted) { return index.names[at(term)] < wanted; });
    for (; found != index.by_name.end() && index.names[at(*found)].starts_with(word) && group.size() < kMaxCompletions; ++found) add(*found, 1.0f);
  }
  // A long Chinese word that no record holds as such may be cut otherwise there: its pairs speak for it.
  if (group.empty() && chinese) return;
  query.groups.push_back(std::move(group));
}

Result<Query> parse_query(const SearchIndex& index, std::string_view text, int thread_count, Progress& progress) {
  Query query;
  bool quoted = false;
  std::string plain;
  for (const std::string_view part : split(text, "\"")) {
    if (quoted && !trim(part).empty()) query.phrases.push_back(fold_case(trim(part)));
    plain += " " + std::string(part);
    quoted = !quoted;
  }
  query.text = collapse_spaces(plain);
  const text::DocumentText document{.title = plain};
  const text::TokenizedCorpus corpus = TRY(text::tokenize({&document, 1}, {.thread_count = thread_count}, progress));
  query.own = TRY(analysis::make_search_terms(corpus, thread_count, progress));
  for (const std::int32_t term : query.own.counts.row(0)) {
    const std::string& name = query.own.names[at(term)];
    const analysis::SearchTermKind kind = query.own.kinds[at(term)];
    if (kind == analysis::SearchTermKind::stem) continue;  // with its word
    std::string_view rest = name;
    const bool chinese = is_han(decode_utf8(rest).value);
    if (kind == analysis::SearchTermKind::word) {
      add_word(index, name, chinese, query);
    } else if (const std::int32_t found = index.find_term(name); found >= 0) {
      query.terms.push_back({found, kBigramWeight});
    } else {
      query.groups.emplace_back();  // two characters that stand together in no record
    }
  }
  if (query.words.empty()) return fail(ErrorKind::invalid_input, "the query holds no word that can be looked for");
  return query;
}

// [records] 1: has all words and is allowed.
std::vector<std::uint8_t> hold_all(const SearchIndex& index, const Query& query, std::vector<std::uint8_t> allowed) {
  if (allowed.empty()) allowed.assign(index.keys.size(), 1);
  std::vector<std::uint8_t> hit(allowed.size());
  for (const std::vector<std::int32_t>& group : query.groups) {
    std::fill(hit.begin(), hit.end(), std::uint8_t{0});
    for (const std::int32_t term : group) {
      for (std::int64_t i = index.bm25.offsets[at(term)]; i < index.bm25.offsets[at(term) + 1]; ++i) hit[at(index.bm25.documents[at(i)])] = 1;
    }
    for (std::size_t r = 0; r < allowed.size(); ++r) allowed[r] = allowed[r] & hit[r];
  }
  return allowed;
}

// [records] 1: has a word and is allowed.
std::vector<std::uint8_t> hold_any(const SearchIndex& index, const Query& query, std::span<const std::uint8_t> allowed) {
  std::vector<std::uint8_t> hit(index.keys.size(), 0);
  for (const analysis::WeightedTerm& term : query.terms) {
    for (std::int64_t i = index.bm25.offsets[at(term.term)]; i < index.bm25.offsets[at(term.term) + 1]; ++i) {
      const std::size_t r = at(index.bm25.documents[at(i)]);
      hit[r] = allowed.empty() || allowed[r] != 0;
    }
  }
  return hit;
}

// Values with a count, most frequent first, then by name.
SearchFacet make_facet(const char* field, std::vector<std::pair<std::string, std::int64_t>> values) {
  std::erase_if(values, [](const auto& value) { return value.second == 0; });
  std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
  return {field, std::move(values)};
}

SearchFacet make_facet(const char* field, const std::vector<std::string>& names, const std::vector<std::int64_t>& counts) {
  std::vector<std::pair<std::string, std::int64_t>> values;
  for (std::size_t i = 0; i < names.size(); ++i) values.emplace_back(names[i], counts[i]);
  return make_facet(field, std::move(values));
}

// All in one pass over the records, by number.
std::vector<SearchFacet> count_facets(const SearchIndex& index, std::span<const std::uint8_t> matches) {
  std::vector<std::int64_t> kinds(128, 0), languages(index.language_names.size(), 0), sources(index.source_names.size(), 0), countries(index.country_names.size(), 0);
  std::map<std::int16_t, std::int64_t> years;
  for (std::size_t r = 0; r < matches.size(); ++r) {
    if (matches[r] == 0) continue;
    ++kinds[at(index.kind[r])];
    ++languages[at(index.language[r])];
    if (index.year[r] != 0) ++years[index.year[r]];
    for (const std::int32_t id : index.sources.row(static_cast<std::int64_t>(r))) ++sources[at(id)];
    for (const std::int32_t id : index.countries.row(static_cast<std::int64_t>(r))) ++countries[at(id)];
  }
  std::vector<std::pair<std::string, std::int64_t>> kind_counts, year_counts;
  for (const RecordKind kind : kRecordKinds) kind_counts.emplace_back(to_string(kind), kinds[static_cast<std::size_t>(kind)]);
  for (const auto& [year, count] : years) year_counts.emplace_back(std::to_string(year), count);
  return {make_facet("kind", std::move(kind_counts)), make_facet("source", index.source_names, sources), make_facet("language", index.language_names, languages),
          make_facet("country", index.country_names, countries), make_facet("year", std::move(year_counts))};
}

// The query's vector in the space of the records'.
Result<analysis::VectorTable> place_query(const Workspace& workspace, const SearchIndex& index, const SearchVectors& vectors, const Query& query, int thread_count, Progress& progress) {
  if (vectors.columns.empty()) {
    const EncoderSettings encoder = TRY(encoder_settings(workspace));
    const std::string text = text_to_encode(query.text, {}, encoder.max_bytes);
    return encode_texts(workspace, encoder, {&text, 1}, progress);
  }
  text::CountMatrix words;
  words.row_count = 1;
  words.column_count = vectors.space.words.row_count;
  std::map<std::int32_t, std::int32_t> counts;
  for (std::size_t i = 0; i < query.own.counts.columns.size(); ++i) {
    const std::int32_t term = index.find_term(query.own.names[at(query.own.counts.columns[i])]);
    if (term >= 0 && vectors.columns[at(term)] >= 0) counts[vectors.columns[at(term)]] += query.own.counts.counts[i];
  }
  for (const auto& [column, count] : counts) {
    words.columns.push_back(column);
    words.counts.push_back(count);
  }
  words.offsets = {0, std::ssize(words.columns)};
  return analysis::place_documents(vectors.space, words, thread_count);
}

Result<std::vector<analysis::ScoredDocument>> rank_by_vectors(const Workspace& workspace, const SearchIndex& index, const Query& query, std::span<const std::uint8_t> allowed,
                                                              std::int64_t limit, int thread_count, Progress& progress) {
  const SearchVectors vectors = TRY(open_search_vectors(workspace, index, progress, thread_count));
  const analysis::VectorTable own = TRY(place_query(workspace, index, vectors, query, thread_count, progress));
  std::vector<analysis::ScoredDocument> ranking;
  const auto length = static_cast<std::size_t>(own.dimensions);
  for (std::int64_t r = 0; r < vectors.records.row_count; ++r) {
    if (!allowed.empty() && allowed[at(r)] == 0) continue;
    float cosine = 0.0f;
    for (std::size_t d = 0; d < length; ++d) cosine += own.values[d] * vectors.records.values[at(r) * length + d];
    if (cosine > 0.0f) ranking.push_back({static_cast<std::int32_t>(r), cosine});
  }
  const auto better = [](const analysis::ScoredDocument& a, const analysis::ScoredDocument& b) { return a.score != b.score ? a.score > b.score : a.document < b.document; };
  const std::size_t kept = std::min(ranking.size(), at(limit));
  std::partial_sort(ranking.begin(), ranking.begin() + static_cast<std::ptrdiff_t>(kept), ranking.end(), better);
  ranking.resize(kept);
  return ranking;
}

std::vector<analysis::SharedTerm> explain(const SearchIndex& index, const Query& query, std::int32_t record) {
  std::map<std::string, float> parts;
  for (const analysis::WeightedTerm& term : query.terms) {
    const auto begin = index.bm25.documents.begin() + index.bm25.offsets[at(term.term)];
    const auto end = index.bm25.documents.begin() + index.bm25.offsets[at(term.term) + 1];
    const auto found = std::lower_bound(begin, end, record);
    if (found == end || *found != record) continue;
    const std::string& name = index.names[at(term.term)];
    // A stem is shown by the query's word that has it.
    std::string shown = name;
    for (const std::string& word : query.words) {
      if (analysis::stem_term(word) == name) shown = word;
    }
    parts[shown] += term.weight * index.bm25.impacts[at(found - index.bm25.documents.begin())];
  }
  std::vector<analysis::SharedTerm> terms;
  for (const auto& [name, part] : parts) terms.push_back({name, part});
  std::stable_sort(terms.begin(), terms.end(), [](const auto& a, const auto& b) { return a.contribution > b.contribution; });
  return terms;
}

std::string snippet_of(std::string_view abstract, const Query& query) {
  const std::string lower = to_lower_ascii(abstract);  // same length: positions hold in both
  std::size_t first = std::string::npos;
  for (const std::string& word : query.words) first = std::min(first, lower.find(word));
  std::size_t begin = first == std::string::npos || first < kSnippetBytes / 3 ? 0 : first - kSnippetBytes / 3;
  while (begin > 0 && (static_cast<unsigned char>(abstract[begin]) & 0xc0) == 0x80) --begin;
  const std::string_view part = cut_text(abstract.substr(begin), kSnippetBytes);
  return (begin > 0 ? "…" : "") + std::string(part) + (begin + part.size() < abstract.size() ? "…" : "");
}

// What is shown of a record, and its whole text folded when phrases are asked for.
struct Details {
  SearchHit hit;
  std::string text;
};

Result<std::map<std::uint64_t, Details>> read_details(const Workspace& workspace, const SearchIndex& index, const Query& query, std::span<const analysis::ScoredDocument> ranking) {
  std::map<std::uint64_t, Details> details;
  if (ranking.empty()) return details;
  const store::SnapshotRow snapshot = TRY(workspace.lake.latest_snapshot());
  if (snapshot.id != index.snapshot_id) return fail(ErrorKind::conflict, "the records have changed since the search index was made: search again");
  store::Connection connection = TRY(workspace.lake.connect());
  std::string keys;
  for (const analysis::ScoredDocument& found : ranking) keys += (keys.empty() ? "" : ", ") + std::to_string(index.keys[at(found.document)]);
  store::Rows rows = TRY(connection.query(
      "SELECT key, title, concat_ws(' ', coalesce(abstract, substr(full_text, 1, 20000)), abstract_translated), venue, kind, year, title_translated, array_to_string(keywords, ' ; '), language FROM " +
          store::parquet_sql({workspace.lake.path(snapshot.merged_path)}) + " WHERE key IN (" + keys + ")", {}));
  while (TRY(rows.next())) {
    for (std::int64_t row = 0; row < rows.row_count(); ++row) {
      Details& one = details[rows.column(0).unsigned_integer(row)];
      one.hit.id = store::record_id(rows.column(0).unsigned_integer(row));
      one.hit.title = rows.column(1).text(row);
      one.hit.venue = rows.column(3).text(row);
      one.hit.kind = parse_record_kind(rows.column(4).text(row)).value_or(RecordKind::work);
      one.hit.year = static_cast<std::int16_t>(rows.column(5).integer(row));
      one.hit.language = rows.column(8).text(row);
      one.hit.snippet = snippet_of(rows.column(2).text(row), query);
      if (query.phrases.empty()) continue;
      for (const int column : {1, 6, 2, 7}) one.text += fold_case(rows.column(column).text(row)) + "\n";
    }
  }
  return details;
}

}  // namespace

Result<SearchResult> search(const Workspace& workspace, std::string_view text, const SearchOptions& options, Progress& progress) {
  if (trim(text).empty()) return fail(ErrorKind::invalid_input, "the query holds no word");
  return search(workspace, TRY(open_search_index(workspace, progress, options.thread_count)), text, options, progress);
}

Result<SearchResult> search(const Workspace& workspace, const SearchIndex& index, std::string_view text, const SearchOptions& options, Progress& progress) {
  if (trim(text).empty()) return fail(ErrorKind::invalid_input, "the query holds no word");
  const Query query = TRY(parse_query(index, text, options.thread_count, progress));
  progress.begin("search");
  SearchResult result;
  result.snapshot_id = index.snapshot_id;
  result.method = options.method;

  std::vector<std::uint8_t> allowed = apply_filter(index, options.filter);
  const std::vector<std::uint8_t> all = hold_all(index, query, allowed);
  result.match_count = std::count(all.begin(), all.end(), std::uint8_t{1});
  result.all_words = result.match_count > 0 || !query.phrases.empty();
  const std::vector<std::uint8_t> any = result.all_words ? std::vector<std::uint8_t>() : hold_any(index, query, allowed);
  if (!result.all_words) result.match_count = std::count(any.begin(), any.end(), std::uint8_t{1});
  if (options.facets) result.facets = count_facets(index, result.all_words ? all : any);
  const std::int64_t depth = query.phrases.empty() ? options.limit : std::max(options.limit, kPhraseDepth);
  const std::int64_t wide = options.method == analysis::RankingMethod::hybrid ? std::max(depth, kFusedDepth) : depth;
  std::vector<std::vector<analysis::ScoredDocument>> rankings;
  analysis::Bm25Scratch scratch;
  if (options.method != analysis::RankingMethod::dense) rankings.push_back(analysis::search_bm25(index.bm25, query.terms, wide, result.all_words ? all : allowed, scratch));
  if (options.method != analysis::RankingMethod::bm25) {
    rankings.push_back(TRY(rank_by_vectors(workspace, index, query, query.phrases.empty() ? allowed : all, wide, options.thread_count, progress)));
  }
  const std::vector<analysis::ScoredDocument> ranking = rankings.size() == 1 ? rankings[0] : analysis::fuse_rankings(rankings, depth);

  std::map<std::uint64_t, Details> details = TRY(read_details(workspace, index, query, ranking));
  std::int64_t with_phrases = 0;
  for (const analysis::ScoredDocument& found : ranking) {
    Details& one = details[index.keys[at(found.document)]];
    if (!std::all_of(query.phrases.begin(), query.phrases.end(), [&](const std::string& phrase) { return one.text.find(phrase) != std::string::npos; })) continue;
    ++with_phrases;
    if (std::ssize(result.hits) >= options.limit) continue;
    one.hit.score = found.score;
    one.hit.terms = explain(index, query, found.document);
    result.hits.push_back(std::move(one.hit));
  }
  if (!query.phrases.empty()) result.match_count = with_phrases;
  return result;
}

Result<std::vector<std::string>> matching_records(const Workspace& workspace, const SearchIndex& index, std::string_view text, const SearchFilter& filter, Progress& progress) {
  const Query query = TRY(parse_query(index, text, 1, progress));
  std::vector<std::string> ids;
  if (!query.phrases.empty()) {
    SearchOptions options;
    options.limit = kPhraseDepth;
    options.filter = filter;
    for (SearchHit& hit : TRY(search(workspace, index, text, options, progress)).hits) ids.push_back(std::move(hit.id));
    return ids;
  }
  const std::vector<std::uint8_t> allowed = apply_filter(index, filter);
  std::vector<std::uint8_t> matches = hold_all(index, query, allowed);
  if (std::find(matches.begin(), matches.end(), std::uint8_t{1}) == matches.end()) matches = hold_any(index, query, allowed);
  for (std::size_t r = 0; r < matches.size(); ++r) {
    if (matches[r] != 0) ids.push_back(store::record_id(index.keys[r]));
  }
  return ids;
}

void write_hit(JsonWriter& json, const SearchHit& hit) {
  json.begin_object().field("id", hit.id).field("kind", to_string(hit.kind)).field("title", hit.title).field("year", hit.year);
  json.field("venue", hit.venue).field("language", hit.language).field("score", hit.score).key("terms").begin_array();
  for (const analysis::SharedTerm& term : hit.terms) json.begin_object().field("term", term.name).field("contribution", static_cast<double>(term.contribution)).end_object();
  json.end_array().field("snippet", hit.snippet).end_object();
}

std::string to_json(const SearchResult& result) {
  JsonWriter json;
  json.begin_object().field("snapshot", result.snapshot_id).field("method", analysis::to_string(result.method));
  json.field("matches", result.match_count).field("all_words", result.all_words).key("hits").begin_array();
  for (const SearchHit& hit : result.hits) write_hit(json, hit);
  json.end_array().end_object();
  return std::move(json).text();
}

}  // namespace jianwei::workflow
