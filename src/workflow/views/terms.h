// The vocabulary of a run and what people decided about it, as JSON.
#pragma once

#include <string>
#include <vector>

#include "base/json_writer.h"
#include "workflow/lexicon.h"
#include "workflow/run/term_evidence.h"

namespace jianwei::workflow {

void write_term(JsonWriter& json, const TermRow& term, std::string_view base = {});
// The same into the object that is open.
void write_term_fields(JsonWriter& json, const TermRow& term, std::string_view base);
void write_term_pair(JsonWriter& json, const StudyResult& result, const text::TermPair& pair);
// The fields of an event, into the open object.
void write_term_event(JsonWriter& json, const store::TermEvent& event);

// `terms --json`, `terms --pairs --json`, `terms history --json`
std::string terms_json(const StudyResult& result, const TermEvidences& evidence, std::size_t count);
std::string term_pairs_json(const StudyResult& result, std::size_t count);
std::string term_history_json(const std::vector<DecisionRow>& rows);

}  // namespace jianwei::workflow
