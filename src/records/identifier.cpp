#include "records/identifier.h"

#include <algorithm>

#include "base/strings.h"

namespace jianwei {
namespace {

std::string keep(std::string_view text, bool (*wanted)(char)) {
  std::string kept;
  std::copy_if(text.begin(), text.end(), std::back_inserter(kept), wanted);
  return kept;
}

std::string_view after_last(std::string_view text, char c) {
  const std::size_t at = text.rfind(c);
  return at == std::string_view::npos ? text : trim(text.substr(at + 1));
}

// "%28" -> "(": printable ASCII written as two hexadecimal digits, as in DOIs copied from links.
std::string percent_decoded(std::string_view text) {
  const auto digit = [](char c) { return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; };
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    const int value = escape ? digit(text[i + 1]) * 16 + digit(text[i + 2]) : 0;
    const bool printable = value > 0x20 && value < 0x7f;
    decoded += printable ? static_cast<char>(value) : text[i];
    if (printable) i += 2;
  }
  return decoded;
}

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return text;
}

bool digits_only(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }
bool digit_or_x(char c) { return is_digit(c) || c == 'x' || c == 'X'; }
bool alphanumeric(char c) { return is_digit(c) || is_alpha(c); }

// ISO 7064 mod 11-2 over the digits before the last character.
bool orcid_checks(std::string_view compact) {
  int total = 0;
  for (std::size_t i = 0; i + 1 < compact.size(); ++i) {
    if (!is_digit(compact[i])) return false;
    total = (total + (compact[i] - '0')) * 2;
  }
  const int check = (12 - total % 11) % 11;
  return compact.back() == (check == 10 ? 'X' : static_cast<char>('0' + check));
}

std::string normalize_orcid(std::string_view value) {
  const std::string compact = upper(keep(after_last(value, '/'), digit_or_x));
  if (compact.size() != 16 || !orcid_checks(compact)) return "";
  return compact.substr(0, 4) + '-' + compact.substr(4, 4) + '-' + compact.substr(8, 4) + '-' + compact.substr(12);
}

std::string normalize_issn(std::string_view value) {
  const std::string compact = upper(keep(value, digit_or_x));
  if (compact.size() != 8 || compact.find('X') < 7) return "";
  int total = 0;
  for (int i = 0; i < 7; ++i) total += (compact[static_cast<std::size_t>(i)] - '0') * (8 - i);
  const int check = (11 - total % 11) % 11;
  if (compact[7] != (check == 10 ? 'X' : static_cast<char>('0' + check))) return "";
  return compact.substr(0, 4) + '-' + compact.substr(4);
}

std::string normalize_isbn(std::string_view value) {
  const std::string compact = upper(keep(value, digit_or_x));
  int total = 0;
  if (compact.size() == 13 && digits_only(compact)) {
    for (std::size_t i = 0; i < 13; ++i) total += (compact[i] - '0') * (i % 2 == 0 ? 1 : 3);
    return total % 10 == 0 ? compact : "";
  }
  if (compact.size() != 10 || compact.find('X') < 9) return "";
  for (std::size_t i = 0; i < 10; ++i) total += (compact[i] == 'X' ? 10 : compact[i] - '0') * static_cast<int>(10 - i);
  return total % 11 == 0 ? compact : "";
}

std::string normalize_arxiv(std::string_view value) {
  std::string id = to_lower_ascii(trim(value));
  if (const std::size_t at = id.find("arxiv.org/"); at != std::string::npos) id = id.substr(id.find('/', at + 10) + 1);
  if (id.starts_with("arxiv:")) id = std::string(trim(std::string_view(id).substr(6)));
  id = id.substr(0, id.find_first_of(" ["));
  if (id.ends_with(".pdf")) id.resize(id.size() - 4);
  if (const std::size_t v = id.rfind('v'); v != std::string::npos && digits_only(std::string_view(id).substr(v + 1))) id.resize(v);
  const bool modern = id.size() >= 9 && digits_only(std::string_view(id).substr(0, 4)) && id[4] == '.' && digits_only(std::string_view(id).substr(5));
  const std::size_t slash = id.find('/');
  const bool old = slash != std::string::npos && id.size() == slash + 8 && digits_only(std::string_view(id).substr(slash + 1));
  return modern || old ? id : "";
}

}  // namespace

std::string find_doi(std::string_view text) {
  for (std::size_t at = text.find("10."); at != std::string_view::npos; at = text.find("10.", at + 1)) {
    std::size_t slash = at + 3;
    while (slash < text.size() && (is_digit(text[slash]) || text[slash] == '.')) ++slash;
    if (slash < at + 7 || slash >= text.size() || text[slash] != '/') continue;
    if (at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '.')) continue;
    std::size_t end = slash + 1;
    while (end < text.size() && !is_space(text[end]) && text[end] != '"' && text[end] != '<' && text[end] != '>' &&
           static_cast<unsigned char>(text[end]) < 0x80 && text[end] != '{' && text[end] != '}') {
      ++end;
    }
    std::string doi = to_lower_ascii(text.substr(at, end - at));
    // Punctuation of the sentence around it; a closing bracket only when it was not opened inside.
    for (;;) {
      const char last = doi.back();
      const bool open_inside = (last == ')' && doi.find('(') != std::string::npos) || (last == ']' && doi.find('[') != std::string::npos);
      if (std::string_view(".,;:'\\").find(last) != std::string_view::npos || ((last == ')' || last == ']') && !open_inside)) {
        doi.pop_back();
      } else {
        break;
      }
    }
    if (doi.size() > slash - at + 1) return doi;
  }
  return "";
}

std::string normalize_identifier(std::string_view scheme, std::string_view value) {
  value = trim(value);
  if (value.empty()) return "";
  if (scheme == "doi") return find_doi(percent_decoded(value));
  if (scheme == "orcid") return normalize_orcid(value);
  if (scheme == "issn") return normalize_issn(value);
  if (scheme == "isbn") return normalize_isbn(value);
  if (scheme == "arxiv") return normalize_arxiv(value);
  if (scheme == "openalex") return upper(std::string(after_last(value, '/')));
  if (scheme == "ror") return to_lower_ascii(after_last(value, '/'));
  if (scheme == "pmid") {
    const std::string digits = keep(after_last(value, '/'), is_digit);
    return digits.size() <= 9 ? digits : "";
  }
  if (scheme == "pmcid") {
    const std::string digits = keep(after_last(value, '/'), is_digit);
    return digits.empty() ? "" : "PMC" + digits;
  }
  if (scheme == "patent" || scheme == "application") return upper(keep(value, alphanumeric));
  return std::string(value);
}

}  // namespace jianwei
