// Lines are cut by memchr. Everything else goes through a scanner that knows strings and nesting only: a document is the text from an
// opening brace to its closing brace at the depth of documents. The parser later says whether it is JSON.
//
// An envelope is found by its key: the first array of objects under one of kEnvelopeKeys, at the top or one object down.
#include "sources/json/blocks.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/strings.h"

namespace jianwei::sources {
namespace {

constexpr std::array<std::string_view, 22> kEnvelopeKeys = {"results", "items", "data", "records", "works", "publications", "docs", "documents", "entries", "hits",
                                                            "hit", "articles", "projects", "patents", "rows", "content", "grants", "papers", "resultList", "list", "award", "project"};

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_space(text[at]) || text[at] == ',')) ++at;
  return at;
}

// The end of the string that starts at `at` (its opening quote), npos when it is not closed.
std::size_t string_end(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size();) {
    const void* hit = std::memchr(text.data() + i, '"', text.size() - i);
    if (hit == nullptr) return std::string_view::npos;
    const auto quote = static_cast<std::size_t>(static_cast<const char*>(hit) - text.data());
    std::size_t slashes = 0;
    while (quote - slashes > at + 1 && text[quote - slashes - 1] == '\\') ++slashes;
    if (slashes % 2 == 0) return quote;
    i = quote + 1;
  }
  return std::string_view::npos;
}

// The end (one past) of the object or array that starts at `at`; npos when the text ends before.
std::size_t value_end(std::string_view text, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      i = string_end(text, i);
      if (i == std::string_view::npos) return i;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (--depth == 0) return i + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

void JsonBlockReader::recognise_shape() {
  const std::size_t start = skip_space(buffer_, 0);
  shape_ = Shape::tree;
  if (start >= buffer_.size() || buffer_[start] != '{') return;
  // Lines of JSON: the first object ends on its own line and another one, or nothing, follows; also when the first line is broken.
  const std::size_t line_end = buffer_.find('\n', start);
  if (line_end == std::string::npos) return;
  const std::size_t object_end = value_end(buffer_, start);
  if (object_end != std::string::npos && object_end <= line_end) {
    const std::size_t next = skip_space(buffer_, line_end);
    if (skip_space(buffer_, object_end) >= line_end && (next >= buffer_.size() ? !ended_ : buffer_[next] != ']' && buffer_[next] != '}')) shape_ = Shape::lines;
    return;
  }
  const std::size_t second = skip_space(buffer_, line_end);
  const bool one_char_line = trim(std::string_view(buffer_).substr(start, line_end - start)).size() < 8;
  if (!one_char_line && second < buffer_.size() && buffer_[second] == '{') {
    const std::size_t second_line_end = std::min(buffer_.find('\n', second), buffer_.size());
    const std::size_t second_end = value_end(std::string_view(buffer_).substr(0, second_line_end), second);
    if (second_end == std::string::npos) return;
    // No comma behind it and no bracket that closes an array after it: not an element of something that began on the first line.
    std::size_t after = second_end;
    while (after < buffer_.size() && is_space(buffer_[after])) ++after;
    if (after >= second_line_end && (after >= buffer_.size() || buffer_[after] == '{')) shape_ = Shape::lines;
  }
}

std::size_t character_start(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  while (at > 0 && (text[at] & 0xc0) == 0x80) --at;
  return at;
}

// Looks into the object at `begin` for the array whose elements are the documents and gives where its "[" stands, 0 when there is none.
std::size_t JsonBlockReader::find_envelope(std::size_t begin) {
  int depth = 0;
  const std::string_view text = buffer_;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      const std::size_t end = string_end(text, i);
      if (end == std::string_view::npos) return 0;
      const std::string_view key = text.substr(i + 1, end - i - 1);
      i = end;
      if (depth > 2) continue;
      std::size_t colon = skip_space(text, end + 1);
      if (colon >= text.size() || text[colon] != ':') continue;
      const std::size_t value = skip_space(text, colon + 1);
      if (value >= text.size() || text[value] != '[') continue;
      const std::size_t first = skip_space(text, value + 1);
      if (first >= text.size() || text[first] != '{') continue;
      if (std::find(kEnvelopeKeys.begin(), kEnvelopeKeys.end(), key) == kEnvelopeKeys.end()) continue;
      document_depth_ = depth + 1;
      return value;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') {
      if (--depth == 0) return 0;
    }
  }
  return 0;
}

