#include "sources/tagged/record_fields.h"

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "records/address.h"
#include "records/country.h"
#include "records/identifier.h"
#include "records/person_name.h"
#include "records/unicode.h"

namespace jianwei::sources {
namespace {

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }

std::string without_trailing(std::string text, std::string_view characters) {
  while (!text.empty() && characters.find(text.back()) != std::string_view::npos) text.pop_back();
  return text;
}

}  // namespace

Result<> hand_record(Record&& record, std::string raw, RecordSink& sink) {
  if (record.provenance.source.empty()) record.provenance.source = recognise_source(record.url);
  if (record.provenance.source.empty()) record.provenance.source = record.provenance.format;
  if (find_identifier(record, "doi").empty() && record.url.find("10.") != std::string::npos) add_identifier(record, "doi", record.url);
  if (record.title.empty() && record.identifiers.empty()) {
    return sink.reject({record.provenance.index, record.provenance.line, "the record has neither a title nor an identifier (DOI, PMID, ...)", std::move(raw)});
  }
  if (record.type.empty()) record.type = "other";
  record.provenance.raw = std::move(raw);
  return sink.record(std::move(record));
}

Person make_person(std::string_view written, std::string_view role) {
  Person person;
  person.role = role;
  person.name = without_trailing(clean_text(written), ",;");
  const std::vector<std::string_view> parts = split(person.name, ",");
  if (parts.size() == 2 && !has_digit(person.name)) {
    person.family = trim(parts[0]);
    person.given = trim(parts[1]);
  } else if (parts.size() == 3) {
    // "Family, Given, Jr." and BibTeX's "Family, Jr., Given".
    constexpr std::array<std::string_view, 8> kSuffixes = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "v"};
    const auto is_suffix = [&](std::string_view part) { return std::find(kSuffixes.begin(), kSuffixes.end(), to_lower_ascii(trim(part))) != kSuffixes.end(); };
    if (is_suffix(parts[2]) || is_suffix(parts[1])) {
      const std::size_t suffix = is_suffix(parts[2]) ? 2 : 1;
      person.family = std::string(trim(parts[0]));
      person.given = std::string(trim(parts[3 - suffix])) + ", " + std::string(trim(parts[suffix]));
    }
  }
  if (!person.family.empty()) person.name = shown_name(person.family, person.given);
  return person;
}

void add_persons(Record& record, std::string_view list, std::string_view separators, std::string_view role) {
  for (const std::string& name : split_list(list, separators)) {
    if (!names_nobody(name)) record.persons.push_back(make_person(name, role));
  }
}

std::string patent_symbol(std::string_view written) {
  std::string code = clean_text(written);
  std::erase(code, ' ');
  if (const std::size_t dash = code.find('-'); dash == 4 && code.size() > 5) {
    std::size_t zero = dash + 1;
    while (zero + 1 < code.size() && code[zero] == '0' && is_digit(code[zero + 1])) ++zero;
    code = code.substr(0, 4) + code.substr(zero);
  }
  return code;
}

std::int32_t add_organisation(Record& record, std::string_view name, std::string_view country, std::string_view role) {
  std::string cleaned = clean_text(name);
  if (cleaned.empty()) return -1;
  for (std::size_t i = 0; i < record.organisations.size(); ++i) {
    Organisation& known = record.organisations[i];
    if (known.name == cleaned && known.role == role && (known.country == country || country.empty() || known.country.empty())) {
      if (known.country.empty()) known.country = country;
      return static_cast<std::int32_t>(i);
    }
  }
  record.organisations.push_back({std::move(cleaned), std::string(country), std::string(role), {}});
  return static_cast<std::int32_t>(record.organisations.size() - 1);
}

std::int32_t add_affiliation(Record& record, std::string_view address) {
  const std::string cleaned = clean_text(address);
  return add_organisation(record, organisation_of_address(cleaned), country_of_address(cleaned));
}

void locate_applicants(Record& record, std::string_view address) {
  const std::string country = country_of_address(clean_text(address));
  for (Organisation& organisation : record.organisations) {
    if (organisation.role == "applicant" && organisation.country.empty()) organisation.country = country;
  }
}

std::vector<std::string> split_list(std::string_view text, std::string_view separators) {
  constexpr std::string_view kWideSemicolon = "；";
  const std::string decoded = text.find('&') == std::string_view::npos ? std::string() : decode_entities(text);  // "&amp;" holds a ";"
  if (!decoded.empty()) text = decoded;
  std::vector<std::string> parts;
  std::size_t begin = 0;
  const auto take = [&](std::size_t end) {
    std::string part = clean_text(text.substr(begin, end - begin));
    if (!part.empty()) parts.push_back(std::move(part));
  };
  for (std::size_t i = 0; i < text.size();) {
    const bool wide = text[i] == kWideSemicolon[0] && text.substr(i, 3) == kWideSemicolon;
    if (wide || separators.find(text[i]) != std::string_view::npos) {
      take(i);
      i += wide ? 3 : 1;
      begin = i;
    } else {
      ++i;
    }
  }
  take(text.size());
  return parts;
}

