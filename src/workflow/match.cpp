#include "workflow/match.h"

#include <algorithm>
#include <deque>

#include "base/json_writer.h"
#include "base/strings.h"
#include "products/exporters/sheet.h"
#include "records/unicode.h"
#include "sources/open.h"
#include "sources/reader.h"
#include "store/duckdb.h"
#include "store/record_columns.h"
#include "workflow/arena.h"
#include "workflow/documents.h"
#include "workflow/import.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kTitleBytes = 120;
constexpr std::size_t kRecognisedBytes = 1000;  // enough to tell a language

struct Loaded {
  std::vector<MatchRecord> records;
  std::deque<std::string> texts;
  std::vector<std::string> languages;

  void add(MatchRecord record, std::string text, std::string language) {
    if (record.title.empty()) record.title = shorten(text, kTitleBytes);
    records.push_back(std::move(record));
    if (language.empty()) language = text::detect_language(cut_text(text, kRecognisedBytes));
    texts.push_back(std::move(text));
    languages.push_back(std::move(language));
  }
};

// Title twice, then everything else that was said in words: what the search index holds of a record.
std::string text_of(const Record& record) {
  std::string text;
  const auto add = [&](std::string_view part) {
    if (!trim(part).empty()) text += (text.empty() ? "" : " . ") + std::string(part);
  };
  add(record.title);
  add(record.title);
  add(record.title_translated);
  add(cut_text(record.abstract.empty() ? record.full_text : record.abstract, kMaxTextBytes));
  add(record.abstract_translated);
  for (const std::string& keyword : record.keywords) add(keyword);
  return text;
}

template <class Name>
bool is_among(const std::vector<std::string>& wanted, const Name& passes) {
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), passes);
}

bool passes(const SearchFilter& filter, const Record& record) {
  const auto same = [](const std::string& a) { return [&a](const std::string& b) { return fold_case(a) == fold_case(b); }; };
  if (!filter.kinds.empty() && std::find(filter.kinds.begin(), filter.kinds.end(), record.kind) == filter.kinds.end()) return false;
  if (filter.from != 0 && record.date.year < filter.from) return false;
  if (filter.until != 0 && (record.date.year > filter.until || record.date.year == 0)) return false;
  if (!is_among(filter.sources, same(record.provenance.source)) || !is_among(filter.languages, same(record.language))) return false;
  if (!is_among(filter.venues, [&](const std::string& part) { return fold_case(record.venue).find(fold_case(part)) != std::string::npos; })) return false;
  return is_among(filter.countries, [&](const std::string& code) {
    return std::any_of(record.organisations.begin(), record.organisations.end(), [&](const Organisation& one) { return fold_case(one.country) == fold_case(code); });
  });
}

class LoadingSink : public sources::RecordSink {
 public:
  LoadingSink(const SearchFilter& filter, std::string file, Loaded& loaded) : filter_(filter), file_(std::move(file)), loaded_(loaded) {}
  Result<> record(Record&& record) override {
    ++count_;
    ensure_utf8(record);
    std::string text = text_of(record);
    if (record.language.empty()) record.language = text::detect_language(cut_text(text, kRecognisedBytes));
    if (text.empty() || !passes(filter_, record)) return {};
    std::string id = record.provenance.own_id.empty() ? fmt::format("{}#{}", file_, count_) : record.provenance.own_id;
    loaded_.add({std::move(id), record.title, record.date.year}, std::move(text), record.language);
    return {};
  }
  Result<> reject(sources::Reject&&) override { return {}; }
  void warn(sources::Warning&&) override {}

 private:
  const SearchFilter& filter_;
  std::string file_;
  Loaded& loaded_;
  std::int64_t count_ = 0;
};

Result<> load_files(const MatchSide& side, int thread_count, Loaded& loaded, Progress& progress) {
  const std::vector<sources::Format> formats = sources::all_formats();
  for (const std::filesystem::path& path : TRY(sources::list_files(side.path))) {
    TRY(sources::open_source(path, {}, [&](sources::OpenedFile& file) -> Result<> {
      const sources::Format* format = recognise_file(formats, file);
      if (format == nullptr) return fail(ErrorKind::invalid_input, "{}: the format is not recognised; import it under the name of its format and match the workspace", file.name);
      sources::ReadOptions options;
      options.file_name = file.name;
      options.thread_count = thread_count;
      LoadingSink sink(side.filter, std::filesystem::path(file.name).filename().string(), loaded);
      return format->read(*file.stream, options, sink, progress);
    }));
  }
  return {};
}

