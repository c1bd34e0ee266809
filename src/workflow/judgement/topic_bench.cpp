// Merged and hidden topics are followed by redirection, so that no document's row is touched; the rows of split topics and moved documents are kept aside.
// One pass at the end writes everything back.
#include "workflow/judgement/topic_bench.h"

#include <cmath>

#include "analysis/indicators/series.h"
#include "analysis/topics/coherence.h"
#include "workflow/judgement/parts.h"
#include "workflow/run/map_stage.h"
#include "workflow/run/topic_stage.h"

namespace jianwei::workflow::judgement {
namespace {

constexpr std::int32_t kHidden = -1;
constexpr std::int32_t kSplit = -2;
constexpr std::size_t kListedTerms = 25;     // as topics list
constexpr std::size_t kCoherenceTerms = 10;  // as topic_table.h

std::size_t at(std::int32_t i) { return static_cast<std::size_t>(i); }

}  // namespace

TopicBench::TopicBench(StudyResult& result, const DocumentIndex& documents, ObjectLog& log) : result_(result), documents_(documents), log_(log) {
  for (std::size_t k = 0; k < result.topics.size(); ++k) {
    topics_.push_back({result.topics[k], static_cast<std::int32_t>(k), 0, {}, true});
    redirect_.push_back(static_cast<std::int32_t>(k));
    index_.emplace(result.topics[k].id, static_cast<std::int32_t>(k));
  }
}

std::int32_t TopicBench::living(std::int32_t topic) const {
  while (topic >= 0 && redirect_[at(topic)] != topic) topic = redirect_[at(topic)];
  return topic;
}

TopicBench::Row TopicBench::row(std::int32_t document) const {
  Row row;
  const auto add = [&](std::int32_t topic, float share) {
    topic = living(topic);
    if (topic < 0) return;
    const auto known = std::find_if(row.begin(), row.end(), [&](const auto& entry) { return entry.first == topic; });
    if (known != row.end()) known->second += share;
    else row.emplace_back(topic, share);
  };
  if (const auto found = changed_.find(document); found != changed_.end()) {
    for (const auto& [topic, share] : found->second) add(topic, share);
  } else {
    const analysis::DocumentTopics& shares = result_.document_topics;
    for (auto e = static_cast<std::size_t>(shares.offsets[at(document)]); e < static_cast<std::size_t>(shares.offsets[at(document) + 1]); ++e) add(shares.topics[e], shares.shares[e]);
  }
  return row;
}

std::int32_t TopicBench::main_topic(std::int32_t document) const {
  const Row shares = row(document);
  const auto largest = std::max_element(shares.begin(), shares.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return largest == shares.end() ? -1 : largest->first;
}

double TopicBench::held(const std::vector<std::string>& anchor, std::int32_t topic) const {
  const std::vector<std::int32_t> rows = documents_.find_all(anchor);
  if (rows.empty()) return 0.0;
  const auto count = std::count_if(rows.begin(), rows.end(), [&](std::int32_t d) {
    const Row shares = row(d);
    return std::any_of(shares.begin(), shares.end(), [&](const auto& entry) { return entry.first == topic && entry.second >= kTopicShare; });
  });
  return static_cast<double>(count) / static_cast<double>(rows.size());
}

std::vector<std::pair<std::string, double>> TopicBench::successors(const std::vector<std::string>& anchor) const {
  constexpr std::size_t kListed = 3;
  std::map<std::int32_t, double> counts;
  const std::vector<std::int32_t> rows = documents_.find_all(anchor);
  for (const std::int32_t d : rows) {
    if (const std::int32_t topic = main_topic(d); topic >= 0) counts[topic] += 1.0 / static_cast<double>(rows.size());
  }
  std::vector<std::pair<std::string, double>> list;
  for (const auto& [topic, share] : counts) list.emplace_back(topics_[at(topic)].row.id, share);
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  if (list.size() > kListed) list.resize(kListed);
  return list;
}

std::int32_t TopicBench::find(const StandingJudgement& one, const std::string& asked, const std::vector<std::string>& anchor, Outcome& problem) const {
  const std::string& id = wanted(one, asked);
  const auto found = index_.find(id);
  if (found == index_.end()) {
    const auto part = split_of_.find(id);
    problem = part != split_of_.end() ? conflict(one, "depends", id, part->second) : conflict(one, "gone", id);
    problem->successors = successors(anchor);
    return -1;
  }
  const Topic& topic = topics_[at(found->second)];
  if (topic.ended_by != 0) {
    problem = conflict(one, "contradicts", id, topic.ended_by);
    for (const std::string& next : topic.became) {
      if (index_.contains(next) && topics_[at(index_.at(next))].ended_by == 0) problem->successors.emplace_back(next, 1.0 / static_cast<double>(topic.became.size()));
    }
    return -1;
  }
  const bool same_run = one.judgement.run == result_.run_id;
  if (!same_run && id == asked && !anchor.empty() && held(anchor, found->second) < kKnownAgain) {
    problem = conflict(one, "changed", id);
    problem->successors = successors(anchor);
    return -1;
  }
  return found->second;
}

JudgedObject& TopicBench::touch(std::int32_t topic, std::int64_t judgement) {
  const bool first = log_.find("topic", topics_[at(topic)].row.id) == nullptr;
  JudgedObject& object = log_.touch("topic", topics_[at(topic)].row.id, judgement);
  if (first && topics_[at(topic)].machine) {
    const TopicRow& machine = result_.topics[at(topic)];
    object.machine_label_zh = machine.label_zh;
    object.machine_label_en = machine.label_en;
    const analysis::DocumentTopics& shares = result_.document_topics;
    for (std::size_t d = 0; d + 1 < shares.offsets.size(); ++d) {
      if (shares.offsets[d] < shares.offsets[d + 1] && shares.topics[static_cast<std::size_t>(shares.offsets[d])] == topic) ++object.machine_documents;
    }
  }
  return object;
}

Outcome TopicBench::check(const StandingJudgement& one, const std::string& id, const std::vector<std::string>& anchor) {
  Outcome problem;
  (void)find(one, id, anchor, problem);
  return problem;
}

Outcome TopicBench::apply(const StandingJudgement& one) {
  if (one.judgement.kind == "split") {
    for (const JudgementPart& part : one.judgement.parts) split_of_.emplace(part.id, one.judgement.sequence);
  }
  Outcome problem;
  const std::int32_t topic = find(one, one.judgement.object, one.judgement.anchor, problem);
  if (topic < 0) return problem;
  if (one.judgement.kind == "rename") return rename(one, topic);
  if (one.judgement.kind == "merge") return merge(one, topic);
  if (one.judgement.kind == "split") return split(one, topic);
  if (one.judgement.kind == "remove") return remove(one, topic);
  return move(one, topic);
}

Outcome TopicBench::rename(const StandingJudgement& one, std::int32_t topic) {
  touch(topic, one.judgement.sequence);
  TopicRow& row = topics_[at(topic)].row;
  if (!one.judgement.label_zh.empty()) row.label_zh = one.judgement.label_zh;
  if (!one.judgement.label_en.empty()) row.label_en = one.judgement.label_en;
  return {};
}

// Terms with the mean of their shares, weighted by the topics' sizes.
void TopicBench::describe_merged(Topic& target, std::span<const std::int32_t> taken) {
  std::map<std::int32_t, double> sums;
  double weight = 0.0, exclusivity = 0.0;
  const auto add = [&](const TopicRow& row) {
    for (const auto& [term, share] : row.terms) sums[term] += row.document_weight * share;
    weight += row.document_weight;
    exclusivity += row.document_weight * row.exclusivity;
  };
  add(target.row);
  for (const std::int32_t other : taken) add(topics_[at(other)].row);
  if (weight <= 0.0) return;
  std::vector<std::pair<std::int32_t, double>> listed;
  for (const auto& [term, sum] : sums) listed.emplace_back(term, sum / weight);
  std::stable_sort(listed.begin(), listed.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  if (listed.size() > kListedTerms) listed.resize(kListedTerms);
  target.row.terms = std::move(listed);
  target.row.document_weight = weight;
  target.row.exclusivity = exclusivity / weight;
}

Outcome TopicBench::merge(const StandingJudgement& one, std::int32_t target) {
  const Judgement& j = one.judgement;
  std::vector<std::int32_t> taken;
  for (std::size_t i = 0; i < j.others.size(); ++i) {
    Outcome problem;
    const std::int32_t other = find(one, j.others[i], i < j.other_anchors.size() ? j.other_anchors[i] : std::vector<std::string>(), problem);
    if (other < 0) return problem;
    if (other != target && std::find(taken.begin(), taken.end(), other) == taken.end()) taken.push_back(other);
  }
  if (taken.empty()) return conflict(one, "contradicts", j.object, j.sequence);
  touch(target, j.sequence);
  describe_merged(topics_[at(target)], taken);
  for (const std::int32_t other : taken) {
    JudgedObject& object = touch(other, j.sequence);
    object.state = "merged";
    object.became = topics_[at(other)].became = {topics_[at(target)].row.id};
    topics_[at(other)].ended_by = j.sequence;
    redirect_[at(other)] = target;
  }
  regrouped_.push_back(target);
  moved_ = true;
  return rename(one, target);
}

std::vector<std::int32_t> TopicBench::documents_of(std::int32_t topic, std::vector<float>& shares) const {
  std::vector<std::int32_t> documents;
  for (std::int32_t d = 0; d < static_cast<std::int32_t>(result_.document_topics.document_count()); ++d) {
    for (const auto& [k, share] : row(d)) {
      if (k != topic) continue;
      documents.push_back(d);
      shares.push_back(share);
    }
  }
  return documents;
}

const analysis::IdLists& TopicBench::document_terms() {
  if (!document_terms_) document_terms_ = analysis::units_of_documents(result_.term_results.documents, result_.dataset.document_count());
  return *document_terms_;
}

Outcome TopicBench::split(const StandingJudgement& one, std::int32_t topic) {
  const Judgement& j = one.judgement;
  std::unordered_map<std::string_view, std::int32_t> term_index;
  for (std::size_t t = 0; t < result_.terms.size(); ++t) term_index.emplace(result_.terms[t].id, static_cast<std::int32_t>(t));
  std::vector<PartSeed> seeds;
  for (const JudgementPart& part : j.parts) {
    PartSeed& seed = seeds.emplace_back();
    seed.documents = documents_.find_all(part.documents);
    for (const std::string& id : part.terms) {
      if (const auto found = term_index.find(id); found != term_index.end()) seed.terms.push_back(found->second);
    }
    if (seed.documents.empty() && seed.terms.empty()) return conflict(one, "documents_gone", part.id);
  }
  std::vector<float> shares;
  const std::vector<std::int32_t> documents = documents_of(topic, shares);
  const std::vector<std::int32_t> part_of = nearest_parts(result_.term_results.documents, document_terms(), documents, seeds);
  const auto first = static_cast<std::int32_t>(topics_.size());
  for (std::size_t i = 0; i < documents.size(); ++i) {
    Row changed = row(documents[i]);
    for (auto& [k, share] : changed) {
      if (k == topic) k = first + part_of[i];
    }
    changed_[documents[i]] = std::move(changed);
  }
  JudgedObject& whole = touch(topic, j.sequence);
  whole.state = "split";
  for (std::size_t p = 0; p < j.parts.size(); ++p) {
    Topic made;
    made.machine = false;
    made.parent = topics_[at(topic)].parent;
    made.row.id = j.parts[p].id;
    made.row.exclusivity = topics_[at(topic)].row.exclusivity;
    std::vector<std::int32_t> own;
    std::vector<float> own_shares;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      if (part_of[i] != static_cast<std::int32_t>(p)) continue;
      own.push_back(documents[i]);
      own_shares.push_back(shares[i]);
      made.row.document_weight += shares[i];
    }
    made.row.terms = group_terms(result_.term_results.documents, document_terms(), own, own_shares);
    give_topic_labels(made.row, result_.terms);
    if (!j.parts[p].label_zh.empty()) made.row.label_zh = j.parts[p].label_zh;
    if (!j.parts[p].label_en.empty()) made.row.label_en = j.parts[p].label_en;
    topics_[at(topic)].became.push_back(made.row.id);
    whole.became.push_back(made.row.id);
    index_[made.row.id] = static_cast<std::int32_t>(topics_.size());
    regrouped_.push_back(static_cast<std::int32_t>(topics_.size()));
    redirect_.push_back(static_cast<std::int32_t>(topics_.size()));
    topics_.push_back(std::move(made));
    log_.touch("topic", j.parts[p].id, j.sequence);
  }
  topics_[at(topic)].ended_by = j.sequence;
  redirect_[at(topic)] = kSplit;
  moved_ = true;
  return {};
}

Outcome TopicBench::remove(const StandingJudgement& one, std::int32_t topic) {
  touch(topic, one.judgement.sequence).state = "hidden";
  topics_[at(topic)].ended_by = one.judgement.sequence;
  redirect_[at(topic)] = kHidden;
  moved_ = true;
  return {};
}

Outcome TopicBench::move(const StandingJudgement& one, std::int32_t target) {
  const Judgement& j = one.judgement;
  std::int32_t from = -1;
  if (!j.from.empty()) {
    Outcome problem;
    from = find(one, j.from, {}, problem);
    if (problem && problem->reason == "gone") from = -1;   // the old place is gone, the new one stands: all shares move
    else if (from < 0) return problem;
  }
  const std::vector<std::int32_t> documents = documents_.find_all(j.documents);
  if (documents.empty()) return conflict(one, "documents_gone", j.object);
  touch(target, j.sequence);
  if (from >= 0) touch(from, j.sequence);
  for (const std::int32_t d : documents) {
    const Row before = row(d);
    const bool whole = from < 0 || std::none_of(before.begin(), before.end(), [&](const auto& entry) { return entry.first == from; });
    Row after;
    float share = 0.0F;
    for (const auto& [k, part] : before) {
      if (k == target || whole || k == from) share += part;
      else after.emplace_back(k, part);
    }
    after.emplace_back(target, share > 0.0F ? share : 1.0F);
    changed_[d] = std::move(after);
  }
  moved_ = true;
  return {};
}

// NPMI of topics whose words people regrouped, as the machine's topics have it.
void TopicBench::measure_coherence() {
  std::vector<std::vector<std::int32_t>> lists;
  std::map<std::int32_t, std::int32_t> column;  // term -> column
  for (const std::int32_t topic : regrouped_) {
    std::vector<std::int32_t>& list = lists.emplace_back();
    for (const auto& [term, share] : topics_[at(topic)].row.terms) {
      if (list.size() == kCoherenceTerms) break;
      list.push_back(column.try_emplace(term, static_cast<std::int32_t>(column.size())).first->second);
    }
  }
  text::CountMatrix counts;
  counts.row_count = result_.dataset.document_count();
  counts.column_count = static_cast<std::int64_t>(column.size());
  counts.offsets = {0};
  for (std::int64_t d = 0; d < counts.row_count; ++d) {
    for (const std::int32_t term : document_terms().row(d)) {
      const auto found = column.find(term);
      if (found == column.end()) continue;
      counts.columns.push_back(found->second);
      counts.counts.push_back(1);
    }
    std::sort(counts.columns.begin() + counts.offsets.back(), counts.columns.end());
    counts.offsets.push_back(static_cast<std::int64_t>(counts.columns.size()));
  }
  const std::vector<double> npmi = analysis::npmi_coherence(counts, lists, result_.study.thread_count);
  for (std::size_t i = 0; i < regrouped_.size(); ++i) topics_[at(regrouped_[i])].row.npmi = npmi[i];
}

// New places of the living topics, heaviest first; -1 for those that ended.
std::vector<std::int32_t> TopicBench::number_topics(const std::vector<double>& weights) {
  std::vector<std::int32_t> order;
  for (std::size_t k = 0; k < topics_.size(); ++k) {
    if (topics_[k].ended_by == 0) order.push_back(static_cast<std::int32_t>(k));
  }
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return weights[at(a)] > weights[at(b)]; });
  std::vector<std::int32_t> number(topics_.size(), -1);
  for (std::size_t i = 0; i < order.size(); ++i) number[at(order[i])] = static_cast<std::int32_t>(i);
  return number;
}

