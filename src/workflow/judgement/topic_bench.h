// Internal to apply_judgements: topics and the shares of documents in them, corrected step by step and written back at the end.
#pragma once

#include "analysis/dataset.h"
#include "workflow/judgement/bench.h"

namespace jianwei::workflow::judgement {

class TopicBench {
 public:
  TopicBench(StudyResult& result, const DocumentIndex& documents, ObjectLog& log);

  Outcome apply(const StandingJudgement& one);
  // Where a link or a note on a topic leads. Errors as conflicts.
  Outcome check(const StandingJudgement& one, const std::string& id, const std::vector<std::string>& anchor);
  void finish();

 private:
  struct Topic {
    TopicRow row;
    std::int32_t parent = -1;        // machine topic it was cut from; its own index for those of the machine
    std::int64_t ended_by = 0;       // judgement; 0: it lives
    std::vector<std::string> became;
    bool machine = true;
  };
  using Row = std::vector<std::pair<std::int32_t, float>>;  // living topic, share

  Row row(std::int32_t document) const;
  std::int32_t living(std::int32_t topic) const;
  std::int32_t main_topic(std::int32_t document) const;
  double held(const std::vector<std::string>& anchor, std::int32_t topic) const;
  std::vector<std::pair<std::string, double>> successors(const std::vector<std::string>& anchor) const;
  std::int32_t find(const StandingJudgement& one, const std::string& id, const std::vector<std::string>& anchor, Outcome& problem) const;
  JudgedObject& touch(std::int32_t topic, std::int64_t judgement);

  Outcome rename(const StandingJudgement& one, std::int32_t topic);
  Outcome merge(const StandingJudgement& one, std::int32_t target);
  Outcome split(const StandingJudgement& one, std::int32_t topic);
  Outcome remove(const StandingJudgement& one, std::int32_t topic);
  Outcome move(const StandingJudgement& one, std::int32_t target);

  std::vector<std::int32_t> documents_of(std::int32_t topic, std::vector<float>& shares) const;
  void describe_merged(Topic& target, std::span<const std::int32_t> taken);
  const analysis::IdLists& document_terms();
  void measure_coherence();
  std::vector<std::int32_t> number_topics(const std::vector<double>& weights);
  void write_levels(const std::vector<std::int32_t>& number);

  StudyResult& result_;
  const DocumentIndex& documents_;
  ObjectLog& log_;
  std::vector<Topic> topics_;
  std::vector<std::int32_t> redirect_;                     // [topics] itself, the topic that took it in, -1 hidden, -2 split (its documents have rows of their own)
  std::unordered_map<std::string, std::int32_t> index_;    // id -> topic
  std::unordered_map<std::string, std::int64_t> split_of_; // id of a part -> judgement that makes it, applied or not
  std::unordered_map<std::int32_t, Row> changed_;          // rows that are no longer the machine's
  std::vector<std::int32_t> regrouped_;                    // topics whose words are no longer the machine's
  std::optional<analysis::IdLists> document_terms_;
  bool moved_ = false;                                     // documents lie otherwise than the machine put them
};

}  // namespace jianwei::workflow::judgement
