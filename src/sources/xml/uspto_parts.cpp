#include "sources/xml/uspto_parts.h"

#include <algorithm>

#include "base/strings.h"
#include "records/identifier.h"
#include "records/unicode.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"

namespace jianwei::sources::xml {
namespace {

std::string_view without_zeros(std::string_view digits) {
  while (digits.size() > 1 && digits[0] == '0') digits.remove_prefix(1);
  return digits;
}

bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

// "[a cited by examiner]" and the like are the office's, not the reference's.
std::string without_category(std::string text) {
  for (const std::string_view tail : {"cited by examiner", "cited by applicant", "cited by other", "cited by third party"}) {
    while (text.ends_with(".") || text.ends_with(" ")) text.pop_back();
    if (text.ends_with(tail)) text.resize(text.size() - tail.size());
  }
  return std::string(trim(text));
}

}  // namespace

std::string patent_number(std::string_view country, std::string_view number, std::string_view kind) {
  std::string compact = normalize_identifier("patent", number);
  if (compact.empty()) return "";
  const std::string office(trim(country));
  if (!office.empty() && compact.starts_with(office)) compact.erase(0, office.size());
  // Letters of designs, plants, reissues (D, PP, RE, H, T) stay before the number without its zeros.
  std::size_t letters = 0;
  while (letters < compact.size() && is_alpha(compact[letters])) ++letters;
  std::string_view digits = std::string_view(compact).substr(letters);
  // US applications have the year and seven digits, zeros included.
  const bool us_application = office == "US" && letters == 0 && digits.size() == 11;
  if (office == "US" && !us_application) digits = without_zeros(digits);
  if (office == "US" && letters == 0 && digits.size() == 10 && digits.starts_with("20")) {
    return office + std::string(digits.substr(0, 4)) + "0" + std::string(digits.substr(4)) + std::string(trim(kind));  // 2003/169838
  }
  return office + compact.substr(0, letters) + std::string(digits) + std::string(trim(kind));
}

std::string application_number(std::string_view number) {
  std::string digits;
  std::copy_if(number.begin(), number.end(), std::back_inserter(digits), is_digit);
  return digits.empty() ? "" : "US" + digits;
}

// Old symbols stand in columns; a damaged one with other characters is left as it is.
static bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string ipc_symbol(std::string_view text) {
  // A section letter, two digits, a subclass letter; a design class of Locarno ("1402") is no IPC.
  if (text.size() < 4 || !is_ascii(text) || !is_alpha(text[0]) || !is_digit(text[1]) || !is_digit(text[2]) || !is_alpha(text[3])) return std::string(trim(text));
  const std::string subclass(text.substr(0, 4));
  std::string_view rest = text.substr(4);
  if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
    return fmt::format("{}{}/{}", subclass, without_zeros(trim(rest.substr(0, slash))), trim(rest.substr(slash + 1)));
  }
  // Three columns for the main group, right-aligned, then the subgroup.
  rest = rest.substr(0, rest.find_last_not_of(' ') + 1);
  if (rest.size() <= 3) return rest.empty() ? subclass : fmt::format("{}{}/00", subclass, trim(rest));
  const std::string_view group = trim(rest.substr(0, 3));
  return fmt::format("{}{}/{}", subclass, without_zeros(group), trim(rest.substr(3)));
}

std::string uspc_symbol(std::string_view text) {
  if (text.find('/') != std::string_view::npos || !is_ascii(text)) return collapse_spaces(text);
  if (text.size() < 4) return std::string(trim(text));
  const std::string class_ = replace_all(std::string(trim(text.substr(0, 3))), " ", "");
  std::string_view rest = text.substr(3);
  std::string subclass(trim(rest.substr(0, 3)));
  const std::string decimals(rest.size() > 3 ? trim(rest.substr(3)) : std::string_view());
  if (!decimals.empty() && decimals != "000") subclass += all_digits(decimals) ? "." + decimals : decimals;
  std::size_t zeros = 0;
  while (zeros + 1 < subclass.size() && subclass[zeros] == '0' && is_digit(subclass[zeros + 1])) ++zeros;
  return std::string(without_zeros(class_)) + "/" + subclass.substr(zeros);
}

std::string symbol_of_parts(std::string_view section, std::string_view class_, std::string_view subclass, std::string_view group, std::string_view subgroup) {
  std::string symbol = fmt::format("{}{}{}", section, class_, subclass);
  if (!group.empty()) symbol += fmt::format("{}/{}", group, subgroup.empty() ? "00" : subgroup);
  return symbol;
}

void finish_patent(Record& record, std::string_view number, std::string_view application_number) {
  record.kind = RecordKind::patent;
  if (record.language.empty()) record.language = "en";
  record.venue = "USPTO";
  record.provenance.own_id = number;
  add_identifier(record, "patent", number);
  add_identifier(record, "application", application_number);
  if (!number.empty()) record.url = "https://patents.google.com/patent/" + std::string(number);
}

void add_inventor(Record& record, std::string_view family, std::string_view given, std::string_view country) {
  if (family.empty() && given.empty()) return;
  add_person(record, family, given, "inventor");
  if (!country.empty()) affiliate(record.persons.back(), add_organisation(record, "", country, "residence"));
}

void cite_patent(Record& record, std::string_view number, std::string_view name, std::string_view date, std::string_view title) {
  if (number.empty()) return;
  Reference reference;
  reference.other = "patent:" + std::string(number);
  reference.author = name;
  reference.title = title;
  reference.year = valid_date(date).year;
  record.references.push_back(std::move(reference));
}

void cite_text(Record& record, std::string_view text) {
  Reference reference;
  reference.text = without_category(clean_text(text));
  if (reference.text.empty()) return;
  reference.doi = find_doi(reference.text);
  // The year of a free text: the last number that can be one, in the order in which citations are written.
  for (std::size_t i = 0; i + 4 <= reference.text.size(); ++i) {
    const std::string_view four = std::string_view(reference.text).substr(i, 4);
    const bool alone = (i == 0 || !is_digit(reference.text[i - 1])) && (i + 4 == reference.text.size() || !is_digit(reference.text[i + 4]));
    if (alone && all_digits(four) && (four.starts_with("19") || four.starts_with("20"))) reference.year = static_cast<std::int16_t>(*parse_int(four));
  }
  record.references.push_back(std::move(reference));
}

}  // namespace jianwei::sources::xml
