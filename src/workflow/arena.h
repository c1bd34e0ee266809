// Strings laid into large blocks that never move.
#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>

namespace jianwei::workflow {

class Arena {
 public:
  explicit Arena(std::deque<std::string>& blocks) : blocks_(blocks) {}
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < text.size()) {
      blocks_.emplace_back();
      blocks_.back().reserve(std::max(kBlockBytes, text.size()));
    }
    std::string& block = blocks_.back();
    const std::size_t begin = block.size();
    block.append(text);
    return std::string_view(block).substr(begin, text.size());
  }

 private:
  static constexpr std::size_t kBlockBytes = std::size_t{4} << 20;
  std::deque<std::string>& blocks_;
};

// The longest beginning of at most `size` bytes that ends between two code points.
inline std::string_view cut_text(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
  return text.substr(0, size);
}

// A text that stands for a missing title: its beginning of at most `size` bytes, with " …" where something was left out.
inline std::string shorten(std::string_view text, std::size_t size) { return std::string(cut_text(text, size)) + (text.size() > size ? " …" : ""); }

}  // namespace jianwei::workflow
