// Internal to apply_judgements: renamed, joined and hidden terms.
#pragma once

#include "workflow/judgement/bench.h"

namespace jianwei::workflow::judgement {

class TermBench {
 public:
  TermBench(StudyResult& result, ObjectLog& log);

  Outcome apply(const StandingJudgement& one);
  Outcome check(const StandingJudgement& one, const std::string& id) const;
  void finish();

 private:
  std::int32_t find(std::string_view id_or_name, bool by_form = true) const;  // any case; a form that was joined to a term must not stop all of it
  std::int32_t living(std::int32_t term) const;
  void merge(std::int32_t target, std::int32_t other, std::int64_t judgement);
  JudgedObject& touch(std::int32_t term, std::int64_t judgement);
  void join_documents(const std::vector<std::int32_t>& number, std::size_t count);
  void keep_measured(const std::vector<std::int32_t>& number, std::size_t count);
  void follow_network();
  void renumber_links(const std::vector<std::int32_t>& number);

  StudyResult& result_;
  ObjectLog& log_;
  std::vector<std::int32_t> redirect_;                        // itself, the term that took it in, -1 hidden
  std::unordered_map<std::string, std::int32_t> by_id_, by_form_;
  bool renamed_ = false, dropped_ = false, merged_ = false;
};

}  // namespace jianwei::workflow::judgement
