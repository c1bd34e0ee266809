// Names, funding and cited references from their usual spellings.
#include <algorithm>

#include "base/strings.h"
#include "records/identifier.h"
#include "records/person_name.h"
#include "records/unicode.h"
#include "sources/tables/draft.h"

namespace jianwei::sources {
namespace {

bool is_initials(std::string_view token) {
  int letters = 0;
  for (const char c : token) {
    if (c >= 'A' && c <= 'Z') {
      ++letters;
    } else if (c != '.' && c != '-' && static_cast<unsigned char>(c) < 0x80) {
      return false;
    }
  }
  return letters >= 1 && letters <= 4;
}

int year_of(std::string_view text) {
  const std::string_view digits = text.substr(0, 4);
  if (digits.size() != 4 || !std::all_of(digits.begin(), digits.end(), is_digit)) return 0;
  const int year = static_cast<int>(parse_int(digits).value_or(0));
  return year >= 1500 && year <= 2100 ? year : 0;
}

}  // namespace

Person parse_person(std::string_view text, bool family_first) {
  Person person;
  std::string name = clean_value(text);
  // A number in brackets is the source's id; other brackets ("(Ed.)") are dropped too.
  if (name.ends_with(')')) {
    const std::size_t open = name.rfind('(');
    if (open != std::string::npos && open > 0) {
      const std::string inside = name.substr(open + 1, name.size() - open - 2);
      if (!inside.empty() && std::all_of(inside.begin(), inside.end(), is_digit)) person.source_id = inside;
      name = std::string(trim(std::string_view(name).substr(0, open)));
    }
  }
  while (!name.empty() && (name.back() == ',' || name.back() == ';' || name.back() == '*')) name.pop_back();
  const std::size_t comma = name.find(',');
  if (comma != std::string::npos) {
    person.family = std::string(trim(std::string_view(name).substr(0, comma)));
    person.given = collapse_spaces(replace_all(name.substr(comma + 1), ",", " "));
    if (person.family.empty() || person.given.empty()) {
      person.name = collapse_spaces(person.family + ' ' + person.given);
      person.family.clear();
      person.given.clear();
    } else {
      person.name = shown_name(person.family, person.given);
    }
    return person;
  }
  person.name = name;
  const std::size_t blank = name.rfind(' ');
  if (blank != std::string::npos) {
    // "Skeel R.D.", "Lewis G. F.": a family name and then initials.
    std::size_t start = blank;
    while (start != std::string::npos && start > 0) {
      const std::size_t before = name.rfind(' ', start - 1);
      if (before == std::string::npos || !is_initials(std::string_view(name).substr(before + 1, start - before - 1))) break;
      start = before;
    }
    const std::string_view last = std::string_view(name).substr(blank + 1);
    const std::string_view first = std::string_view(name).substr(0, name.find(' '));
    const bool stops = last.find('.') != std::string_view::npos;
    if (is_initials(last) && (family_first || (stops && !is_initials(first)))) {
      person.family = name.substr(0, start);
      person.given = name.substr(start + 1);
      person.name = shown_name(person.family, person.given);
    }
  }
  return person;
}

std::vector<Funding> parse_funding(std::string_view raw) {
  const std::string text = clean_value(raw);
  std::vector<Funding> list;
  for (const std::string& part : split_outside_brackets(text, ';')) {
    std::string funder;
    std::string inside;
    int depth = 0;
    for (std::size_t i = 0; i < part.size(); ++i) {
      const char c = part[i];
      if (c == '[' || c == '(') {
        // Only brackets that hold an award number (a digit) are taken out of the name.
        const std::size_t close = part.find(c == '[' ? ']' : ')', i);
        const std::string_view content = std::string_view(part).substr(i + 1, close == std::string::npos ? std::string::npos : close - i - 1);
        if (depth == 0 && std::any_of(content.begin(), content.end(), is_digit)) {
          if (!inside.empty()) inside += ';';
          inside += content;
          if (close == std::string::npos) break;
          i = close;
          continue;
        }
      }
      funder += c;
    }
    std::string_view name = trim(funder);
    while (!name.empty() && (name.back() == ',' || name.back() == ' ')) name.remove_suffix(1);
    // Scopus: the funder's abbreviation behind its name.
    const std::size_t comma = name.rfind(", ");
    if (comma != std::string_view::npos) {
      const std::string_view tail = name.substr(comma + 2);
      if (!tail.empty() && tail.size() <= 12 && std::none_of(tail.begin(), tail.end(), [](char c) { return c >= 'a' && c <= 'z'; })) name = name.substr(0, comma);
    }
    std::string awards = replace_all(inside, ",", ";");
    // "ABBR: AWARD" behind a funder, and entries that are an award number alone.
    if (inside.empty()) {
      const std::size_t last = name.rfind(", ");
      const std::string_view tail = last == std::string_view::npos ? std::string_view() : name.substr(last + 2);
      const std::size_t mark = tail.find(": ");
      if (mark != std::string_view::npos && std::any_of(tail.begin(), tail.end(), is_digit)) {
        awards = replace_all(std::string(tail.substr(mark + 2)), ",", ";");
        name = name.substr(0, last);
      } else if (std::any_of(name.begin(), name.end(), is_digit) && std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; }) &&
                 std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
        awards = std::string(name);
        name = {};
      }
    }
    bool any = false;
    for (std::string award : split_trimmed(awards, ";")) {
      const std::size_t colon = award.find(':');
      if (colon != std::string::npos && to_lower_ascii(award).find("number") != std::string::npos) award = std::string(trim(std::string_view(award).substr(colon + 1)));
      if (award.empty()) continue;
      list.push_back({clean_value(name), clean_value(award)});
      any = true;
    }
    if (!any && !name.empty()) list.push_back({clean_value(name), ""});
  }
  return list;
}

Reference parse_reference(std::string_view text) {
  Reference reference;
  reference.text = clean_value(text);
  reference.doi = find_doi(text);
  const std::vector<std::string> parts = split_trimmed(reference.text, ", ");
  // WoS: author, year, source, volume, page, DOI.
  if (parts.size() >= 2 && parts[1].size() == 4 && year_of(parts[1]) != 0) {
    reference.author = parts[0];
    reference.year = static_cast<std::int16_t>(year_of(parts[1]));
    if (parts.size() >= 3) reference.venue = parts[2];
    return reference;
  }
  if (!parts.empty() && parts[0].size() < 60 && parts.size() > 1) reference.author = parts[0];
  // "(2015)" or else a lone year, the last one in the text.
  for (std::size_t at = reference.text.rfind('('); at != std::string::npos; at = at == 0 ? std::string::npos : reference.text.rfind('(', at - 1)) {
    const int year = year_of(std::string_view(reference.text).substr(at + 1));
    if (year != 0) {
      reference.year = static_cast<std::int16_t>(year);
      break;
    }
  }
  for (std::size_t i = 0; reference.year == 0 && i + 4 <= reference.text.size(); ++i) {
    const bool alone = (i == 0 || !is_digit(reference.text[i - 1])) && (i + 4 == reference.text.size() || !is_digit(reference.text[i + 4]));
    if (!alone) continue;
    const int year = year_of(std::string_view(reference.text).substr(i));
    if (year >= 1800) reference.year = static_cast<std::int16_t>(year);
  }
  return reference;
}

}  // namespace jianwei::sources
