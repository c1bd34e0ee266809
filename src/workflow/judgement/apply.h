// Corrects the results of a run by the judgements that stand. Pure: results and judgements in, corrected results and conflicts out.
//
// Judgements are applied in the order they were made, each to what those before it left. An object is found by its lasting id; when the run is another
// one than the actor saw, a topic must also still hold a third of the records it was known by (its anchor). What does not fit is a conflict:
//   gone            no object of this id: the topic died, or the term or body is in no record any more
//   changed         the id lives, but its records are others now (the machine split it or gave it other content)
//   documents_gone  none of the records that were moved, or that a part was known by, is there any more
//   contradicts     another judgement that stands merged, split or hid the object before
//   depends         the object was made by a judgement (the part of a split) that does not stand or does not fit
//   taken           the new name is that of another entity: merge them instead
// A judgement in conflict changes nothing; the others are applied all the same.
//
// Shares: a merged topic has the sum of the shares of its parts in each document, a part of a split has its documents' whole share of the old topic, a
// moved document brings its share of the topic it left (all of its shares when none is named), hidden topics leave their documents' rows, which then sum
// to less than one. The topics are listed by weight again. Numbers (series, indicators, ranking) are computed by judged_stage.h.
#pragma once

#include <span>
#include <string>
#include <unordered_map>

#include "workflow/judgement/fold.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

using RecordAliases = std::unordered_map<std::string, std::string>;  // id that a judgement names -> id of the record that holds it now

inline constexpr double kKnownAgain = 1.0 / 3.0;   // share of the anchor that must still lie in a topic
inline constexpr std::size_t kAnchorRecords = 20;

// Fills result.judged; with nothing standing, nothing is changed. Time O(entries) for topics, O(names) for entities.
void apply_judgements(StudyResult& result, std::span<const StandingJudgement> standing, const RecordAliases& aliases);

// Persons, organisations, countries and venues of a set of documents alone, as the list of actors shows them.
void apply_to_entities(analysis::Dataset& dataset, std::span<const StandingJudgement> standing, const RecordAliases& aliases);

// The records a topic is known by: those with the largest shares in it, at most kAnchorRecords.
std::vector<std::string> anchor_of(const StudyResult& result, std::size_t topic);

// All record ids that judgements name, for finding those that were merged into others since.
std::vector<std::string> named_records(std::span<const StandingJudgement> standing);

}  // namespace jianwei::workflow
