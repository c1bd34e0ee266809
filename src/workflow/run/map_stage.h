// The map of science of a run: where each document and each topic lies (analysis/map/map_layout.h).
#pragma once

#include <string>
#include <vector>

#include "analysis/topics/topic_model.h"
#include "base/progress.h"
#include "text/corpus.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

template <class A>
void archive(A& a, MapResult& v) {
  a(v.record_ids, v.x, v.y, v.topic, v.topic_x, v.topic_y, v.trustworthiness);
}

// Vectors of the documents by the corpus' own words, their neighbours, their places. `before`: the map of an earlier run, or empty; its documents stay
// where they were. Too few words for vectors: an empty map. Errors: cancelled
Result<MapResult> make_map(const Study& study, const analysis::Dataset& dataset, const std::vector<TermRow>& terms, const text::CountMatrix& counts,
                           const analysis::DocumentTopics& topics, std::size_t topic_count, const MapResult& before, Progress& progress);

}  // namespace jianwei::workflow
