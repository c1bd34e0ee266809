// The ISA-L state machine is fed block by block. After the trailer of a member it hands back the bytes it had buffered, so the next
// member starts at next_in.
#include "sources/bytes/gzip_stream.h"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <limits>
#include <vector>

namespace jianwei::sources {
namespace {

constexpr std::size_t kInputBytes = std::size_t{256} << 10;
constexpr std::int64_t kBombFloorBytes = std::int64_t{64} << 20;  // below this no ratio is suspicious

}  // namespace

struct GzipStream::State {
  ByteStream& compressed;
  std::string name;
  std::int64_t max_bytes;
  double max_ratio;
  inflate_state inflate{};
  std::vector<std::uint8_t> input = std::vector<std::uint8_t>(kInputBytes);
  std::int64_t consumed = 0;
  std::int64_t produced = 0;
  bool input_ended = false;
  bool in_member = true;
  bool ended = false;
  bool damaged = false;
  bool garbage = false;
};

GzipStream::GzipStream(ByteStream& compressed, std::string name, std::int64_t max_bytes, double max_ratio)
    : state_(new State{.compressed = compressed, .name = std::move(name), .max_bytes = max_bytes, .max_ratio = max_ratio}) {
  isal_inflate_init(&state_->inflate);
  state_->inflate.crc_flag = ISAL_GZIP;
}

GzipStream::~GzipStream() = default;

bool GzipStream::has_trailing_garbage() const { return state_->garbage; }

// Makes sure that there is input; false at its end.
Result<bool> GzipStream::refill() {
  State& s = *state_;
  if (s.inflate.avail_in > 0) return true;
  if (s.input_ended) return false;
  const std::size_t count = TRY(s.compressed.read(reinterpret_cast<char*>(s.input.data()), s.input.size()));
  s.inflate.next_in = s.input.data();
  s.inflate.avail_in = static_cast<std::uint32_t>(count);
  s.consumed += static_cast<std::int64_t>(count);
  s.input_ended = count == 0;
  return count > 0;
}

// Between members: starts the next one, or ends the stream. Zero padding (tapes) and other trailing bytes are skipped.
Result<bool> GzipStream::next_member() {
  State& s = *state_;
  bool gzip_seen = false;
  while (TRY(refill())) {
    if (*s.inflate.next_in == 0x1f) {
      gzip_seen = true;
      break;
    }
    if (*s.inflate.next_in != 0) {
      s.garbage = true;
      return false;
    }
    ++s.inflate.next_in;
    --s.inflate.avail_in;
  }
  if (!gzip_seen) return false;
  const std::uint32_t avail_in = s.inflate.avail_in;
  std::uint8_t* const next_in = s.inflate.next_in;
  isal_inflate_reset(&s.inflate);
  s.inflate.crc_flag = ISAL_GZIP;
  s.inflate.avail_in = avail_in;
  s.inflate.next_in = next_in;
  s.in_member = true;
  return true;
}

Result<std::size_t> GzipStream::read(char* buffer, std::size_t capacity) {
  State& s = *state_;
  const auto room = static_cast<std::uint32_t>(std::min<std::size_t>(capacity, std::numeric_limits<std::int32_t>::max()));
  s.inflate.next_out = reinterpret_cast<std::uint8_t*>(buffer);
  s.inflate.avail_out = room;
  const auto given = [&] { return static_cast<std::size_t>(room - s.inflate.avail_out); };

  while (!s.ended && s.inflate.avail_out > 0) {
    if (!s.in_member && !TRY(next_member())) {
      s.ended = true;
      break;
    }
    const std::uint32_t room_before = s.inflate.avail_out;
    const auto refilled = refill();
    if (!refilled && given() > 0) break;  // met again at the next read
    const bool has_input = TRY(refilled);
    const int status = s.damaged ? ISAL_INVALID_BLOCK : isal_inflate(&s.inflate);
    s.damaged = status < 0;
    const bool cut = !has_input && s.inflate.block_state != ISAL_BLOCK_FINISH && s.inflate.avail_out == room_before;
    if (s.damaged || cut) {
      // What was inflated so far is good and goes out first; the error is met again at the next read.
      if (given() > 0) break;
      return fail(ErrorKind::corrupt, "{}: the gzip data {} after {} bytes of text", s.name, s.damaged ? "are damaged" : "end too early", s.produced);
    }
    if (s.inflate.block_state == ISAL_BLOCK_FINISH) s.in_member = false;
  }
  s.produced += static_cast<std::int64_t>(given());
  if (s.produced > s.max_bytes) {
    return fail(ErrorKind::invalid_input, "{}: inflates to more than max_member_bytes = {} bytes", s.name, s.max_bytes);
  }
  if (s.produced > kBombFloorBytes && static_cast<double>(s.produced) > s.max_ratio * static_cast<double>(s.consumed)) {
    return fail(ErrorKind::invalid_input, "{}: inflates to more than max_ratio = {} times its stored size: a zip bomb", s.name, s.max_ratio);
  }
  return given();
}

}  // namespace jianwei::sources
