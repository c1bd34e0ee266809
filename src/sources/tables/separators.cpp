#include "sources/tables/separators.h"

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::sources {
namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// Do the parts between commas look like whole names ("Gottfried Vossen", "Phillips J.C.", "王伟")?
bool comma_parts_are_names(std::span<const std::string> values) {
  std::size_t whole = 0;
  std::size_t parts = 0;
  for (const std::string& value : values) {
    const auto names = split_values(value, ",");
    if (names.size() < 2) continue;
    for (const std::string& name : names) {
      ++parts;
      whole += contains(name, " ") || is_cjk_text(name) ? 1 : 0;
    }
  }
  return parts > 0 && whole * 10 >= parts * 7;
}

}  // namespace

double share_of(std::span<const std::string> values, const std::function<bool(std::string_view)>& test) {
  if (values.empty()) return 0;
  std::size_t count = 0;
  for (const std::string& value : values) count += test(value) ? 1 : 0;
  return static_cast<double>(count) / static_cast<double>(values.size());
}

std::size_t median_length(std::span<const std::string> values) {
  if (values.empty()) return 0;
  std::vector<std::size_t> lengths;
  for (const std::string& value : values) lengths.push_back(value.size());
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::nth_element(lengths.begin(), middle, lengths.end());
  return *middle;
}

std::string recognise_separator(std::span<const std::string> raw_values, bool persons) {
  std::vector<std::string> values;
  for (const std::string& value : raw_values) values.push_back(contains(value, "&") ? decode_entities(value) : value);
  // Separators that hardly occur inside a value win as soon as they occur at all; the doubled ones before the single ones.
  constexpr std::array<std::string_view, 5> kStrong = {";;", "//", "||", ";", "|"};
  std::string best;
  double best_share = 0.02;
  for (const std::string_view separator : kStrong) {
    const double share = share_of(values, [&](std::string_view v) {
      if (separator == "//" && contains(v, "://")) return false;
      return contains(v, separator) || (separator == ";" && contains(v, "；"));
    });
    if (share > best_share * 1.2) {
      best = separator;
      best_share = share;
    }
  }
  if (!best.empty()) return best;
  if (share_of(values, [](std::string_view v) { return contains(v, "、"); }) > 0.05) return "、";
  const double commas = share_of(values, [](std::string_view v) { return contains(v, ",") || contains(v, "，"); });
  const double lines = share_of(values, [](std::string_view v) { return contains(v, "\n"); });
  if (lines > 0.05 && lines >= commas) return "lines";
  if (commas > 0.05) {
    if (!persons || comma_parts_are_names(values)) return ",";
    return "";
  }
  if (persons) {
    // Chinese names apart by blanks; Latin names run together.
    const double blanks = share_of(values, [](std::string_view v) { return is_cjk_text(v) && contains(v, " "); });
    if (blanks > 0.3) return " ";
    const double glued = share_of(values, [](std::string_view v) { return split_values(v, "glued").size() > 1; });
    if (glued > 0.3) return "glued";
  }
  return "";
}

DateStyle recognise_date_style(std::span<const std::string> values) {
  std::size_t day_numbers = 0;
  std::size_t day_first = 0;
  std::size_t month_first = 0;
  for (const std::string& value : values) {
    std::string_view text = trim(value);
    if (text.ends_with(".0")) text.remove_suffix(2);
    if (const auto number = parse_int(text); number && *number > 10000 && *number < 80000) ++day_numbers;
    std::size_t i = 0;
    while (i < text.size() && is_digit(text[i])) ++i;
    if (i == 0 || i > 2 || i >= text.size() || (text[i] != '/' && text[i] != '-' && text[i] != '.')) continue;
    const auto first = parse_int(text.substr(0, i)).value_or(0);
    std::size_t j = i + 1;
    while (j < text.size() && is_digit(text[j])) ++j;
    const auto second = parse_int(text.substr(i + 1, j - i - 1)).value_or(0);
    if (first > 12 && second <= 12) ++day_first;
    if (second > 12 && first <= 12) ++month_first;
  }
  if (day_numbers * 2 > values.size()) return DateStyle::day_number;
  if (day_first > month_first) return DateStyle::day_first;
  if (month_first > day_first) return DateStyle::month_first;
  return DateStyle::recognised;
}

}  // namespace jianwei::sources
