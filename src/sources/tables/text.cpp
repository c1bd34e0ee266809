#include "sources/tables/text.h"

#include <algorithm>
#include <array>
#include <chrono>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::sources {
namespace {

bool may_be_double_encoded(std::string_view text) {
  // A Latin-1 letter (lead byte seen as a character) before another non-ASCII character.
  for (std::size_t i = text.find('\xc3'); i != std::string_view::npos && i + 2 < text.size(); i = text.find('\xc3', i + 1)) {
    const auto second = static_cast<unsigned char>(text[i + 1]);
    if (second >= 0x82 && second <= 0xb4 && static_cast<unsigned char>(text[i + 2]) >= 0x80) return true;
  }
  return text.find("\xc3\x82") != std::string_view::npos || text.find("\xc2\xb7\xc2") != std::string_view::npos;
}

// Printable ASCII without "&", "<" and double blanks: nothing to clean. 16 bytes at a time where the machine has SSE2.
bool is_plain(std::string_view text) {
  std::size_t i = 0;
  bool blank_before = false;
#ifdef __SSE2__
  const __m128i lowest = _mm_set1_epi8(0x20);
  const __m128i delete_sign = _mm_set1_epi8(0x7f);
  const __m128i ampersand = _mm_set1_epi8('&');
  const __m128i less = _mm_set1_epi8('<');
  for (; i + 16 <= text.size(); i += 16) {
    const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + i));
    // Signed comparison: bytes from 0x80 are negative, so they are "below 0x20" too.
    const __m128i bad = _mm_or_si128(_mm_or_si128(_mm_cmplt_epi8(chunk, lowest), _mm_cmpeq_epi8(chunk, delete_sign)),
                                     _mm_or_si128(_mm_cmpeq_epi8(chunk, ampersand), _mm_cmpeq_epi8(chunk, less)));
    if (_mm_movemask_epi8(bad) != 0) return false;
    const auto blanks = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(chunk, lowest)));
    if ((blanks & (blanks << 1 | (blank_before ? 1U : 0U))) != 0) return false;
    blank_before = (blanks & 0x8000U) != 0;
  }
#endif
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f || c == '&' || c == '<' || (c == ' ' && blank_before)) return false;
    blank_before = c == ' ';
  }
  return true;
}

// Family-name beginnings after which a capital does not start a new name.
bool is_name_prefix(std::string_view piece) {
  constexpr std::array<std::string_view, 30> kPrefixes = {"Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz", "Al", "El", "Da", "Del", "Des",
                                                          "Dal", "Della", "St", "San", "Ab", "Ben", "Bin", "Abu", "O", "Mik", "Lo", "Li", "Vander", "Ver", "Ten"};
  return std::find(kPrefixes.begin(), kPrefixes.end(), piece) != kPrefixes.end();
}

bool is_lower_at_end(std::string_view text) {
  if (text.empty()) return false;
  const char c = text.back();
  return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

std::vector<std::string> split_glued(std::string_view text) {
  std::vector<std::string> names;
  std::size_t begin = 0;
  std::size_t word = 0;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i - 1] == ' ' || text[i - 1] == '-') word = i;
    if (text[i] < 'A' || text[i] > 'Z') continue;
    const char next = text[i + 1];
    const bool full = (next >= 'a' && next <= 'z') || static_cast<unsigned char>(next) >= 0x80 || next == '\'' || (next == '.' && text[i - 1] != '.') || next == ' ';
    const bool after_small = is_lower_at_end(text.substr(0, i)) && !is_name_prefix(text.substr(word, i - word));
    const bool after_stop = text[i - 1] == '.' && next >= 'a' && next <= 'z' && i + 2 < text.size() && text[i + 2] != '.';
    if ((after_small && full) || after_stop) {
      names.emplace_back(trim(text.substr(begin, i - begin)));
      begin = word = i;
    }
  }
  names.emplace_back(trim(text.substr(begin)));
  std::erase(names, "");
  return names;
}

}  // namespace

std::string clean_value(std::string_view text) {
  text = trim(text);
  if (is_plain(text)) return std::string(text);
  if (may_be_double_encoded(text)) return clean_text(repair_double_encoding(text));
  return clean_text(text);
}

std::string clean_long_text(std::string_view text) {
  std::string cleaned;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\n\r");
    const std::string line = clean_value(text.substr(0, end));
    if (!line.empty()) {
      if (!cleaned.empty()) cleaned += '\n';
      cleaned += line;
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return cleaned;
}

bool is_missing(std::string_view value) {
  value = trim(value);
  if (value.size() > 4) return false;
  return value.empty() || value == "NA" || value == "N/A" || value == "null" || value == "NULL" || value == "None" || value == "nan" ||
         value == "NaN" || value == "\\N" || value == "#N/A" || value == "[]" || value == "{}";
}

std::vector<std::string> split_outside_brackets(std::string_view text, char separator) {
  std::vector<std::string> parts;
  int depth = 0;
  std::size_t begin = 0;
  const auto push = [&](std::size_t end) {
    const std::string_view part = trim(text.substr(begin, end - begin));
    if (!part.empty()) parts.emplace_back(part);
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '[' || c == '(') ++depth;
    if ((c == ']' || c == ')') && depth > 0) --depth;
    if (c == separator && depth == 0) {
      push(i);
      begin = i + 1;
    }
  }
  push(text.size());
  return parts;
}

