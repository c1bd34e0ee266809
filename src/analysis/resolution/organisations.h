// Which names are one organisation: spellings, abbreviations, departments of it, names in another language.
//
//   "Univ. of Oslo" = "University of Oslo" = "Department of Physics, University of Oslo, Norway"      by spelling
//   "MIT" = "Massachusetts Institute of Technology"; "清华大学" = "Tsinghua University"                  by the table of aliases
// Two names are one organisation when they have the same key (see organisation_key()), the same ROR, or an alias joins them; two names with different RORs
// stay apart. The name shown is the alias table's, else the most frequent spelling. Page: docs/methods/organisations.md
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace jianwei::analysis {

// Folded words of the main body a name stands for: departments and addresses cut off, abbreviations written out, company forms and articles dropped. Order
// is kept: "University of Washington" and "Washington University" are two.
std::string organisation_key(std::string_view name);

// One line of an alias table: other names of an organisation.
struct OrganisationAlias {
  std::string alias;
  std::string name;     // as it shall be shown
};

// Reads lines "alias<TAB>name"; empty lines and lines that start with # are skipped. Errors: invalid_input names `origin` and the line.
Result<std::vector<OrganisationAlias>> parse_organisation_aliases(std::string_view content, std::string_view origin);

struct OrganisationName {
  std::string_view name;
  std::string_view ror;          // "" unknown
  std::int64_t mentions = 1;
};

struct Organisations {
  std::vector<std::int32_t> organisation_of;  // [names] in the order of their first name
  std::vector<std::string> labels;            // [organisations]
};

// Later aliases win over earlier ones. Time O(bytes).
Organisations resolve_organisations(std::span<const OrganisationName> names, std::span<const OrganisationAlias> aliases);

}  // namespace jianwei::analysis
