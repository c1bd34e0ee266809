// Identifiers of the field brought to one spelling, their check digits tested.
#pragma once

#include <string>
#include <string_view>

namespace jianwei {

// The canonical spelling of an identifier, "" when `value` is not of the scheme's form. Schemes without a rule are trimmed only.
//   doi      "https://doi.org/10.1000/ABC." -> "10.1000/abc" (lower case, resolver and trailing punctuation removed)
//   orcid    sixteen digits with hyphens; ISO 7064 mod 11-2 checked
//   openalex "https://openalex.org/W123" -> "W123"     pmid  digits     arxiv  "arXiv:2101.00001v2" -> "2101.00001"
//   issn     "1234-567X", checked                        isbn  digits without hyphens, 10 or 13, checked
//   patent   "US 7,123,456 B2" -> "US7123456B2"        ror   "https://ror.org/05a28rw58" -> "05a28rw58"
std::string normalize_identifier(std::string_view scheme, std::string_view value);

// The first DOI inside a text (a URL, a reference), normalised; "" when there is none.
std::string find_doi(std::string_view text);

}  // namespace jianwei
