#include "workflow/keyphrases.h"

#include <algorithm>
#include <unordered_set>

#include "base/json_writer.h"
#include "base/strings.h"
#include "records/unicode.h"
#include "sources/open.h"
#include "sources/reader.h"
#include "store/record_columns.h"
#include "workflow/arena.h"
#include "workflow/documents.h"
#include "workflow/import.h"
#include "workflow/show.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kTitleBytes = 120;
constexpr std::size_t kRecognisedBytes = 1000;  // enough to tell a language

struct FileRecord {
  std::string id;
  Record record;
};

class CollectingSink : public sources::RecordSink {
 public:
  CollectingSink(std::string file, std::vector<FileRecord>& records) : file_(std::move(file)), records_(records) {}
  Result<> record(Record&& record) override {
    ++count_;
    ensure_utf8(record);
    if (record.abstract.empty()) record.abstract = cut_text(record.full_text, kMaxTextBytes);
    if (trim(record.title).empty() && trim(record.abstract).empty()) return {};
    if (record.language.empty()) record.language = text::detect_language(cut_text(record.title.empty() ? record.abstract : record.title, kRecognisedBytes));
    std::string id = record.provenance.own_id.empty() ? fmt::format("{}#{}", file_, count_) : record.provenance.own_id;
    records_.push_back({std::move(id), std::move(record)});
    return {};
  }
  Result<> reject(sources::Reject&&) override { return {}; }
  void warn(sources::Warning&&) override {}

 private:
  std::string file_;
  std::vector<FileRecord>& records_;
  std::int64_t count_ = 0;
};

Result<std::vector<FileRecord>> read_files(const KeyphraseRequest& request, Progress& progress) {
  std::vector<FileRecord> records;
  const std::vector<sources::Format> formats = sources::all_formats();
  for (const std::filesystem::path& path : TRY(sources::list_files(request.path))) {
    TRY(sources::open_source(path, {}, [&](sources::OpenedFile& file) -> Result<> {
      const sources::Format* format = recognise_file(formats, file);
      if (format == nullptr) return fail(ErrorKind::invalid_input, "{}: the format is not recognised; import it under the name of its format and ask the workspace", file.name);
      sources::ReadOptions options;
      options.file_name = file.name;
      options.thread_count = request.thread_count;
      CollectingSink sink(std::filesystem::path(file.name).filename().string(), records);
      return format->read(*file.stream, options, sink, progress);
    }));
  }
  if (records.empty()) return fail(ErrorKind::invalid_input, "{}: no document with a text", request.path);
  return records;
}

// The rows of the wanted records, in the order asked for; all when none is named.
Result<std::vector<std::int64_t>> rows_of(const Workspace& workspace, const Documents& documents, const std::vector<std::string>& ids) {
  std::vector<std::int64_t> rows;
  if (ids.empty()) {
    for (std::int64_t d = 0; d < std::ssize(documents.texts); ++d) rows.push_back(d);
    return rows;
  }
  const store::SnapshotRow snapshot = TRY(workspace.lake.latest_snapshot());
  for (const std::string& id : ids) {
    const std::string record = store::record_id(TRY(find_record(workspace, snapshot, id)));
    const auto found = std::find(documents.dataset.record_ids.begin(), documents.dataset.record_ids.end(), record);
    if (found == documents.dataset.record_ids.end()) return fail(ErrorKind::not_found, "{}: this record has no text", id);
    rows.push_back(found - documents.dataset.record_ids.begin());
  }
  return rows;
}

// Where `words` first stand in the document: the phrase as written there.
std::string written(const text::TokenizedCorpus& corpus, std::int64_t document, const std::vector<std::int32_t>& words) {
  const auto begin = corpus.stream.begin() + corpus.offsets[static_cast<std::size_t>(document)];
  const auto end = corpus.stream.begin() + corpus.text_end(document);
  return text::text_at(corpus, std::search(begin, end, words.begin(), words.end()) - corpus.stream.begin(), static_cast<std::int32_t>(words.size()));
}

}  // namespace