void add_keywords(Record& record, std::string_view text, std::string_view separators) {
  for (std::string& keyword : split_list(text, separators)) {
    keyword = without_trailing(std::move(keyword), ".,;");
    const bool known = std::any_of(record.keywords.begin(), record.keywords.end(), [&](const std::string& other) { return equals_ignore_case(other, keyword); });
    if (!keyword.empty() && !known) record.keywords.push_back(std::move(keyword));
  }
}

void refine_date(Record& record, std::string_view text) {
  const Result<Date> date = parse_date(text);
  if (!date) return;
  const auto precision = [](const Date& d) { return (d.year != 0) + (d.month != 0) + (d.day != 0); };
  if (!record.date.known() || (date->year == record.date.year && precision(*date) > precision(record.date))) record.date = *date;
}

void refine_date_within_year(Record& record, std::string_view month_and_day) {
  if (!record.date.known() || trim(month_and_day).empty()) return;
  const bool has_year = parse_date(month_and_day).has_value();
  refine_date(record, has_year ? std::string(month_and_day) : fmt::format("{} {}", record.date.year, month_and_day));
}

void read_numbering(Record& record, std::string_view text) {
  refine_date(record, text.substr(0, 4));
  text.remove_prefix(std::min<std::size_t>(4, text.size()));
  while (!text.empty() && (text[0] == ',' || text[0] == ' ')) text.remove_prefix(1);
  const std::size_t colon = text.find(':');
  const std::string_view number = text.substr(0, colon);
  const std::size_t open = number.find('('), close = number.find(')');
  const std::string_view volume = trim(number.substr(0, open));
  if (!volume.empty() && is_digit(volume[0]) && volume.size() <= 8) set_text(record.volume, volume);
  if (open != std::string_view::npos && close != std::string_view::npos && close > open) set_text(record.issue, number.substr(open + 1, close - open - 1));
  if (colon == std::string_view::npos) return;
  const std::string_view pages = trim(text.substr(colon + 1));
  set_pages(record, pages.substr(0, pages.find_first_not_of("0123456789-+,")), {});
}

void set_pages(Record& record, std::string_view begin, std::string_view end) {
  if (!record.pages.empty()) return;
  begin = trim(begin);
  end = trim(end);
  record.pages = replace_all(replace_all(clean_text(begin), "–", "-"), "--", "-");
  if (!end.empty() && end != begin && begin.find('-') == std::string_view::npos) record.pages += (begin.empty() ? "" : "-") + clean_text(end);
}

void set_text(std::string& field, std::string_view text) {
  if (field.empty()) field = clean_text(text);
}

void add_serial_numbers(Record& record, std::string_view text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(",;()\n "), rest.size());
    const std::string_view number = rest.substr(0, end);
    if (!number.empty() && !add_identifier(record, "issn", number)) add_identifier(record, "isbn", number);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

void set_citation_count(Record& record, std::string_view text) {
  const auto* begin = std::find_if(text.begin(), text.end(), is_digit);
  const auto* end = std::find_if_not(begin, text.end(), [](char c) { return is_digit(c); });
  if (begin != end) record.citation_count = parse_int(std::string_view(begin, static_cast<std::size_t>(end - begin)));
}

void add_funding(Record& record, std::string_view text) {
  // A ";" inside brackets separates awards, outside it separates funders.
  std::size_t begin = 0;
  int depth = 0;
  const auto take = [&](std::string_view entry) {
    const std::size_t open = entry.rfind('[');
    std::string funder = clean_text(entry.substr(0, open));
    if (funder.empty()) return;
    bool has_award = false;
    if (open != std::string_view::npos) {
      std::string_view awards = entry.substr(open + 1);
      awards = awards.substr(0, awards.rfind(']'));
      for (std::string& award : split_list(awards, ",;")) {
        record.funding.push_back({funder, std::move(award)});
        has_award = true;
      }
    }
    if (!has_award) record.funding.push_back({std::move(funder), {}});
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    depth += text[i] == '[' ? 1 : text[i] == ']' ? -1 : 0;
    if (text[i] == ';' && depth <= 0) {
      take(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  take(text.substr(begin));
}

Reference parse_wos_reference(std::string_view text) {
  Reference reference;
  reference.text = clean_text(text);
  const std::string_view whole = reference.text;
  if (whole.find("DOI") != std::string_view::npos || whole.find("doi") != std::string_view::npos) reference.doi = find_doi(whole);
  const std::vector<std::string_view> parts = split(whole, ", ");
  for (std::size_t i = 0; i < parts.size() && i < 3; ++i) {
    const std::string_view part = trim(parts[i]);
    const auto year = part.size() == 4 ? parse_int(part) : std::nullopt;
    if (!year || *year < 1000 || *year > 2999) continue;
    reference.year = static_cast<std::int16_t>(*year);
    if (i > 0) reference.author = trim(parts[0]);
    if (i + 1 < parts.size() && !trim(parts[i + 1]).starts_with("DOI")) reference.venue = trim(parts[i + 1]);
    break;
  }
  if (reference.year == 0 && !parts.empty()) reference.author = trim(parts[0]);
  return reference;
}

}  // namespace jianwei::sources
