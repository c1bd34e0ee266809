// Lists of names as BibTeX writes them: "von Last, Jr, First and First von Last and {Corporate Body}".
#pragma once

#include <string_view>

#include "records/record.h"

namespace jianwei::sources {

// Adds every name of the list, LaTeX undone. "and others" is left out. A name wholly in braces, of Chinese characters, or ending in a word
// such as "Collaboration" stays whole.
void add_bibtex_persons(Record& record, std::string_view list, std::string_view role = {});

}  // namespace jianwei::sources
