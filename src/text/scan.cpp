// One pass over the bytes with a table of character classes; anything beyond ASCII is decoded and classed by its block. A word runs on
// over letters, digits and the joiners that stand between them ("-", "'", "&", "." in numbers), so that "PD-L1", "R&D", "C++" and
// "Parkinson's" come out whole; tokenize.cpp decides which hyphens part words.
#include "text/scan.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::text {
namespace {

enum Class : std::uint8_t { kOther, kSpace, kLetter, kDigit, kHyphen, kApostrophe, kHigh };

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (int c = 0; c < 256; ++c) {
    const auto ch = static_cast<char>(c);
    classes[static_cast<std::size_t>(c)] = c >= 0x80 ? kHigh : is_alpha(ch) || c == '_' ? kLetter : is_digit(ch) ? kDigit : is_space(ch) ? kSpace : c == '-' ? kHyphen : c == '\'' ? kApostrophe : kOther;
  }
  return classes;
}
constexpr auto kClasses = make_classes();

std::uint8_t class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }

constexpr std::size_t kLongestWord = 60;  // longer runs are identifiers, sequences or damage

struct Wide {
  enum Kind : std::uint8_t { letter, han, hyphen, apostrophe, space, ignore, other } kind;
  std::int32_t length;
};

Wide classify_wide(std::string_view rest) {
  const CodePoint point = decode_utf8(rest);
  const char32_t c = point.value;
  if (is_han(c)) return {Wide::han, point.length};
  if (c >= 0x2010 && c <= 0x2013) return {Wide::hyphen, point.length};
  if (c == 0x2019 || c == 0x02bc) return {Wide::apostrophe, point.length};
  if (c == 0xa0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200a)) return {Wide::space, point.length};
  if (c == 0xad || c == 0x200b || c == 0xfeff) return {Wide::ignore, point.length};
  // Sub- and superscripts belong to their word (CO₂), full-width letters and digits to theirs.
  if ((c >= 0x2070 && c <= 0x208e) || c == 0xb2 || c == 0xb3 || c == 0xb9 || (c >= 0xff10 && c <= 0xff19)) return {Wide::letter, point.length};
  if (c == 0xfffd) return {Wide::other, point.length};
  return {is_letter(c) || (c >= 0x300 && c <= 0x36f) ? Wide::letter : Wide::other, point.length};
}

class Scanner {
 public:
  Scanner(std::string_view text, std::vector<RawToken>& tokens) : text_(text), tokens_(tokens) {}

