// Records as columns: one declaration says how each field of a record is named, typed, written to and read from Parquet.
//
// Two tables share it: source records (as imported, immutable, raw text included) and merged records (one row per real-world work).
// Unknown is NULL, in text, numbers and lists alike. The schema for people is docs/formats/lake.md.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "records/record.h"
#include "store/duckdb.h"

namespace jianwei::store {

// Which source record gave a field of a merged record, and by which rule.
struct FieldSource {
  std::string field;
  std::uint64_t key = 0;
  std::string rule;
};

// A record with what the lake knows about it.
struct RecordRow {
  Record record;
  std::uint64_t key = 0;              // source record: its source key; merged record: the smallest key of its members
  // Of a source record.
  std::uint64_t content_hash = 0;     // of all fields but the raw text and the place
  std::uint64_t title_signature = 0;  // simhash of the title: near titles differ in few bits
  std::int64_t sequence = 0;          // number of the row in the workspace, increasing; the highest one of a key is the live version
  std::int64_t file_id = 0;           // files.id of app.db
  // Of a merged record.
  std::vector<std::uint64_t> members;       // source keys, increasing
  std::vector<std::string> sources;         // distinct names, in byte order
  std::vector<FieldSource> field_sources;   // empty when there is one member
};

// Reads and writes one field of many owners at once. `rows` are the positions of the owners in the view.
template <class T>
struct Field {
  std::string name;
  ColumnType type;
  std::function<void(ColumnWriter&, std::span<const T* const>)> write;
  std::function<void(const ColumnView&, std::span<const std::int64_t> rows, std::span<T* const>)> read;
};

const std::vector<Field<RecordRow>>& source_fields();
const std::vector<Field<RecordRow>>& merged_fields();
// The names shared by both tables: what a merged row copies from its only member.
const std::vector<std::string>& shared_field_names();

// "r" and sixteen hexadecimal digits; the inverse fails with invalid_input.
std::string record_id(std::uint64_t key);
Result<std::uint64_t> parse_record_id(std::string_view id);

}  // namespace jianwei::store
