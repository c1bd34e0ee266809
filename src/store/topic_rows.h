// Rows of app.db that keep the identity of topics (sql/app_002.sql).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jianwei::store {

struct GenerationTopicRow {
  std::int64_t number = 0;
  std::string label_zh, label_en;
  std::int64_t document_count = 0;  // documents whose largest share it is
};

struct TopicEventRow {
  std::string kind;                 // birth, continuation, split, merge, death
  std::vector<std::int64_t> from, to;
  double overlap = 0.0;
  std::int64_t documents_before = 0, documents_after = 0, documents_shared = 0;
  std::vector<std::string> evidence;  // record ids
};

struct TopicGenerationRow {
  std::int64_t id = 0;
  std::string lineage;
  std::int64_t parent_id = 0;       // 0: none
  std::string fingerprint, corpus, options, snapshot_id, created_at;
  bool warm = false;
  std::int64_t record_count = 0, shared_count = 0, kept_count = 0;
  double adjusted_rand = 0.0;
  std::int64_t next_number = 1;
  std::vector<GenerationTopicRow> topics;
  std::vector<TopicEventRow> events;
};

}  // namespace jianwei::store
