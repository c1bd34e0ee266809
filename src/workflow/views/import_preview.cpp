#include "workflow/views/import_preview.h"

#include <algorithm>
#include <optional>

#include "base/json_writer.h"
#include "base/sentence.h"
#include "base/strings.h"
#include "sources/bytes/memory_stream.h"
#include "sources/open.h"
#include "sources/tables/xlsx.h"
#include "workflow/record_json.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kMaxRawBytes = 2000;  // of a reject, as shown
constexpr std::size_t kMaxFiles = 200;      // of an archive, looked into

std::string cut(std::string text) {
  if (text.size() <= kMaxRawBytes) return text;
  std::size_t end = kMaxRawBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

// Keeps the first records and rejects and stops the reader when there are enough.
class PreviewSink : public sources::RecordSink {
 public:
  PreviewSink(PreviewedFile& file, const PreviewOptions& options) : file_(file), options_(options) {}

  Result<> record(Record&& record) override {
    if (file_.records.size() < options_.record_count) {
      JsonWriter json;
      json.begin_object();
      write_record_fields(json, record, false);
      file_.records.push_back(json.end_object().text());
    }
    return go_on();
  }
  Result<> reject(sources::Reject&& reject) override {
    if (file_.rejects.size() < options_.reject_count) {
      reject.raw = cut(std::move(reject.raw));
      file_.rejects.push_back(std::move(reject));
    }
    return go_on();
  }
  void warn(sources::Warning&& warning) override {
    const auto same = std::find_if(file_.warnings.begin(), file_.warnings.end(), [&](const ImportWarning& known) { return known.code == warning.code; });
    if (same != file_.warnings.end()) {
      ++same->count;
    } else {
      file_.warnings.push_back({warning.code, warning.message, 1});
    }
  }
  bool enough() const { return enough_; }

 private:
  // Rejects are looked for among as many records again, no further: one good file would be read to its end for them.
  Result<> go_on() {
    if (++seen_ < 2 * options_.record_count || file_.records.size() < options_.record_count) return {};
    enough_ = true;
    return fail(ErrorKind::cancelled, "enough for a preview");
  }

  PreviewedFile& file_;
  const PreviewOptions& options_;
  std::size_t seen_ = 0;
  bool enough_ = false;
};

void keep_suggestion(const Result<sources::SuggestedMapping>& suggested, PreviewedFile& file) {
  if (!suggested) return;
  file.columns = suggested->columns;
  file.mapping = sources::format_mapping(suggested->mapping);
}

Result<> preview_file(const std::vector<sources::Format>& formats, sources::OpenedFile& opened, const PreviewOptions& options, PreviewedFile& file, Progress& progress) {
  file.name = opened.name;
  file.encoding = opened.encoding;
  const auto named = std::find_if(formats.begin(), formats.end(), [&](const sources::Format& format) { return format.name == options.format; });
  const sources::Format* format = options.format.empty() ? recognise_file(formats, opened) : &*named;
  if (format == nullptr) return {};
  file.format = format->name;
  file.confidence = format->recognise({opened.name, opened.sample, opened.complete});
  // A workbook is looked at twice: for its columns, and for its records.
  std::optional<sources::MemoryStream> workbook;
  if (file.format == "xlsx") {
    Result<std::string> bytes = sources::workbook_bytes(*opened.stream);
    if (!bytes) {
      file.warnings.push_back({"truncated", bytes.error().message, 1});
      return {};
    }
    sources::MemoryStream again(*bytes);
    keep_suggestion(sources::suggest_mapping_of_workbook(again, opened.name), file);
    workbook.emplace(std::move(*bytes));
  } else if (sources::takes_mapping(file.format)) {
    keep_suggestion(sources::suggest_mapping_of_text({opened.name, opened.sample, opened.complete}), file);
  }
  sources::ReadOptions read_options;
  read_options.file_name = opened.name;
  read_options.mapping = options.mapping ? &*options.mapping : nullptr;
  read_options.thread_count = 1;
  PreviewSink sink(file, options);
  sources::ByteStream& stream = workbook ? static_cast<sources::ByteStream&>(*workbook) : *opened.stream;
  const Result<> done = format->read(stream, read_options, sink, progress);
  file.encoding = opened.encoding;
  if (!done && !sink.enough()) {
    if (done.error().kind == ErrorKind::cancelled) return tl::unexpected(done.error());
    sink.warn({"truncated", done.error().message, 0});
  }
  return {};
}

}  // namespace

