// Unicode vocabulary on UTF-8 text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jianwei {

// Decodes the code point at the start of `text` and gives its length in bytes; U+FFFD and 1 for a byte that is not UTF-8.
struct CodePoint {
  char32_t value;
  std::int32_t length;
};
CodePoint decode_utf8(std::string_view text);
void append_utf8(std::string& out, char32_t code_point);
bool is_valid_utf8(std::string_view text);
void ensure_utf8(std::string& text);  // bytes that are not UTF-8 become U+FFFD

bool is_han(char32_t c);     // Chinese characters, compatibility and extension blocks included
bool is_letter(char32_t c);  // any script
bool is_cjk_text(std::string_view text);  // at least a third of the letters are Han

std::string to_nfc(std::string_view text);
// NFKC, case folded: what two spellings are compared by (full-width forms become ASCII, ligatures are taken apart).
std::string fold_case(std::string_view text);
// Without diacritics: "Müller" -> "Muller".
std::string strip_marks(std::string_view text);

// Text as canonical records hold it: NFC, control characters and U+FEFF removed, white space collapsed, and the common damage of
// exports undone: HTML entities decoded, simple markup tags (<i>, <sub>, <p>, <jats:p>, ...) removed.
std::string clean_text(std::string_view text);

// HTML/XML entities (named of HTML 4, decimal, hexadecimal) to text.
std::string decode_entities(std::string_view text);

// Text that was UTF-8 read as Windows-1252 and written as UTF-8 again ("â€™" for "’"), put right where the whole sequence fits.
std::string repair_double_encoding(std::string_view text);

}  // namespace jianwei
