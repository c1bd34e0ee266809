#include "workflow/judgement/apply.h"

#include <algorithm>

#include "workflow/judgement/entity_bench.h"
#include "workflow/judgement/term_bench.h"
#include "workflow/judgement/topic_bench.h"
#include "workflow/run/topic_stage.h"

namespace jianwei::workflow {
namespace {

using judgement::Outcome;

class Benches {
 public:
  Benches(StudyResult& result, const RecordAliases& aliases)
      : result_(result), documents_(result.dataset.record_ids, aliases), topics_(result, documents_, log_), terms_(result, log_), entities_(result.dataset, documents_, log_) {}

  Outcome apply(const StandingJudgement& one) {
    const Judgement& j = one.judgement;
    if (j.kind == "link") return link(one);
    if (j.type == "topic") return topics_.apply(one);
    if (j.type == "term") return terms_.apply(one);
    return entities_.apply(one);
  }

  void finish() {
    topics_.finish();
    terms_.finish();
    entities_.finish(&result_.networks, &result_.judged.entity_ids);
    result_.judged.objects = log_.take();
  }

 private:
  Outcome check(const StandingJudgement& one, const std::string& type, const std::string& id, const std::vector<std::string>& anchor) {
    if (type == "topic") return topics_.check(one, id, anchor);
    if (type == "term") return terms_.check(one, id);
    if (type == "record") return documents_.find(id) ? Outcome() : Outcome(judgement::conflict(one, "documents_gone", id));
    if (is_entity(type)) return entities_.check(one, type, id);
    return judgement::conflict(one, "unknown", id);
  }

  Outcome link(const StandingJudgement& one) {
    const Judgement& j = one.judgement;
    if (Outcome problem = check(one, j.type, j.object, j.anchor)) return problem;
    if (Outcome problem = check(one, j.to_type, j.to, j.other_anchors.empty() ? std::vector<std::string>() : j.other_anchors[0])) return problem;
    result_.judged.links.push_back({j.type, judgement::wanted(one, j.object), j.relation, j.to_type, judgement::wanted(one, j.to), j.sequence});
    return {};
  }

  StudyResult& result_;
  judgement::ObjectLog log_;
  judgement::DocumentIndex documents_;
  judgement::TopicBench topics_;
  judgement::TermBench terms_;
  judgement::EntityBench entities_;
};

}  // namespace

void apply_judgements(StudyResult& result, std::span<const StandingJudgement> standing, const RecordAliases& aliases) {
  result.judged = {};
  result.judged.digest = digest_of(standing);
  if (standing.empty()) return;
  Benches benches(result, aliases);
  for (const StandingJudgement& one : standing) {
    if (Outcome problem = benches.apply(one)) result.judged.conflicts.push_back(std::move(*problem));
    else result.judged.applied.push_back(one.judgement.sequence);
  }
  benches.finish();
}

void apply_to_entities(analysis::Dataset& dataset, std::span<const StandingJudgement> standing, const RecordAliases& aliases) {
  judgement::ObjectLog log;
  const judgement::DocumentIndex documents(dataset.record_ids, aliases);
  judgement::EntityBench entities(dataset, documents, log);
  for (const StandingJudgement& one : standing) {
    if (is_entity(one.judgement.type) && one.judgement.kind != "link") (void)entities.apply(one);
  }
  entities.finish(nullptr, nullptr);
}

std::vector<std::string> anchor_of(const StudyResult& result, std::size_t topic) {
  std::vector<std::pair<float, std::int32_t>> shares;
  const analysis::DocumentTopics& all = result.document_topics;
  for (std::size_t d = 0; d + 1 < all.offsets.size(); ++d) {
    for (auto e = static_cast<std::size_t>(all.offsets[d]); e < static_cast<std::size_t>(all.offsets[d + 1]); ++e) {
      if (all.topics[e] == static_cast<std::int32_t>(topic) && all.shares[e] >= kTopicShare) shares.emplace_back(-all.shares[e], static_cast<std::int32_t>(d));
    }
  }
  const std::size_t count = std::min(kAnchorRecords, shares.size());
  std::partial_sort(shares.begin(), shares.begin() + static_cast<std::ptrdiff_t>(count), shares.end());
  std::vector<std::string> records;
  for (std::size_t i = 0; i < count; ++i) records.push_back(result.dataset.record_ids[static_cast<std::size_t>(shares[i].second)]);
  return records;
}

std::vector<std::string> named_records(std::span<const StandingJudgement> standing) {
  std::vector<std::string> ids;
  const auto add = [&](const std::vector<std::string>& list) { ids.insert(ids.end(), list.begin(), list.end()); };
  for (const StandingJudgement& one : standing) {
    const Judgement& j = one.judgement;
    add(j.documents);
    add(j.anchor);
    for (const auto& anchor : j.other_anchors) add(anchor);
    for (const JudgementPart& part : j.parts) add(part.documents);
    if (j.type == "record") ids.push_back(j.object);
    if (j.to_type == "record") ids.push_back(j.to);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace jianwei::workflow
