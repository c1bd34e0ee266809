// What changed: by one judgement, from one run to another, and from iteration to iteration of machine and experts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "workflow/judgement/fold.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// A topic in one state of the results, with the indicators of the TNO method (analysis/indicators).
struct TopicView {
  std::string label_zh, label_en;
  std::int64_t documents = 0;
  double growth_rate = 0.0;          // log slope a year
  double growth_count = 0.0;         // documents of the last window minus those of the one before
  double diversity = 0.0;            // of organisations, growth
  double change = 0.0;               // of what its documents are about; 0 when not measured
  std::int32_t rank = 0;             // in the emergence ranking, 0: no candidate
};

struct TopicDifference {
  std::string id;
  std::string what;                  // added, gone, renamed, changed, same
  std::optional<TopicView> before, after;
};

// By id; topics that did not change are left out unless `all`.
std::vector<TopicDifference> compare_topics(const StudyResult& before, const StudyResult& after, bool all = false);

// The newest run without and with one judgement, those made before it applied. Errors: not_found
Result<std::vector<TopicDifference>> difference_of(Workspace& workspace, std::int64_t sequence, Progress& progress);

// Two runs as the machine gave them. Errors: not_found
Result<std::vector<TopicDifference>> difference_of_runs(Workspace& workspace, std::string_view run_a, std::string_view run_b);

// One turn of the loop machine -> experts -> machine: a run, and what people judged on it before the next one.
struct Iteration {
  std::int64_t number = 1;
  std::string run_id, snapshot_id, created;
  std::vector<TopicDifference> topics;          // before: the machine's result; after: corrected by all judgements of the turn and before; same included
  std::vector<FoldedEvent> judgements;          // made in this turn
  std::vector<std::string> born, ended;         // topics of the machine against the last iteration
};

// The last `count` iterations, oldest first. Reads each run whole. Errors: not_found  no run yet; cancelled
Result<std::vector<Iteration>> iterations(Workspace& workspace, std::int64_t count, Progress& progress);

}  // namespace jianwei::workflow
