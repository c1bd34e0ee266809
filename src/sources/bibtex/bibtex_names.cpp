#include "sources/bibtex/bibtex_names.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/strings.h"
#include "records/unicode.h"
#include "sources/bibtex/latex.h"
#include "sources/tagged/record_fields.h"

namespace jianwei::sources {
namespace {

// Splits at `separator` (lower case) outside braces; `word` asks for white space around it.
std::vector<std::string_view> split_outside_braces(std::string_view text, std::string_view separator, bool word) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}') --depth;
    if (depth > 0 || to_lower_ascii(text[i]) != separator[0] || i + separator.size() > text.size() || !equals_ignore_case(text.substr(i, separator.size()), separator)) continue;
    const std::size_t end = i + separator.size();
    if (word && (i == 0 || !is_space(text[i - 1]) || (end < text.size() && !is_space(text[end])))) continue;
    parts.push_back(trim(text.substr(begin, i - begin)));
    begin = end;
    i = end - 1;
  }
  parts.push_back(trim(text.substr(begin)));
  return parts;
}

bool is_braced(std::string_view name) {
  if (name.size() < 2 || name.front() != '{' || name.back() != '}') return false;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    depth += name[i] == '{' ? 1 : name[i] == '}' ? -1 : 0;
    if (depth == 0) return false;
  }
  return true;
}

bool is_body(std::string_view name) {
  constexpr std::array<std::string_view, 12> kBodies = {"collaboration", "consortium", "group", "team", "inc.", "inc", "ltd", "ltd.", "committee", "organization", "university", "institute"};
  const std::string last = to_lower_ascii(name.substr(name.rfind(' ') == std::string_view::npos ? 0 : name.rfind(' ') + 1));
  return std::find(kBodies.begin(), kBodies.end(), last) != kBodies.end();
}

std::string clean(std::string_view latex) { return clean_text(latex_to_text(latex)); }

// "First von Last": the last word and the lower-case words before it are the family name.
Person parse_plain(std::string_view latex) {
  Person person;
  person.name = clean(latex);
  if (person.name.find(' ') == std::string::npos || is_cjk_text(person.name) || is_body(person.name)) return person;
  std::string spaced(latex);
  int depth = 0;
  for (char& c : spaced) {
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (depth > 0 && is_space(c)) c = '\x1f';  // "{van der Berg}" is one word
    if (depth == 0 && c == '~') c = ' ';
  }
  std::vector<std::string> words = split_trimmed(collapse_spaces(spaced), " ");
  std::size_t family = words.size() - 1;
  const auto is_particle = [](const std::string& word) { return word[0] >= 'a' && word[0] <= 'z'; };
  while (family > 1 && is_particle(words[family - 1])) --family;
  const auto joined = [&](std::size_t begin, std::size_t end) {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) text += (i > begin ? " " : "") + words[i];
    std::replace(text.begin(), text.end(), '\x1f', ' ');
    return clean(text);
  };
  person.family = joined(family, words.size());
  person.given = joined(0, family);
  person.name = person.family + ", " + person.given;
  return person;
}

}  // namespace

void add_bibtex_persons(Record& record, std::string_view list, std::string_view role) {
  std::vector<std::string_view> names = split_outside_braces(list, "and", true);
  // Some databases separate by ";" instead.
  if (names.size() == 1 && list.find(';') != std::string_view::npos && list.find('&') == std::string_view::npos) names = split_outside_braces(list, ";", false);
  for (const std::string_view name : names) {
    if (name.empty() || equals_ignore_case(name, "others") || equals_ignore_case(name, "et al.")) continue;
    Person person;
    if (is_braced(name)) {
      person.name = clean(name);
      // "{Family, Given}" by over-protective tools is a person, "{ACME Corp.}" a body.
      if (split(person.name, ",").size() == 2 && !is_body(person.name)) person = make_person(person.name);
    } else if (split_outside_braces(name, ",", false).size() > 1) {
      person = make_person(latex_to_text(name));
    } else {
      person = parse_plain(name);
    }
    if (person.name.empty()) continue;
    person.role = role;
    record.persons.push_back(std::move(person));
  }
}

}  // namespace jianwei::sources
