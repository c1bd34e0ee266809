// A topic, a term or a number of the newest run, with the documents behind it.
#pragma once

#include <string>
#include <string_view>

#include "base/catalogue.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// Ids: topic-3, term-0123456789 (or the term's label); with ".recent", ".previous" or ".2015" the number of that window or year, which opens to
// its documents, also in the forms a report prints (term-…-recent, term-…-burst-2012); all, year-2015, kind-work, source-NAME, language-zh,
// organisation-NAME, country-XX.
bool is_result_id(std::string_view id);

struct ShownUnit {
  std::string id, title;
  std::string explanation;                        // what the number is
  std::vector<std::pair<std::string, std::string>> facts;  // name key of the catalogue, value
  std::vector<std::pair<std::int64_t, double>> series;     // year, documents
  std::int32_t term = -1;                         // row of the run's terms, -1 for others
  std::string evidence_json;                      // of a term: the figures that made it one, as one object; filled by add_term_evidence()
  std::string forecast_json;                      // of a term or topic: forecast and s_curve as one object, "" for groups of documents
  std::vector<std::int32_t> documents;            // rows of the dataset, most relevant first: all of them
};

// Errors: not_found  no such unit in the run
Result<ShownUnit> show_unit(const StudyResult& result, std::string_view id, Language language);
std::string to_json(const StudyResult& result, const ShownUnit& shown);

// Adds to a term the figures that made it one, as a fact and as JSON; nothing for other units and runs without them. Errors: those of load_term_evidence()
Result<> add_term_evidence(Workspace& workspace, const StudyResult& result, ShownUnit& shown);

}  // namespace jianwei::workflow
