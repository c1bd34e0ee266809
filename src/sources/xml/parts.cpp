#include "sources/xml/parts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/strings.h"
#include "records/country.h"
#include "records/person_name.h"

namespace jianwei::sources::xml {
namespace {

// ISO 639-2 (bibliographic and terminological) and English name -> ISO 639-1, the languages that research databases hold.
struct Language {
  std::string_view code, code2, code3, name;
};
constexpr std::array<Language, 50> kLanguages = {{
    {"en", "eng", "eng", "english"},    {"zh", "chi", "zho", "chinese"},     {"ja", "jpn", "jpn", "japanese"},  {"ko", "kor", "kor", "korean"},
    {"de", "ger", "deu", "german"},     {"fr", "fre", "fra", "french"},      {"es", "spa", "spa", "spanish"},   {"pt", "por", "por", "portuguese"},
    {"it", "ita", "ita", "italian"},    {"ru", "rus", "rus", "russian"},     {"nl", "dut", "nld", "dutch"},     {"pl", "pol", "pol", "polish"},
    {"cs", "cze", "ces", "czech"},      {"sk", "slo", "slk", "slovak"},      {"sv", "swe", "swe", "swedish"},   {"da", "dan", "dan", "danish"},
    {"no", "nor", "nob", "norwegian"},  {"fi", "fin", "fin", "finnish"},     {"hu", "hun", "hun", "hungarian"}, {"tr", "tur", "tur", "turkish"},
    {"el", "gre", "ell", "greek"},      {"he", "heb", "heb", "hebrew"},      {"ar", "ara", "ara", "arabic"},    {"fa", "per", "fas", "persian"},
    {"uk", "ukr", "ukr", "ukrainian"},  {"bg", "bul", "bul", "bulgarian"},   {"ro", "rum", "ron", "romanian"},  {"hr", "hrv", "hrv", "croatian"},
    {"sr", "srp", "srp", "serbian"},    {"sl", "slv", "slv", "slovenian"},   {"lt", "lit", "lit", "lithuanian"}, {"lv", "lav", "lav", "latvian"},
    {"et", "est", "est", "estonian"},   {"ca", "cat", "cat", "catalan"},     {"eu", "baq", "eus", "basque"},    {"gl", "glg", "glg", "galician"},
    {"hi", "hin", "hin", "hindi"},      {"bn", "ben", "ben", "bengali"},     {"ta", "tam", "tam", "tamil"},     {"te", "tel", "tel", "telugu"},
    {"th", "tha", "tha", "thai"},       {"vi", "vie", "vie", "vietnamese"},  {"id", "ind", "ind", "indonesian"}, {"ms", "may", "msa", "malay"},
    {"is", "ice", "isl", "icelandic"},  {"ga", "gle", "gle", "irish"},       {"la", "lat", "lat", "latin"},     {"af", "afr", "afr", "afrikaans"},
    {"mk", "mac", "mkd", "macedonian"}, {"sq", "alb", "sqi", "albanian"},
}};

}  // namespace

Person& add_person(Record& record, std::string_view family, std::string_view given, std::string_view role) {
  Person person;
  person.family = family;
  person.given = given;
  person.name = shown_name(family, given);
  person.role = role;
  return record.persons.emplace_back(std::move(person));
}

Person& add_person_named(Record& record, std::string_view name, std::string_view role) {
  name = trim(name);
  while (!name.empty() && (name.back() == ',' || name.back() == ';')) name.remove_suffix(1);
  if (const std::size_t comma = name.find(','); comma != std::string_view::npos) {
    return add_person(record, trim(name.substr(0, comma)), trim(name.substr(comma + 1)), role);
  }
  Person person;
  person.name = name;
  person.role = role;
  return record.persons.emplace_back(std::move(person));
}

std::int32_t add_organisation(Record& record, std::string_view name, std::string_view country, std::string_view role) {
  for (std::size_t i = 0; i < record.organisations.size(); ++i) {
    const Organisation& known = record.organisations[i];
    if (known.name == name && known.country == country && known.role == role) return static_cast<std::int32_t>(i);
  }
  Organisation organisation;
  organisation.name = name;
  organisation.country = country;
  organisation.role = role;
  record.organisations.push_back(std::move(organisation));
  return static_cast<std::int32_t>(record.organisations.size() - 1);
}

std::int32_t add_affiliation(Record& record, std::string_view text) {
  std::string_view place = text;
  if (const std::size_t mail = place.find("Electronic address"); mail != std::string_view::npos) place = place.substr(0, mail);
  std::string country = country_of_address(place);
  // "Jakarta, Indonesia kbaird@eocru.org": the words before the e-mail address.
  if (const std::size_t mail = place.find('@'); country.empty() && mail != std::string_view::npos) {
    const std::size_t blank = place.rfind(' ', mail);
    if (blank != std::string_view::npos) country = country_of_address(place.substr(0, blank));
  }
  return add_organisation(record, text, country, "");
}

void affiliate(Person& person, std::int32_t organisation) {
  if (std::find(person.organisations.begin(), person.organisations.end(), organisation) == person.organisations.end()) {
    person.organisations.push_back(organisation);
  }
}

std::string country_of(std::string_view text) {
  text = trim(text);
  // WIPO ST.3 as US patents wrote it until 2001: the code with an X behind it ("JPX"); regional offices are no countries.
  if (text.size() == 3 && text[2] == 'X' && text != "LUX" && text != "MEX") text = text.substr(0, 2);
  return country_code(text);
}

std::string language_of(std::string_view text) {
  const std::string lower = to_lower_ascii(trim(text));
  const std::string_view word = std::string_view(lower).substr(0, lower.find_first_of("-_ ;,("));
  for (const Language& language : kLanguages) {
    if (word == language.code || word == language.code2 || word == language.code3 || word == language.name) return std::string(language.code);
  }
  return "";
}

void add_keyword(Record& record, std::string keyword) {
  if (keyword.empty() || std::find(record.keywords.begin(), record.keywords.end(), keyword) != record.keywords.end()) return;
  record.keywords.push_back(std::move(keyword));
}

void add_classification(Record& record, std::string_view scheme, std::string_view code, std::string_view label) {
  if (code.empty() && label.empty()) return;
  for (const Classification& known : record.classifications) {
    if (known.scheme == scheme && known.code == code && known.label == label) return;
  }
  record.classifications.push_back({std::string(scheme), std::string(code), std::string(label)});
}

void add_paragraph(std::string& text, std::string_view paragraph) {
  if (paragraph.empty()) return;
  if (!text.empty()) text += '\n';
  text += paragraph;
}

}  // namespace jianwei::sources::xml
