// Unicode on UTF-8: decoding by hand (hot), normal forms and folding by utf8proc, clean-up of export damage by small scanners.
#include "records/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "base/strings.h"
#include "records/han.h"

namespace jianwei {
namespace {

struct Entity {
  std::string_view name;
  std::uint32_t code_point;
};
constexpr Entity kEntities[] = {
#include "records/html_entities.inc"
};

std::string map_with(std::string_view text, int options) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                                   &mapped, static_cast<utf8proc_option_t>(options));
  if (length < 0) return std::string(text);
  std::string result(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length));
  std::free(mapped);
  return result;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Whether the text surely is in NFC: only characters that neither decompose nor combine with what stands before them (the quick check of
// UAX #15, for Latin, Greek, Cyrillic, punctuation, symbols, kana, Han and Hangul syllables). False means that it must be looked at.
bool is_surely_nfc(std::string_view text) {
  const auto* byte = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t size = text.size();
  for (std::size_t i = 0; i < size;) {
    const unsigned char lead = byte[i];
    if (lead < 0x80) {
      ++i;
    } else if (lead < 0xe0) {
      if (i + 1 >= size || lead < 0xc2 || lead == 0xcc || lead == 0xcd || lead > 0xd1) return false;  // U+0300-037F and beyond U+047F
      if (lead == 0xce && byte[i + 1] == 0x87) return false;
      i += 2;
    } else if (lead < 0xf0) {
      if (i + 2 >= size) return false;
      const unsigned char second = byte[i + 1];
      const unsigned char third = byte[i + 2];
      const bool punctuation = lead == 0xe2 && ((second == 0x80 && third >= 0x90) || second == 0x81 || second == 0x82 || (second == 0x84 && third < 0xa6) || (second >= 0x86 && second <= 0x8b));
      const bool kana = lead == 0xe3 && ((second == 0x80 && (third < 0xaa || third > 0xaf)) || second == 0x81 || (second == 0x82 && third != 0x99 && third != 0x9a) || second >= 0x83);
      const bool wide = (lead >= 0xe4 && lead <= 0xe9) || (lead == 0xea && second >= 0xb0) || lead == 0xeb || lead == 0xec || (lead == 0xed && second < 0x9e) || (lead == 0xef && second >= 0xbc);
      if (!punctuation && !kana && !wide) return false;
      i += 3;
    } else {
      return false;
    }
  }
  return true;
}

// The code point of an entity at the start of `text` ("&amp;") and its length; nullopt when it is none.
std::optional<CodePoint> read_entity(std::string_view text) {
  const std::size_t end = text.substr(0, 12).find(';');
  if (end == std::string_view::npos || end < 2) return std::nullopt;
  const std::string_view name = text.substr(1, end - 1);
  const auto length = static_cast<std::int32_t>(end + 1);
  if (name[0] == '#') {
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    char32_t value = 0;
    for (const char c : name.substr(hex ? 2 : 1)) {
      const int digit = is_digit(c) ? c - '0' : hex && to_lower_ascii(c) >= 'a' && to_lower_ascii(c) <= 'f' ? to_lower_ascii(c) - 'a' + 10 : -1;
      if (digit < 0 || value > 0x10ffff) return std::nullopt;
      value = value * (hex ? 16 : 10) + static_cast<char32_t>(digit);
    }
    if (value == 0 || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return std::nullopt;
    return CodePoint{value, length};
  }
  if (name == "apos") return CodePoint{U'\'', length};
  const auto* row = std::lower_bound(std::begin(kEntities), std::end(kEntities), name,
                                     [](const Entity& entity, std::string_view wanted) { return entity.name < wanted; });
  if (row == std::end(kEntities) || row->name != name) return std::nullopt;
  return CodePoint{static_cast<char32_t>(row->code_point), length};
}

// The length of a markup tag at the start of `text` ("<sub>", "</jats:p>"), 0 when "<" is only a less-than sign.
std::size_t tag_length(std::string_view text) {
  constexpr std::array<std::string_view, 46> kTags = {
      "a",   "abstract", "b",  "bold", "br",    "div",  "em",    "fixed-case", "h1", "h2", "h3", "h4",   "hr",  "i",     "img", "inf",
      "italic", "li",    "math", "mi", "mn",    "mo",   "mrow",  "msub",       "msup", "ol", "p", "sc",  "scp", "sec",   "small", "span",
      "strong", "strike", "sub", "sup", "table", "td",  "tex-math", "title",   "tr", "tt",  "u",  "ul",  "url", "list-item"};
  std::size_t i = 1;
  if (i < text.size() && text[i] == '/') ++i;
  const std::size_t start = i;
  while (i < text.size() && (is_alpha(text[i]) || is_digit(text[i]) || text[i] == ':' || text[i] == '-')) ++i;
  std::string_view name = text.substr(start, i - start);
  const std::size_t colon = name.rfind(':');
  const bool namespaced = colon != std::string_view::npos;  // jats:p, mml:mi
  if (namespaced) name.remove_prefix(colon + 1);
  const bool known = namespaced ? !name.empty() : std::any_of(kTags.begin(), kTags.end(), [&](std::string_view tag) { return equals_ignore_case(tag, name); });
  if (!known) return 0;
  const std::size_t end = text.substr(0, 400).find('>', i);
  return end == std::string_view::npos ? 0 : end + 1;
}

// ASCII that clean_text copies as it is.
constexpr std::array<bool, 256> kOrdinary = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0x21; c < 0x7f; ++c) table[c] = c != '<';
  return table;
}();

