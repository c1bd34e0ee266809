#include "workflow/run/topic_lineage.h"

#include <algorithm>

#include "base/log.h"
#include "base/strings.h"
#include "workflow/encoder/encoder.h"

namespace jianwei::workflow {
namespace {

constexpr std::string_view kStateStage = "topic-state";

std::string lineage_of(const Study& study) {
  std::string kinds;
  for (const RecordKind kind : study.kinds) kinds += std::string(to_string(kind)) + ",";
  return make_fingerprint({kinds, join(study.sources, ","), join(study.languages, ","), study.query, std::to_string(study.from), std::to_string(study.until)});
}

Result<std::string> options_of(const Workspace& workspace, const Study& study) {
  const std::string options = make_fingerprint({to_string(study.topic_method), std::to_string(study.topic_count), std::to_string(study.topic_iterations), std::to_string(study.seed)});
  if (study.topic_method != TopicMethod::embedded) return options;
  const std::string encoder = encoder_identity(TRY(encoder_settings(workspace)));
  return encoder.empty() ? options : make_fingerprint({options, encoder});
}

// Records held in a topic by people: part of what a fit depends on, but not of its options, so that it still goes on from the last model.
std::string held_text(const Study& study) {
  std::string text;
  for (const auto& [record, topic] : study.held) text += record + ">" + topic + ";";
  return text;
}

// Above every number of the generations before `end`.
std::int32_t free_number(const std::vector<store::TopicGenerationRow>& generations, std::size_t end) {
  std::int64_t next = 1;
  for (std::size_t g = 0; g < end; ++g) next = std::max(next, generations[g].next_number);
  return static_cast<std::int32_t>(next);
}

std::int64_t number_of(const TopicRow& topic) { return std::stoll(topic.id.substr(topic.id.find('-') + 1)); }

}  // namespace

Result<TopicPlan> plan_topics(Workspace& workspace, const Study& study, const std::string& corpus_fingerprint) {
  TopicPlan plan;
  plan.lineage = lineage_of(study);
  plan.corpus = corpus_fingerprint;
  if (const std::string held = held_text(study); !held.empty()) plan.corpus = make_fingerprint({corpus_fingerprint, held});
  plan.options = TRY(options_of(workspace, study));
  const std::vector<store::TopicGenerationRow> generations = TRY(workspace.lake.app().topic_generations(plan.lineage));
  for (std::size_t g = generations.size(); g-- > 0;) {
    const store::TopicGenerationRow& row = generations[g];
    if (row.corpus != plan.corpus || row.options != plan.options || (study.fresh_topics && row.warm)) continue;
    plan.fingerprint = row.fingerprint;
    plan.recorded = true;
    // What follows is only needed when the artifact has to be made again.
    const auto parent = std::find_if(generations.begin(), generations.end(), [&](const store::TopicGenerationRow& other) { return other.id == row.parent_id; });
    if (parent != generations.end()) plan.parent = *parent;
    plan.warm = row.warm;
    plan.next_number = free_number(generations, g);
    return plan;
  }
  const auto same_options = std::find_if(generations.rbegin(), generations.rend(), [&](const store::TopicGenerationRow& row) { return row.options == plan.options; });
  if (same_options != generations.rend()) {
    plan.parent = *same_options;
    plan.warm = !study.fresh_topics;
  } else if (!generations.empty()) {
    plan.parent = generations.back();
  }
  plan.next_number = free_number(generations, generations.size());
  plan.fingerprint = make_fingerprint({plan.corpus, plan.options, plan.parent ? plan.parent->fingerprint : "", std::to_string(plan.next_number), plan.warm ? "warm" : ""});
  return plan;
}

std::optional<TopicState> load_parent(const StageStore& stages, const TopicPlan& plan) {
  if (!plan.parent) return std::nullopt;
  const auto payload = stages.load(kStateStage, plan.parent->fingerprint);
  TopicState state;
  bool whole = false;
  if (payload && *payload) {
    ArchiveReader reader(**payload);
    reader(state);
    whole = reader.ok();
  }
  if (whole) return state;
  log_warning("the last topics ({}) cannot be read: this run's topics get new numbers", plan.parent->fingerprint);
  return std::nullopt;
}

Result<TopicState> give_ids(const TopicPlan& plan, const std::optional<TopicState>& parent, std::vector<std::string> record_ids, FoundTopics& found) {
  TopicState state;
  state.generation.record_ids = std::move(record_ids);
  state.generation.documents = found.stage.document_topics;
  state.words = std::move(found.words);
  state.model = std::move(found.model);
  state.resolution = found.resolution;
  const auto topic_count = static_cast<std::int32_t>(found.stage.topics.size());
  found.stage.identity = TRY(analysis::carry_identity(parent ? parent->generation : analysis::TopicGeneration{}, plan.next_number, state.generation, topic_count, {}));
  state.generation.numbers = found.stage.identity.numbers;
  for (std::size_t k = 0; k < found.stage.topics.size(); ++k) found.stage.topics[k].id = fmt::format("topic-{}", state.generation.numbers[k]);
  return state;
}

Result<> record_generation(Workspace& workspace, const TopicPlan& plan, const std::string& snapshot_id, const TopicStage& topics, std::int64_t record_count) {
  if (plan.recorded) return {};
  store::TopicGenerationRow row;
  row.lineage = plan.lineage;
  row.parent_id = plan.parent ? plan.parent->id : 0;
  row.fingerprint = plan.fingerprint;
  row.corpus = plan.corpus;
  row.options = plan.options;
  row.snapshot_id = snapshot_id;
  row.created_at = store::utc_now();
  row.warm = plan.warm;
  row.record_count = record_count;
  row.shared_count = topics.identity.shared_documents;
  row.kept_count = topics.identity.kept_documents;
  row.adjusted_rand = topics.identity.adjusted_rand;
  row.next_number = topics.identity.next_number;
  std::vector<std::int64_t> documents(topics.topics.size(), 0);
  const analysis::DocumentTopics& shares = topics.document_topics;
  for (std::size_t d = 0; d + 1 < shares.offsets.size(); ++d) {
    if (shares.offsets[d] < shares.offsets[d + 1]) ++documents[static_cast<std::size_t>(shares.topics[static_cast<std::size_t>(shares.offsets[d])])];
  }
  for (std::size_t k = 0; k < topics.topics.size(); ++k) row.topics.push_back({number_of(topics.topics[k]), topics.topics[k].label_zh, topics.topics[k].label_en, documents[k]});
  for (const analysis::TopicEvent& event : topics.identity.events) {
    row.events.push_back({std::string(analysis::to_string(event.kind)), {event.from.begin(), event.from.end()}, {event.to.begin(), event.to.end()}, event.overlap, event.documents_before,
                          event.documents_after, event.documents_shared, event.evidence});
  }
  return workspace.lake.app().add_topic_generation(row);
}

Result<std::vector<store::TopicGenerationRow>> topic_history(const Workspace& workspace, const Study& study) { return workspace.lake.app().topic_generations(lineage_of(study)); }

}  // namespace jianwei::workflow
