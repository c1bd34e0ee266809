#include "workflow/retrieval/search_index.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <unordered_map>

#include "base/strings.h"
#include "records/unicode.h"
#include "store/duckdb.h"
#include "store/record_columns.h"
#include "workflow/arena.h"
#include "workflow/cache.h"
#include "workflow/documents.h"
#include "workflow/encoder/encoder.h"
#include "workflow/run/results_archive.h"

namespace jianwei::analysis {

template <class A>
void archive(A& a, Bm25Index& v) {
  a(v.document_count, v.offsets, v.documents, v.impacts, v.idf, v.block_offsets, v.block_bounds);
}
template <class A>
void archive(A& a, VectorTable& v) {
  a(v.row_count, v.dimensions, v.values);
}
template <class A>
void archive(A& a, WordSpace& v) {
  a(v.words, v.word_weights, v.common);
}

}  // namespace jianwei::analysis

namespace jianwei::workflow {

template <class A>
void archive(A& a, SearchIndex& v) {
  a(v.snapshot_id, v.keys, v.year, v.kind, v.language, v.venue, v.sources, v.countries, v.language_names, v.venue_names, v.source_names, v.country_names);
  a(v.names, v.kinds, v.by_name, v.bm25);
}
template <class A>
void archive(A& a, SearchVectors& v) {
  a(v.columns, v.space, v.records);
}

namespace {

constexpr std::string_view kIndexVersion = "search index 1";  // changes with the terms, the fields or the layout
constexpr std::int64_t kMinHolders = 3;                       // records that hold a word with a vector
constexpr double kMaxShare = 0.2;                             // of the records: what stands everywhere tells nothing

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

std::string fingerprint_of(std::string_view snapshot_id) { return std::string(kIndexVersion) + " " + std::string(snapshot_id); }

class NameNumbers {
 public:
  explicit NameNumbers(std::vector<std::string>& names) : names_(names) {}
  std::int32_t id(std::string_view name) {
    const auto [found, added] = numbers_.try_emplace(std::string(name), static_cast<std::int32_t>(names_.size()));
    if (added) names_.emplace_back(name);
    return found->second;
  }