std::size_t JsonBlockReader::cut_lines(JsonBlock& block) {
  std::size_t at = 0;
  while (at < buffer_.size()) {
    const void* hit = std::memchr(buffer_.data() + at, '\n', buffer_.size() - at);
    const std::size_t end = hit == nullptr ? buffer_.size() : static_cast<std::size_t>(static_cast<const char*>(hit) - buffer_.data());
    if (hit == nullptr && !ended_) {
      if (skipping_line_) return buffer_.size();
      if (buffer_.size() - at > kMaxDocumentBytes) {
        block.pieces.push_back({at, character_start(buffer_, at + 1000), line_, "the line is longer than 128 MiB"});
        skipping_line_ = true;
        return buffer_.size();
      }
      return at;
    }
    const std::string_view line = trim(std::string_view(buffer_).substr(at, end - at));
    if (!line.empty() && !skipping_line_) {
      const auto begin = static_cast<std::size_t>(line.data() - buffer_.data());
      block.pieces.push_back({begin, begin + line.size(), line_, nullptr});
    }
    skipping_line_ = false;
    ++line_;
    at = std::min(end + 1, buffer_.size());
  }
  return at;
}

std::size_t JsonBlockReader::cut_tree(JsonBlock& block) {
  std::size_t at = 0;
  std::size_t counted = 0;  // line ends up to here are in line_
  const auto count_to = [&](std::size_t end) {
    line_ += std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(counted), buffer_.begin() + static_cast<std::ptrdiff_t>(end), '\n');
    counted = end;
  };
  while (at < buffer_.size()) {
    const char c = buffer_[at];
    if (is_space(c) || c == ',') {
      ++at;
      continue;
    }
    const bool documents_here = in_elements_ ? depth_ == document_depth_ : depth_ == 0;
    if (!in_elements_ && depth_ == 0 && c == '[') {
      in_elements_ = true;
      depth_ = document_depth_ = 1;
      ++at;
      continue;
    }
    if (documents_here && c == '{') {
      if (depth_ == 0) {
        // A top-level object: an envelope, or a document itself.
        if (const std::size_t array = find_envelope(at); array > 0) {
          in_elements_ = true;
          depth_ = document_depth_;
          at = array + 1;
          continue;
        }
      }
      const std::size_t end = value_end(buffer_, at);
      count_to(at);
      if (end == std::string::npos) {
        if (!ended_ && buffer_.size() - at <= kMaxDocumentBytes) return at;
        block.pieces.push_back({at, character_start(buffer_, at + 1000), line_, ended_ ? "the text ends inside this object" : "the object is longer than 128 MiB or a string in it is never closed"});
        gave_up_ = true;
        return buffer_.size();
      }
      block.pieces.push_back({at, end, line_, nullptr});
      at = end;
      count_to(at);
      continue;
    }
    // Anything else: values around the documents, closing brackets, noise.
    if (c == '"') {
      const std::size_t end = string_end(buffer_, at);
      if (end == std::string::npos) {
        if (!ended_ && buffer_.size() - at <= kMaxDocumentBytes) break;
        gave_up_ = true;
        count_to(buffer_.size());
        return buffer_.size();
      }
      at = end + 1;
      continue;
    }
    if (c == '{' || c == '[') ++depth_;
    if (c == '}' || c == ']') {
      depth_ = std::max(0, depth_ - 1);
      if (in_elements_ && depth_ < document_depth_) in_elements_ = false;  // the array of documents is closed
    }
    ++at;
  }
  count_to(at);
  return at;
}

Result<bool> JsonBlockReader::next(JsonBlock& block) {
  block.pieces.clear();
  block.byte_count = 0;
  std::size_t wanted = block_bytes_;
  while (!gave_up_) {
    std::size_t filled = buffer_.size();
    buffer_.resize(std::max(filled, wanted));  // once: a pipe gives a little at a time
    while (!ended_ && filled < wanted) {
      const Result<std::size_t> count = stream_.read(buffer_.data() + filled, wanted - filled);
      if (!count) {
        broken_ = count.error();
        ended_ = true;
      } else if (*count == 0) {
        ended_ = true;
      } else {
        filled += *count;
        block.byte_count += static_cast<std::int64_t>(*count);
      }
    }
    buffer_.resize(filled);
    if (shape_ == Shape::unknown) recognise_shape();
    const std::size_t consumed = shape_ == Shape::lines ? cut_lines(block) : cut_tree(block);
    if (!block.pieces.empty()) {
      // The consumed part becomes the block; the rest starts the next one.
      block.text.swap(buffer_);
      buffer_.assign(block.text, consumed);
      block.text.resize(consumed);
      block.text.append(kPadding, ' ');
      return true;
    }
    buffer_.erase(0, consumed);
    if (ended_ && (consumed == 0 || buffer_.empty())) break;
    if (consumed == 0) wanted = std::max(wanted, buffer_.size() * 2);
  }
  if (broken_) {
    const Error error = *broken_;
    broken_.reset();
    buffer_.clear();
    return tl::unexpected(error);
  }
  return false;
}

}  // namespace jianwei::sources