// Windows-1252 bytes 0x80-0x9f as code points; 0 where undefined.
constexpr std::array<char32_t, 32> kWindows1252 = {0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
                                                   0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
                                                   0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

int windows1252_byte(char32_t c) {
  if (c < 0x100) return static_cast<int>(c);
  for (std::size_t i = 0; i < kWindows1252.size(); ++i) {
    if (kWindows1252[i] == c) return static_cast<int>(0x80 + i);
  }
  return -1;
}

}  // namespace

CodePoint decode_utf8(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::int32_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < static_cast<std::size_t>(length)) return {0xfffd, 1};
  char32_t value = lead & (0xff >> (length + 1));
  for (std::int32_t i = 1; i < length; ++i) {
    if ((byte(static_cast<std::size_t>(i)) & 0xc0) != 0x80) return {0xfffd, 1};
    value = (value << 6) | (byte(static_cast<std::size_t>(i)) & 0x3f);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return {0xfffd, 1};
  return {value, length};
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3f));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
}

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    if (static_cast<unsigned char>(text[0]) < 0x80) {
      text.remove_prefix(1);
      continue;
    }
    const CodePoint point = decode_utf8(text);
    if (point.length == 1) return false;
    text.remove_prefix(static_cast<std::size_t>(point.length));
  }
  return true;
}

void ensure_utf8(std::string& text) {
  if (is_valid_utf8(text)) return;
  std::string valid;
  for (std::string_view rest = text; !rest.empty();) {
    const CodePoint point = decode_utf8(rest);
    append_utf8(valid, point.value);
    rest.remove_prefix(static_cast<std::size_t>(point.length));
  }
  text = std::move(valid);
}

bool is_han(char32_t c) {
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || c == 0x3007 || (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x323af);
}

bool has_han(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {  // in UTF-8 they begin with E3 or more and take three or four bytes
    if (static_cast<unsigned char>(text[i]) >= 0xe3 && is_han(decode_utf8(text.substr(i)).value)) return true;
  }
  return false;
}

bool is_letter(char32_t c) {
  if (c < 0x80) return is_alpha(static_cast<char>(c));
  if (is_han(c)) return true;
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_cjk_text(std::string_view text) {
  std::int64_t han = 0;
  std::int64_t letters = 0;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    han += is_han(point.value) ? 1 : 0;
    letters += is_letter(point.value) ? 1 : 0;
    text.remove_prefix(static_cast<std::size_t>(point.length));
  }
  return han > 0 && 3 * han >= letters;
}

