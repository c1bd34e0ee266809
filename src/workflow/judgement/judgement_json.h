// Judgements as JSON: what `jianwei judge --json` prints and the API answers.
#pragma once

#include <string>

#include "base/json_writer.h"
#include "workflow/judgement/compare.h"
#include "workflow/judgement/judge.h"

namespace jianwei::workflow {

void write_event(JsonWriter& json, const store::LedgerEvent& event);         // one line of the ledger, as `export` writes it
void write_folded(JsonWriter& json, const FoldedEvent& folded);              // with how it stands
void write_conflict(JsonWriter& json, const JudgementConflict& conflict);
std::string outcome_json(const JudgementOutcome& outcome);
std::string effect_json(const JudgementEffect& effect);
std::string history_json(const std::vector<FoldedEvent>& events);
std::string conflicts_json(const std::vector<JudgementConflict>& conflicts);
std::string differences_json(const std::vector<TopicDifference>& differences);
std::string iterations_json(const std::vector<Iteration>& iterations);
// Topic by topic: {"items":[{"id","steps":[{"iteration","run","machine":view|null,"judgements":[{"sequence","kind","by","role","at","reason","state"}],"revised":view|null}]}]}: machine judgement,
// what people did to it, and what it became, over the iterations. Topics nobody judged and nothing changed are left out.
std::string topic_trace_json(const std::vector<Iteration>& iterations);

// What people changed in a run: objects as the machine had them, links, conflicts.
std::string judged_json(const StudyResult& result);

// The whole ledger, one event a line.
std::string ledger_jsonl(const std::vector<store::LedgerEvent>& events);

}  // namespace jianwei::workflow
