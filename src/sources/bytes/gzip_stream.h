// Inflates gzip data (RFC 1952) by ISA-L: several members one after the other, check sums tested, trailing garbage left out.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "sources/byte_stream.h"

namespace jianwei::sources {

class GzipStream : public ByteStream {
 public:
  // `name` is what messages call the data. `max_bytes` and `max_ratio` as in OpenLimits; the ratio counts against the bytes read.
  GzipStream(ByteStream& compressed, std::string name, std::int64_t max_bytes, double max_ratio);
  ~GzipStream() override;

  // Errors: corrupt        the data end too early or fail their check; everything inflated before has been given
  //         invalid_input  a limit is exceeded
  Result<std::size_t> read(char* buffer, std::size_t capacity) override;

  bool has_trailing_garbage() const;  // bytes after the last member that are neither gzip nor zeros; known at the end

 private:
  struct State;
  Result<bool> refill();
  Result<bool> next_member();
  std::unique_ptr<State> state_;
};

}  // namespace jianwei::sources
