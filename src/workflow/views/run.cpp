#include "workflow/views/run.h"

#include "base/json_writer.h"

namespace jianwei::workflow {

std::string run_json(const StudyResult& result) {
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("documents", result.dataset.document_count()).field("terms", result.terms.size());
  json.key("topic_identity").begin_object().field("shared_documents", result.topic_identity.shared_documents).field("kept_documents", result.topic_identity.kept_documents);
  json.field("adjusted_rand", result.topic_identity.adjusted_rand).end_object();
  const analysis::TopicCountChoice& choice = result.topic_count_choice;
  if (choice.topic_count > 0) {
    json.key("topic_count_search").begin_object().field("chosen", choice.topic_count).field("fitted_documents", choice.fitted_documents).field("held_out_documents", choice.held_out_documents);
    json.key("tried").begin_array();
    for (const analysis::TopicCountTrial& trial : choice.trials) {
      json.begin_object().field("topics", trial.topic_count).field("perplexity", trial.perplexity).field("npmi", trial.npmi).field("stability", trial.stability).field("close", trial.close).end_object();
    }
    json.end_array().end_object();
  }
  json.field("topics", result.topics.size()).field("bursts", result.bursts.size()).key("stages").begin_array();
  for (const StageTime& stage : result.stages) {
    json.begin_object().field("name", stage.name).field("seconds", stage.seconds).field("peak_rss_bytes", stage.peak_rss_bytes).field("resumed", stage.resumed).end_object();
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow
