// Recognition counts evidence in one pass: byte-order marks, zero bytes by parity (UTF-16), UTF-8 sequences, GB18030 pairs.
// Decoding works in blocks: UTF-8 is validated (simdjson) and passed on; other encodings go through iconv.
#include "sources/bytes/encoding.h"

#include <iconv.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>

#include "records/unicode.h"
#include "sources/bytes/memory_stream.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{256} << 10;
constexpr std::string_view kReplacement = "\xef\xbf\xbd";

unsigned char byte_at(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

bool is_binary_magic(std::string_view bytes) {
  using namespace std::string_view_literals;
  constexpr std::array<std::string_view, 12> kMagics = {"%PDF-"sv, "PK\x03\x04"sv, "PK\x05\x06"sv, "\xd0\xcf\x11\xe0"sv, "\x89PNG"sv, "\xff\xd8\xff"sv,
                                                        "GIF8"sv, "PAR1"sv, "SQLite format 3"sv, "\x7f" "ELF"sv, "Rar!"sv, "\x1f\x8b"sv};
  return std::any_of(kMagics.begin(), kMagics.end(), [&](std::string_view magic) { return bytes.starts_with(magic); });
}

// The length of the incomplete UTF-8 character at the end of `bytes`, 0 when it ends well.
std::size_t cut_tail(std::string_view bytes) {
  for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
    const unsigned char c = byte_at(bytes, bytes.size() - back);
    if (c < 0x80) return 0;
    if (c >= 0xc0) return (c >= 0xf0 ? 4U : c >= 0xe0 ? 3U : 2U) > back ? back : 0;
  }
  return 0;
}

// UTF-16 without a mark: ASCII letters and line ends leave zeros on one side of the pairs only.
std::string recognise_utf16(std::string_view bytes) {
  std::array<std::int64_t, 2> zeros{};
  for (std::size_t i = 0; i < bytes.size(); ++i) zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
  const auto pairs = static_cast<std::int64_t>(bytes.size() / 2);
  const std::int64_t most = std::max(zeros[0], zeros[1]);
  const std::int64_t least = std::min(zeros[0], zeros[1]);
  if (pairs < 2 || 50 * most < pairs || 20 * least > most) return "";
  return zeros[1] > zeros[0] ? "utf-16le" : "utf-16be";
}

struct Evidence {
  std::int64_t good = 0;  // characters of more than one byte
  std::int64_t bad = 0;
  std::int64_t usual = 0;  // GB18030: characters of GB2312, which make up nearly all of any Chinese text
};

Evidence weigh_utf8(std::string_view bytes) {
  Evidence evidence;
  while (!bytes.empty()) {
    const CodePoint point = decode_utf8(bytes);
    if (byte_at(bytes, 0) >= 0x80) (point.length > 1 ? evidence.good : evidence.bad) += 1;
    bytes.remove_prefix(static_cast<std::size_t>(point.length));
  }
  return evidence;
}

Evidence weigh_gb18030(std::string_view bytes) {
  Evidence evidence;
  for (std::size_t i = 0; i < bytes.size();) {
    const unsigned char lead = byte_at(bytes, i);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const unsigned char second = i + 1 < bytes.size() ? byte_at(bytes, i + 1) : 0;
    if (lead == 0x80 || lead == 0xff) {
      ++evidence.bad;
      ++i;
    } else if (second >= 0x40 && second != 0x7f && second != 0xff) {
      ++evidence.good;
      const bool usual = second >= 0xa1 && ((lead >= 0xb0 && lead <= 0xf7) || (lead >= 0xa1 && lead <= 0xa3));
      evidence.usual += usual ? 1 : 0;
      i += 2;
    } else if (second >= 0x30 && second <= 0x39 && i + 3 < bytes.size() && byte_at(bytes, i + 2) >= 0x81) {
      ++evidence.good;
      i += 4;
    } else {
      ++evidence.bad;
      ++i;
    }
  }
  return evidence;
}