void TopicBench::write_levels(const std::vector<std::int32_t>& number) {
  TopicLevels& levels = result_.topic_levels;
  if (levels.empty()) return;
  std::vector<std::int32_t> area(static_cast<std::size_t>(std::count_if(number.begin(), number.end(), [](std::int32_t n) { return n >= 0; })), 0);
  for (std::size_t k = 0; k < topics_.size(); ++k) {
    if (number[k] >= 0) area[at(number[k])] = levels.topic_area[at(topics_[k].parent)];
  }
  for (LevelRow& row : levels.areas) row.document_count = 0;
  for (LevelRow& row : levels.domains) row.document_count = 0;
  for (std::size_t d = 0; d < levels.document_topic.size(); ++d) {
    std::int32_t& place = levels.document_topic[d];
    const std::int32_t kept = place < 0 || changed_.contains(static_cast<std::int32_t>(d)) ? -1 : living(place);
    const std::int32_t topic = kept >= 0 ? kept : main_topic(static_cast<std::int32_t>(d));
    place = topic < 0 ? -1 : number[at(topic)];
    if (place < 0) continue;
    LevelRow& row = levels.areas[at(area[at(place)])];
    ++row.document_count;
    if (row.parent >= 0) ++levels.domains[at(row.parent)].document_count;
  }
  levels.topic_area = std::move(area);
}

