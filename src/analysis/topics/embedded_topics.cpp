// Vectors -> graph -> communities -> small ones joined -> levels -> counts. Each step is a function below, in that order.
#include "analysis/topics/embedded_topics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/clusters/leiden.h"
#include "analysis/topics/group_levels.h"
#include "analysis/topics/lda.h"
#include "analysis/vectors/dense.h"
#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kDocumentBlock = 4096;
constexpr double kInertia = 0.5;     // of a document's ties, see add_memory(): with 0 a tenth more records moved 12 % of 4,113 papers to another topic
constexpr double kHeldInertia = 4.0; // of a document that people placed: above any sum of its own ties, so that Leiden moves its neighbours and never it
constexpr double kAlphaSum = 1.0;    // prior of documents folded in later: a document is in few topics

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

double dot(std::span<const float> a, std::span<const float> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return sum;
}

Result<EmbeddedTopicOptions> complete(const EmbeddedTopicOptions& given, std::int64_t document_count) {
  EmbeddedTopicOptions options = given;
  if (options.neighbour_count < 2 || options.neighbour_count > 200) return fail(ErrorKind::invalid_input, "neighbour_count is {}, expected 2 to 200", options.neighbour_count);
  if (options.topic_count < 0 || options.topic_count > 65'535) return fail(ErrorKind::invalid_input, "topic_count is {}, expected 1 to 65535, or 0 for the default", options.topic_count);
  if (options.topic_count == 0) options.topic_count = default_topic_count(document_count);
  const auto root = [&](double power) { return std::max<std::int32_t>(1, static_cast<std::int32_t>(std::lround(std::pow(static_cast<double>(options.topic_count), power)))); };
  if (options.area_count <= 0) options.area_count = root(2.0 / 3.0);
  if (options.domain_count <= 0) options.domain_count = root(1.0 / 3.0);
  if (options.min_topic_documents <= 0) {
    options.min_topic_documents = static_cast<std::int32_t>(std::max<std::int64_t>(3, document_count / std::max<std::int64_t>(1, std::int64_t{20} * options.topic_count)));
  }
  options.space.seed = options.seed;
  options.space.thread_count = options.thread_count;
  return options;
}

// Mean directions of the groups. [group_count]
VectorTable mean_vectors(const VectorTable& vectors, const std::vector<std::int32_t>& group, std::int32_t group_count) {
  VectorTable means{group_count, vectors.dimensions, std::vector<float>(at(std::int64_t{group_count} * vectors.dimensions), 0.0F)};
  std::vector<double> sums(means.values.size(), 0.0);
  for (std::int64_t d = 0; d < vectors.row_count; ++d) {
    if (group[at(d)] < 0) continue;
    const std::span<const float> row = vectors.row(d);
    double* sum = sums.data() + std::int64_t{group[at(d)]} * vectors.dimensions;
    for (std::size_t i = 0; i < row.size(); ++i) sum[i] += static_cast<double>(row[i]);
  }
  for (std::int32_t g = 0; g < group_count; ++g) {
    const double* sum = sums.data() + std::int64_t{g} * vectors.dimensions;
    double norm = 0.0;
    for (std::int32_t i = 0; i < vectors.dimensions; ++i) norm += sum[i] * sum[i];
    if (norm <= 0) continue;
    const std::span<float> row = means.row(g);
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = static_cast<float>(sum[i] / std::sqrt(norm));
  }
  return means;
}

// Communities below the smallest size join the large one with the nearest mean vector; when none is large, all stay. Documents without a vector get -1.
void join_small(const VectorTable& vectors, std::int64_t min_size, std::vector<std::int32_t>& group) {
  for (std::int64_t d = 0; d < vectors.row_count; ++d) {
    const std::span<const float> row = vectors.row(d);
    if (std::all_of(row.begin(), row.end(), [](float x) { return x == 0.0F; })) group[at(d)] = -1;
  }
  const std::int32_t count = number_by_weight(group, std::vector<double>(group.size(), 1.0));
  std::vector<std::int64_t> sizes(at(count), 0);
  for (const std::int32_t g : group) {
    if (g >= 0) ++sizes[at(g)];
  }
  std::int32_t large = static_cast<std::int32_t>(std::count_if(sizes.begin(), sizes.end(), [&](std::int64_t size) { return size >= min_size; }));
  if (large == 0 || large == count) return;
  const VectorTable means = mean_vectors(vectors, group, count);
  std::vector<std::int32_t> target(at(count));
  for (std::int32_t g = 0; g < count; ++g) {
    target[at(g)] = g;
    double best = -2.0;
    for (std::int32_t candidate = 0; g >= large && candidate < large; ++candidate) {
      const double cosine = dot(means.row(g), means.row(candidate));
      if (cosine > best) {
        best = cosine;
        target[at(g)] = candidate;
      }
    }
  }
  for (std::int32_t& g : group) {
    if (g >= 0) g = target[at(g)];
  }
  number_by_weight(group, std::vector<double>(group.size(), 1.0));
}

bool is_held(const EmbeddedStart& start, std::int64_t document) { return !start.held.empty() && start.held[at(document)] != 0 && start.document_topic[at(document)] >= 0; }

// The graph with one node more for each topic of the start, tied to its documents by kInertia of their strength: a document leaves its topic when its ties
// to another outweigh those to its own and the memory of it.
Result<Graph> add_memory(const Graph& graph, const EmbeddedStart& start, std::vector<std::int32_t>& clusters) {
  std::vector<Edge> edges = list_edges(graph);
  const std::vector<double> strength = strengths(graph);
  clusters = start.document_topic;
  std::int32_t topic_count = 0;
  for (const std::int32_t topic : clusters) topic_count = std::max(topic_count, topic + 1);
  const auto document_count = static_cast<std::int32_t>(clusters.size());
  for (std::int32_t d = 0; d < document_count; ++d) {
    const std::int32_t topic = start.document_topic[at(d)];
    if (topic >= 0 && strength[at(d)] > 0.0) edges.push_back({d, document_count + topic, (is_held(start, d) ? kHeldInertia : kInertia) * strength[at(d)]});
  }
  for (std::int32_t topic = 0; topic < topic_count; ++topic) clusters.push_back(topic);
  return build_graph(std::int64_t{document_count} + topic_count, edges);
}

// Step 3: communities near the number wanted, or those of an earlier fit brought up to date.
Result<Communities> find_communities(const Graph& graph, const EmbeddedTopicOptions& options, Progress& progress) {
  if (options.start == nullptr) return communities_near(graph, options.topic_count, options.min_topic_documents, options.seed, options.thread_count, progress);
  std::vector<std::int32_t> clusters;
  const Graph remembering = TRY(add_memory(graph, *options.start, clusters));
  LeidenOptions leiden_options;
  leiden_options.start = clusters;
  leiden_options.resolution = options.start->resolution / (1.0 + kInertia);  // the memory adds as much to what chance would tie
  leiden_options.iteration_count = 1;  // more would go looking for other partitions of the same quality
  leiden_options.seed = options.seed;
  leiden_options.thread_count = options.thread_count;
  std::vector<std::int32_t> found = TRY(leiden(remembering, leiden_options, progress)).cluster;
  // A held document goes where its topic went, even when it has no tie at all.
  for (std::int64_t d = 0; d < graph.node_count(); ++d) {
    if (is_held(*options.start, d)) found[at(d)] = found[at(graph.node_count() + options.start->document_topic[at(d)])];
  }
  found.resize(at(graph.node_count()));
  return Communities{std::move(found), options.start->resolution};
}

// Areas and domains above the topics.
Result<> build_levels(const VectorTable& vectors, const EmbeddedTopicOptions& options, EmbeddedTopics& found, Progress& progress) {
  std::vector<double> size(at(found.model.topic_count), 0.0);
  for (const std::int32_t topic : found.document_topic) {
    if (topic >= 0) size[at(topic)] += 1;
  }
  found.topic_area = TRY(merge_groups(found.topic_vectors, options.area_count, options.seed, progress));
  found.area_count = number_by_weight(found.topic_area, size);
  std::vector<std::int32_t> document_area = found.document_topic;
  for (std::int32_t& area : document_area) {
    if (area >= 0) area = found.topic_area[at(area)];
  }
  std::vector<double> area_size(at(found.area_count), 0.0);
  for (std::size_t k = 0; k < size.size(); ++k) area_size[at(found.topic_area[k])] += size[k];
  found.area_domain = TRY(merge_groups(mean_vectors(vectors, document_area, found.area_count), options.domain_count, options.seed, progress));
  found.domain_count = number_by_weight(found.area_domain, area_size);
  return {};
}

// Shares and confidence of every document from its ties.
void share_documents(const Graph& graph, const EmbeddedTopicOptions& options, EmbeddedTopics& found) {
  const ShareLimits& limits = options.limits;
  const std::int64_t document_count = graph.node_count();
  const std::int32_t topic_count = found.model.topic_count;
  found.confidence.assign(at(document_count), 0.0F);
  std::vector<DocumentTopics> parts(at((document_count + kDocumentBlock - 1) / kDocumentBlock));
  parallel_blocks(document_count, kDocumentBlock, options.thread_count, [&](std::int64_t block, std::int64_t begin, std::int64_t end) {
    std::vector<float> shares(at(topic_count));
    DocumentTopics& part = parts[at(block)];
    for (std::int64_t d = begin; d < end; ++d) {
      const std::int32_t own = found.document_topic[at(d)];
      if (own < 0) {
        part.offsets.push_back(part.offsets.back());
        continue;
      }
      std::fill(shares.begin(), shares.end(), 0.0F);
      const auto neighbors = graph.row(d);
      const auto tie = graph.row_weights(d);
      double total = 0.0;
      for (std::size_t i = 0; i < neighbors.size(); ++i) {
        const std::int32_t topic = found.document_topic[at(neighbors[i])];
        if (topic >= 0) {
          shares[at(topic)] += tie[i];
          total += static_cast<double>(tie[i]);
        }
      }
      if (total > 0) {
        found.confidence[at(d)] = static_cast<float>(static_cast<double>(shares[at(own)]) / total);
        for (float& share : shares) share = static_cast<float>(static_cast<double>(share) / (2 * total));
      }
      if (options.start != nullptr && is_held(*options.start, d)) {
        std::fill(shares.begin(), shares.end(), 0.0F);
        total = 0;
      }
      shares[at(own)] += total > 0 ? 0.5F : 1.0F;
      append_top_shares(part, shares, limits);
    }
  });
  for (const DocumentTopics& part : parts) {
    const std::int64_t base = found.document_topics.offsets.back();
    for (std::size_t i = 1; i < part.offsets.size(); ++i) found.document_topics.offsets.push_back(base + part.offsets[i]);
    found.document_topics.topics.insert(found.document_topics.topics.end(), part.topics.begin(), part.topics.end());
    found.document_topics.shares.insert(found.document_topics.shares.end(), part.shares.begin(), part.shares.end());
  }
}

// n_kw: the tokens of the documents of each topic.
void count_words(const text::CountMatrix& documents, EmbeddedTopics& found) {
  TopicModel& model = found.model;
  model.word_count = static_cast<std::int32_t>(documents.column_count);
  model.topic_tokens.assign(at(model.topic_count), 0.0);
  const text::CountMatrix words = text::transpose(documents);
  std::vector<double> row(at(model.topic_count), 0.0);
  std::vector<std::int32_t> touched;
  model.word_offsets = {0};
  for (std::int64_t w = 0; w < words.row_count; ++w) {
    for (std::int64_t e = words.offsets[at(w)]; e < words.offsets[at(w) + 1]; ++e) {
      const std::int32_t topic = found.document_topic[at(words.columns[at(e)])];
      if (topic < 0) continue;
      if (row[at(topic)] == 0.0) touched.push_back(topic);
      row[at(topic)] += words.counts[at(e)];
    }
    std::sort(touched.begin(), touched.end());
    for (const std::int32_t topic : touched) {
      model.topics.push_back(static_cast<std::uint16_t>(topic));
      model.counts.push_back(static_cast<float>(row[at(topic)]));
      model.topic_tokens[at(topic)] += row[at(topic)];
      row[at(topic)] = 0.0;
    }
    touched.clear();
    model.word_offsets.push_back(static_cast<std::int64_t>(model.topics.size()));
  }
  const double total = std::accumulate(model.topic_tokens.begin(), model.topic_tokens.end(), 0.0);
  for (const double tokens : model.topic_tokens) model.alpha.push_back(kAlphaSum * std::max(tokens, 1.0) / std::max(total, 1.0));
}

}  // namespace

