// Internal to apply_judgements: organisations, persons, countries and venues, renamed, joined and taken apart in the columns of the documents.
#pragma once

#include "workflow/judgement/bench.h"

namespace jianwei::workflow::judgement {

class EntityBench {
 public:
  EntityBench(analysis::Dataset& dataset, const DocumentIndex& documents, ObjectLog& log) : dataset_(dataset), documents_(documents), log_(log) {}

  Outcome apply(const StandingJudgement& one);
  Outcome check(const StandingJudgement& one, const std::string& type, const std::string& id);
  // Writes the columns back; `networks` of names follow, `ids` takes the ids of entities that no longer bear the name that gave it.
  void finish(std::vector<NetworkResult>* networks, std::vector<std::pair<std::string, std::string>>* ids);

 private:
  struct Kind {
    std::vector<std::string>* names = nullptr;
    std::vector<std::vector<std::int32_t>> rows;          // [documents]
    std::vector<std::string> machine_names, ids;
    std::vector<std::int32_t> redirect;
    std::vector<std::int64_t> ended_by;
    std::unordered_map<std::string, std::int32_t> by_id;
    bool changed = false;
  };
  Kind& kind(const std::string& type);
  analysis::IdLists* lists(const std::string& type);
  std::int32_t find(Kind& kind, const StandingJudgement& one, const std::string& id, Outcome& problem) const;
  JudgedObject& touch(const std::string& type, Kind& kind, std::int32_t entity, std::int64_t judgement);
  Outcome rename(const StandingJudgement& one, Kind& kind, std::int32_t entity);
  void write_back(const std::string& type, Kind& kind);

  analysis::Dataset& dataset_;
  const DocumentIndex& documents_;
  ObjectLog& log_;
  std::map<std::string, Kind> kinds_;
};

}  // namespace jianwei::workflow::judgement