Result<KeyphraseResult> list_keyphrases(const KeyphraseRequest& request, Progress& progress) {
  const bool of_workspace = std::filesystem::exists(std::filesystem::path(request.path) / "jianwei.toml");
  if (!of_workspace && !request.ids.empty()) return fail(ErrorKind::invalid_input, "{}: ids name records of a workspace, and this is none", request.path);
  progress.begin("load");
  std::vector<FileRecord> files;
  if (!of_workspace) files = TRY(read_files(request, progress));
  const std::string corpus_path = of_workspace && request.corpus.empty() ? request.path : request.corpus;
  Documents documents;
  std::vector<std::int64_t> rows;
  if (!corpus_path.empty()) {
    const Workspace workspace = TRY(open_workspace(corpus_path));
    documents = TRY(load_documents(workspace, {}, progress, request.thread_count));
    if (of_workspace && corpus_path == request.path) rows = TRY(rows_of(workspace, documents, request.ids));
  }
  Documents asked;  // records of a workspace that is not the corpus
  if (of_workspace && corpus_path != request.path) {
    const Workspace workspace = TRY(open_workspace(request.path));
    asked = TRY(load_documents(workspace, {}, progress, request.thread_count));
    rows = TRY(rows_of(workspace, asked, request.ids));
  }

  // The corpus first, then what is asked for when it stands outside.
  std::vector<text::DocumentText> texts = documents.texts;
  const auto corpus_size = std::ssize(texts);
  texts.insert(texts.end(), asked.texts.begin(), asked.texts.end());
  for (const FileRecord& file : files) texts.push_back({file.record.title, file.record.abstract, {}, file.record.language, {}, {}});
  const text::TokenizedCorpus corpus = TRY(text::tokenize(texts, {request.thread_count}, progress));
  std::vector<std::uint8_t> use(texts.size(), corpus_size > 0 ? std::uint8_t{0} : std::uint8_t{1});
  std::fill_n(use.begin(), corpus_size, std::uint8_t{1});
  const text::KeyphraseStatistics statistics = TRY(text::count_keyphrase_candidates(corpus, use, request.thread_count));

  KeyphraseResult result;
  result.corpus_count = statistics.document_count;
  const auto add = [&](std::int64_t row, std::string id, std::int16_t year) {
    const text::DocumentText& text = texts[static_cast<std::size_t>(row)];
    DocumentKeyphrases shown{std::move(id), text.title.empty() ? shorten(text.abstract, kTitleBytes) : std::string(text.title), year, {}};
    for (const text::Keyphrase& phrase : text::find_keyphrases(corpus, statistics, row, {request.count})) {
      shown.phrases.push_back({written(corpus, row, phrase.tokens), phrase.score, phrase.count, phrase.document_count});
    }
    result.documents.push_back(std::move(shown));
  };
  const Documents& source = asked.texts.empty() ? documents : asked;
  const std::int64_t shift = asked.texts.empty() ? 0 : corpus_size;
  for (const std::int64_t row : rows) add(row + shift, source.dataset.record_ids[static_cast<std::size_t>(row)], source.dataset.year[static_cast<std::size_t>(row)]);
  for (std::size_t f = 0; f < files.size(); ++f) add(corpus_size + static_cast<std::int64_t>(f), files[f].id, files[f].record.date.year);
  return result;
}

std::string to_json(const KeyphraseResult& result) {
  JsonWriter json;
  json.begin_object().field("corpus_documents", result.corpus_count).key("documents").begin_array();
  for (const DocumentKeyphrases& document : result.documents) {
    json.begin_object().field("id", document.id).field("title", document.title).field("year", document.year).key("keyphrases").begin_array();
    for (const ShownKeyphrase& phrase : document.phrases) {
      json.begin_object().field("phrase", phrase.phrase).field("score", phrase.score).field("count", std::int64_t{phrase.count}).field("documents", std::int64_t{phrase.document_count}).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return std::move(json).text();
}

}  // namespace jianwei::workflow