 private:
  std::vector<std::string>& names_;
  std::unordered_map<std::string, std::int32_t> numbers_;
};

void add_row(analysis::IdLists& lists, std::vector<std::int32_t> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  lists.values.insert(lists.values.end(), ids.begin(), ids.end());
  lists.offsets.push_back(std::ssize(lists.values));
}

constexpr const char* kSelect =
    "SELECT key, title, concat_ws(' . ', title, title_translated, coalesce(abstract, full_text), abstract_translated), language, year, kind, coalesce(venue, ''), keywords, sources, "
    "list_filter(list_transform(organisations, o -> o.country), c -> c <> '') FROM ";

struct Texts {
  std::vector<text::DocumentText> texts;
  std::vector<std::string> keywords;
  std::deque<std::string> arena;
};

// Fills the columns of the index that do not hold terms, and the texts.
Result<> load_records(const Workspace& workspace, int thread_count, SearchIndex& index, Texts& out, Progress& progress) {
  const store::SnapshotRow snapshot = TRY(workspace.lake.latest_snapshot());
  store::Database database = TRY(workspace.lake.open_database(thread_count));
  store::Connection connection = TRY(database.connect());
  progress.begin("load", snapshot.record_count, "records");
  store::Rows rows = TRY(connection.query(kSelect + store::parquet_sql({workspace.lake.path(snapshot.merged_path)}) + " ORDER BY key", {}));
  index.snapshot_id = snapshot.id;
  Arena arena(out.arena);
  NameNumbers languages(index.language_names), venues(index.venue_names), sources(index.source_names), countries(index.country_names);
  std::vector<std::int64_t> keyword_offsets = {0};
  while (TRY(rows.next())) {
    TRY(progress.check());
    std::vector<store::ColumnView> c;
    for (std::int64_t i = 0; i < rows.column_count(); ++i) c.push_back(rows.column(i));
    const store::ColumnView keyword_items = c[7].items(), source_items = c[8].items(), country_items = c[9].items();
    const auto names_of = [](const store::ColumnView& column, const store::ColumnView& items, std::int64_t row, NameNumbers& numbers) {
      std::vector<std::int32_t> ids;
      const auto list = column.list(row);
      for (std::int64_t i = list.begin; i < list.begin + list.count; ++i) ids.push_back(numbers.id(items.text(i)));
      return ids;
    };
    for (std::int64_t row = 0; row < rows.row_count(); ++row) {
      index.keys.push_back(c[0].unsigned_integer(row));
      text::DocumentText text;
      text.title = arena.keep(c[1].text(row));
      text.abstract = arena.keep(cut_text(c[2].text(row), kMaxTextBytes));
      text.language = arena.keep(c[3].text(row));
      out.texts.push_back(text);
      index.language.push_back(static_cast<std::int8_t>(languages.id(c[3].text(row))));
      index.year.push_back(c[4].valid(row) ? static_cast<std::int16_t>(c[4].integer(row)) : std::int16_t{0});
      index.kind.push_back(static_cast<std::int8_t>(parse_record_kind(c[5].text(row)).value_or(RecordKind::work)));
      index.venue.push_back(venues.id(c[6].text(row)));
      const auto words = c[7].list(row);
      for (std::int64_t i = words.begin; i < words.begin + words.count; ++i) out.keywords.emplace_back(keyword_items.text(i));
      keyword_offsets.push_back(std::ssize(out.keywords));
      add_row(index.sources, names_of(c[8], source_items, row, sources));
      add_row(index.countries, names_of(c[9], country_items, row, countries));
    }
    progress.advance(rows.row_count());
  }
  for (std::size_t i = 0; i < out.texts.size(); ++i) {
    out.texts[i].keywords = {out.keywords.data() + keyword_offsets[i], at(keyword_offsets[i + 1] - keyword_offsets[i])};
  }
  return {};
}

Result<analysis::SearchTerms> load_terms(const Workspace& workspace, int thread_count, SearchIndex& index, Progress& progress) {
  Texts texts;
  TRY(load_records(workspace, thread_count, index, texts, progress));
  text::TokenizeOptions options;
  options.thread_count = thread_count;
  const text::TokenizedCorpus corpus = TRY(text::tokenize(texts.texts, options, progress));
  progress.begin("search_index");
  return analysis::make_search_terms(corpus, thread_count, progress);
}

bool passes_name(std::span<const std::int32_t> ids, const std::vector<std::uint8_t>& wanted) {
  return std::any_of(ids.begin(), ids.end(), [&](std::int32_t id) { return wanted[at(id)] != 0; });
}

// [names] 1: asked for.
template <class Match>
std::vector<std::uint8_t> wanted_names(const std::vector<std::string>& names, const std::vector<std::string>& asked, Match match) {
  std::vector<std::uint8_t> wanted(names.size(), 0);
  for (std::size_t i = 0; i < names.size(); ++i) wanted[i] = std::any_of(asked.begin(), asked.end(), [&](const std::string& one) { return match(fold_case(names[i]), fold_case(one)); });
  return wanted;
}

Result<std::int16_t> parse_year(std::string_view text) {
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (error != std::errc() || end != text.data() + text.size() || year < 1000 || year > 2999) return fail(ErrorKind::invalid_input, "\"{}\" is no year", text);
  return static_cast<std::int16_t>(year);
}

}  // namespace

std::int32_t SearchIndex::find_term(std::string_view name) const {
  const auto found = std::lower_bound(by_name.begin(), by_name.end(), name, [&](std::int32_t term, std::string_view wanted) { return names[at(term)] < wanted; });
  return found != by_name.end() && names[at(*found)] == name ? *found : -1;
}

Result<> add_condition(SearchFilter& filter, std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string_view field = trim(text.substr(0, equals));
  const std::string value(equals == std::string_view::npos ? std::string_view() : trim(text.substr(equals + 1)));
  if (value.empty()) return fail(ErrorKind::invalid_input, "\"{}\" is no condition: write FIELD=VALUE, as in kind=project", text);
  if (field == "kind") {
    const auto kind = parse_record_kind(value);
    if (!kind) return fail(ErrorKind::invalid_input, "\"{}\" is no kind of record: work, patent, project, event, post or policy", value);
    filter.kinds.push_back(*kind);
  } else if (field == "source") {
    filter.sources.push_back(value);
  } else if (field == "language") {
    filter.languages.push_back(value);
  } else if (field == "country") {
    filter.countries.push_back(value);
  } else if (field == "venue") {
    filter.venues.push_back(value);
  } else if (field == "from") {
    filter.from = TRY(parse_year(value));
  } else if (field == "until") {
    filter.until = TRY(parse_year(value));
  } else if (field == "year") {
    const std::size_t dash = value.find('-');
    filter.from = TRY(parse_year(std::string_view(value).substr(0, dash)));
    filter.until = dash == std::string::npos ? filter.from : TRY(parse_year(std::string_view(value).substr(dash + 1)));
    if (filter.from > filter.until) return fail(ErrorKind::invalid_input, "\"{}\" ends before it begins: write the earlier year first, as in year=2015-2018", value);
  } else {
    return fail(ErrorKind::invalid_input, "\"{}\" is no field to filter by: kind, source, language, country, venue, year, from or until", field);
  }
  return {};
}

Result<SearchIndex> open_search_index(const Workspace& workspace, Progress& progress, int thread_count) {
  const store::SnapshotRow snapshot = TRY(workspace.lake.latest_snapshot());
  SearchIndex index;
  if (read_cache(workspace, "search", fingerprint_of(snapshot.id), index)) return index;
  index = {};
  analysis::SearchTerms terms = TRY(load_terms(workspace, thread_count, index, progress));
  index.bm25 = TRY(analysis::build_bm25(terms.counts, {.thread_count = thread_count}));
  index.names = std::move(terms.names);
  index.kinds = std::move(terms.kinds);
  index.by_name.resize(index.names.size());
  std::iota(index.by_name.begin(), index.by_name.end(), 0);
  std::sort(index.by_name.begin(), index.by_name.end(), [&](std::int32_t a, std::int32_t b) { return index.names[at(a)] < index.names[at(b)]; });
  write_cache(workspace, "search", fingerprint_of(snapshot.id), index);
  return index;
}

namespace {

// The records' vectors from the workspace's encoder, which keeps them itself.
Result<analysis::VectorTable> encode_records(const Workspace& workspace, const EncoderSettings& encoder, const SearchIndex& index, Progress& progress, int thread_count) {
  const store::SnapshotRow snapshot = TRY(workspace.lake.latest_snapshot());
  if (snapshot.id != index.snapshot_id) return fail(ErrorKind::conflict, "the records changed during the search: search again");
  store::Database database = TRY(workspace.lake.open_database(thread_count));
  store::Connection connection = TRY(database.connect());
  store::Rows rows = TRY(connection.query("SELECT title, coalesce(abstract, substr(full_text, 1, 20000)) FROM " + store::parquet_sql({workspace.lake.path(snapshot.merged_path)}) + " ORDER BY key", {}));
  std::vector<std::string> texts;
  while (TRY(rows.next())) {
    for (std::int64_t row = 0; row < rows.row_count(); ++row) texts.push_back(text_to_encode(rows.column(0).text(row), rows.column(1).text(row), encoder.max_bytes));
  }
  return encode_texts(workspace, encoder, texts, progress);
}

}  // namespace

Result<SearchVectors> open_search_vectors(const Workspace& workspace, const SearchIndex& index, Progress& progress, int thread_count) {
  SearchVectors vectors;
  if (const EncoderSettings encoder = TRY(encoder_settings(workspace)); encoder.is_set()) {
    vectors.records = TRY(encode_records(workspace, encoder, index, progress, thread_count));
    return vectors;
  }
  if (read_cache(workspace, "search_vectors", fingerprint_of(index.snapshot_id), vectors)) return vectors;
  vectors = {};
  SearchIndex again;
  const analysis::SearchTerms terms = TRY(load_terms(workspace, thread_count, again, progress));
  if (again.snapshot_id != index.snapshot_id) return fail(ErrorKind::conflict, "the records changed during the search: search again");
  // Words as the space's columns.
  const auto limit = static_cast<std::int64_t>(kMaxShare * static_cast<double>(again.record_count())) + kMinHolders;
  text::CountMatrix words;
  vectors.columns.assign(terms.names.size(), -1);
  for (std::size_t t = 0; t < terms.names.size(); ++t) {
    const std::int64_t holders = index.bm25.offsets[t + 1] - index.bm25.offsets[t];
    if (terms.kinds[t] == analysis::SearchTermKind::word && holders >= kMinHolders && holders <= limit) vectors.columns[t] = static_cast<std::int32_t>(words.column_count++);
  }
  if (words.column_count < 2) return fail(ErrorKind::invalid_input, "the records are too few to learn what words mean from them: search with the method bm25");
  words.row_count = terms.counts.row_count;
  words.offsets = {0};
  for (std::int64_t r = 0; r < words.row_count; ++r) {
    for (std::int64_t e = terms.counts.offsets[at(r)]; e < terms.counts.offsets[at(r + 1)]; ++e) {
      const std::int32_t column = vectors.columns[at(terms.counts.columns[at(e)])];
      if (column < 0) continue;
      words.columns.push_back(column);
      words.counts.push_back(terms.counts.counts[at(e)]);
    }
    words.offsets.push_back(std::ssize(words.columns));
  }
  analysis::WordSpaceOptions options;
  options.thread_count = thread_count;
  options.dimensions = static_cast<std::int32_t>(std::min<std::int64_t>(options.dimensions, words.column_count));
  vectors.space = TRY(analysis::learn_word_space(words, options, progress));
  vectors.records = TRY(analysis::place_documents(vectors.space, words, thread_count));
  write_cache(workspace, "search_vectors", fingerprint_of(index.snapshot_id), vectors);
  return vectors;
}

std::vector<std::uint8_t> apply_filter(const SearchIndex& index, const SearchFilter& filter) {
  const bool years = filter.from != 0 || filter.until != 0;
  if (filter.kinds.empty() && filter.sources.empty() && filter.languages.empty() && filter.countries.empty() && filter.venues.empty() && !years) return {};
  const auto same = [](const std::string& name, const std::string& asked) { return name == asked; };
  const auto sources = wanted_names(index.source_names, filter.sources, same);
  const auto languages = wanted_names(index.language_names, filter.languages, same);
  const auto countries = wanted_names(index.country_names, filter.countries, same);
  const auto venues = wanted_names(index.venue_names, filter.venues, [](const std::string& name, const std::string& asked) { return name.find(asked) != std::string::npos; });
  std::vector<std::uint8_t> passes(index.keys.size(), 1);
  for (std::size_t r = 0; r < passes.size(); ++r) {
    const auto kind = static_cast<RecordKind>(index.kind[r]);
    const std::int16_t year = index.year[r];
    const auto row = static_cast<std::int64_t>(r);
    passes[r] = (filter.kinds.empty() || std::find(filter.kinds.begin(), filter.kinds.end(), kind) != filter.kinds.end()) &&
                (filter.from == 0 || year >= filter.from) && (filter.until == 0 || (year <= filter.until && year > 0)) &&
                (filter.languages.empty() || languages[at(index.language[r])] != 0) && (filter.venues.empty() || venues[at(index.venue[r])] != 0) &&
                (filter.sources.empty() || passes_name(index.sources.row(row), sources)) && (filter.countries.empty() || passes_name(index.countries.row(row), countries));
  }
  return passes;
}

}  // namespace jianwei::workflow