  void run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      switch (class_of(c)) {
        case kSpace: ++at_; joint_ = Joint::blank; break;
        case kLetter: case kDigit: word(); break;
        case kHigh: wide(); break;
        default: symbol(c); break;
      }
    }
    add_break();
  }

 private:
  void add_break() {
    if (!tokens_.empty() && tokens_.back().kind != RawKind::brk) tokens_.push_back({});
    joint_ = Joint::blank;
  }

  void skip_to_space() {
    while (at_ < text_.size() && class_of(text_[at_]) != kSpace && class_of(text_[at_]) != kHigh) ++at_;
    add_break();
  }

  char peek(std::size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  // A letter or digit starts at offset i, be it ASCII or not (Han excluded).
  bool alphanumeric_at(std::size_t i) const {
    if (i >= text_.size()) return false;
    const std::uint8_t k = class_of(text_[i]);
    if (k == kLetter || k == kDigit) return true;
    return k == kHigh && classify_wide(text_.substr(i)).kind == Wide::letter;
  }

  void word() {
    const std::size_t begin = at_;
    while (true) {
      while (at_ < text_.size() && (class_of(text_[at_]) == kLetter || class_of(text_[at_]) == kDigit)) ++at_;
      if (at_ >= text_.size()) break;
      const char c = text_[at_];
      if (c == ' ' || c == ',') break;  // the usual end
      if (c == '-' || c == '\'') {
        if (!alphanumeric_at(at_ + 1)) break;
        ++at_;
      } else if (c == '.') {
        const bool number = at_ > begin && is_digit(text_[at_ - 1]) && is_digit(peek(1));
        const bool initials = at_ - begin >= 1 && is_alpha(text_[at_ - 1]) && (at_ - begin == 1 || text_[at_ - 2] == '.') && is_alpha(peek(1)) && !alphanumeric_at(at_ + 2);
        if (!number && !initials) {
          if (is_domain_end()) return skip_to_space();
          break;
        }
        ++at_;
      } else if (c == '&') {
        if (!(text_[at_ - 1] >= 'A' && text_[at_ - 1] <= 'Z' && peek(1) >= 'A' && peek(1) <= 'Z')) break;
        ++at_;
      } else if (c == '+' || c == '#') {
        if (c == '+' && peek(1) == '+' && at_ - begin == 1) at_ += 2;
        else if (c == '#' && at_ - begin == 1 && text_[begin] >= 'A' && text_[begin] <= 'Z') at_ += 1;
        break;
      } else if (c == '@') {
        return skip_to_space();
      } else if (class_of(c) == kHigh) {
        const Wide next = classify_wide(text_.substr(at_));
        const auto after = at_ + static_cast<std::size_t>(next.length);
        if (next.kind == Wide::letter || next.kind == Wide::ignore || ((next.kind == Wide::hyphen || next.kind == Wide::apostrophe) && alphanumeric_at(after))) {
          at_ = after;
        } else {
          break;
        }
      } else {
        break;
      }
    }
    const std::string_view found = text_.substr(begin, at_ - begin);
    if (peek(0) == ':' && peek(1) == '/' && peek(2) == '/') return skip_to_space();
    if (found == "www" && peek(0) == '.') return skip_to_space();
    if (found.size() > kLongestWord) return add_break();
    tokens_.push_back({found, RawKind::word, joint_});
    joint_ = Joint::none;
    if (peek(0) == '/' && is_alpha(peek(1)) && is_alpha(found.back())) {
      ++at_;
      joint_ = Joint::slash;
    }
  }

  bool is_domain_end() const {
    for (const std::string_view end : {".com", ".org", ".edu", ".net", ".io/", ".html"}) {
      if (text_.substr(at_).starts_with(end)) return !is_alpha(peek(end.size()));
    }
    return false;
  }

  void wide() {
    const Wide first = classify_wide(text_.substr(at_));
    const auto length = static_cast<std::size_t>(first.length);
    switch (first.kind) {
      case Wide::letter: word(); break;
      case Wide::space: at_ += length; joint_ = Joint::blank; break;
      case Wide::ignore: at_ += length; break;
      case Wide::han: {
        if (joint_ == Joint::blank && !tokens_.empty() && tokens_.back().kind == RawKind::han) add_break();  // blanks part Chinese phrases
        const std::size_t begin = at_;
        at_ += length;
        while (at_ < text_.size() && class_of(text_[at_]) == kHigh) {
          const Wide next = classify_wide(text_.substr(at_));
          if (next.kind != Wide::han) break;
          at_ += static_cast<std::size_t>(next.length);
        }
        tokens_.push_back({text_.substr(begin, at_ - begin), RawKind::han, joint_});
        joint_ = Joint::none;
        break;
      }
      default: at_ += length; add_break(); break;
    }
  }

  void symbol(char c) {
    if (c == '$' && skip_formula()) return add_break();
    if (c == '\\' && is_alpha(peek(1))) return skip_command();
    ++at_;
    if (c == '-' && joint_ == Joint::none && class_of(peek(0)) == kHigh) {  // "Transformer-基"
      joint_ = Joint::hyphen;
      return;
    }
    add_break();
  }

  // "$...$" that holds mathematics; a lone "$" is money.
  bool skip_formula() {
    constexpr std::size_t kLongestFormula = 200;
    const std::size_t begin = at_ + (peek(1) == '$' ? 2U : 1U);
    const std::size_t end = text_.substr(0, std::min(text_.size(), begin + kLongestFormula)).find('$', begin);
    if (end == std::string_view::npos) return false;
    const std::string_view inside = text_.substr(begin, end - begin);
    const bool symbol_alone = inside.size() <= 6 && inside.find(' ') == std::string_view::npos;  // "$k$"
    if (!symbol_alone && inside.find_first_of("\\^_{=") == std::string_view::npos) return false;
    at_ = end + 1;
    if (peek(0) == '$') ++at_;
    return true;
  }

  // "\alpha" is dropped; "\emph{robust}" leaves its text; "\cite{x}" goes with its argument.
  void skip_command() {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && is_alpha(text_[at_])) ++at_;
    const std::string_view name = text_.substr(begin, at_ - begin);
    if (name.starts_with("cite") || name == "ref" || name == "eqref" || name == "label" || name == "url" || name == "footnote") {
      if (const std::size_t close = text_.find('}', at_); peek(0) == '{' && close != std::string_view::npos) at_ = close + 1;
    }
    add_break();
  }

  std::string_view text_;
  std::vector<RawToken>& tokens_;
  std::size_t at_ = 0;
  Joint joint_ = Joint::blank;
};

