#include "sources/bibtex/bibtex_entry.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/strings.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} << 10;
constexpr std::size_t kMaxEntryBytes = std::size_t{64} << 20;

bool is_name_char(char c) { return is_alpha(c) || is_digit(c) || c == '_' || c == '-' || c == ':' || c == '.' || c == '+' || c == '/' || static_cast<unsigned char>(c) >= 0x80; }

// White space, and comments to the end of the line where BibTeX-like tools allow them.
std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (is_space(text[at])) {
      ++at;
    } else if (text[at] == '%') {
      at = std::min(text.find('\n', at), text.size());
    } else {
      break;
    }
  }
  return at;
}

// Whether an entry begins at `at` ("@name{" or "@name("). Undecided when the text ends before that shows.
enum class Begin { no, yes, undecided };
Begin entry_begins(std::string_view text, std::size_t at) {
  std::size_t name = skip_space(text, at + 1);
  const std::size_t begin = name;
  while (name < text.size() && (is_alpha(text[name]) || is_digit(text[name]) || text[name] == '_' || text[name] == '-')) ++name;
  const std::size_t open = skip_space(text, name);
  if (open >= text.size()) return name - at < 200 ? Begin::undecided : Begin::no;
  return name > begin && (text[open] == '{' || text[open] == '(') ? Begin::yes : Begin::no;
}

constexpr std::array<bool, 256> kStructural = [] {
  std::array<bool, 256> table{};
  for (const char c : {'{', '}', '(', ')', '@'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

}  // namespace

Result<bool> BibtexScanner::refill() {
  if (ended_) return false;
  const std::size_t size = buffer_.size();
  buffer_.resize(size + kBlockBytes);
  const auto count = stream_.read(buffer_.data() + size, kBlockBytes);
  buffer_.resize(size + (count ? *count : 0));
  if (!count) return tl::unexpected(count.error());
  ended_ = *count == 0;
  return *count > 0;
}

// Moves to the "@" of the next entry; drops what was consumed.
Result<bool> BibtexScanner::find_entry() {
  for (;;) {
    const std::size_t found = std::min(buffer_.find('@', at_), buffer_.size());
    line_ += std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(at_), buffer_.begin() + static_cast<std::ptrdiff_t>(found), '\n');
    at_ = found;
    if (found < buffer_.size()) {
      const Begin begins = entry_begins(buffer_, found);
      if (begins == Begin::yes) return true;
      if (begins == Begin::no || ended_) {
        ++at_;
        continue;
      }
    } else if (ended_) {
      return false;
    }
    buffer_.erase(0, at_);
    at_ = 0;
    TRY(refill());
  }
}

Result<bool> BibtexScanner::next(BibtexText& entry) {
  if (!TRY(find_entry())) return false;
  if (at_ > kBlockBytes) {
    buffer_.erase(0, at_);
    at_ = 0;
  }
  entry = {};
  entry.line = line_;
  std::size_t i = skip_space(buffer_, at_ + 1);
  while (buffer_[i] != '{' && buffer_[i] != '(') ++i;
  const bool braces = buffer_[i] == '{';
  int depth = 0;  // of braces
  for (;; ++i) {
    while (i < buffer_.size() && !kStructural[static_cast<unsigned char>(buffer_[i])]) ++i;
    if (i >= buffer_.size()) {
      if (i - at_ <= kMaxEntryBytes && TRY(refill())) {
        --i;  // looked at again after the increment; never below the entry's start
        continue;
      }
      entry.closed = false;
      break;
    }
    const char c = buffer_[i];
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (braces ? depth == 0 && c == '}' : depth <= 0 && c == ')') {
      ++i;
      break;
    }
    if (c == '@' && i > at_ && (buffer_[i - 1] == '\n' || buffer_[i - 1] == '\r')) {
      Begin begins = entry_begins(buffer_, i);
      while (begins == Begin::undecided && TRY(refill())) begins = entry_begins(buffer_, i);
      if (begins == Begin::yes) {
        entry.closed = false;
        break;
      }
    }
  }
  entry.oversized = i - at_ > kMaxEntryBytes;
  entry.text = buffer_.substr(at_, std::min(i - at_, entry.oversized ? 4096 : i - at_));
  line_ += std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(at_), buffer_.begin() + static_cast<std::ptrdiff_t>(i), '\n');
  at_ = i;
  return true;
}

std::string_view BibtexEntry::field(std::string_view wanted) const {
  for (const BibtexField& one : fields) {
    if (one.name == wanted) return one.value;
  }
  return {};
}

namespace {

// Reads one value from `at`, which is moved behind it.
std::string parse_value(std::string_view text, std::size_t& at, const BibtexMacros& macros) {
  std::string value;
  for (;;) {
    at = skip_space(text, at);
    if (at >= text.size()) return value;
    const char open = text[at];
    if (open == '{' || open == '"') {
      const std::size_t begin = ++at;
      int depth = 0;
      while (at < text.size()) {
        const char c = text[at];
        const bool accent = open == '"' && text[at - 1] == '\\';  // \"o without its braces
        if (depth == 0 && c == (open == '{' ? '}' : '"') && !accent) break;
        if (c == '{') ++depth;
        if (c == '}') depth = std::max(0, depth - 1);
        ++at;
      }
      value += text.substr(begin, at - begin);
      if (at < text.size()) ++at;
    } else {
      const std::size_t begin = at;
      while (at < text.size() && is_name_char(text[at])) ++at;
      if (at == begin) return value;
      const std::string_view word = text.substr(begin, at - begin);
      const auto macro = macros.find(to_lower_ascii(word));
      value += macro == macros.end() ? word : std::string_view(macro->second);
    }
    const std::size_t next = skip_space(text, at);
    if (next >= text.size() || text[next] != '#') return value;
    at = next + 1;
  }
}

}  // namespace

BibtexEntry parse_bibtex_entry(std::string_view text, const BibtexMacros& macros) {
  BibtexEntry entry;
  std::size_t at = skip_space(text, 1);
  std::size_t end = at;
  while (end < text.size() && (is_alpha(text[end]) || is_digit(text[end]) || text[end] == '_' || text[end] == '-')) ++end;
  entry.type = to_lower_ascii(text.substr(at, end - at));
  at = skip_space(text, end) + 1;  // behind "{" or "("
  if (at > text.size() || entry.type == "comment" || entry.type == "preamble") return entry;
  // The closing bracket is not part of a value.
  if (text.back() == '}' || text.back() == ')') text.remove_suffix(1);
  if (entry.type != "string") {
    // The key ends at the comma; without a comma, or with "=" before it, there is none.
    const std::size_t comma = text.find_first_of(",=", at);
    if (comma == std::string_view::npos || text[comma] == ',') {
      entry.key = trim(text.substr(at, std::min(comma, text.size()) - at));
      at = comma == std::string_view::npos ? text.size() : comma + 1;
    }
  }
  while (at < text.size()) {
    while (at < text.size() && (is_space(text[at]) || text[at] == ',' || text[at] == '}' || text[at] == '"')) ++at;
    const std::size_t equals = text.find('=', at);
    if (equals == std::string_view::npos) break;
    const std::string_view name = trim(text.substr(at, equals - at));
    at = equals + 1;
    std::string value = parse_value(text, at, macros);
    // A stray piece of text before a name is left out: the name is its last line.
    const std::size_t line = name.find_last_of("\n,");
    entry.fields.push_back({to_lower_ascii(trim(line == std::string_view::npos ? name : name.substr(line + 1))), std::move(value)});
  }
  return entry;
}

}  // namespace jianwei::sources
