// Watch-lists, their replay on the past, their check and the alerts, as JSON.
#pragma once

#include <string>
#include <vector>

#include "base/catalogue.h"
#include "base/json_writer.h"
#include "workflow/watch/watch.h"

namespace jianwei::workflow {

// The fields of a rule, into the open object.
void write_watch(JsonWriter& json, const WatchList& watch);
// A rule as an object, with what people's scores of its alerts say of it.
void write_scored_watch(JsonWriter& json, const WatchList& watch, const std::vector<ScoredAlert>& alerts);
void write_alert(JsonWriter& json, const ScoredAlert& alert);

// `watch add|list|replay|check|alerts --json`
std::string watch_json(const WatchList& watch);
std::string watches_json(const std::vector<WatchList>& watches, const std::vector<ScoredAlert>& alerts);
std::string replay_json(const StudyResult& result, const ReplayedWatch& replayed, Language language);
std::string checked_watches_json(const StudyResult& result, const std::vector<CheckedWatch>& checked);
std::string alerts_json(const std::vector<ScoredAlert>& alerts);

// "verdict.right", "verdict.wrong" or "verdict.open"
std::string_view outcome_key(analysis::CaseOutcome outcome);

}  // namespace jianwei::workflow
