#include "analysis/topics/topic_relations.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

#include "analysis/topics/topic_quality.h"

namespace jianwei::analysis {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

using Pairs = std::map<std::pair<std::int32_t, std::int32_t>, TopicRelation>;

TopicRelation& pair_of(Pairs& pairs, std::int32_t a, std::int32_t b) {
  TopicRelation& relation = pairs[{std::min(a, b), std::max(a, b)}];
  relation.a = std::min(a, b);
  relation.b = std::max(a, b);
  return relation;
}

void share_documents(const DocumentTopics& documents, std::int32_t topic_count, float min_share, Pairs& pairs) {
  std::vector<double> size(at(topic_count), 0.0);
  std::map<std::pair<std::int32_t, std::int32_t>, float> best;
  for (std::int64_t d = 0; d < documents.document_count(); ++d) {
    for (auto e = at(documents.offsets[at(d)]); e < at(documents.offsets[at(d) + 1]); ++e) {
      if (documents.shares[e] < min_share) continue;
      size[at(documents.topics[e])] += 1;
      for (auto f = at(documents.offsets[at(d)]); f < e; ++f) {
        if (documents.shares[f] < min_share) continue;
        TopicRelation& relation = pair_of(pairs, documents.topics[e], documents.topics[f]);
        ++relation.shared_documents;
        float& most = best[{relation.a, relation.b}];
        const float smaller = std::min(documents.shares[e], documents.shares[f]);
        if (smaller > most) {
          most = smaller;
          relation.example = static_cast<std::int32_t>(d);
        }
      }
    }
  }
  for (auto& [key, relation] : pairs) {
    relation.document_association = static_cast<double>(relation.shared_documents) * static_cast<double>(documents.document_count()) / (size[at(key.first)] * size[at(key.second)]);
  }
}

// Gives whether any citation was counted.
bool count_citations(std::span<const std::int32_t> topic, std::int32_t topic_count, const IdLists& references, Pairs& pairs) {
  std::vector<double> given(at(topic_count), 0.0), received(at(topic_count), 0.0);
  double all = 0.0;
  for (std::size_t d = 0; d < topic.size() && d + 1 < references.offsets.size(); ++d) {
    if (topic[d] < 0) continue;
    for (const std::int32_t cited : references.row(static_cast<std::int64_t>(d))) {
      if (cited < 0 || at(cited) >= topic.size() || topic[at(cited)] < 0) continue;
      const std::int32_t from = topic[d], to = topic[at(cited)];
      given[at(from)] += 1;
      received[at(to)] += 1;
      all += 1;
      if (from == to) continue;
      TopicRelation& relation = pair_of(pairs, from, to);
      ++(from == relation.a ? relation.citations_ab : relation.citations_ba);
    }
  }
  for (auto& [key, relation] : pairs) {
    const double expected = given[at(key.first)] * received[at(key.second)] + given[at(key.second)] * received[at(key.first)];
    if (expected > 0) relation.citation_association = static_cast<double>(relation.citations_ab + relation.citations_ba) * all / expected;
  }
  return all > 0;
}

void measure_cosines(std::span<const std::int32_t> topic, std::int32_t topic_count, const VectorTable& vectors, Pairs& pairs) {
  const auto width = at(vectors.dimensions);
  std::vector<std::vector<double>> mean(at(topic_count), std::vector<double>(width, 0.0));
  for (std::size_t d = 0; d < topic.size(); ++d) {
    if (topic[d] < 0) continue;
    const std::span<const float> row = vectors.row(static_cast<std::int64_t>(d));
    for (std::size_t i = 0; i < width; ++i) mean[at(topic[d])][i] += static_cast<double>(row[i]);
  }
  std::vector<double> norm;
  for (const auto& row : mean) norm.push_back(std::sqrt(std::inner_product(row.begin(), row.end(), row.begin(), 0.0)));
  for (std::int32_t a = 0; a < topic_count; ++a) {
    for (std::int32_t b = a + 1; b < topic_count; ++b) {
      if (norm[at(a)] <= 0 || norm[at(b)] <= 0) continue;
      const double cosine = std::inner_product(mean[at(a)].begin(), mean[at(a)].end(), mean[at(b)].begin(), 0.0) / (norm[at(a)] * norm[at(b)]);
      if (cosine > 0 || pairs.contains({a, b})) pair_of(pairs, a, b).cosine = cosine;
    }
  }
}

// Adds to each relation its rank under `measure`, 1 for the largest down to 1/n; equal values share the mean of their ranks.
void add_ranks(std::vector<TopicRelation>& relations, const std::function<double(const TopicRelation&)>& measure) {
  std::vector<std::size_t> order(relations.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return measure(relations[i]) < measure(relations[j]); });
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i + 1;
    while (end < order.size() && measure(relations[order[end]]) == measure(relations[order[i]])) ++end;
    const double rank = (static_cast<double>(i + end - 1) / 2 + 1) / static_cast<double>(order.size());
    for (; i < end; ++i) relations[order[i]].strength += rank;
  }
}

}  // namespace

std::vector<TopicRelation> relate_topics(const DocumentTopics& documents, std::int32_t topic_count, const IdLists& references, const VectorTable& vectors, float min_share) {
  Pairs pairs;
  const std::vector<std::int32_t> topic = largest_topics(documents);
  const bool cites = count_citations(topic, topic_count, references, pairs);
  share_documents(documents, topic_count, min_share, pairs);
  measure_cosines(topic, topic_count, vectors, pairs);
  std::vector<TopicRelation> relations;
  for (const auto& [key, relation] : pairs) relations.push_back(relation);
  add_ranks(relations, [](const TopicRelation& r) { return r.document_association; });
  add_ranks(relations, [](const TopicRelation& r) { return r.cosine; });
  if (cites) add_ranks(relations, [](const TopicRelation& r) { return r.citation_association; });
  for (TopicRelation& relation : relations) relation.strength /= cites ? 3.0 : 2.0;
  std::stable_sort(relations.begin(), relations.end(), [](const TopicRelation& a, const TopicRelation& b) { return a.strength > b.strength; });
  return relations;
}

}  // namespace jianwei::analysis
