// Small steps from a source field to the canonical record, shared by the readers of tagged text and BibTeX.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/reader.h"

namespace jianwei::sources {

// Hands a record to the sink with its raw text, or rejects it when it has neither title nor identifier. Fills what follows from other
// fields: the source name when it is empty, a DOI from the URL.
Result<> hand_record(Record&& record, std::string raw, RecordSink& sink);

// "Müller, Jürgen", "Müller, Jürgen, Jr.", "Jürgen Müller" (parts unknown), "王小明". A name of two or more commas that is no such form,
// or an organisation, stays as written.
Person make_person(std::string_view written, std::string_view role = {});
// Adds every person of a list that `separators` (any of these characters, besides Chinese "；") cut; "et al." is left out.
void add_persons(Record& record, std::string_view list, std::string_view separators, std::string_view role = {});

// Adds an organisation and gives its index; the one with the same name and role when there is one already.
std::int32_t add_organisation(Record& record, std::string_view name, std::string_view country, std::string_view role = {});
// The organisation named in a postal address and its country; -1 for an empty address.
std::int32_t add_affiliation(Record& record, std::string_view address);

// Gives the applicants of a patent the country of their address.
void locate_applicants(Record& record, std::string_view address);

// Splits at any of the characters and at Chinese "；", trims, cleans (see clean_text), drops empty parts.
std::vector<std::string> split_list(std::string_view text, std::string_view separators);
// Adds keywords that are not there yet (compared without case).
void add_keywords(Record& record, std::string_view text, std::string_view separators);

// Keeps the date that says most: a year alone is refined by a day of the same year; an unreadable one is left out.
void refine_date(Record& record, std::string_view text);
// Month or day written apart from the year ("MAR 15", "SEP", "2011 FEB").
void refine_date_within_year(Record& record, std::string_view month_and_day);

// "2021,23(06):1-10" behind a journal's name: year, volume, issue, pages; what is missing stays empty.
void read_numbering(Record& record, std::string_view text);

void set_pages(Record& record, std::string_view begin, std::string_view end);
void set_text(std::string& field, std::string_view text);  // cleaned; keeps what is there already
void add_serial_numbers(Record& record, std::string_view text);  // ISSN and ISBN, several in one text
void set_citation_count(Record& record, std::string_view text);  // the first number in the text

// "English", "eng", "en", "中文;" -> "en", "zh"; "" when not known.
std::string language_code(std::string_view name);

// Sets kind and type from the name of a document type in any of the exports ("JOUR", "Proceedings Paper", "Dissertation/Thesis",
// "学位论文"); false and nothing changed when the name is not known.
bool set_type(Record& record, std::string_view name);

// The database an export came from, told by a name or URL found in the record ("Scopus", "https://lens.org/..", "WOS:000..", "CNKI");
// "" when it is not known.
std::string recognise_source(std::string_view text);

// A CPC or IPC symbol without blanks, fillers and Derwent's dash: "A61K-0031/12", "H01M-010/0562" are A61K31/12, H01M10/0562.
std::string patent_symbol(std::string_view written);

// Funding as Web of Science writes it: "Funder [award, award]; Funder".
void add_funding(Record& record, std::string_view text);

// A cited reference as Web of Science writes it: "Author A, 2003, J NAME, V9, P39, DOI 10.1.../...".
Reference parse_wos_reference(std::string_view text);

}  // namespace jianwei::sources