std::string to_nfc(std::string_view text) {
  return is_surely_nfc(text) ? std::string(text) : map_with(text, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
}

std::string fold_case(std::string_view text) {
  if (is_ascii(text)) return to_lower_ascii(text);
  return map_with(text, UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STABLE);
}

std::string strip_marks(std::string_view text) {
  return is_ascii(text) ? std::string(text) : map_with(text, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_STABLE);
}

std::string decode_entities(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  while (!text.empty()) {
    const std::size_t at = text.find('&');
    decoded += text.substr(0, at);
    if (at == std::string_view::npos) break;
    text.remove_prefix(at);
    if (const auto entity = read_entity(text)) {
      append_utf8(decoded, entity->value);
      text.remove_prefix(static_cast<std::size_t>(entity->length));
    } else {
      decoded += '&';
      text.remove_prefix(1);
    }
  }
  return decoded;
}

std::string repair_double_encoding(std::string_view text) {
  std::string repaired;
  repaired.reserve(text.size());
  while (!text.empty()) {
    const CodePoint lead = decode_utf8(text);
    const int first = lead.value >= 0xc2 && lead.value <= 0xf4 ? static_cast<int>(lead.value) : -1;
    bool replaced = false;
    if (first >= 0xc2) {
      // Reads on for the continuation bytes that this lead byte asks for, each written as one Windows-1252 character.
      std::string bytes(1, static_cast<char>(first));
      std::string_view rest = text.substr(static_cast<std::size_t>(lead.length));
      const int wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
      while (static_cast<int>(bytes.size()) < wanted && !rest.empty()) {
        const CodePoint next = decode_utf8(rest);
        const int byte = windows1252_byte(next.value);
        if (byte < 0x80 || byte > 0xbf) break;
        bytes += static_cast<char>(byte);
        rest.remove_prefix(static_cast<std::size_t>(next.length));
      }
      if (static_cast<int>(bytes.size()) == wanted && decode_utf8(bytes).length == wanted) {
        repaired += bytes;
        text = rest;
        replaced = true;
      }
    }
    if (!replaced) {
      repaired += text.substr(0, static_cast<std::size_t>(lead.length));
      text.remove_prefix(static_cast<std::size_t>(lead.length));
    }
  }
  return repaired;
}

std::string clean_text(std::string_view text) {
  std::string decoded;
  if (text.find('&') != std::string_view::npos) {
    decoded = decode_entities(text);
    if (decoded.find("&") != std::string::npos && decoded.find(';') != std::string::npos) decoded = decode_entities(decoded);  // "&amp;lt;" of double escaping
    text = decoded;
  }
  std::string cleaned;
  cleaned.reserve(text.size());
  const auto blank = [&] {
    if (!cleaned.empty() && cleaned.back() != ' ') cleaned += ' ';
  };
  bool plain = true;
  const auto ordinary = [&](std::size_t i) { return kOrdinary[static_cast<unsigned char>(text[i])]; };
  while (!text.empty()) {
    // Words and single blanks between them in one piece.
    std::size_t run = 0;
    while (run < text.size() && (ordinary(run) || (text[run] == ' ' && run > 0 && run + 1 < text.size() && ordinary(run + 1)))) ++run;
    if (run > 0) {
      cleaned += text.substr(0, run);
      text.remove_prefix(run);
      if (text.empty()) break;
    }
    const char c = text[0];
    if (static_cast<unsigned char>(c) >= 0x80) {
      const CodePoint point = decode_utf8(text);
      const auto length = static_cast<std::size_t>(point.length);
      if (point.value == 0xa0 || point.value == 0x3000 || (point.value >= 0x2000 && point.value <= 0x200a) || point.value == 0x2028 || point.value == 0x2029) {
        blank();
      } else if (point.value == 0xfeff || point.value == 0x200b || point.value == 0xad || (point.value >= 0x80 && point.value < 0xa0)) {
        // a byte-order mark, zero-width blank, soft hyphen or C1 control: nothing to show
      } else if (point.length == 1) {
        cleaned += "\xef\xbf\xbd";
        plain = false;
      } else {
        cleaned += text.substr(0, length);
        plain = false;
      }
      text.remove_prefix(length);
      continue;
    }
    if (c == '<') {
      if (const std::size_t length = tag_length(text); length > 0) {
        // A block tag stands between words; an inline one (<sub>) inside them.
        constexpr std::array<std::string_view, 7> kBlocks = {"<p", "<br", "<li", "<di", "<jats:p", "<jats:t", "<title"};
        const bool block = std::any_of(kBlocks.begin(), kBlocks.end(), [&](std::string_view tag) { return text.starts_with(tag); });
        if (block) blank();
        text.remove_prefix(length);
        continue;
      }
    }
    if (is_space(c) || static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      blank();
    } else {
      cleaned += c;
    }
    text.remove_prefix(1);
  }
  if (!cleaned.empty() && cleaned.back() == ' ') cleaned.pop_back();
  return plain || is_surely_nfc(cleaned) ? cleaned : to_nfc(cleaned);
}

}  // namespace jianwei
