// Parts of a record that all XML readers build the same way.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "records/record.h"

namespace jianwei::sources::xml {

// Adds a person with known name parts ("Family, Given") and gives it back; the last one added is record.persons.back().
Person& add_person(Record& record, std::string_view family, std::string_view given, std::string_view role = "");
// Adds a person by a name as written; "Family, Given" is taken apart, other orders are not guessed at.
Person& add_person_named(Record& record, std::string_view name, std::string_view role = "");

// The index of an organisation of this name, country and role, added when it is new.
std::int32_t add_organisation(Record& record, std::string_view name, std::string_view country, std::string_view role);
// An affiliation as written; its country is read from its last part ("..., Uganda. Electronic address: x@y").
std::int32_t add_affiliation(Record& record, std::string_view text);
void affiliate(Person& person, std::int32_t organisation);  // once each

// ISO 3166-1 alpha-2 of a code or name as sources write it: "US", "JPX" (patents before 2002), "Uganda"; "" when it is none.
std::string country_of(std::string_view text);

// ISO 639-1 of a code of two or three letters or an English name: "eng", "English", "zh-CN"; "" when it is none.
std::string language_of(std::string_view text);

void add_keyword(Record& record, std::string keyword);               // once each, empty ones dropped
void add_classification(Record& record, std::string_view scheme, std::string_view code, std::string_view label = "");
void add_paragraph(std::string& text, std::string_view paragraph);   // appended on a line of its own

}  // namespace jianwei::sources::xml
