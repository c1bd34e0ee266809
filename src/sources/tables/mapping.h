// What the columns of an unknown table (or the keys of unknown JSON objects) mean: a suggestion with its reasons, the mapping file it can
// be saved to, and the plan a mapping is compiled to before rows are read. docs/formats/tables.md shows the file.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sources/reader.h"
#include "sources/tables/draft.h"

namespace jianwei::sources {

// A column with some of its values, from which its meaning is read.
struct ColumnSample {
  std::string name;
  std::vector<std::string> values;  // of the first rows, missing ones left out
  std::size_t row_count = 0;        // rows looked at
  bool is_list = false;             // JSON: values came as arrays, already apart
};

struct ColumnSuggestion {
  std::string column;
  Mapping::Column target;           // field "" : not mapped, stays in the raw record only
  double confidence = 0;            // 0 to 1
  std::string reason;               // "name", "name and values", "values look like DOIs", ...
  std::vector<std::string> samples; // up to three values, shortened
};

struct SuggestedMapping {
  Mapping mapping;
  std::vector<ColumnSuggestion> columns;  // in column order
};

// Suggests a mapping from names and values. Nothing is mapped below a confidence of 0.5. Time O(values).
SuggestedMapping suggest_mapping(std::span<const ColumnSample> columns);

// For a table or JSON text that no specific format claims: what the reader would assume. For --dry-run.
// Errors: invalid_input  the sample is neither a table nor JSON objects
Result<SuggestedMapping> suggest_mapping_of_text(const Sample& sample);
Result<SuggestedMapping> suggest_mapping_of_json(const Sample& sample);  // the JSON branch of it: sources/json/generic.cpp

// Whether the columns of files of this format may be mapped by hand: csv, tsv, xlsx, json, jsonl.
bool takes_mapping(std::string_view format);
// The same for an Excel workbook, whose stream is read to its end. Errors: those of load_worksheet; invalid_input  the workbook is that of a
// database, whose columns are known.
Result<SuggestedMapping> suggest_mapping_of_workbook(ByteStream& stream, std::string_view file_name);

// Mapping files (TOML). Errors: invalid_input  names the line, the key and what is allowed.
Result<Mapping> parse_mapping(std::string_view toml, std::string_view file_name);
std::string format_mapping(const Mapping& mapping);

// A mapping made ready for reading.
struct Plan {
  RecordKind kind = RecordKind::work;
  std::string type;       // given to records that have none
  std::string source;
  std::string language;
  std::vector<ColumnPlan> columns;     // [column_count]
  std::vector<std::string> unmapped;   // names of the columns no field takes
  bool has_text = false;               // some column gives a title, an abstract or a text
};

// Completes what the mapping leaves open (separators, date styles, scales) from the values.
Plan compile_plan(const Mapping& mapping, std::span<const ColumnSample> columns, std::string_view file_name);

// The name of a collection from that of its file: "dump.zip!a/icra.jsonl.gz" -> "icra".
std::string collection_name(std::string_view file_name);

// Corrects what only the whole record shows: policy dates from document numbers and "成文日期" lines.
void settle_policy(Record& record);

}  // namespace jianwei::sources
