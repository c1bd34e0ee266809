// The batch: an index of what the lake holds, a sink per file, a part writer, and one transaction at the end.

#include <algorithm>
#include <map>
#include <mutex>

#include "base/file.h"
#include "store/part_writer.h"
#include "text/corpus.h"
#include "workflow/import.h"
#include "workflow/import_sink.h"

namespace jianwei::workflow {
namespace {

// A field is warned of when it is filled often enough to be meant, and empty often enough to mislead.
constexpr double kMinFillOfAGap = 0.3;
constexpr double kMaxFillOfAGap = 0.95;
constexpr double kUsualFill = 0.5;  // of the lake's other files of the format, when this one does not fill the field at all
constexpr std::int64_t kMinRecordsForGaps = 20;
constexpr std::string_view kGapFields[] = {"title",    "abstract",   "date",  "persons", "affiliations",
                                           "keywords", "references", "venue", "doi",     "classifications"};

}  // namespace

struct Importer::State {
  Workspace& workspace;
  ImportOptions options;
  Progress& progress;
  store::KeyIndex index;
  std::int64_t batch_id = 0;
  std::int64_t next_file_id = 0;
  std::int64_t first_sequence = 0;
  std::int64_t next_sequence = 0;
  std::vector<FileReport> reports = {};
  std::vector<std::int64_t> file_ids = {};  // [reports] 0: not stored
  std::vector<RejectFile> rejects = {};
  bool committed = false;

  // Filled on the writers' threads, once the language is known. Protected by mutex.
  std::mutex mutex = {};
  std::map<std::int64_t, std::array<std::int64_t, kReportedFields.size()>> filled = {};

  std::unique_ptr<store::PartWriter> writer = nullptr;  // last: its threads use what stands above

  void prepare(std::vector<store::RecordRow>& rows) {
    std::map<std::int64_t, std::array<std::int64_t, kReportedFields.size()>> counts;
    for (store::RecordRow& row : rows) {
      Record& record = row.record;
      if (record.language.empty()) {
        const std::string& text = record.abstract.size() > record.title.size() ? record.abstract : record.title;
        record.language = options.detect_language(text.empty() ? record.full_text : record.title + " " + record.abstract);
      }
      const auto fields = filled_fields(record);
      auto& count = counts[row.file_id];
      for (std::size_t f = 0; f < fields.size(); ++f) count[f] += fields[f];
    }
    const std::lock_guard guard(mutex);
    for (const auto& [file_id, count] : counts) {
      for (std::size_t f = 0; f < count.size(); ++f) filled[file_id][f] += count[f];
    }
  }

