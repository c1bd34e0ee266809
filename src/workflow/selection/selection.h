// From a technology list to the chosen few: criteria with weights, scores from a Delphi study, from the data and as given, rankings, and which choices hang on what.
// A selection is kept with everything needed to compute it again (experts/selection/, docs/methods/key_technologies.md).
//
// The request is JSON:
//   {"list":"list-1","entries":["entry-1",...] (absent: the accepted ones, else the candidates),"study":"study-1","round":2,
//    "criteria":[{"id":"importance","source":"delphi:importance"},           index of the question of that id; probability and scales without scores: the weighted mean
//                {"id":"growth","source":"data:growth"},                     growth, documents, emergence (of the entry's topic or term, else of the nearest topic)
//                {"id":"cost","source":"given","cost":true,"values":{"entry-1":3}}],
//    "weights":{"method":"direct","values":[0.5,0.3,0.2]} | {"method":"ahp","comparisons":[n*n]} | {"method":"bwm","best":0,"worst":2,"best_to_others":[],"others_to_worst":[]} | {"method":"entropy"},
//    "ranking":"topsis|weighted_sum|borda","select":10,"weight_change":0.2,"draws":1000,"seed":1,"expert_position":"importance","data_position":"growth"}
#pragma once

#include <string>
#include <string_view>

#include "base/progress.h"
#include "products/exporters/sheet.h"
#include "store/expert_db.h"
#include "workflow/delphi/desk.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

// What a selection may draw on; null: there is none.
struct SelectionSources {
  Delphi* delphi = nullptr;
  const StudyResult* run = nullptr;
};

// The result as JSON with the request, the table of scores, weights with their consistency, ranks by all three methods, the chosen, the interval of each rank, flips, the
// smallest changes of a weight that change the choice, `by_answers` (intervals of ranks and scores, and flips, under panels drawn anew from this one; null without Delphi
// scores), experts whose absence changes the choice, and each entry's data and expert position (0 to 1). Same request and data, same bytes.
// Errors: invalid_input  names the field, or the entry and criterion without a score; not_found
Result<std::string> select_technologies(store::ExpertDb& db, const SelectionSources& sources, std::string_view request, int thread_count, Progress& progress);
// The same, kept as a version. Gives {"id":"selection-1","result":{...}}.
Result<std::string> keep_selection(store::ExpertDb& db, const SelectionSources& sources, std::string_view request, std::string_view actor, int thread_count, Progress& progress);
Result<std::string> load_selection(store::ExpertDb& db, std::string_view id);  // Errors: not_found
// The kept ones, newest first: id, title of the request, list, ranking, how many of how many were chosen.
Result<std::string> selections_json(store::ExpertDb& db);

// A row an entry. Errors: invalid_input  no result of a selection
Result<products::Sheet> selection_sheet(std::string_view result);

}  // namespace jianwei::workflow
