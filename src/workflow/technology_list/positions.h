// Where each entry of a technology list stands, twice: as experts put it and as the data do. For a radar (sectors by field, rings by horizon) and a roadmap.
#pragma once

#include <string>

#include "store/expert_db.h"
#include "workflow/delphi/desk.h"
#include "workflow/run/results.h"
#include "workflow/technology_list/technology_list.h"

namespace jianwei::workflow {

// {"list","version","year","run","rings":[{"id":"near","until"},{"mid","until"},{"far","until"},{"beyond","until":null}],"fields":[...],
//  "entries":[{"id","zh","en","field","state","expert":mark|null,"machine":mark|null,"history":[...],"movement":{...}}]}
//
// expert mark   {"study","round","cards","position","year","year_low","year_high","ring"}: of the newest study with answers: importance index (0 to 1; by familiarity), median and
//               quartiles of the years of technical realization. Fewer cards than the study's small cell: no mark.
// machine mark  {"run","unit","position","growth","documents","year","ring"}: of the entry's topic or term: its place among the ranked units (1 = most emerging), yearly growth, and the
//               year of the inflection of its S-curve, null where the data hold none (before the inflection it is not known).
// ring          near, mid, far: within 5, 10, 20 years of `year`; beyond: later; null without a year
// history       oldest first: {"kind":"study",...expert mark} | {"kind":"selection","id","run","data_position","expert_position"} | {"kind":"version","version","zh","en","field"}
// movement      {"since":id of the study before|null,"years":year now - then,"position":now - then,"ring_before"}
// `run` null: there is none. Errors: not_found; corrupt
Result<std::string> positions_json(store::ExpertDb& db, Delphi& delphi, const Longlist& list, const StudyResult* run, std::int32_t year);

}  // namespace jianwei::workflow
