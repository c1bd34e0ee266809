// Small string vocabulary: ASCII classes, trimming, splitting, numbers. Unicode work lives in records/unicode.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jianwei {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char to_lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string to_lower_ascii(std::string_view text);
bool equals_ignore_case(std::string_view a, std::string_view b);  // ASCII letters only

std::string_view trim(std::string_view text);             // ASCII white space
std::string collapse_spaces(std::string_view text);       // runs of ASCII white space become one blank; ends trimmed

std::vector<std::string_view> split(std::string_view text, std::string_view separator);          // keeps empty parts
std::vector<std::string> split_trimmed(std::string_view text, std::string_view separator);       // trims, drops empty parts
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string replace_all(std::string text, std::string_view from, std::string_view to);

std::optional<std::int64_t> parse_int(std::string_view text);    // the whole text, optional sign
std::optional<double> parse_double(std::string_view text);       // the whole text; "," as thousands separator is not read

}  // namespace jianwei
