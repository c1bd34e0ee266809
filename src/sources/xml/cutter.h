// Finds the record elements of an XML stream of any length without building a tree of it.
//
// The stream is scanned for tags only; comments, CDATA, processing instructions and the DOCTYPE are stepped over, DTD entities are
// never expanded. Several XML documents after one another (weekly patent files) are one stream. Memory: one record plus one block.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sources/byte_stream.h"

namespace jianwei::sources::xml {

struct CutOptions {
  std::vector<std::string_view> elements;  // local names of the elements to cut out, e.g. "PubmedArticle"
  bool innermost = false;                  // a record element inside another of the same local name: the outer one is a wrapper
  std::size_t max_piece_bytes = std::size_t{64} << 20;
  int max_depth = 256;                     // of elements inside a record
};

struct Piece {
  std::string_view text;     // from its start tag to its end tag; the beginning only when there is a problem; valid until the next call
  std::string_view element;  // local name
  std::int64_t line = 0;     // where it starts, 1-based
  std::string problem;       // why it cannot be used, "" when it is whole
};

class Cutter {
 public:
  Cutter(ByteStream& stream, CutOptions options);

  // The next record element; false at the end. A record that is cut off, lacks its end tag, is too large or too deep is given with its
  // problem and the search goes on behind it.
  // Errors: those of ByteStream::read, after the piece they cut off was given
  Result<bool> next(Piece& piece);

  // Start tags of the elements that are open around the last piece, outermost first.
  const std::vector<std::string>& ancestors() const { return ancestors_; }
  // Names of the entities that the DTDs so far declare with a text (never expanded).
  const std::vector<std::string>& declared_entities() const { return entities_; }
  std::int64_t byte_count() const { return byte_count_; }        // read so far

 private:
  bool fill();                                             // false at the end of the stream
  bool need(std::size_t count);                            // bytes behind scan_
  std::size_t find_past(std::string_view end, std::size_t from);  // behind `end`, or npos
  std::size_t tag_end(std::size_t from);                   // behind the ">" of a tag, or npos
  std::size_t doctype_end(std::size_t from);
  void read_entities(std::string_view doctype);
  bool is_record(std::string_view local) const;
  bool give(Piece& piece, std::size_t end, std::string problem);
  void close_outside(std::string_view name);

  ByteStream& stream_;
  CutOptions options_;
  std::string buffer_;
  std::size_t keep_ = 0;         // bytes before it may be dropped
  std::size_t scan_ = 0;         // where the search goes on
  std::size_t line_at_ = 0;      // newlines before it are counted
  std::int64_t line_ = 1;
  std::int64_t byte_count_ = 0;
  bool ended_ = false;
  Result<> read_error_;

  bool inside_ = false;          // a record element is open: it starts at keep_
  bool skipping_ = false;        // it was given with a problem; its rest is dropped
  std::string name_;             // of the open record element as written, with its prefix
  std::string local_;
  std::int64_t piece_line_ = 0;
  int depth_ = 0;
  std::vector<std::string> ancestors_;
  std::vector<std::string> entities_;
};

// The local part of a qualified name: "mods:title" -> "title".
std::string_view local_part(std::string_view name);

// The value of an attribute in the text of a start tag, entities decoded; "" when it is not there.
std::string attribute_of(std::string_view start_tag, std::string_view name);

}  // namespace jianwei::sources::xml
