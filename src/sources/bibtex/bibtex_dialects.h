// What the databases add to BibTeX: Web of Science, Scopus, the ACM Digital Library, dblp.
#pragma once

#include <string_view>

#include "records/record.h"
#include "sources/bibtex/bibtex_entry.h"

namespace jianwei::sources {

// Reads a field that is not of BibTeX itself (Unique-ID, Times-Cited, affiliation, references, ...); false when it is not one of them.
// Runs before the persons are known.
bool read_dialect_field(std::string_view name, std::string_view latex, Record& record);

// Reads what needs the whole entry: affiliations and ids of persons, the name of the source, its own id.
void read_dialect_entry(const BibtexEntry& entry, Record& record);

// A cited reference as Scopus writes it: "Family, G., Family, G., Title (2009) Journal, 173 (3), pp. 1-9".
Reference parse_scopus_reference(std::string_view text);

}  // namespace jianwei::sources
