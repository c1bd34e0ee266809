// Who knows about this text? Works that answer it (BM25) speak for their persons (experts/finding/expert_search.h); each recommendation shows the works and the sentences it
// rests on, how busy the expert is, and the conflicts of interest with what is to be judged. Method and measurement: docs/methods/expert_search.md
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/progress.h"
#include "experts/finding/expert_search.h"
#include "workflow/expert_library/roster.h"
#include "workflow/retrieval/search_index.h"

namespace jianwei::workflow {

struct RecommendOptions {
  std::int64_t limit = 10;
  std::int64_t work_count = 200;          // answering works that are read
  std::int16_t until = 0;                 // only works up to this year; 0 = all
  bool eligible_only = false;             // leave out who has a conflict, is away or has no room
  experts::ConflictOptions conflicts;     // now = 0: the lake's last year
  experts::ExpertSearchOptions search;
  int thread_count = 0;
};

struct SupportingWork {
  std::string record, title, sentence;
  std::int16_t year = 0;
  double part = 0.0;                      // of the score
};

struct Recommendation {
  Expert expert;                          // id "" = of the lake only; then persons[0] names it
  double score = 0.0;                     // relative to the first: (0, 1]
  std::int32_t work_count = 0;
  std::vector<SupportingWork> works;      // the three that add most
  std::int64_t assigned = 0;              // items in open assignments
  bool away = false;
  std::vector<FoundConflict> conflicts;
  bool eligible() const { return conflicts.empty() && !away && assigned < expert.load; }
};

// Errors: invalid_input  no word of the text is known; not_found  no records; cancelled
Result<std::vector<Recommendation>> recommend(const Workspace& workspace, const Roster& roster, const SearchIndex& index, const Thing& thing, const RecommendOptions& options, Progress& progress);
std::string to_json(const std::vector<Recommendation>& list);

// The ranking alone: persons by their canonical number. The works of `thing.records` are no evidence.
Result<std::vector<experts::FoundExpert>> rank_experts(const Roster& roster, const SearchIndex& index, const Thing& thing, const RecommendOptions& options, Progress& progress);

}  // namespace jianwei::workflow
