// A text already in memory as a stream; `block` limits what one read gives, so that tests can cut at any place.
#pragma once

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

#include "sources/byte_stream.h"

namespace jianwei::sources {

class MemoryStream : public ByteStream {
 public:
  explicit MemoryStream(std::string bytes, std::size_t block = std::numeric_limits<std::size_t>::max())
      : bytes_(std::move(bytes)), block_(block) {}

  Result<std::size_t> read(char* buffer, std::size_t capacity) override {
    const std::size_t count = std::min({capacity, block_, bytes_.size() - position_});
    std::memcpy(buffer, bytes_.data() + position_, count);
    position_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::size_t block_;
  std::size_t position_ = 0;
};

}  // namespace jianwei::sources
