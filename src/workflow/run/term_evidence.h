// The figures that made the terms of a run terms, stored beside its corpus.
#pragma once

#include <map>
#include <string>

#include "base/json_writer.h"
#include "base/result.h"
#include "text/term_evidence.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

using TermEvidences = std::map<std::string, text::TermEvidence, std::less<>>;  // by id of the term

// Of the run behind `result`; empty for runs of before there was any. A term that people merged has that of its first part. Errors: not_found, corrupt: as load_latest_run()
Result<TermEvidences> load_term_evidence(Workspace& workspace, const StudyResult& result);

// {"npmi": ..., ...}: npmi and significance of phrases only.
void write_evidence(JsonWriter& json, const TermRow& term, const text::TermEvidence& evidence);

}  // namespace jianwei::workflow
