// HTML pages that are one table of records: what CNKI and others save as .xls.
#pragma once

#include "sources/reader.h"

namespace jianwei::sources {

double recognise_html_table(const Sample& sample);
// At most 64 MiB, in time linear in the page. Errors: invalid_input  it is larger;  cancelled
Result<> read_html_table(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);

}  // namespace jianwei::sources
