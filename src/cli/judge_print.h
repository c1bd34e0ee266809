// Judgements as tables for the terminal.
#pragma once

#include "cli/session.h"
#include "workflow/judgement/compare.h"
#include "workflow/judgement/judge.h"

namespace jianwei::cli {

void print_effect(const Session& session, const workflow::JudgementEffect& effect);
void print_outcome(const Session& session, const workflow::JudgementOutcome& outcome);  // or JSON
void print_history(const Session& session, const std::vector<workflow::FoldedEvent>& events);
void print_conflicts(const Session& session, const std::vector<workflow::JudgementConflict>& conflicts);
void print_differences(const Session& session, const std::vector<workflow::TopicDifference>& differences);
void print_iterations(const Session& session, const std::vector<workflow::Iteration>& iterations);
Result<> print_judged(const Session& session, workflow::Workspace& workspace);          // or JSON

}  // namespace jianwei::cli
