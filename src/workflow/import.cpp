// Walks the paths, opens each, skips what was imported before, recognises the format and lets the reader fill the batch.

#include "workflow/import.h"

#include <algorithm>

#include "base/strings.h"
#include "workflow/import_sink.h"
#include "workflow/snapshot.h"

namespace jianwei::workflow {
namespace {

std::vector<sources::Format> formats_of(const ImportOptions& options) {
  return options.formats.empty() ? sources::all_formats() : options.formats;
}

const sources::Format* choose_format(const std::vector<sources::Format>& formats, const ImportOptions& options, const sources::OpenedFile& file) {
  if (options.format.empty()) return recognise_file(formats, file);
  const auto named = std::find_if(formats.begin(), formats.end(), [&](const sources::Format& format) { return format.name == options.format; });
  return named == formats.end() ? nullptr : &*named;
}

// Tables start with the names of their columns, and so must the file of their rejects.
std::string table_header(const sources::Format& format, const sources::OpenedFile& file) {
  const bool table = format.name.find("csv") != std::string_view::npos || format.name.find("tsv") != std::string_view::npos ||
                     format.name.find("table") != std::string_view::npos;
  return table && !format.binary ? std::string(trim(std::string_view(file.sample).substr(0, file.sample.find('\n')))) : std::string();
}

FileReport failed_file(std::string path, std::string_view code, const std::string& message) {
  FileReport report;
  report.path = std::move(path);
  report.format = "unknown";
  report.failed = true;
  add_warning(report, code, message);
  return report;
}

std::string why_unknown(const sources::OpenedFile& file) {
  const std::size_t bytes = trim(file.sample).size();
  if (bytes == 0) return "it is empty";
  if (file.sample.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return "it is a document of Office 97 (.xls, .doc), which is not read; save it as .xlsx, CSV or text";
  if (file.encoding == "binary" || !file.complete || bytes > 500) return "its format is not recognised: name the format";
  return fmt::format("{} bytes of text without the structure of any format (fields, columns, a title with its text); if it is a document all the same, name its format: text", bytes);
}

FileReport known_file(const store::FileRow& known, const std::string& path) {
  FileReport report;
  report.path = path;
  report.checksum = known.checksum;
  report.byte_count = known.byte_count;
  report.format = known.format;
  report.encoding = known.encoding;
  report.read = known.read;
  report.rejected = known.rejected;
  report.duplicates = known.read - known.rejected;
  for (std::size_t f = 0; f < kReportedFields.size(); ++f) {
    for (const auto& [field, filled] : known.fields) {
      if (field == kReportedFields[f]) report.filled[f] = filled;
    }
  }
  add_warning(report, "already_imported", fmt::format("already imported as batch {} on {}", known.batch_id, known.imported_at));
  return report;
}

Result<> import_opened(Importer& importer, Workspace& workspace, const std::vector<sources::Format>& formats, const ImportOptions& options,
                       sources::OpenedFile& file) {
  if (!options.again && !options.mapping && !file.checksum.empty()) {
    const auto known = TRY(workspace.lake.app().find_file(file.checksum));
    if (known && (options.format.empty() || options.format == known->format)) {
      importer.add_report(known_file(*known, file.name));
      return {};
    }
  }
  const sources::Format* format = choose_format(formats, options, file);
  if (format == nullptr) {
    importer.add_report(failed_file(file.name, "unknown_format", why_unknown(file)));
    return {};
  }
  sources::ReadOptions read_options;
  read_options.file_name = file.name;
  read_options.mapping = options.mapping ? &*options.mapping : nullptr;
  read_options.thread_count = options.thread_count;
  return importer.add_file({file.name, file.checksum, file.byte_count, std::string(format->name), file.encoding, table_header(*format, file)},
                           [&](sources::RecordSink& sink, Progress& reader_progress) {
                             return format->read(*file.stream, read_options, sink, reader_progress);
                           });
}

}  // namespace

const sources::Format* recognise_file(std::span<const sources::Format> formats, const sources::OpenedFile& file) {
  std::string name = to_lower_ascii(file.name.substr(file.name.find_last_of("/!") + 1));
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  const sources::Sample sample{name, file.sample, file.complete};
  const sources::Format* best = nullptr;
  double best_score = 0.1;
  for (const sources::Format& format : formats) {
    if (format.binary != (file.encoding == "binary")) continue;
    const double score = format.recognise(sample);
    if (score <= best_score) continue;
    best = &format;
    best_score = score;
  }
  return best;
}

Result<ImportReport> import_files(Workspace& workspace, const std::vector<std::string>& paths, const ImportOptions& options, Progress& progress) {
  const std::vector<sources::Format> formats = formats_of(options);
  if (!options.format.empty()) {
    const bool known = std::any_of(formats.begin(), formats.end(), [&](const sources::Format& f) { return f.name == options.format; });
    if (!known) {
      std::vector<std::string> names;
      for (const sources::Format& format : formats) names.emplace_back(format.name);
      return fail(ErrorKind::invalid_input, "there is no format \"{}\"; choose one of {}", options.format, join(names, ", "));
    }
  }
  // A path that does not exist ends the import before it starts.
  std::vector<std::filesystem::path> files;
  for (const std::string& path : paths) {
    if (path == "-") {
      files.emplace_back(path);
      continue;
    }
    for (std::filesystem::path& file : TRY(sources::list_files(path))) files.push_back(std::move(file));
  }
  std::unique_ptr<Importer> importer = TRY(Importer::begin(workspace, options, progress));
  progress.begin("import", 0, "records");
  for (const std::filesystem::path& file : files) {
    std::optional<Error> stopped;  // an error of the batch, not of the file
    const std::string folder = options.bare_names ? file.parent_path().string() + "/" : std::string();
    const Result<> opened = sources::open_source(file, options.limits, [&](sources::OpenedFile& member) -> Result<> {
      member.name = replace_all(std::move(member.name), folder, "");
      Result<> done = import_opened(*importer, workspace, formats, options, member);
      if (!done) stopped = done.error();
      return done;
    });
    if (stopped) return tl::unexpected<Error>(*stopped);
    if (!opened && opened.error().kind == ErrorKind::cancelled) return tl::unexpected<Error>(opened.error());
    if (!opened) importer->add_report(failed_file(replace_all(file.string(), folder, ""), "not_read", replace_all(opened.error().message, folder, "")));
  }
  ImportReport report = TRY(importer->commit());
  if (options.dry_run || !options.merge) return report;
  if (report.batch_id == 0 && TRY(workspace.lake.app().batches()).empty()) return report;
  const Result<store::SnapshotRow> snapshot = update_snapshot(workspace, options.thread_count, progress);
  if (!snapshot) {
    if (snapshot.error().kind == ErrorKind::not_found) return report;  // nothing could be kept so far: the report says why
    return fail(snapshot.error().kind, "the records are stored, but were not merged: {}; the next import or run does it", snapshot.error().message);
  }
  report.snapshot_id = snapshot->id;
  report.snapshot_record_count = snapshot->record_count;
  return report;
}

}  // namespace jianwei::workflow
