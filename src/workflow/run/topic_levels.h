// The levels above the topics of the embedded method, and where each record stands.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/dataset.h"

namespace jianwei::workflow {

struct LevelRow {
  std::string id;                        // area-<n>, domain-<n>; n by decreasing size, of this run
  std::string label_zh, label_en;
  std::int32_t parent = -1;              // of an area: index of its domain
  std::int64_t document_count = 0;       // records placed below it
};

struct TopicLevels {
  std::vector<std::int32_t> topic_area;      // [topics] index into areas; empty for LDA
  std::vector<LevelRow> areas, domains;
  std::vector<std::int32_t> document_topic;  // [documents] where the record is placed: every record has a place
  std::vector<float> confidence;             // [documents] [0, 1] share of its ties inside its topic; 0: placed without a known word

  bool empty() const { return topic_area.empty(); }
};

// Gives each record without a topic the commonest topic of its venue, else of its source, else of all (ties: the smaller number). Its confidence stays 0.
void place_wordless(const analysis::Dataset& dataset, TopicLevels& levels);

template <class A>
void archive(A& a, LevelRow& v) {
  a(v.id, v.label_zh, v.label_en, v.parent, v.document_count);
}
template <class A>
void archive(A& a, TopicLevels& v) {
  a(v.topic_area, v.areas, v.domains, v.document_topic, v.confidence);
}

}  // namespace jianwei::workflow
