// Internal to apply_judgements: what is common to correcting topics, terms and entities.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "workflow/judgement/apply.h"

namespace jianwei::workflow::judgement {

// Rows of the dataset by record id, also by ids of records that were merged into others.
class DocumentIndex {
 public:
  DocumentIndex(const std::vector<std::string>& record_ids, const RecordAliases& aliases) : aliases_(aliases) {
    rows_.reserve(record_ids.size());
    for (std::size_t d = 0; d < record_ids.size(); ++d) rows_.emplace(record_ids[d], static_cast<std::int32_t>(d));
  }
  std::optional<std::int32_t> find(const std::string& id) const {
    auto found = rows_.find(id);
    if (found == rows_.end()) {
      const auto alias = aliases_.find(id);
      if (alias == aliases_.end()) return std::nullopt;
      found = rows_.find(alias->second);
    }
    return found == rows_.end() ? std::nullopt : std::optional<std::int32_t>(found->second);
  }
  std::vector<std::int32_t> find_all(const std::vector<std::string>& ids) const {
    std::vector<std::int32_t> rows;
    for (const std::string& id : ids) {
      if (const auto row = find(id); row && std::find(rows.begin(), rows.end(), *row) == rows.end()) rows.push_back(*row);
    }
    return rows;
  }

 private:
  std::unordered_map<std::string_view, std::int32_t> rows_;
  const RecordAliases& aliases_;
};

// What the judgements did to each object.
class ObjectLog {
 public:
  JudgedObject* find(const std::string& type, const std::string& id) {
    const auto found = objects_.find({type, id});
    return found == objects_.end() ? nullptr : &found->second;
  }
  JudgedObject& touch(const std::string& type, const std::string& id, std::int64_t judgement) {
    JudgedObject& object = objects_[{type, id}];
    object.type = type;
    object.id = id;
    if (object.state.empty()) object.state = "stands";
    object.judgements.push_back(judgement);
    return object;
  }
  std::vector<JudgedObject> take() {
    std::vector<JudgedObject> list;
    for (auto& [key, object] : objects_) list.push_back(std::move(object));
    return list;
  }

 private:
  std::map<std::pair<std::string, std::string>, JudgedObject> objects_;
};

// Nodes of a network that are called otherwise: id -> id and label; "" is no node any more. Nodes of one id become one, their edges are added up.
using NewNodes = std::map<std::string, std::pair<std::string, std::string>>;
void follow_objects(NetworkResult& network, const NewNodes& changed);

using Outcome = std::optional<JudgementConflict>;  // nothing: it was applied

inline JudgementConflict conflict(const StandingJudgement& one, std::string reason, std::string object, std::int64_t other = 0) {
  JudgementConflict made;
  made.sequence = one.judgement.sequence;
  made.reason = std::move(reason);
  made.object = std::move(object);
  made.other = other;
  made.waiting = one.waiting;
  return made;
}

// The id that people put in the place of one that no longer fits.
inline const std::string& wanted(const StandingJudgement& one, const std::string& id) {
  return !one.applied_to.empty() && one.applied_for == id ? one.applied_to : id;
}

}  // namespace jianwei::workflow::judgement
