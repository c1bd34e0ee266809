// The map of science of a run: where each document and each topic lies (analysis/map/map_layout.h).
#pragma once

#include <string>
#include <vector>

#include "analysis/topics/topic_model.h"
#include "analysis/vectors/word_space.h"
#include "base/progress.h"
#include "text/corpus.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

template <class A>
void archive(A& a, MapResult& v) {
  a(v.record_ids, v.x, v.y, v.topic, v.topic_x, v.topic_y, v.trustworthiness);
}

// As a run keeps it.
struct MapArtifact {
  MapResult map;
  std::int64_t added_documents = 0;  // put into it since all were laid out together
  std::string space;                 // fingerprint of the space in which all were laid out: documents that come later are placed in it too
};
template <class A>
void archive(A& a, MapArtifact& v) {
  a(v.map, v.added_documents, v.space);
}

// Where the words lay when all documents were laid out.
struct MapSpace {
  std::vector<std::string> words;    // ids of terms
  analysis::WordSpace space;
  bool empty() const { return words.empty(); }
};
template <class A>
void archive(A& a, MapSpace& v) {
  a(v.words, v.space.words.row_count, v.space.words.dimensions, v.space.words.values, v.space.word_weights, v.space.common);
}

struct MapState {
  MapArtifact artifact;
  MapSpace space;                    // of what was made: empty when the one before was used
};

// Vectors of the documents by the corpus' own words, their neighbours, their places. `before`: the map of an earlier run, or empty. Its documents stay exactly
// where they were until those added since a layout are more than one in twenty, and those added are placed by the words of that layout; then all are laid out
// again from where they stand. Too few words for vectors: an empty map. Errors: cancelled
Result<MapState> make_map(const Study& study, const analysis::Dataset& dataset, const std::vector<TermRow>& terms, const text::CountMatrix& counts,
                          const analysis::DocumentTopics& topics, std::size_t topic_count, const MapState& before, Progress& progress);

// Topics over places that documents have: map.topic by their largest share, topic_x and topic_y as medians of their documents.
void place_map_topics(const analysis::DocumentTopics& topics, std::size_t topic_count, MapResult& map);

}  // namespace jianwei::workflow
