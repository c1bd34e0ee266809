// The topics of a run over the periods its years fall into: how large each was, which continues which by its words, and what is new.
// Page: docs/methods/evolution.md
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "analysis/topics/evolution.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

struct TopicPeriods {
  std::vector<std::pair<std::int32_t, std::int32_t>> years;  // [periods] first and last year, complete years only
  std::vector<std::vector<std::int32_t>> topics;             // [periods][units] index into StudyResult::topics; a topic of less than kMinWeight documents is absent
  std::vector<std::vector<double>> weights;                  // [periods][units] documents, by share
  std::vector<double> documents;                             // [periods] with any topic
  analysis::Evolution evolution;                             // over the units
};

// Two to six periods, three years each where there are enough. A topic's words in a period are the terms of its documents, weighted by share and
// ln(1 + documents / documents with the term). Periods are joined by these words, so a topic that has no kin in the period before stands alone and is a birth.
// Errors: invalid_input  fewer than two complete years. Time O(terms of documents * topics of a document).
Result<TopicPeriods> trace_topics(const StudyResult& result);

}  // namespace jianwei::workflow
