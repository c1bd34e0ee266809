// Records as JSON: for show, exports and the server.
#pragma once

#include "base/json_writer.h"
#include "records/record.h"

namespace jianwei::workflow {

// Writes the fields that are known into the object that is open in `json`; the raw text only when asked for.
void write_record_fields(JsonWriter& json, const Record& record, bool with_raw);

}  // namespace jianwei::workflow
