// What became of it? Items, signals, alerts and forecasts are called realised, partly realised, not realised or undecidable, with evidence and date; probabilities stated
// beforehand are scored for each expert, panel and the machine (docs/methods/calibration.md), and pooled by how good each was in the past.
//
// Kept in experts.db: kinds outcome (one a thing; a later one replaces it, the chain of events keeps both times) and forecast.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "products/exporters/sheet.h"
#include "store/expert_db.h"

namespace jianwei::workflow {

struct Outcome {
  std::string thing;             // entry-3, item-7, a term's or an alert's id, an own label
  std::string statement, field;
  std::string verdict;           // realised, partly, not, undecidable
  std::string evidence;          // records, a citation, a page
  std::string date;              // ISO: when it was so
};
// Errors: invalid_input  names the field
Result<> set_outcome(store::ExpertDb& db, const Outcome& outcome, std::string_view actor);
Result<std::vector<Outcome>> load_outcomes(store::ExpertDb& db);

struct StatedForecast {
  std::string thing, member;     // an expert's id or a name; "machine" for the program
  std::string kind = "expert";   // expert, panel, machine
  double probability = 0.0;      // [0, 1], that it will be realised
  std::string made_at;           // ISO
};
Result<> add_forecasts(store::ExpertDb& db, const std::vector<StatedForecast>& forecasts, std::string_view actor);
Result<std::vector<StatedForecast>> load_forecasts(store::ExpertDb& db);

struct LookBackImport {
  std::int64_t outcomes = 0, forecasts = 0;
  std::vector<std::pair<std::int64_t, std::string>> rejects;  // line, reason
};
// A table with the columns thing (id, item, 编号, ...) and probability (概率; "60%" or 0.6) and/or verdict (结果: realised, 已实现, partly, 部分实现, not, 未实现, undecidable, 无法判断, or 1/0),
// with member, kind, made_at, statement, field, evidence, date where given. Errors: invalid_input  neither probability nor verdict: lists the headings; not_found
Result<LookBackImport> import_look_back(store::ExpertDb& db, const std::filesystem::path& file, std::string_view actor);

std::string to_json(const LookBackImport& import);
// thing, statement, field, verdict, evidence, date: reads back by import_look_back.
Result<products::Sheet> outcome_sheet(store::ExpertDb& db);

// {"table":[{"field","realised","partly","not","undecidable","total","share"}],"members":[{"member","kind","forecasts","brier","log_score","skill","reliability","resolution","uncertainty","bins":[...]}],
//  "kinds":[the same for expert, panel, machine],"open":n}. The share is (realised + partly) / (total - undecidable), as the NISTEP look-back counts it. A thing forecast
// several times by a member counts each time.
Result<std::string> look_back_json(store::ExpertDb& db);

// {"thing","linear","log_odds","members":[{"member","kind","probability","weight","brier","past"}],"machine":{...}|null}: the last forecast of each member, weighted by
// its Brier score on things that have an outcome; the machine is one more member, shown apart and left out of "without_machine". Errors: not_found  nobody forecast it
Result<std::string> pool_json(store::ExpertDb& db, std::string_view thing);

}  // namespace jianwei::workflow