Result<ImportPreview> preview_import(Workspace& workspace, const std::filesystem::path& path, const PreviewOptions& options, Progress& progress) {
  const std::vector<sources::Format> formats = sources::all_formats();
  if (!options.format.empty() && std::none_of(formats.begin(), formats.end(), [&](const sources::Format& format) { return format.name == options.format; })) {
    return fail(ErrorKind::invalid_input, "there is no format \"{}\"", options.format);
  }
  ImportPreview preview;
  const Result<> opened_all = sources::open_source(path, {}, [&](sources::OpenedFile& opened) -> Result<> {
    if (preview.files.size() == kMaxFiles) return {};
    return preview_file(formats, opened, options, preview.files.emplace_back(), progress);
  });
  // A damaged file is what was asked about, no damage of ours.
  if (!opened_all) return fail(opened_all.error().kind == ErrorKind::corrupt ? ErrorKind::invalid_input : opened_all.error().kind, "{}", opened_all.error().message);
  std::error_code error;
  const auto bytes = std::filesystem::file_size(path, error);
  if (error || static_cast<std::int64_t>(bytes) > options.max_dry_run_bytes) return preview;
  ImportOptions dry;
  dry.dry_run = true;
  dry.again = true;
  dry.format = options.format;
  dry.mapping = options.mapping;
  preview.report = TRY(import_files(workspace, {path.string()}, dry, progress));
  return preview;
}

std::string preview_json(const ImportPreview& preview) {
  const auto recognised = std::find_if(preview.files.begin(), preview.files.end(), [](const PreviewedFile& file) { return !file.format.empty(); });
  const PreviewedFile none;
  const PreviewedFile& first = recognised != preview.files.end() ? *recognised : preview.files.empty() ? none : preview.files.front();
  JsonWriter json;
  json.begin_object().field("format", first.format).field("encoding", first.encoding).field("confidence", first.confidence).key("records").begin_array();
  for (const std::string& record : first.records) json.raw(record);
  json.end_array().key("columns").begin_array();
  for (const sources::ColumnSuggestion& column : first.columns) {
    json.begin_object().field("column", column.column).field("field", column.target.field).field("separator", column.target.separator).field("confidence", column.confidence).field("reason", column.reason).key("samples").begin_array();
    for (const std::string& sample : column.samples) json.value(sample);
    json.end_array().end_object();
  }
  json.end_array().field("mapping_toml", first.mapping).key("rejects").begin_array();
  for (const sources::Reject& reject : first.rejects) {
    json.begin_object().field("index", reject.index).field("line", reject.line);
    write_said(json, "reason", reject.reason);
    json.field("raw", reject.raw).end_object();
  }
  json.end_array().key("warnings").begin_array();
  for (const ImportWarning& warning : first.warnings) {
    json.begin_object().field("code", warning.code);
    write_said(json, "message", warning.message);
    json.field("count", warning.count).end_object();
  }
  json.end_array().field("whole", preview.report.has_value());
  if (preview.report) {
    const FileReport totals = preview.report->totals();
    json.field("read", totals.read).field("kept", totals.kept).field("updated", totals.updated).field("rejected", totals.rejected).field("duplicates", totals.duplicates);
  }
  json.key("files").begin_array();
  for (const PreviewedFile& file : preview.files) json.begin_object().field("name", std::filesystem::path(file.name).filename().string()).field("format", file.format).field("encoding", file.encoding).field("confidence", file.confidence).end_object();
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow
