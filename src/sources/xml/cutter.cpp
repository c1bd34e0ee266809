// The scanner knows five kinds of markup behind "<" and, inside a record, counts depth only. Whether the tags match is left to the
// parser that gets the piece; the end of a record is the end tag of its own name.
#include "sources/xml/cutter.h"

#include <algorithm>
#include <utility>

#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::sources::xml {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{256} << 10;
constexpr std::size_t kMaxTagBytes = std::size_t{64} << 10;      // a start tag; longer ones are an attribute whose quote never ends
constexpr std::size_t kMaxDoctypeBytes = std::size_t{4} << 20;
constexpr std::size_t kBrokenRawBytes = std::size_t{64} << 10;   // kept of a record that cannot be used
constexpr std::size_t kMaxEntities = 1000;
constexpr std::size_t npos = std::string::npos;

bool is_name_start(char c) { return is_alpha(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80; }

// The name at the start of a text.
std::string_view leading_name(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (is_name_start(text[end]) || is_digit(text[end]) || text[end] == '-' || text[end] == '.')) ++end;
  return text.substr(0, end);
}

}  // namespace

std::string_view local_part(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == npos ? name : name.substr(colon + 1);
}

std::string attribute_of(std::string_view start_tag, std::string_view name) {
  for (std::size_t at = start_tag.find(name); at != npos; at = start_tag.find(name, at + 1)) {
    if (at == 0 || !is_space(start_tag[at - 1])) continue;
    std::size_t i = at + name.size();
    while (i < start_tag.size() && is_space(start_tag[i])) ++i;
    if (i >= start_tag.size() || start_tag[i] != '=') continue;
    ++i;
    while (i < start_tag.size() && is_space(start_tag[i])) ++i;
    if (i >= start_tag.size() || (start_tag[i] != '"' && start_tag[i] != '\'')) continue;
    const std::size_t end = start_tag.find(start_tag[i], i + 1);
    if (end == npos) return "";
    return decode_entities(start_tag.substr(i + 1, end - i - 1));
  }
  return "";
}

Cutter::Cutter(ByteStream& stream, CutOptions options) : stream_(stream), options_(std::move(options)) {}

bool Cutter::fill() {
  if (ended_) return false;
  if (keep_ > 0) {
    line_ += std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(line_at_), buffer_.begin() + static_cast<std::ptrdiff_t>(std::max(line_at_, keep_)), '\n');
    line_at_ = std::max(line_at_, keep_) - keep_;
    buffer_.erase(0, keep_);
    scan_ -= keep_;
    keep_ = 0;
  }
  const std::size_t old_size = buffer_.size();
  buffer_.resize(old_size + kBlockBytes);
  Result<std::size_t> count = stream_.read(buffer_.data() + old_size, kBlockBytes);
  buffer_.resize(old_size + (count ? *count : 0));
  if (!count) read_error_ = tl::unexpected(count.error());
  ended_ = !count || *count == 0;
  byte_count_ += count ? static_cast<std::int64_t>(*count) : 0;
  return !ended_;
}

bool Cutter::need(std::size_t count) {
  while (buffer_.size() - scan_ < count) {
    if (!fill()) return false;
  }
  return true;
}

// `from` counts from scan_, which moves when the buffer is shifted; so does the result.
std::size_t Cutter::find_past(std::string_view end, std::size_t from) {
  for (;;) {
    const std::size_t at = buffer_.find(end, scan_ + from);
    if (at != npos) return at + end.size() - scan_;
    const std::size_t behind = buffer_.size() - scan_;
    from = std::max(from, behind >= end.size() ? behind - end.size() + 1 : 0);
    if (behind > options_.max_piece_bytes || !fill()) return npos;
  }
}

std::size_t Cutter::tag_end(std::size_t from) {
  char quote = 0;
  for (std::size_t i = from; i < kMaxTagBytes; ++i) {
    if (scan_ + i >= buffer_.size() && !fill()) return npos;
    const char c = buffer_[scan_ + i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return i + 1;
    }
  }
  return npos;
}

