// Cuts a JSON text of any length into documents (the objects that become records) without holding it.
//
// Lines of JSON (JSONL, NDJSON); arrays; envelopes such as {"results":[...]}, {"message":{"items":[...]}}, {"data":[...]}, whose elements
// are the documents; objects one after another, over several lines or not. A document is at most kMaxDocumentBytes long.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sources/byte_stream.h"

namespace jianwei::sources {

struct JsonPiece {
  std::size_t begin = 0;  // in JsonBlock::text
  std::size_t end = 0;
  std::int64_t line = 0;        // 1-based line at which it starts
  const char* problem = nullptr;  // why it is no document (too long, cut off); null when it may be one
};

// At least kPadding readable bytes follow every piece, as the parser needs.
struct JsonBlock {
  std::string text;
  std::vector<JsonPiece> pieces;
  std::int64_t byte_count = 0;  // of the stream consumed with this block
};

// `at`, or the start of the UTF-8 character it lies in; the size of the text when beyond it. For cutting what is shown of a long text.
std::size_t character_start(std::string_view text, std::size_t at);

class JsonBlockReader {
 public:
  explicit JsonBlockReader(ByteStream& stream, std::size_t block_bytes = std::size_t{4} << 20) : stream_(stream), block_bytes_(block_bytes) {}

  // The next block of whole documents; false at the end. When the stream breaks, what was complete is handed out first.
  Result<bool> next(JsonBlock& block);

  static constexpr std::size_t kPadding = 64;
  static constexpr std::size_t kMaxDocumentBytes = std::size_t{128} << 20;

 private:
  enum class Shape { unknown, lines, tree };
  void recognise_shape();
  std::size_t cut_lines(JsonBlock& block);  // both give the bytes consumed
  std::size_t cut_tree(JsonBlock& block);
  std::size_t find_envelope(std::size_t begin);

  ByteStream& stream_;
  std::size_t block_bytes_;
  std::string buffer_;  // not yet handed out
  bool ended_ = false;
  std::optional<Error> broken_;
  Shape shape_ = Shape::unknown;
  std::int64_t line_ = 1;
  bool skipping_line_ = false;  // the rest of a line that was too long

  // The tree scanner: where in the nesting we are. Documents are the objects at `document_depth_` (0: the top level).
  int depth_ = 0;
  int document_depth_ = 0;
  bool in_elements_ = false;         // inside the array whose elements are documents
  bool gave_up_ = false;
};

}  // namespace jianwei::sources