// For text that begins with a byte above 0x7f and has no byte-order mark.
std::string recognise_eight_bit(std::string_view bytes, bool complete) {
  if (!complete) {
    // A character may be cut at the end: what follows the last blank is left out.
    const std::size_t blank = bytes.find_last_of("\n\r\t ");
    bytes = blank != std::string_view::npos && blank > bytes.size() / 2 ? bytes.substr(0, blank) : bytes.substr(0, bytes.size() - cut_tail(bytes));
  }
  const Evidence utf8 = weigh_utf8(bytes);
  // A few broken characters do not make a UTF-8 text something else.
  if (utf8.bad == 0 || utf8.good > 10 * utf8.bad) return "utf-8";
  const Evidence gb = weigh_gb18030(bytes);
  const bool chinese = gb.good > 0 && 50 * gb.bad <= gb.good && 10 * gb.usual >= 7 * gb.good;
  if (chinese) return "gb18030";
  return utf8.good > utf8.bad ? "utf-8" : "windows-1252";
}

std::size_t first_high_byte(std::string_view bytes) {
  std::size_t i = 0;
  for (std::uint64_t word = 0; i + 8 <= bytes.size(); i += 8) {
    std::memcpy(&word, bytes.data() + i, 8);
    if ((word & 0x8080808080808080ULL) != 0) break;
  }
  while (i < bytes.size() && byte_at(bytes, i) < 0x80) ++i;
  return i;
}

}  // namespace

std::string recognise_encoding(std::string_view bytes, bool complete) {
  if (bytes.starts_with("\xef\xbb\xbf")) return "utf-8-bom";
  if (bytes.starts_with("\xff\xfe")) return "utf-16le";
  if (bytes.starts_with("\xfe\xff")) return "utf-16be";
  if (is_binary_magic(bytes)) return "binary";
  if (bytes.find('\0') != std::string_view::npos) {
    if (std::string utf16 = recognise_utf16(bytes); !utf16.empty()) return utf16;
    const auto zeros = std::count(bytes.begin(), bytes.end(), '\0');
    if (zeros > 8 && 500 * static_cast<std::size_t>(zeros) > bytes.size()) return "binary";
  }
  const std::size_t high = first_high_byte(bytes);
  return high == bytes.size() ? "utf-8" : recognise_eight_bit(bytes.substr(high), complete);
}

struct DecodingStream::State {
  ByteStream& bytes;
  std::string encoding;
  iconv_t converter = reinterpret_cast<iconv_t>(-1);
  std::string input;        // not yet decoded
  std::string output;       // decoded, from output_begin on
  std::size_t output_begin = 0;
  std::int64_t undecodable = 0;
  bool undecided = false;   // only ASCII so far
  bool started = false;
  bool ended = false;

  bool is_utf8() const { return encoding.starts_with("utf-8"); }

  void open_converter() {
    if (is_utf8()) return;
    const char* name = encoding == "utf-16le" ? "UTF-16LE" : encoding == "utf-16be" ? "UTF-16BE" : encoding == "gb18030" ? "GB18030" : "WINDOWS-1252";
    converter = iconv_open("UTF-8", name);
  }

  void decode_utf8_block();
  void decode_by_iconv();
};

DecodingStream::DecodingStream(ByteStream& bytes, std::string encoding)
    : state_(new State{.bytes = bytes, .encoding = std::move(encoding), .input = {}, .output = {}}) {
  state_->undecided = state_->encoding == "utf-8";
  state_->open_converter();
}

DecodingStream::~DecodingStream() {
  if (state_->converter != reinterpret_cast<iconv_t>(-1)) iconv_close(state_->converter);
}

const std::string& DecodingStream::encoding() const { return state_->encoding; }
std::int64_t DecodingStream::undecodable_count() const { return state_->undecodable; }