std::vector<std::string> split_values(std::string_view text, std::string_view separator) {
  if (separator.empty()) {
    const std::string_view one = trim(text);
    return one.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::string(one)};
  }
  if (separator == "glued") return split_glued(trim(text));
  if (separator == "lines") {
    std::string lines(text);
    std::replace(lines.begin(), lines.end(), '\r', '\n');
    return split_trimmed(lines, "\n");
  }
  if (separator == ";") {
    if (text.find("；") == std::string_view::npos) return split_trimmed(text, ";");
    return split_trimmed(replace_all(std::string(text), "；", ";"), ";");
  }
  if (separator == "，" || separator == ",") {
    if (text.find("，") == std::string_view::npos) return split_trimmed(text, ",");
    return split_trimmed(replace_all(std::string(text), "，", ","), ",");
  }
  return split_trimmed(text, separator);
}

Date parse_table_date(std::string_view text, DateStyle style, int latest_year) {
  text = trim(text);
  if (text.empty()) return {};
  if (text.ends_with(".0") && text.size() <= 7) text.remove_suffix(2);
  const std::optional<std::int64_t> whole = parse_int(text);
  if (whole && style == DateStyle::day_number && *whole > 366 && *whole < 100000) {
    using namespace std::chrono;
    const year_month_day day(sys_days(year(1899) / 12 / 30) + days(*whole));
    return {static_cast<std::int16_t>(static_cast<int>(day.year())), static_cast<std::int8_t>(static_cast<unsigned>(day.month())),
            static_cast<std::int8_t>(static_cast<unsigned>(day.day()))};
  }
  // Three numbers, the year last, perhaps with two digits.
  std::array<int, 3> parts{};
  std::size_t count = 0;
  bool numeric = true;
  std::size_t last_digits = 0;
  std::size_t first_digits = 0;
  for (std::size_t i = 0; i < text.size() && numeric && text[i] != ' ' && text[i] != 'T';) {
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end == i || end - i > 4 || count == 3) {
      numeric = false;
      break;
    }
    parts[count] = static_cast<int>(parse_int(text.substr(i, end - i)).value_or(0));
    if (count == 0) first_digits = end - i;
    last_digits = end - i;
    ++count;
    if (end < text.size() && text[end] != '/' && text[end] != '-' && text[end] != '.' && text[end] != ' ') numeric = false;
    i = end < text.size() && text[end] == ' ' ? end : end + 1;
  }
  if (numeric && count == 3 && first_digits <= 2 && (last_digits == 2 || last_digits == 4)) {
    int year = parts[2];
    if (last_digits == 2) {
      year += latest_year / 100 * 100;
      if (year > latest_year) year -= 100;
    }
    int day = parts[0];
    int month = parts[1];
    if (style == DateStyle::month_first || (style == DateStyle::recognised && day <= 12)) std::swap(day, month);
    if (month > 12 && day <= 12) std::swap(day, month);
    if (year >= 1000 && year <= 2999 && month >= 1 && month <= 12) {
      return {static_cast<std::int16_t>(year), static_cast<std::int8_t>(month), static_cast<std::int8_t>(day >= 1 && day <= 31 ? day : 0)};
    }
  }
  const Result<Date> date = parse_date(text);
  return date ? *date : Date{};
}

std::string work_type(std::string_view text) {
  struct Row {
    std::string_view word;
    std::string_view type;
  };
  // The first word found in the name decides; the narrower words stand first.
  constexpr Row kRows[] = {
      {"preprint", "preprint"}, {"postedcontent", "preprint"}, {"workingpaper", "preprint"}, {"预印本", "preprint"},
      {"conferencereview", "editorial"}, {"proceedingsarticle", "conference_paper"}, {"proceedingspaper", "conference_paper"}, {"conferencepaper", "conference_paper"},
      {"paperconference", "conference_paper"}, {"inproceedings", "conference_paper"}, {"conferenceproceedingsarticle", "conference_paper"}, {"proceedingsarticle", "conference_paper"},
      {"conferenceproceedings", "conference_paper"}, {"ieeeconferences", "conference_paper"}, {"会议论文", "conference_paper"}, {"conferenceabstract", "conference_abstract"},
      {"meetingabstract", "conference_abstract"}, {"dissertation", "thesis"}, {"thesis", "thesis"}, {"学位论文", "thesis"}, {"博士", "thesis"}, {"硕士", "thesis"}, {"bookchapter", "chapter"},
      {"chapter", "chapter"}, {"incollection", "chapter"}, {"booksection", "chapter"}, {"bookreview", "book_review"}, {"dataset", "dataset"}, {"software", "software"},
      {"computerprogram", "software"}, {"report", "report"}, {"erratum", "erratum"}, {"correction", "erratum"}, {"retract", "retraction"}, {"editorial", "editorial"},
      {"letter", "letter"}, {"note", "note"}, {"peerreview", "peer_review"}, {"review", "review"}, {"综述", "review"}, {"standard", "standard"}, {"patent", "patent"},
      {"grant", "grant"}, {"newspaper", "news"}, {"magazine", "news"}, {"webpage", "webpage"}, {"blogpost", "news"}, {"proceedings", "conference_paper"},
      {"monograph", "book"}, {"referenceentry", "reference_entry"}, {"encyclopedia", "reference_entry"}, {"book", "book"}, {"图书", "book"},
      {"article", "article"}, {"journal", "article"}, {"期刊", "article"}, {"报纸", "news"}, {"会议", "conference_paper"}, {"conference", "conference_paper"}, {"presentation", "presentation"},
  };
  std::string key;
  for (const char c : to_lower_ascii(text)) {
    if (is_alpha(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80) key += c;
  }
  for (const Row& row : kRows) {
    if (key.find(row.word) != std::string::npos) return std::string(row.type);
  }
  return "";
}

}  // namespace jianwei::sources
