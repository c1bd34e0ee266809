// Records as reference managers and spreadsheets read them.
#pragma once

#include <span>
#include <string>

#include "products/exporters/sheet.h"
#include "records/record.h"

namespace jianwei::products {

// RIS (Reference Manager): UTF-8, "\r\n", one author, keyword and address a line. The reader of `sources` gives back what was written.
std::string to_ris(std::span<const Record> records);

// BibTeX in UTF-8 (biber, Zotero, JabRef); characters special to TeX escaped, titles in double braces so that their capitals stay.
// Keys are family name, year and first long word of the title, with a letter where two would be the same.
std::string to_bibtex(std::span<const Record> records);

// One row a record, one column a field of docs/formats/exports.md; lists joined by "; ". The column names are those the table reader knows.
Sheet record_sheet(std::span<const Record> records);

}  // namespace jianwei::products
