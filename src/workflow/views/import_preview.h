// What a file would give before it is imported: its format and encoding, its first records, what its columns are taken for, what would be
// rejected, what is there already. Nothing is written.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "sources/tables/mapping.h"
#include "workflow/import.h"

namespace jianwei::workflow {

struct PreviewedFile {
  std::string name, format, encoding;       // name: of a member, "a.zip!b.csv"; format "" = not recognised
  double confidence = 0.0;                  // of the format, [0, 1]
  std::vector<std::string> records;         // the first ones, each a JSON object
  std::vector<sources::Reject> rejects;     // the first ones
  std::vector<ImportWarning> warnings;
  std::vector<sources::ColumnSuggestion> columns;  // of a table or JSON of no known database
  std::string mapping;                      // TOML: what would be assumed, to be changed by hand
};

struct ImportPreview {
  std::vector<PreviewedFile> files;
  std::optional<ImportReport> report;       // of a dry run over all of it; nothing for a file too large to be read through while somebody waits
};

struct PreviewOptions {
  std::size_t record_count = 50;
  std::size_t reject_count = 50;
  std::int64_t max_dry_run_bytes = std::int64_t{16} << 20;  // somebody waits; a dry run of a larger one is a job
  std::string format;                       // "" = recognise
  std::optional<sources::Mapping> mapping;
};

// Errors: not_found, unavailable  the file; invalid_input  an unknown format; cancelled
Result<ImportPreview> preview_import(Workspace& workspace, const std::filesystem::path& file, const PreviewOptions& options, Progress& progress);

// {"format","encoding","confidence","records":[...],"columns":[{column, field, separator, confidence, reason, samples}],"mapping_toml","rejects":[{index, line, reason, raw}],"warnings",
//  "whole","read","kept","updated","rejected","duplicates","files":[{name, format, encoding, confidence}]}: what is told of one file is told of the first that was recognised
std::string preview_json(const ImportPreview& preview);

}  // namespace jianwei::workflow
