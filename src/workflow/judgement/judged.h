// What people changed in the results of a run: which judgements were applied, which no longer fit, and what the machine had said.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace jianwei::workflow {

// An object that judgements touched, as the machine had it and as it stands.
struct JudgedObject {
  std::string type, id;
  std::string machine_label_zh, machine_label_en;   // "" of what people made
  std::int64_t machine_documents = 0;               // that had it as their main topic, or held the term
  std::string state;                                // stands, hidden, merged, split
  std::vector<std::string> became;                  // of merged and split: ids that took its documents
  std::vector<std::int64_t> judgements;             // sequence numbers that changed it, in order
};

struct JudgedLink {
  std::string from_type, from, relation, to_type, to;
  std::int64_t judgement = 0;
};

// A judgement that stands but no longer fits the data.
struct JudgementConflict {
  std::int64_t sequence = 0;
  std::string reason;                               // gone, changed, documents_gone, contradicts, depends, unknown: key judge.conflict.<reason>
  std::string object;                               // id that does not fit
  std::int64_t other = 0;                           // judgement it contradicts or depends on
  std::vector<std::pair<std::string, double>> successors;  // ids that hold the share of its evidence documents, largest first
  bool waiting = false;                             // people chose to keep it waiting
};

struct Judged {
  std::string digest;                               // names the standing judgements; "" when none changes results
  std::vector<std::int64_t> applied;
  std::vector<JudgementConflict> conflicts;
  std::vector<JudgedObject> objects;                // by type, id
  std::vector<JudgedLink> links;
  std::vector<std::pair<std::string, std::string>> entity_ids;  // "kind\tname" -> id, of entities whose name is no longer the one that gave the id
  bool topic_documents_changed = false;
  bool terms_merged = false;
};

}  // namespace jianwei::workflow