Result<> load_workspace(const MatchSide& side, int thread_count, Loaded& loaded, Progress& progress) {
  const Workspace workspace = TRY(open_workspace(side.path));
  const SearchIndex index = TRY(open_search_index(workspace, progress, thread_count));
  const std::vector<std::uint8_t> allowed = apply_filter(index, side.filter);
  store::Database database = TRY(workspace.lake.open_database(thread_count));
  store::Connection connection = TRY(database.connect());
  const store::SnapshotRow snapshot = TRY(workspace.lake.latest_snapshot());
  store::Rows rows = TRY(connection.query(
      "SELECT key, title, concat_ws(' . ', title, title, title_translated, coalesce(abstract, substr(full_text, 1, 20000)), abstract_translated, array_to_string(keywords, ' . ')), language, year "
      "FROM " + store::parquet_sql({workspace.lake.path(snapshot.merged_path)}) + " ORDER BY key", {}));
  std::size_t number = 0;
  while (TRY(rows.next())) {
    for (std::int64_t row = 0; row < rows.row_count(); ++row, ++number) {
      if (!allowed.empty() && allowed[number] == 0) continue;
      const std::string_view text = rows.column(2).text(row);
      if (text.empty()) continue;
      loaded.add({store::record_id(rows.column(0).unsigned_integer(row)), std::string(rows.column(1).text(row)), rows.column(4).valid(row) ? static_cast<std::int16_t>(rows.column(4).integer(row)) : std::int16_t{0}},
                 std::string(text), std::string(rows.column(3).text(row)));
    }
  }
  return {};
}

Result<Loaded> load_side(const MatchSide& side, std::string_view name, int thread_count, Progress& progress) {
  Loaded loaded;
  if (std::filesystem::exists(std::filesystem::path(side.path) / "jianwei.toml")) {
    TRY(load_workspace(side, thread_count, loaded, progress));
  } else {
    TRY(load_files(side, thread_count, loaded, progress));
  }
  if (loaded.records.empty()) return fail(ErrorKind::invalid_input, "{}: no record with a text to match ({})", side.path, name);
  return loaded;
}

// Where both sides are the same collection a record is no answer to itself.
void drop_own_records(MatchResult& result, std::int32_t limit) {
  for (std::size_t need = 0; need < result.matches.size(); ++need) {
    std::vector<analysis::Match>& found = result.matches[need];
    std::erase_if(found, [&](const analysis::Match& match) { return result.solutions[static_cast<std::size_t>(match.solution)].id == result.needs[need].id; });
    if (std::ssize(found) > limit) found.resize(static_cast<std::size_t>(limit));
  }
}

}  // namespace

Result<MatchResult> match_records(const MatchSide& needs, const MatchSide& solutions, const analysis::MatchingOptions& options, Progress& progress) {
  progress.begin("load");
  Loaded asked = TRY(load_side(needs, "needs", options.thread_count, progress));
  Loaded offered = TRY(load_side(solutions, "solutions", options.thread_count, progress));
  std::vector<text::DocumentText> documents;
  for (const Loaded* side : {&asked, &offered}) {
    for (std::size_t i = 0; i < side->texts.size(); ++i) documents.push_back({.abstract = side->texts[i], .language = side->languages[i]});
  }
  text::TokenizeOptions tokenize_options;
  tokenize_options.thread_count = options.thread_count;
  const text::TokenizedCorpus corpus = TRY(text::tokenize(documents, tokenize_options, progress));
  MatchResult result;
  result.method = options.method;
  std::error_code unreadable;
  const bool same_collection = std::filesystem::equivalent(needs.path, solutions.path, unreadable);
  analysis::MatchingOptions asked_options = options;
  asked_options.limit += same_collection ? 1 : 0;
  result.matches = TRY(analysis::match_documents(corpus, std::ssize(asked.records), asked_options, progress));
  result.needs = std::move(asked.records);
  result.solutions = std::move(offered.records);
  if (same_collection) drop_own_records(result, options.limit);
  return result;
}

std::string to_json(const MatchResult& result) {
  JsonWriter json;
  json.begin_object().field("method", analysis::to_string(result.method)).field("needs", result.needs.size()).field("solutions", result.solutions.size());
  json.key("matches").begin_array();
  for (std::size_t n = 0; n < result.needs.size(); ++n) {
    json.begin_object().field("need", result.needs[n].id).field("title", result.needs[n].title).key("solutions").begin_array();
    for (const analysis::Match& match : result.matches[n]) {
      const MatchRecord& solution = result.solutions[static_cast<std::size_t>(match.solution)];
      json.begin_object().field("id", solution.id).field("title", solution.title).field("year", solution.year).field("score", static_cast<double>(match.score)).key("shared_terms").begin_array();
      for (const analysis::SharedTerm& term : match.reasons) json.begin_object().field("term", term.name).field("contribution", static_cast<double>(term.contribution)).end_object();
      json.end_array().end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return std::move(json).text();
}

std::string to_csv(const MatchResult& result) {
  products::Sheet sheet{"matches", {"need", "need_title", "rank", "solution", "solution_title", "solution_year", "score", "shared_terms"}, {}};
  for (std::size_t n = 0; n < result.needs.size(); ++n) {
    for (std::size_t i = 0; i < result.matches[n].size(); ++i) {
      const analysis::Match& match = result.matches[n][i];
      const MatchRecord& solution = result.solutions[static_cast<std::size_t>(match.solution)];
      std::vector<std::string> terms;
      for (const analysis::SharedTerm& term : match.reasons) terms.push_back(term.name);
      sheet.rows.push_back({result.needs[n].id, result.needs[n].title, static_cast<std::int64_t>(i + 1), solution.id, solution.title, static_cast<std::int64_t>(solution.year),
                            static_cast<double>(match.score), join(terms, "; ")});
    }
  }
  return products::to_csv(sheet);
}

}  // namespace jianwei::workflow
