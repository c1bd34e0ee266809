// A profile page: what is known of an expert, and the records behind every number.
#pragma once

#include <string>

#include "workflow/expert_library/roster.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

// {"expert":{...},"works":{"total","by_kind":{...},"by_year":[...],"records":[{record,title,year,kind}]},"organisations":[{name,first_year,last_year,records}],"countries","languages",
//  "coauthors":[{id,name,works,records}],"topics":[{id,zh,en,share,records}],"orcids":[...],"identity_candidates":[{id,name,works}],"history":[...]}
// Topics are those of `run` (null: none yet); a topic's share is the part of the expert's works that it takes. Errors: not_found
Result<std::string> profile_json(const Workspace& workspace, store::ExpertDb& db, const Roster& roster, const StudyResult* run, std::string_view id);

}  // namespace jianwei::workflow