  void warn_of_gaps(FileReport& report) const {
    const std::int64_t good = report.read - report.rejected;
    if (good < kMinRecordsForGaps) return;
    const auto usual = workspace.lake.app().fill_rates(report.format);
    for (std::size_t f = 0; f < kReportedFields.size(); ++f) {
      if (std::find(std::begin(kGapFields), std::end(kGapFields), kReportedFields[f]) == std::end(kGapFields)) continue;
      const double rate = static_cast<double>(report.filled[f]) / static_cast<double>(good);
      if (rate >= kMinFillOfAGap && rate <= kMaxFillOfAGap) {
        report.warnings.push_back({"silent_gap", fmt::format("{} empty in {:.0f} % of the records", kReportedFields[f], (1 - rate) * 100),
                                   good - report.filled[f]});
      }
      if (report.filled[f] > 0 || !usual) continue;
      for (const auto& [field, share] : *usual) {
        if (field != kReportedFields[f] || share < kUsualFill) continue;
        report.warnings.push_back({"silent_gap",
                                   fmt::format("{} empty in all records, while {:.0f} % of those imported from {} before have it",
                                               kReportedFields[f], share * 100, report.format),
                                   good});
      }
    }
  }
};

Importer::Importer(std::unique_ptr<State> state) : state_(std::move(state)) {}

Importer::~Importer() {
  if (state_->committed) return;
  for (const RejectFile& file : state_->rejects) {
    if (!file.empty()) file.remove();
  }
}

Result<std::unique_ptr<Importer>> Importer::begin(Workspace& workspace, const ImportOptions& options, Progress& progress) {
  auto state = std::unique_ptr<State>(new State{workspace, options, progress, TRY(store::read_key_index(workspace.lake, true))});
  State* const s = state.get();
  if (!s->options.detect_language) s->options.detect_language = text::detect_language;
  store::AppDb& app = workspace.lake.app();
  s->batch_id = TRY(app.next_batch_id());
  s->next_file_id = TRY(app.next_file_id());
  s->first_sequence = s->next_sequence = TRY(app.next_sequence());
  if (!options.dry_run) {
    if (!workspace.lake.writable()) return fail(ErrorKind::internal, "the workspace is not open for writing");
    s->writer = TRY(store::PartWriter::start(workspace.lake, s->batch_id, options.thread_count,
                                             [s](std::vector<store::RecordRow>& rows) { s->prepare(rows); }));
  }
  return std::unique_ptr<Importer>(new Importer(std::move(state)));
}

Result<> Importer::add_file(const FileInfo& info, const std::function<Result<>(sources::RecordSink&, Progress&)>& read) {
  State& s = *state_;
  FileReport report;
  report.path = info.path;
  report.checksum = info.checksum;
  report.byte_count = info.byte_count;
  report.format = info.format;
  report.encoding = info.encoding;
  RejectFile rejects(s.workspace.root() / "rejects", s.batch_id, info.path, info.header);
  const std::int64_t file_id = s.next_file_id++;
  ImportSink sink(s.index, s.writer.get(), s.options.dry_run ? nullptr : &rejects, file_id, s.next_sequence, report, s.progress);
  const Result<> done = read(sink, sink.reader_progress());
  if (!rejects.empty()) {
    TRY(rejects.finish());
    report.rejects_path = "rejects/" + rejects.name();
  }
  s.rejects.push_back(std::move(rejects));
  if (sink.error()) return tl::unexpected<Error>(*sink.error());
  if (!done && done.error().kind == ErrorKind::cancelled) return tl::unexpected<Error>(done.error());
  if (!done) {
    add_warning(report, "truncated", fmt::format("read up to record {}: {}", report.read, done.error().message));
    report.failed = report.read == 0;
  }
  if (report.read == 0 && !report.failed) add_warning(report, "no_records", fmt::format("no record of format {} found", report.format));
  s.reports.push_back(std::move(report));
  s.file_ids.push_back(file_id);
  return {};
}

void Importer::add_report(FileReport report) {
  state_->reports.push_back(std::move(report));
  state_->file_ids.push_back(0);
}

Result<ImportReport> Importer::commit() {
  State& s = *state_;
  std::vector<store::PartRow> parts;
  if (s.writer) parts = TRY(s.writer->finish());
  TRY(s.progress.check());
  ImportReport result;
  result.dry_run = s.options.dry_run;
  std::vector<store::FileRow> rows;
  for (std::size_t i = 0; i < s.reports.size(); ++i) {
    FileReport& report = s.reports[i];
    if (s.file_ids[i] == 0) continue;
    for (std::size_t f = 0; f < report.filled.size(); ++f) report.filled[f] += s.filled[s.file_ids[i]][f];
    s.warn_of_gaps(report);
    if (report.failed) continue;  // a later version may read it
    store::FileRow row{s.file_ids[i], s.batch_id, report.path, report.checksum, report.byte_count, report.format, report.encoding, report.read,
                       report.kept, report.rejected, report.updated, report.duplicates, to_json(report), {}, {}};
    for (std::size_t f = 0; f < report.filled.size(); ++f) row.fields.emplace_back(kReportedFields[f], report.filled[f]);
    rows.push_back(std::move(row));
  }
  result.files = std::move(s.reports);
  if (s.options.dry_run || rows.empty()) return result;

  // The commit point: from here on the batch is part of the lake.
  TRY(s.workspace.lake.app().commit_batch(
      {s.batch_id, store::utc_now(), s.options.command, JIANWEI_VERSION, s.next_sequence - s.first_sequence, s.first_sequence}, parts, rows));
  s.committed = true;
  s.writer->keep();
  result.batch_id = s.batch_id;
  return result;
}

}  // namespace jianwei::workflow
