// The frame of every XML reader: cut a record element out of the stream, parse it, build the record, hand it on.
#pragma once

#include <functional>
#include <string_view>

#include "sources/reader.h"
#include "sources/xml/cutter.h"

namespace pugi {
class xml_node;
}

namespace jianwei::sources::xml {

struct Context {
  const ReadOptions& options;
  const std::vector<std::string>& ancestors;  // start tags of the elements around the record, outermost first
  std::string_view element;                   // local name of the record's element
};

// Fills the record from its element; false when the element is none (front matter, a deletion); an error's message is the reason of a
// reject. Provenance's format, raw text, line and index are filled by the frame.
using Build = std::function<Result<bool>(const pugi::xml_node& element, const Context& context, Record& record)>;

struct Shape {
  std::string_view format;
  std::string_view source;  // name of the database, when the format belongs to one; else the format
  CutOptions cut;
  Build build;
  bool mend_tags = false;   // SGML: elements without end tag are closed where they start
};

Result<> read_records(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress, const Shape& shape);

}  // namespace jianwei::sources::xml
