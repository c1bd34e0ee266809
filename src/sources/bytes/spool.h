// Bytes that must be read twice (hashed, then decoded) but come only once: kept in memory, and beyond a size in a nameless file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/hash.h"
#include "base/result.h"
#include "sources/byte_stream.h"

namespace jianwei::sources {

class Spool {
 public:
  Spool() = default;
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  // Takes in all of `stream`. An error of the stream is kept in error(); what came before it is good.
  // Errors: unavailable  the temporary folder is full
  Result<> fill(ByteStream& stream);

  std::int64_t byte_count() const { return byte_count_; }
  const std::string& checksum() const { return checksum_; }  // SHA-256
  const std::optional<Error>& error() const { return error_; }

  // The bytes at `offset`, up to `capacity`; 0 at the end, where the stream's error may be asked for. Errors: unavailable
  Result<std::size_t> read_at(std::int64_t offset, char* buffer, std::size_t capacity) const;

  static constexpr std::size_t kMemoryBytes = std::size_t{32} << 20;

 private:
  Result<> append(const char* bytes, std::size_t count);
  std::string memory_;
  int file_ = -1;
  std::int64_t byte_count_ = 0;
  std::string checksum_;
  std::optional<Error> error_;
};

}  // namespace jianwei::sources
