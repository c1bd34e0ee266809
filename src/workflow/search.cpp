// DuckDB finds the records that hold all words (by substring, which no word-wise match can miss); we count the hits and rank.

#include "workflow/search.h"

#include <algorithm>
#include <cmath>

#include "base/json_writer.h"
#include "base/strings.h"
#include "records/unicode.h"
#include "store/duckdb.h"
#include "store/record_columns.h"
#include "workflow/arena.h"

namespace jianwei::workflow {
namespace {

constexpr double kSaturation = 1.2;      // k1
constexpr double kLengthWeight = 0.75;   // b
constexpr double kTitleWeight = 3.0;
constexpr double kKeywordWeight = 2.0;
constexpr double kBigramWeight = 0.3;    // of a Chinese bigram against a whole word
constexpr std::size_t kSnippetBytes = 240;

struct QueryTerm {
  std::string text;         // lower case
  bool word_start = false;  // matches at the beginning of a Latin word only
  double weight = 1.0;
};

struct Query {
  std::vector<QueryTerm> terms;
  std::vector<std::string> required;  // every one must occur
};

bool starts_with_letter(std::string_view text) { return !text.empty() && (is_alpha(text[0]) || is_digit(text[0])); }

void add_word(Query& query, std::string_view word) {
  std::vector<std::string> characters;
  bool han = !word.empty();
  for (std::string_view rest = word; !rest.empty();) {
    const CodePoint c = decode_utf8(rest);
    han = han && is_han(c.value);
    characters.emplace_back(rest.substr(0, static_cast<std::size_t>(c.length)));
    rest.remove_prefix(static_cast<std::size_t>(c.length));
  }
  query.terms.push_back({std::string(word), starts_with_letter(word), 1.0});
  if (!han || characters.size() < 4) {
    query.required.emplace_back(word);
    return;
  }
  // A long Chinese run may be several words: its two halves must occur, its bigrams add to the score.
  const std::size_t half = characters.size() / 2;
  query.required.push_back(characters[0] + characters[1]);
  query.required.push_back(characters[characters.size() - 2] + characters.back());
  for (std::size_t i = 0; i + 1 < characters.size(); ++i) query.terms.push_back({characters[i] + characters[i + 1], false, kBigramWeight / static_cast<double>(half)});
}

Query parse_query(std::string_view text) {
  Query query;
  const std::string lower = fold_case(text);
  bool quoted = false;
  for (const std::string_view part : split(lower, "\"")) {
    if (quoted && !trim(part).empty()) {
      add_word(query, trim(part));
    } else {
      for (const std::string& word : split_trimmed(part, " ")) add_word(query, word);
    }
    quoted = !quoted;
  }
  return query;
}

double count_hits(std::string_view text, const QueryTerm& term) {
  double count = 0;
  for (std::size_t at = text.find(term.text); at != std::string_view::npos; at = text.find(term.text, at + term.text.size())) {
    if (term.word_start && at > 0 && (is_alpha(text[at - 1]) || is_digit(text[at - 1]))) continue;
    ++count;
  }
  return count;
}

std::string snippet_of(std::string_view abstract, const Query& query) {
  const std::string lower = to_lower_ascii(abstract);  // same length: positions hold in both
  std::size_t at = std::string::npos;
  for (const QueryTerm& term : query.terms) at = std::min(at, lower.find(term.text));
  std::size_t begin = at == std::string::npos || at < kSnippetBytes / 3 ? 0 : at - kSnippetBytes / 3;
  while (begin > 0 && (static_cast<unsigned char>(abstract[begin]) & 0xc0) == 0x80) --begin;
  const std::string_view part = cut_text(abstract.substr(begin), kSnippetBytes);
  return (begin > 0 ? "…" : "") + std::string(part) + (begin + part.size() < abstract.size() ? "…" : "");
}

struct Candidate {
  SearchHit hit;
  std::vector<double> frequencies;  // [terms] weighted hits
  double length = 0;
};

}  // namespace

Result<SearchResult> search(const Workspace& workspace, std::string_view text, std::int64_t limit, Progress& progress, int thread_count) {
  const Query query = parse_query(text);
  if (query.terms.empty()) return fail(ErrorKind::invalid_input, "the query holds no word");
  const store::SnapshotRow snapshot = TRY(workspace.lake.latest_snapshot());
  store::Database database = TRY(workspace.lake.open_database(thread_count));
  store::Connection connection = TRY(database.connect());
  std::string where;
  std::vector<store::Parameter> parameters;
  for (const std::string& word : query.required) {
    where += (where.empty() ? " WHERE " : " AND ") +
             std::string("contains(lower(concat_ws(' ', title, title_translated, abstract, abstract_translated, array_to_string(keywords, ' '))), ?)");
    parameters.emplace_back(word);
  }
  store::Rows rows = TRY(connection.query(
      "SELECT key, title, concat_ws(' ', abstract, abstract_translated), array_to_string(keywords, ' ; '), venue, kind, year, title_translated FROM " +
          store::parquet_sql({workspace.lake.path(snapshot.merged_path)}) + where,
      parameters));

  std::vector<Candidate> candidates;
  std::vector<double> document_counts(query.terms.size(), 0.0);
  double total_length = 0;
  while (TRY(rows.next())) {
    TRY(progress.check());
    for (std::int64_t row = 0; row < rows.row_count(); ++row) {
      const std::string title = to_lower_ascii(std::string(rows.column(1).text(row)) + " " + std::string(rows.column(7).text(row)));
      const std::string_view abstract = rows.column(2).text(row);
      const std::string lower_abstract = to_lower_ascii(abstract);
      const std::string keywords = to_lower_ascii(rows.column(3).text(row));
      Candidate candidate;
      bool matches = false;
      for (std::size_t t = 0; t < query.terms.size(); ++t) {
        const QueryTerm& term = query.terms[t];
        const double hits = kTitleWeight * count_hits(title, term) + kKeywordWeight * count_hits(keywords, term) + count_hits(lower_abstract, term);
        candidate.frequencies.push_back(hits);
        if (hits > 0) document_counts[t] += 1;
        matches = matches || hits > 0;
      }
      if (!matches) continue;
      candidate.length = static_cast<double>(title.size() + abstract.size() + keywords.size());
      total_length += candidate.length;
      SearchHit& hit = candidate.hit;
      hit.id = store::record_id(rows.column(0).unsigned_integer(row));
      hit.title = rows.column(1).text(row);
      hit.venue = rows.column(4).text(row);
      hit.kind = parse_record_kind(rows.column(5).text(row)).value_or(RecordKind::work);
      hit.year = static_cast<std::int16_t>(rows.column(6).integer(row));
      hit.snippet = snippet_of(abstract, query);
      candidates.push_back(std::move(candidate));
    }
  }
  const auto record_count = static_cast<double>(snapshot.record_count);
  const double mean_length = candidates.empty() ? 1.0 : total_length / static_cast<double>(candidates.size());
  for (Candidate& candidate : candidates) {
    const double norm = kSaturation * (1 - kLengthWeight + kLengthWeight * candidate.length / mean_length);
    for (std::size_t t = 0; t < query.terms.size(); ++t) {
      const double n = document_counts[t];
      const double idf = std::log(1 + (record_count - n + 0.5) / (n + 0.5));
      candidate.hit.score += query.terms[t].weight * idf * candidate.frequencies[t] * (kSaturation + 1) / (candidate.frequencies[t] + norm);
    }
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.hit.score != b.hit.score ? a.hit.score > b.hit.score : a.hit.id < b.hit.id;
  });
  SearchResult result;
  result.snapshot_id = snapshot.id;
  result.match_count = static_cast<std::int64_t>(candidates.size());
  for (std::size_t i = 0; i < candidates.size() && static_cast<std::int64_t>(i) < limit; ++i) result.hits.push_back(std::move(candidates[i].hit));
  return result;
}

std::string to_json(const SearchResult& result) {
  JsonWriter json;
  json.begin_object().field("snapshot", result.snapshot_id).field("matches", result.match_count).key("hits").begin_array();
  for (const SearchHit& hit : result.hits) {
    json.begin_object().field("id", hit.id).field("kind", to_string(hit.kind)).field("title", hit.title).field("year", hit.year);
    json.field("venue", hit.venue).field("score", hit.score).field("snippet", hit.snippet).end_object();
  }
  json.end_array().end_object();
  return std::move(json).text();
}

}  // namespace jianwei::workflow
