// LineReader keeps one buffer: consumed lines are dropped from its front when it is refilled, so memory is one line plus one block.
#include "sources/byte_stream.h"

#include <algorithm>
#include <cstring>

namespace jianwei::sources {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} << 10;

}  // namespace

LineReader::LineReader(ByteStream& stream, std::size_t max_line_bytes) : stream_(stream), max_line_bytes_(max_line_bytes) {}

Result<bool> LineReader::next(std::string_view& line) {
  std::size_t searched = begin_;
  for (;;) {
    if (skip_newline_ && begin_ < buffer_.size()) {
      // The "\n" of a "\r\n" whose "\r" ended the line before.
      if (buffer_[begin_] == '\n') {
        ++begin_;
        ++byte_count_;
      }
      skip_newline_ = false;
      searched = begin_;
    }
    if (newline_ == std::string::npos || newline_ < searched) newline_ = std::min(buffer_.find('\n', searched), buffer_.size());
    const char* const carriage = static_cast<const char*>(std::memchr(buffer_.data() + searched, '\r', newline_ - searched));
    const std::size_t end = carriage != nullptr ? static_cast<std::size_t>(carriage - buffer_.data()) : newline_;
    if (end < buffer_.size()) {
      line = std::string_view(buffer_).substr(begin_, end - begin_);
      skip_newline_ = buffer_[end] == '\r';
      byte_count_ += static_cast<std::int64_t>(end + 1 - begin_);
      begin_ = end + 1;
      ++line_number_;
      return true;
    }
    if (buffer_.size() - begin_ > max_line_bytes_) {
      return fail(ErrorKind::invalid_input, "line {} is longer than {} bytes: this is not a text of lines", line_number_ + 1, max_line_bytes_);
    }
    if (ended_) {
      if (begin_ == buffer_.size()) return false;
      line = std::string_view(buffer_).substr(begin_);
      byte_count_ += static_cast<std::int64_t>(line.size());
      begin_ = buffer_.size();
      ++line_number_;
      return true;
    }
    buffer_.erase(0, begin_);
    begin_ = 0;
    newline_ = std::string::npos;
    searched = buffer_.size();
    buffer_.resize(searched + kBlockBytes);
    Result<std::size_t> count = stream_.read(buffer_.data() + searched, kBlockBytes);
    buffer_.resize(searched + (count ? *count : 0));
    if (!count) return tl::unexpected(count.error());
    ended_ = *count == 0;
  }
}

Result<bool> read_all(ByteStream& stream, std::size_t max_bytes, std::string& bytes) {
  constexpr std::size_t kBlock = std::size_t{1} << 16;
  for (;;) {
    const std::size_t size = bytes.size();
    bytes.resize(size + kBlock);
    const Result<std::size_t> count = stream.read(bytes.data() + size, kBlock);
    bytes.resize(size + (count ? *count : 0));
    if (!count) return tl::unexpected(count.error());
    if (*count == 0) return true;
    if (bytes.size() > max_bytes) return false;
  }
}

}  // namespace jianwei::sources
