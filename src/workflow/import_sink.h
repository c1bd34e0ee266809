// Decides for each record of a batch: new, newer version, exact repeat, or reject; and counts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/progress.h"
#include "sources/reader.h"
#include "store/key_index.h"
#include "store/part_writer.h"
#include "workflow/import_report.h"
#include "workflow/reject_file.h"

namespace jianwei::workflow {

class ImportSink : public sources::RecordSink {
 public:
  // `writer` and `rejects` are null in a dry run.
  ImportSink(store::KeyIndex& index, store::PartWriter* writer, RejectFile* rejects, std::int64_t file_id, std::int64_t& next_sequence,
             FileReport& report, Progress& progress);

  // What the reader polls: it stops when we do, and what it advances does not count, since readers advance by bytes and we by records.
  Progress& reader_progress() { return reader_progress_; }

  Result<> record(Record&& record) override;
  Result<> reject(sources::Reject&& reject) override;
  void warn(sources::Warning&& warning) override;

  // The error with which we stopped the reader, if we did.
  const std::optional<Error>& error() const { return error_; }

 private:
  Result<> stop(Result<> result);
  Result<> decide(Record&& record);

  store::KeyIndex& index_;
  store::PartWriter* writer_;
  RejectFile* rejects_;
  std::int64_t file_id_;
  std::int64_t& next_sequence_;
  std::int64_t first_sequence_;  // of this file
  FileReport& report_;
  Progress& progress_;
  Progress reader_progress_;
  std::optional<Error> error_;
};

// Counts one more of a warning, keeping the message of the first.
void add_warning(FileReport& report, std::string_view code, std::string_view message);

}  // namespace jianwei::workflow
