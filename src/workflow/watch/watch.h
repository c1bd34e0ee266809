// Watch-lists: rules kept in the workspace, replayed on its past, checked on its newest run; alerts with their evidence case, scored later by people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/warning/replay.h"
#include "analysis/warning/rule.h"
#include "base/progress.h"
#include "store/watch_store.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct WatchList {
  std::string id;                    // names the content: the same rule has the same id
  std::string name;
  Unit unit = Unit::term;
  std::vector<std::string> units;    // ids or labels; empty: all that the query leaves
  std::string query;                 // words a unit's label or forms must hold, any case; "" = all
  analysis::WatchRule rule;
  std::int64_t horizon_years = 3;    // of the outcome an alert is judged by
  double outcome_growth = 0.08;
  std::string why, decided_by, decided_at;  // of the event that added it
};

struct Decision {
  std::string why, by;
};

// Errors: invalid_input  no name, a threshold that is no number, no reason; conflict  a rule of this name with another content lives
Result<WatchList> add_watch(Workspace& workspace, WatchList watch, const Decision& decision);
Result<> remove_watch(Workspace& workspace, std::string_view name, const Decision& decision);
Result<std::vector<WatchList>> watches(const Workspace& workspace);              // alive, by name
Result<WatchList> find_watch(const Workspace& workspace, std::string_view name); // by name or id; Errors: not_found

// Index numbers of the units a list watches in a run. Errors: not_found  a named unit is not in the run
Result<std::vector<std::int32_t>> watched_units(const StudyResult& result, const WatchList& watch);

struct ReplayedWatch {
  WatchList watch;
  analysis::Replay replay;
  std::int64_t unit_count = 0;
};
// From `from` (0: the first year with five before it) to the last complete year. Errors: not_found, invalid_input, cancelled
Result<ReplayedWatch> replay_watch(const StudyResult& result, const WatchList& watch, std::int16_t from, Progress& progress);

struct CheckedWatch {
  WatchList watch;
  std::int64_t unit_count = 0, firing = 0;   // firing includes those that fired the year before
  std::vector<store::AlertRow> alerts;       // that began in the last complete year
  std::vector<std::string> labels;           // [alerts]
  std::vector<analysis::Measure> measures;   // [alerts]
  std::int64_t written = 0;                  // of them, new ones
};
// Checks every living rule at the last complete year of the run and stores its alerts, each once. Errors: as above
Result<std::vector<CheckedWatch>> check_watches(Workspace& workspace, const StudyResult& result, Progress& progress);

struct ScoredAlert {
  store::AlertRow alert;
  std::string rule_name, label;
  std::string verdict;               // "" = not scored yet
  std::string why, decided_by, decided_at;
};
Result<std::vector<ScoredAlert>> alerts(const Workspace& workspace);            // newest year first
// Errors: not_found  no such alert; invalid_input  unknown verdict or no reason
Result<> score_alert(Workspace& workspace, std::string_view alert_id, std::string_view verdict, const Decision& decision);

// What people's scores say of a rule: partly counts half, cannot_tell not at all.
struct Calibration {
  std::int64_t alerts = 0, right = 0, partly = 0, wrong = 0, cannot_tell = 0, open = 0;
  double precision = 0.0;            // of the scored ones
  analysis::Interval interval;       // Wilson
};
Calibration calibrate(const std::vector<ScoredAlert>& alerts, std::string_view rule_id);

// "growth > 0.2, q <= 0.05"
std::string rule_text(const analysis::WatchRule& rule);

}  // namespace jianwei::workflow