bool contains(std::string_view text, std::string_view wanted) { return memmem(text.data(), text.size(), wanted.data(), wanted.size()) != nullptr; }

// Cuts off "© 2015 Elsevier Ltd. All rights reserved." from the copyright sign to the end of the notice.
void remove_notices(std::string& text) {
  for (std::size_t end = text.find("ights reserved"); end != std::string::npos; end = text.find("ights reserved", end)) {
    constexpr std::size_t kLongestNotice = 160;
    const std::size_t from = end > kLongestNotice ? end - kLongestNotice : 0;
    std::size_t begin = text.rfind("\xc2\xa9", end);
    if (begin == std::string::npos || begin < from) begin = text.rfind("(C)", end);
    if (begin == std::string::npos || begin < from) begin = text.rfind("Copyright", end);
    if (begin == std::string::npos || begin < from) begin = text.rfind("All r", end);
    if (begin == std::string::npos || begin < from) begin = end;
    std::size_t stop = end + std::strlen("ights reserved");
    while (stop < text.size() && (text[stop] == '.' || text[stop] == ' ')) ++stop;
    text.replace(begin, stop - begin, ". ");
    end = begin;
  }
  // "© 2015 IEEE." at the very end or start, without "all rights reserved".
  for (std::size_t begin = text.find("\xc2\xa9"); begin != std::string::npos; begin = text.find("\xc2\xa9", begin + 2)) {
    std::size_t year = begin + 2;
    while (year < text.size() && text[year] == ' ') ++year;
    if (year + 4 > text.size() || (text.compare(year, 2, "19") != 0 && text.compare(year, 2, "20") != 0)) continue;
    const std::size_t stop = std::min({text.size(), text.find('.', year), year + 60});
    text.replace(begin, stop - begin, ". ");
  }
}

// "(cid:173)", other "(cid:N)", soft hyphens, and "optimiza- tion".
void join_halves(std::string_view text, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '(' && text.substr(i).starts_with("(cid:")) {
      const std::size_t close = text.substr(0, std::min(text.size(), i + 12)).find(')', i);
      if (close != std::string_view::npos) {
        const bool hyphen = text.substr(i, close - i) == "(cid:173";
        i = close + 1;
        while (hyphen && i < text.size() && text[i] == ' ') ++i;
        if (!hyphen) out += ' ';
        continue;
      }
    }
    if (text[i] == '\xc2' && i + 1 < text.size() && text[i + 1] == '\xad') {
      i += 2;
      while (i < text.size() && text[i] == ' ') ++i;
      continue;
    }
    if (text[i] == '-' && i + 2 < text.size() && text[i + 1] == ' ' && !out.empty() && out.back() >= 'a' && out.back() <= 'z' && text[i + 2] >= 'a' && text[i + 2] <= 'z') {
      const std::string_view rest = text.substr(i + 2);
      bool pair = false;  // "short- and long-term"
      for (const std::string_view word : {"and ", "or ", "to ", "nor ", "versus ", "vs", "as ", "but "}) pair = pair || rest.starts_with(word);
      if (!pair) {
        i += 2;
        continue;
      }
    }
    out += text[i++];
  }
}

}  // namespace

void scan(std::string_view text, std::vector<RawToken>& tokens) { Scanner(text, tokens).run(); }

std::string_view repair_text(std::string_view text, std::string& scratch) {
  if (contains(text, "(cid:") || contains(text, "\xc2\xad") || contains(text, "- ")) {
    std::string joined;
    join_halves(text, joined);
    scratch.swap(joined);
    text = scratch;
  }
  if (contains(text, "ights reserved") || contains(text, "\xc2\xa9")) {
    std::string copy(text);
    remove_notices(copy);
    scratch.swap(copy);
    text = scratch;
  }
  return text;
}

bool is_all_capitals(std::string_view text) {
  std::int64_t upper = 0;
  std::int64_t lower = 0;
  for (const char c : text) {
    upper += c >= 'A' && c <= 'Z';
    lower += c >= 'a' && c <= 'z';
    if (lower > 8 && lower * 4 > upper) return false;
  }
  return upper >= 12 && lower * 10 < upper;
}

}  // namespace jianwei::text
