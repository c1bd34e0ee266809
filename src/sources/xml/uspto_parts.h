// What the patent formats of the USPTO share: numbers, classification symbols and dates in their historical spellings.
#pragma once

#include <string>
#include <string_view>

#include "records/record.h"

namespace jianwei::sources::xml {

// "US", "08926509", "B2" -> "US8926509B2"; "D0435854" -> "USD435854S1"; leading zeros and separators are dropped.
std::string patent_number(std::string_view country, std::string_view number, std::string_view kind);

// A US application number with its series: "09343526" -> "US09343526"; the zeros belong to it.
std::string application_number(std::string_view number);

// IPC of editions 1-7 in fixed columns ("G06F  1516", "B32B  302", "G01G 1904") or as written since 2001 ("G06F015/16") -> "G06F15/16".
std::string ipc_symbol(std::string_view text);
// US class in fixed columns: class 3, subclass 3 and its decimals ("379 8802" -> "379/88.02", "D14480" -> "D14/480").
std::string uspc_symbol(std::string_view text);
// An IPC or CPC symbol from its parts: "A","61","B","5","0205" -> "A61B5/0205".
std::string symbol_of_parts(std::string_view section, std::string_view class_, std::string_view subclass, std::string_view group, std::string_view subgroup);

// What all patents have: kind, venue, own id, identifiers, url. `number` as patent_number() gives it.
void finish_patent(Record& record, std::string_view number, std::string_view application_number);

// An inventor with the country of residence, as a nameless organisation of role "residence".
void add_inventor(Record& record, std::string_view family, std::string_view given, std::string_view country);

// A cited patent, as "patent:" + number; its date gives the year.
void cite_patent(Record& record, std::string_view number, std::string_view name, std::string_view date, std::string_view title = "");
// A cited text that is no patent: an article, a book, a web page.
void cite_text(Record& record, std::string_view text);

}  // namespace jianwei::sources::xml