void TopicBench::finish() {
  if (!moved_) {
    for (std::size_t k = 0; k < result_.topics.size(); ++k) result_.topics[k] = std::move(topics_[k].row);
    return;
  }
  if (!regrouped_.empty()) measure_coherence();
  std::vector<double> weights(topics_.size(), 0.0);
  std::vector<std::int64_t> listed(topics_.size(), 0);
  std::vector<Row> rows;
  rows.reserve(static_cast<std::size_t>(result_.document_topics.document_count()));
  for (std::int32_t d = 0; d < static_cast<std::int32_t>(result_.document_topics.document_count()); ++d) {
    Row& shares = rows.emplace_back(row(d));
    for (const auto& [topic, share] : shares) {
      weights[at(topic)] += share;
      ++listed[at(topic)];
    }
  }
  const std::vector<std::int32_t> number = number_topics(weights);
  write_levels(number);
  analysis::DocumentTopics corrected;
  for (Row& shares : rows) {
    for (auto& [topic, share] : shares) topic = number[at(topic)];
    std::sort(shares.begin(), shares.end(), [](const auto& a, const auto& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
    for (const auto& [topic, share] : shares) {
      corrected.topics.push_back(topic);
      corrected.shares.push_back(share);
    }
    corrected.offsets.push_back(static_cast<std::int64_t>(corrected.topics.size()));
  }
  result_.document_topics = std::move(corrected);
  std::vector<TopicRow> topics(static_cast<std::size_t>(std::count_if(number.begin(), number.end(), [](std::int32_t n) { return n >= 0; })));
  for (std::size_t k = 0; k < topics_.size(); ++k) {
    if (number[k] < 0) continue;
    topics_[k].row.document_weight = weights[k];
    topics_[k].row.document_count = listed[k];
    topics[at(number[k])] = std::move(topics_[k].row);
  }
  result_.topics = std::move(topics);
  if (!result_.map.empty()) place_map_topics(result_.document_topics, result_.topics.size(), result_.map);
  result_.judged.topic_documents_changed = true;
}

}  // namespace jianwei::workflow::judgement