Result<EmbeddedTopics> group_documents(const VectorTable& vectors, const text::CountMatrix& documents, const EmbeddedTopicOptions& given, Progress& progress) {
  if (vectors.row_count != documents.row_count) return fail(ErrorKind::invalid_input, "{} vectors for {} documents", vectors.row_count, documents.row_count);
  const EmbeddedTopicOptions options = TRY(complete(given, documents.row_count));
  const Graph graph = TRY(neighbour_graph(vectors, options.neighbour_count, options.thread_count, progress));
  if (graph.edge_count() == 0) return fail(ErrorKind::invalid_input, "no two documents share a word: there is nothing to group");
  EmbeddedTopics found;
  progress.begin("topics");
  Communities communities = TRY(find_communities(graph, options, progress));
  found.document_topic = std::move(communities.group);
  found.resolution = communities.resolution;
  join_small(vectors, options.min_topic_documents, found.document_topic);
  found.model.topic_count = number_by_weight(found.document_topic, std::vector<double>(found.document_topic.size(), 1.0));
  if (found.model.topic_count > 65'535) return fail(ErrorKind::invalid_input, "{} topics were found, at most 65535 can be kept: ask for fewer", found.model.topic_count);
  found.topic_vectors = mean_vectors(vectors, found.document_topic, found.model.topic_count);
  TRY(build_levels(vectors, options, found, progress));
  share_documents(graph, options, found);
  count_words(documents, found);
  return found;
}

Result<EmbeddedTopics> fit_embedded_topics(const text::CountMatrix& documents, const EmbeddedTopicOptions& given, Progress& progress) {
  const EmbeddedTopicOptions options = TRY(complete(given, documents.row_count));
  const WordSpace space = TRY(learn_word_space(documents, options.space, progress));
  return group_documents(TRY(place_documents(space, documents, options.thread_count)), documents, given, progress);
}

std::vector<std::vector<GroupTerm>> label_groups(const text::CountMatrix& documents, const std::vector<std::int32_t>& group, std::int32_t group_count, std::int32_t limit) {
  std::vector<std::vector<GroupTerm>> labels(at(group_count));
  const text::CountMatrix words = text::transpose(documents);
  double tokens = 0.0;
  for (std::size_t d = 0; d < group.size(); ++d) {
    if (group[d] < 0) continue;
    for (std::int64_t e = documents.offsets[d]; e < documents.offsets[d + 1]; ++e) tokens += documents.counts[at(e)];
  }
  const double mean_tokens = tokens / std::max(group_count, 1);
  std::vector<double> row(at(group_count), 0.0);
  std::vector<std::int32_t> touched;
  for (std::int64_t w = 0; w < words.row_count; ++w) {
    double total = 0.0;
    for (std::int64_t e = words.offsets[at(w)]; e < words.offsets[at(w) + 1]; ++e) {
      const std::int32_t g = group[at(words.columns[at(e)])];
      if (g < 0) continue;
      if (row[at(g)] == 0.0) touched.push_back(g);
      row[at(g)] += words.counts[at(e)];
      total += words.counts[at(e)];
    }
    for (const std::int32_t g : touched) {
      labels[at(g)].push_back({static_cast<std::int32_t>(w), row[at(g)] * std::log(1 + mean_tokens / total)});
      row[at(g)] = 0.0;
    }
    touched.clear();
  }
  for (std::vector<GroupTerm>& terms : labels) {
    const auto kept = std::min<std::ptrdiff_t>(limit, std::ssize(terms));
    std::partial_sort(terms.begin(), terms.begin() + kept, terms.end(), [](const GroupTerm& a, const GroupTerm& b) { return a.weight != b.weight ? a.weight > b.weight : a.word < b.word; });
    terms.resize(at(kept));
  }
  return labels;
}

}  // namespace jianwei::analysis
