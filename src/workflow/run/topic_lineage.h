// Topics over runs: which fit a run goes on from, and the ids its topics get.
//
// A lineage is one selection of records (kinds, sources, languages, query, years) whatever the options. Each fit of its topics is a generation,
// entered in app.db when its run is finished. A run looks for, in this order,
//   1. a generation of the same records, terms and options: it is the result, nothing is fitted;
//   2. the newest generation of the same options (else the newest at all): the parent. Numbers are carried on from it, and with the same
//      options and without Study::fresh_topics the fit starts from its model.
// What a fit depends on is in its fingerprint, its parent's included: the same history gives the same bytes.
// Page: docs/methods/topic_identity.md
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/topic_rows.h"
#include "workflow/run/stages.h"
#include "workflow/run/topic_stage.h"

namespace jianwei::workflow {

struct TopicPlan {
  std::string lineage, corpus, options;             // fingerprints
  std::string fingerprint;                          // of the stage
  std::optional<store::TopicGenerationRow> parent;
  std::int32_t next_number = 1;
  bool warm = false;                                // may start from the parent's model
  bool recorded = false;                            // case 1
};

Result<TopicPlan> plan_topics(Workspace& workspace, const Study& study, const std::string& corpus_fingerprint);

// The parent's state; nothing without a parent, or when its artifact is gone or damaged (then all topics get new numbers).
std::optional<TopicState> load_parent(const StageStore& stages, const TopicPlan& plan);

// Gives every topic its id and notes what happened. Returns what the next run needs. Errors: those of carry_identity.
Result<TopicState> give_ids(const TopicPlan& plan, const std::optional<TopicState>& parent, std::vector<std::string> record_ids, FoundTopics& found);

// Enters the generation in app.db, unless it is there.
Result<> record_generation(Workspace& workspace, const TopicPlan& plan, const std::string& snapshot_id, const TopicStage& topics, std::int64_t record_count);

// All generations of the study's selection, oldest first.
Result<std::vector<store::TopicGenerationRow>> topic_history(const Workspace& workspace, const Study& study);

}  // namespace jianwei::workflow
