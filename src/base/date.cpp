// Dates of exports, read by splitting into runs of digits and of letters and then deciding which run is the year, the month, the day.
#include "base/date.h"

#include <array>
#include <vector>

#include "base/strings.h"

namespace jianwei {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"january", "february", "march",     "april",   "may",      "june",
                                                      "july",    "august",   "september", "october", "november", "december"};

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

struct Run {
  bool digits;
  std::string_view text;
  int value;  // of digits; or the month of letters, 0 when they name none
};

std::vector<Run> split_runs(std::string_view text) {
  std::vector<Run> runs;
  for (std::size_t i = 0; i < text.size();) {
    const bool digit = is_digit(text[i]);
    const bool letter = is_alpha(text[i]);
    std::size_t end = i + 1;
    if (digit || letter) {
      while (end < text.size() && (digit ? is_digit(text[end]) : is_alpha(text[end]))) ++end;
      const std::string_view run = text.substr(i, end - i);
      if (digit && run.size() <= 9) runs.push_back({true, run, static_cast<int>(parse_int(run).value_or(0))});
      if (letter) runs.push_back({false, run, parse_month(run)});
    }
    i = end;
  }
  return runs;
}

bool is_year(const Run& run) { return run.digits && run.text.size() == 4 && run.value >= 1000 && run.value <= 2999; }

Date make_date(int year, int month, int day) {
  Date date;
  date.year = static_cast<std::int16_t>(year);
  if (month < 1 || month > 12) return date;
  date.month = static_cast<std::int8_t>(month);
  if (day >= 1 && day <= days_in_month(year, month)) date.day = static_cast<std::int8_t>(day);
  return date;
}

}  // namespace

int parse_month(std::string_view text) {
  text = trim(text);
  if (!text.empty() && is_digit(text[0])) {
    const auto value = parse_int(text);
    return value && *value >= 1 && *value <= 12 ? static_cast<int>(*value) : 0;
  }
  std::string lower = to_lower_ascii(text);
  if (!lower.empty() && lower.back() == '.') lower.pop_back();
  if (lower.size() < 3) return 0;
  for (std::size_t month = 0; month < kMonths.size(); ++month) {
    if (kMonths[month].starts_with(lower) || (lower == "sept" && month == 8)) return static_cast<int>(month + 1);
  }
  return 0;
}

Result<Date> parse_date(std::string_view text) {
  const std::vector<Run> runs = split_runs(text);

  // 20190307 or 201903, written without separators.
  for (const Run& run : runs) {
    if (!run.digits || (run.text.size() != 8 && run.text.size() != 6)) continue;
    const int year = static_cast<int>(parse_int(run.text.substr(0, 4)).value_or(0));
    const int month = static_cast<int>(parse_int(run.text.substr(4, 2)).value_or(0));
    const int day = run.text.size() == 8 ? static_cast<int>(parse_int(run.text.substr(6, 2)).value_or(0)) : 0;
    if (year >= 1000 && year <= 2999) return make_date(year, month, day);
  }

  std::size_t year_at = runs.size();
  for (std::size_t i = 0; i < runs.size() && year_at == runs.size(); ++i) {
    if (is_year(runs[i])) year_at = i;
  }
  if (year_at == runs.size()) return fail(ErrorKind::invalid_input, "\"{}\" is not a date: no year in 1000-2999", text);
  const int year = runs[year_at].value;

  // A month by name decides; the day is the number beside it.
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].digits || runs[i].value == 0) continue;
    const auto is_day = [&](std::size_t k) { return k < runs.size() && k != year_at && runs[k].digits && runs[k].text.size() <= 2; };
    const int day = i > 0 && is_day(i - 1) ? runs[i - 1].value : is_day(i + 1) ? runs[i + 1].value : 0;
    return make_date(year, runs[i].value, day);
  }

  // Numbers only: year first (ISO, Chinese), else month/day/year as US exports write, else day/month/year when that alone fits.
  const auto number = [&](std::size_t k) { return k < runs.size() && runs[k].digits && runs[k].text.size() <= 2 ? runs[k].value : 0; };
  if (year_at == 0) return make_date(year, number(1), number(2));
  if (year_at == 1) return make_date(year, number(0), 0);
  const int first = number(year_at - 2);
  const int second = number(year_at - 1);
  return first > 12 ? make_date(year, second, first) : make_date(year, first, second);
}

std::string to_string(Date date) {
  if (!date.known()) return "";
  if (date.month == 0) return fmt::format("{:04}", date.year);
  if (date.day == 0) return fmt::format("{:04}-{:02}", date.year, static_cast<int>(date.month));
  return fmt::format("{:04}-{:02}-{:02}", date.year, static_cast<int>(date.month), static_cast<int>(date.day));
}

}  // namespace jianwei
