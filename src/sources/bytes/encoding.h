// Which encoding a text is in, and its streaming change into UTF-8. docs/formats/encodings.md
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sources/byte_stream.h"

namespace jianwei::sources {

// Recognises the encoding of the first bytes of a file: utf-8, utf-8-bom, utf-16le, utf-16be, gb18030, windows-1252 or binary.
// `complete` says that `bytes` is the whole file; else a character cut at its end is no fault.
std::string recognise_encoding(std::string_view bytes, bool complete);

// A short text whose encoding is recognised, as UTF-8.
std::string decode_text(std::string_view bytes);

// Text in `encoding` as UTF-8 without byte-order mark. Bytes that are no character become U+FFFD. A text that begins in plain
// ASCII ("utf-8") is looked at again where its first other byte stands, and may turn out to be GB18030 or Windows-1252 there.
class DecodingStream : public ByteStream {
 public:
  DecodingStream(ByteStream& bytes, std::string encoding);
  ~DecodingStream() override;

  Result<std::size_t> read(char* buffer, std::size_t capacity) override;

  const std::string& encoding() const;
  std::int64_t undecodable_count() const;  // so far

 private:
  struct State;
  Result<> fill();
  std::unique_ptr<State> state_;
};

}  // namespace jianwei::sources
