// Files -> the lake: opened, recognised, read, validated, freed from exact repeats, stored as one batch, then merged into a new snapshot.
//
// The batch is committed in one transaction: after a crash, a cancel or a full disk the lake is as before it or as after it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "sources/open.h"
#include "sources/reader.h"
#include "workflow/import_report.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct ImportOptions {
  std::string format;                         // "" = recognise each file
  std::optional<sources::Mapping> mapping;
  bool dry_run = false;                       // reads and reports, writes nothing
  bool again = false;                         // reads files that were imported before, too
  bool merge = true;                          // makes a new snapshot afterwards
  bool bare_names = false;                    // files are named without their folder: that of an upload says nothing to anybody
  int thread_count = 0;                       // never changes a result
  std::string command = "import";             // as recorded with the batch
  sources::OpenLimits limits;
  std::function<std::string(std::string_view)> detect_language;  // null: text::detect_language
  std::vector<sources::Format> formats;       // empty: sources::all_formats()
};

// Paths are files, folders (walked), archives, or "-". A file that cannot be read is reported and the others go on.
// Errors: not_found (a path), invalid_input (an unknown format), cancelled, unavailable (disk full): nothing is stored then.
Result<ImportReport> import_files(Workspace& workspace, const std::vector<std::string>& paths, const ImportOptions& options, Progress& progress);

// The surest of `formats` for an opened file, among those for bytes or those for text as the file is; nullptr when none is above 0.1.
const sources::Format* recognise_file(std::span<const sources::Format> formats, const sources::OpenedFile& file);

// One batch under construction; what import_files and live collection share.
class Importer {
 public:
  static Result<std::unique_ptr<Importer>> begin(Workspace& workspace, const ImportOptions& options, Progress& progress);
  ~Importer();  // without commit(): nothing of the batch stays
  Importer(const Importer&) = delete;
  Importer& operator=(const Importer&) = delete;

  struct FileInfo {
    std::string path, checksum;
    std::int64_t byte_count = 0;
    std::string format, encoding;
    std::string header;  // what a file of rejects must start with (the column names of a table), "" nothing
  };
  // Reads one file through `read`. What the reader finds wrong with the stream becomes a warning; the records before it stay.
  // Errors: of the lake and of cancellation; the batch is lost then.
  Result<> add_file(const FileInfo& info, const std::function<Result<>(sources::RecordSink&, Progress&)>& read);
  // Adds the report of a file that was not read.
  void add_report(FileReport report);

  // Stores the batch and gives the report (without snapshot).
  Result<ImportReport> commit();

 private:
  struct State;
  explicit Importer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace jianwei::workflow
