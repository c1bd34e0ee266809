// What an import found, file by file, and its three renderings.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "records/record.h"

namespace jianwei::workflow {

struct ImportWarning {
  std::string code;       // unknown_tag, truncated, silent_gap, repeated_id, already_imported, not_read, ...
  std::string message;    // of its first occurrence, with the place
  std::int64_t count = 1;
};

struct RejectExample {
  std::int64_t line = 0;   // 0: lines mean nothing here
  std::int64_t index = 0;  // position among the file's records
  std::string reason;
};

struct FileReport {
  std::string path, format, encoding, checksum;
  std::int64_t byte_count = 0;
  std::int64_t read = 0;        // = kept + rejected + updated + duplicates
  std::int64_t kept = 0;        // new records
  std::int64_t rejected = 0;
  std::int64_t updated = 0;     // newer versions of records that were there
  std::int64_t duplicates = 0;  // exact repeats, not stored
  std::array<std::int64_t, kReportedFields.size()> filled{};  // of read - rejected records
  std::vector<ImportWarning> warnings;
  std::vector<RejectExample> rejects;  // the first few
  std::string rejects_path;            // relative to the workspace, "" when nothing was rejected
  bool failed = false;                 // the file as a whole could not be read: warnings say why
};

struct ImportReport {
  std::vector<FileReport> files;
  std::int64_t batch_id = 0;   // 0: nothing was stored
  bool dry_run = false;
  std::string snapshot_id;     // of the lake after the import, "" after a dry run
  std::int64_t snapshot_record_count = 0;

  FileReport totals() const;   // sums; path, format and encoding are empty
};

// `import --json` of the command line: {"files":[...],"totals":{...},...}.
std::string to_json(const ImportReport& report);
// One file's object inside it.
std::string to_json(const FileReport& file);
// A table for the terminal and a page for the browser; language zh or en.
std::string to_text(const ImportReport& report, std::string_view language);
std::string to_html(const ImportReport& report, std::string_view language);

}  // namespace jianwei::workflow