void DecodingStream::State::decode_utf8_block() {
  const std::size_t tail = ended ? 0 : cut_tail(input);
  std::string_view block = std::string_view(input).substr(0, input.size() - tail);
  if (simdjson::validate_utf8(block.data(), block.size())) {
    std::string kept = input.substr(block.size());
    input.resize(block.size());
    output.swap(input);
    input = std::move(kept);
    return;
  }
  while (!block.empty()) {
    const CodePoint point = decode_utf8(block);
    const auto length = static_cast<std::size_t>(point.length);
    const bool bad = length == 1 && byte_at(block, 0) >= 0x80;
    undecodable += bad ? 1 : 0;
    output += bad ? kReplacement : block.substr(0, length);
    block.remove_prefix(length);
  }
  input.erase(0, input.size() - tail);
}

void DecodingStream::State::decode_by_iconv() {
  std::string_view rest = input;
  const bool wide = encoding.starts_with("utf-16");
  while (!rest.empty()) {
    const std::size_t at = output.size();
    output.resize(at + rest.size() * 3 + 16);
    char* in = const_cast<char*>(rest.data());
    std::size_t in_left = rest.size();
    char* out = output.data() + at;
    std::size_t out_left = output.size() - at;
    const bool failed = iconv(converter, &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1);
    const int reason = failed ? errno : 0;
    output.resize(output.size() - out_left);
    rest = rest.substr(rest.size() - in_left);
    if (!failed || reason == E2BIG) continue;
    if (reason == EINVAL && !ended) break;  // a character cut at the end of the block: the rest of it comes
    output += kReplacement;
    ++undecodable;
    rest.remove_prefix(std::min<std::size_t>(wide ? 2 : 1, rest.size()));
  }
  input = std::string(rest);
}

// Fills `output` with the next decoded block; leaves it empty at the end only.
Result<> DecodingStream::fill() {
  State& s = *state_;
  s.output.clear();
  s.output_begin = 0;
  while (s.output.empty() && !s.ended) {
    const std::size_t kept = s.input.size();
    s.input.resize(kept + kBlockBytes);
    auto count = s.bytes.read(s.input.data() + kept, kBlockBytes);
    s.input.resize(kept + (count ? *count : 0));
    if (!count) return tl::unexpected(count.error());
    s.ended = *count == 0;
    if (!s.started && !s.input.empty()) {
      if (s.encoding == "utf-8-bom" && s.input.starts_with("\xef\xbb\xbf")) s.input.erase(0, 3);
      if ((s.encoding == "utf-16le" && s.input.starts_with("\xff\xfe")) || (s.encoding == "utf-16be" && s.input.starts_with("\xfe\xff"))) s.input.erase(0, 2);
      s.started = true;
    }
    if (s.undecided && first_high_byte(s.input) < s.input.size()) {
      s.undecided = false;
      s.encoding = recognise_eight_bit(std::string_view(s.input).substr(first_high_byte(s.input)), s.ended);
      s.open_converter();
    }
    s.is_utf8() ? s.decode_utf8_block() : s.decode_by_iconv();
  }
  return {};
}

std::string decode_text(std::string_view bytes) {
  const std::string encoding = recognise_encoding(bytes, true);
  if (encoding == "utf-8" || encoding == "binary") return std::string(bytes);
  MemoryStream stream{std::string(bytes)};
  DecodingStream decoded(stream, encoding);
  std::string text;
  static_cast<void>(read_all(decoded, std::numeric_limits<std::size_t>::max(), text));  // what is in memory can be read
  return text;
}

Result<std::size_t> DecodingStream::read(char* buffer, std::size_t capacity) {
  State& s = *state_;
  if (s.output_begin == s.output.size()) TRY(fill());
  const std::size_t count = std::min(capacity, s.output.size() - s.output_begin);
  std::memcpy(buffer, s.output.data() + s.output_begin, count);
  s.output_begin += count;
  return count;
}

}  // namespace jianwei::sources
