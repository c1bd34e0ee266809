// What SGML files of before 2002 need to become XML: the character entities of ISO 8879 and end tags of empty elements.
#pragma once

#include <string>
#include <string_view>

namespace jianwei::sources::xml {

// Whether a name is one of HTML, XML or the ISO character sets: its text is known without a DTD.
bool is_known_entity(std::string_view name);

// Named character entities (&lgr; &lsqb; &times;) as characters. The five of XML and numeric ones are left for the parser.
std::string replace_sgml_entities(std::string_view text);

// Elements whose end tag is missing before the end tag of their parent are written as empty ones: "<EMI FILE='a'>" -> "<EMI FILE='a'/>".
std::string close_empty_tags(std::string_view text);

}  // namespace jianwei::sources::xml