std::size_t Cutter::doctype_end(std::size_t from) {
  char quote = 0;
  int brackets = 0;
  int angles = 1;
  for (std::size_t i = from; i < kMaxDoctypeBytes; ++i) {
    if (scan_ + i + 4 > buffer_.size() && !fill() && scan_ + i >= buffer_.size()) return npos;
    const std::string_view rest = std::string_view(buffer_).substr(scan_ + i);
    const char c = rest[0];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (rest.starts_with("<!--")) {
      const std::size_t past = find_past("-->", i + 4);
      if (past == npos) return npos;
      i = past - 1;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[') {
      ++brackets;
    } else if (c == ']') {
      --brackets;
    } else if (c == '<') {
      ++angles;
    } else if (c == '>' && --angles <= 0 && brackets <= 0) {
      return i + 1;
    }
  }
  return npos;
}

void Cutter::read_entities(std::string_view doctype) {
  for (std::size_t at = doctype.find("<!ENTITY"); at != npos && entities_.size() < kMaxEntities; at = doctype.find("<!ENTITY", at + 1)) {
    std::string_view rest = doctype.substr(at + 8);
    while (!rest.empty() && is_space(rest[0])) rest.remove_prefix(1);
    const std::string_view name = leading_name(rest);
    rest.remove_prefix(name.size());
    while (!rest.empty() && is_space(rest[0])) rest.remove_prefix(1);
    // Only those with a text of their own; a picture (SYSTEM "..." NDATA TIF) is a name.
    if (!name.empty() && !rest.empty() && (rest[0] == '"' || rest[0] == '\'')) entities_.emplace_back(name);
  }
}

bool Cutter::is_record(std::string_view local) const {
  return std::find(options_.elements.begin(), options_.elements.end(), local) != options_.elements.end();
}

bool Cutter::give(Piece& piece, std::size_t end, std::string problem) {
  piece.text = std::string_view(buffer_).substr(keep_, end - keep_);
  if (!problem.empty() && piece.text.size() > kBrokenRawBytes) piece.text = piece.text.substr(0, kBrokenRawBytes);
  piece.element = local_;
  piece.line = piece_line_;
  piece.problem = std::move(problem);
  return true;
}

void Cutter::close_outside(std::string_view name) {
  for (std::size_t i = ancestors_.size(); i-- > 0;) {
    if (leading_name(std::string_view(ancestors_[i]).substr(1)) == name) {
      ancestors_.resize(i);
      return;
    }
  }
}

Result<bool> Cutter::next(Piece& piece) {
  if (!inside_) keep_ = scan_;
  for (;;) {
    if (skipping_ || !inside_) keep_ = scan_;
    if (inside_ && !skipping_ && scan_ - keep_ > options_.max_piece_bytes) {
      skipping_ = true;
      return give(piece, scan_, fmt::format("<{}> is larger than {} bytes", local_, options_.max_piece_bytes));
    }
    const std::size_t open = buffer_.find('<', scan_);
    scan_ = open == npos ? buffer_.size() : open;
    if (open == npos) {
      if (fill()) continue;
    }
    if (!need(2)) {
      // The end of the stream.
      const bool cut_off = inside_ && !skipping_;
      inside_ = skipping_ = false;
      const std::size_t begin = keep_;
      scan_ = buffer_.size();
      if (cut_off) {
        keep_ = begin;
        return give(piece, buffer_.size(), fmt::format("the file ends inside <{}>: it is cut off or the end tag </{}> is missing", local_, name_));
      }
      if (!read_error_) return tl::unexpected(read_error_.error());
      return false;
    }

    const char c = buffer_[scan_ + 1];
    if (c == '!' || c == '?') {
      need(9);
      const std::string_view rest = std::string_view(buffer_).substr(scan_);
      std::size_t past = 0;
      if (rest.starts_with("<!--")) {
        past = find_past("-->", 4);
      } else if (rest.starts_with("<![CDATA[")) {
        past = find_past("]]>", 9);
      } else if (rest.starts_with("<?xml ") || rest.starts_with("<!DOCTYPE")) {
        // Another document begins: whatever was open has lost its end tags.
        if (inside_ && !skipping_) {
          inside_ = false;
          return give(piece, scan_, fmt::format("a new XML document starts inside <{}>: its end tag </{}> is missing", local_, name_));
        }
        inside_ = skipping_ = false;
        ancestors_.clear();
        past = c == '?' ? find_past("?>", 2) : doctype_end(9);
        if (past != npos && c == '!') read_entities(std::string_view(buffer_).substr(scan_, past));
        if (past == npos && c == '!') {
          keep_ = scan_;
          local_ = "!DOCTYPE";
          scan_ = std::min(buffer_.size(), scan_ + kMaxDoctypeBytes);
          return give(piece, scan_, fmt::format("the DOCTYPE does not end within {} bytes", kMaxDoctypeBytes));
        }
      } else {
        past = c == '?' ? find_past("?>", 2) : tag_end(2);
      }
      // What never ends takes all that was searched with it, so that the work stays linear.
      scan_ = past == npos ? buffer_.size() : scan_ + past;
      continue;
    }

    const bool closing = c == '/';
    if (!closing && !is_name_start(c)) {
      ++scan_;
      continue;
    }
    std::size_t past = tag_end(1);
    if (past == npos) {
      // A quote that never ends: the tag is taken to end at its first ">"; the parser will complain when it lies in a record.
      const std::size_t close = std::string_view(buffer_).substr(scan_, kMaxTagBytes).find('>');
      if (close == npos && ended_) {
        scan_ = buffer_.size();  // the stream ends within the tag, whose name may be cut as well
        continue;
      }
      past = close == npos ? kMaxTagBytes : close + 1;
    }
    const std::string_view tag = std::string_view(buffer_).substr(scan_, past);
    const std::string_view name = leading_name(tag.substr(closing ? 2 : 1));
    const bool empty = tag.size() >= 2 && tag[tag.size() - 2] == '/';

    if (closing) {
      if (inside_ && name == name_) {
        scan_ += past;
        inside_ = false;
        if (std::exchange(skipping_, false)) continue;
        return give(piece, scan_, "");
      }
      inside_ ? void(--depth_) : close_outside(name);
      scan_ += past;
      continue;
    }

    const bool restarts = inside_ && (name == name_ || (options_.innermost && local_part(name) == local_));
    if (restarts && !options_.innermost && !skipping_) {
      inside_ = false;
      return give(piece, scan_, fmt::format("<{}> starts inside <{}>: the end tag </{}> before it is missing", local_, local_, name_));
    }
    if (restarts || (!inside_ && is_record(local_part(name)))) {
      if (restarts && !skipping_ && static_cast<int>(ancestors_.size()) < options_.max_depth) ancestors_.emplace_back(std::string_view(buffer_).substr(keep_, std::min<std::size_t>(buffer_.find('>', keep_) + 1 - keep_, 4096)));
      name_ = name;
      local_ = local_part(name);
      keep_ = scan_;
      line_ += std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(line_at_), buffer_.begin() + static_cast<std::ptrdiff_t>(keep_), '\n');
      line_at_ = keep_;
      piece_line_ = line_;
      depth_ = 0;
      skipping_ = false;
      scan_ += past;
      if (empty) {
        inside_ = false;
        return give(piece, scan_, "");
      }
      inside_ = true;
      continue;
    }
    if (!inside_) {
      if (!empty && static_cast<int>(ancestors_.size()) < options_.max_depth) ancestors_.emplace_back(tag.substr(0, 4096));
    } else if (!empty && ++depth_ > options_.max_depth && !skipping_) {
      skipping_ = true;
      return give(piece, scan_ + past, fmt::format("<{}> is nested deeper than {} levels", local_, options_.max_depth));
    }
    scan_ += past;
  }
}

}  // namespace jianwei::sources::xml
