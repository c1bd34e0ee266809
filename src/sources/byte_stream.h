// A decoded text to read from front to back: what is left of a file after archives, compression and encodings are undone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jianwei::sources {

class ByteStream {
 public:
  ByteStream() = default;
  virtual ~ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  // Fills up to `capacity` bytes and returns how many; 0 at the end.
  // Errors: corrupt      the compressed data end too early or fail their check (what was read before stays good)
  //         unavailable  the file cannot be read
  virtual Result<std::size_t> read(char* buffer, std::size_t capacity) = 0;
};

// Appends the whole stream to `bytes`, up to a limit; false when it is longer. After an error `bytes` holds what came before it. Errors: as ByteStream::read
Result<bool> read_all(ByteStream& stream, std::size_t max_bytes, std::string& bytes);

// Reads a text line by line without holding the file. "\n", "\r\n" and a lone "\r" (old Mac exports) end a line.
class LineReader {
 public:
  explicit LineReader(ByteStream& stream, std::size_t max_line_bytes = kMaxLineBytes);

  // The next line without its end, valid until the next call; nothing at the end of the text.
  // Errors: invalid_input  a line is longer than max_line_bytes: names the line; as ByteStream::read otherwise
  Result<bool> next(std::string_view& line);

  std::int64_t line_number() const { return line_number_; }  // 1-based, of the line last returned
  std::int64_t byte_count() const { return byte_count_; }    // consumed so far

  static constexpr std::size_t kMaxLineBytes = std::size_t{256} << 20;

 private:
  ByteStream& stream_;
  std::size_t max_line_bytes_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t newline_ = std::string::npos;  // where the next "\n" stands, npos: not looked for; old Mac files have none to find again
  bool ended_ = false;
  bool skip_newline_ = false;
  std::int64_t line_number_ = 0;
  std::int64_t byte_count_ = 0;
};

}  // namespace jianwei::sources
