// The canonical fields a column of a table or a key of a JSON object can stand for, and the names they bear in mapping files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jianwei::sources {

enum class Field : std::uint8_t {
  ignore,                // known, deliberately not kept: row numbers, sort keys
  id, identifier,        // the source's own id; an identifier of the scheme named by the role (doi, pmid, patent, ...)
  kind, type, title, title_translated, abstract, abstract_translated, full_text, language,
  year, month, date, end_date, date_range,
  persons,               // role: author, inventor, investigator, ...
  person_orcids, person_ids,
  organisations,         // role: affiliation, applicant, issuer, ...
  person_affiliations,   // "author, affiliation; author, affiliation" (Scopus, WoS)
  organisation_index,    // per person, which of the organisations: "0;1+2"
  countries, country_index,
  keywords, classifications,  // role of the latter: cpc, ipc, discipline, ...
  references, funding,   // funding: "funder (award)" lists
  funders, awards,
  venue, volume, issue, pages, start_page, end_page, publisher, url, citations, amount, currency, head
};

std::string_view to_string(Field field);
std::optional<Field> parse_field(std::string_view name);  // accepts the usual synonyms: authors, affiliations, doi, ...

// What a column name means.
struct ColumnMeaning {
  Field field = Field::ignore;
  std::string role;
  double confidence = 0;  // 0 to 1
};

// Looks the name up in the dictionary of English and Chinese column names: case, blanks and punctuation do not count.
std::optional<ColumnMeaning> recognise_column(std::string_view name);

// The dictionary's spelling of a name: folded, letters, digits and Han characters only.
std::string column_key(std::string_view name);

}  // namespace jianwei::sources
