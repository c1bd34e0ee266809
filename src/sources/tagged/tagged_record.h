// Cuts a text of tagged lines into records: what RIS, Web of Science, MEDLINE, EndNote, RefWorks and NoteExpress have in common.
//
// A record is kept as it stood (raw); its fields are places in it, so that cutting copies nothing twice.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/reader.h"

namespace jianwei::sources {

struct TaggedRecord {
  struct Field {  // offsets into raw
    std::uint32_t tag_begin, tag_size, begin, end;
  };
  std::string raw;  // lines ended by "\n"
  std::vector<Field> fields;
  std::int64_t line = 0;   // 1-based, of the first line
  std::int64_t index = 0;  // among the file's records

  std::string_view tag(const Field& field) const { return std::string_view(raw).substr(field.tag_begin, field.tag_size); }
  // The value with the line breaks and indents of its continuation lines.
  std::string_view value(const Field& field) const { return std::string_view(raw).substr(field.begin, field.end - field.begin); }
  // The value of the first field of a tag, trimmed; "" when there is none.
  std::string_view first(std::string_view tag) const;
  bool has(std::string_view tag) const;
  std::vector<std::string_view> lines(const Field& field) const;  // trimmed, without empty ones
};

// What one line is, seen by itself.
struct TaggedLine {
  enum class Kind {
    field,         // a tag and its value, which goes on in the continuation lines
    start,         // the same, and it begins a record
    maybe_start,   // the same, and it begins a record when a blank line stands before it
    continuation,  // goes on with the field before
    end,           // ends the record
    blank,         // separates records in some formats, paragraphs in others
    skip           // belongs to no record: file headers
  };
  Kind kind = Kind::continuation;
  std::size_t tag_begin = 0;
  std::size_t tag_size = 0;
  std::size_t value_begin = 0;
};

// A tagged format: how its lines are told apart, and how a record is made of the fields.
struct TaggedDialect {
  TaggedLine (*classify)(std::string_view line);
  // Records that did not begin with a starting tag are separated by blank lines. In one that did, a blank line is a paragraph of an
  // abstract.
  bool blank_separates = false;
  // Fills the record; what it leaves empty stays empty. `record.provenance` holds format, raw, line and index already.
  void (*build)(const TaggedRecord& fields, Record& record);
  std::string_view format;
};

// Reads all records. A record of neither title nor identifier is rejected with its text.
Result<> read_tagged(ByteStream& stream, const TaggedDialect& dialect, RecordSink& sink, Progress& progress);

// The share of the sample's non-blank lines that `classify` takes for fields, in [0, 1].
double tagged_share(std::string_view sample, TaggedLine (*classify)(std::string_view line));

// Whether a line of the sample begins with `prefix`.
bool has_line(std::string_view sample, std::string_view prefix);

}  // namespace jianwei::sources
