#include "analysis/items/item_clusters.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "analysis/clusters/leiden.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

double dot(std::span<const float> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
  return sum;
}

// The mean direction of some rows; zeros when they cancel.
std::vector<double> mean_direction(const VectorTable& vectors, std::span<const std::int32_t> rows) {
  std::vector<double> mean(at(vectors.dimensions), 0.0);
  for (const std::int32_t r : rows) {
    const std::span<const float> row = vectors.row(r);
    for (std::size_t i = 0; i < row.size(); ++i) mean[i] += static_cast<double>(row[i]);
  }
  double norm = 0.0;
  for (const double x : mean) norm += x * x;
  if (norm > 0) {
    for (double& x : mean) x /= std::sqrt(norm);
  }
  return mean;
}

// One subsample: which items, and their own tree.
struct Subsample {
  std::vector<std::int32_t> items;  // increasing
  Dendrogram tree;
};

Result<std::vector<Subsample>> draw_subsamples(const VectorTable& vectors, const ItemClusterOptions& options, Progress& progress) {
  std::vector<Subsample> samples(at(options.subsample_count));
  const auto size = std::max<std::int64_t>(2, std::llround(options.subsample_share * static_cast<double>(vectors.row_count)));
  for (std::size_t s = 0; s < samples.size(); ++s) {
    Random random(options.seed, s);
    std::vector<std::int32_t>& items = samples[s].items;
    items.resize(at(vectors.row_count));
    std::iota(items.begin(), items.end(), 0);
    for (std::int64_t i = 0; i < size; ++i) std::swap(items[at(i)], items[at(i) + random.below(static_cast<std::uint32_t>(vectors.row_count - i))]);
    items.resize(at(size));
    std::sort(items.begin(), items.end());
    VectorTable part{size, vectors.dimensions, {}};
    for (const std::int32_t item : items) part.values.insert(part.values.end(), vectors.row(item).begin(), vectors.row(item).end());
    samples[s].tree = TRY(link_items(part, options.linkage, progress, options.thread_count));
    progress.advance();
  }
  return samples;
}

CountStability measure_count(const Dendrogram& tree, const std::vector<Subsample>& samples, std::int32_t count) {
  const std::vector<std::int32_t> whole = cut_dendrogram(tree, count);
  std::vector<double> agreement;
  for (const Subsample& sample : samples) {
    std::vector<std::int32_t> restricted;
    for (const std::int32_t item : sample.items) restricted.push_back(whole[at(item)]);
    agreement.push_back(adjusted_rand_index(restricted, cut_dendrogram(sample.tree, count)));
  }
  const auto n = static_cast<double>(agreement.size());
  const double mean = std::accumulate(agreement.begin(), agreement.end(), 0.0) / n;
  double squares = 0.0;
  for (const double a : agreement) squares += (a - mean) * (a - mean);
  return {count, mean, std::sqrt(squares / (n - 1))};
}

// [clusters] mean of the best Jaccard in each subsample; a cluster with no item in a subsample is left out of it.
std::vector<double> cluster_stability(const std::vector<std::int32_t>& cluster, std::int32_t count, const std::vector<Subsample>& samples) {
  std::vector<double> sum(at(count), 0.0), seen(at(count), 0.0);
  for (const Subsample& sample : samples) {
    const std::vector<std::int32_t> other = cut_dendrogram(sample.tree, count);
    std::map<std::pair<std::int32_t, std::int32_t>, double> shared;
    std::vector<double> size(at(count), 0.0), other_size(at(count), 0.0);
    for (std::size_t i = 0; i < sample.items.size(); ++i) {
      const std::int32_t own = cluster[at(sample.items[i])];
      shared[{own, other[i]}] += 1;
      size[at(own)] += 1;
      other_size[at(other[i])] += 1;
    }
    std::vector<double> best(at(count), 0.0);
    for (const auto& [pair, n] : shared) best[at(pair.first)] = std::max(best[at(pair.first)], n / (size[at(pair.first)] + other_size[at(pair.second)] - n));
    for (std::int32_t c = 0; c < count; ++c) {
      if (size[at(c)] == 0) continue;
      sum[at(c)] += best[at(c)];
      seen[at(c)] += 1;
    }
  }
  for (std::size_t c = 0; c < sum.size(); ++c) sum[c] = seen[c] > 0 ? sum[c] / seen[c] : 0.0;
  return sum;
}

void describe_fields(ItemCluster& cluster, std::span<const std::int32_t> field, double crossing_share) {
  std::map<std::int32_t, std::int32_t> counts;
  for (const std::int32_t item : cluster.items) {
    if (!field.empty() && field[at(item)] >= 0) ++counts[field[at(item)]];
  }
  double total = 0.0, entropy = 0.0;
  for (const auto& [name, count] : counts) total += count;
  for (const auto& [name, count] : counts) entropy -= count / total * std::log(count / total);
  cluster.fields.assign(counts.begin(), counts.end());
  std::stable_sort(cluster.fields.begin(), cluster.fields.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  cluster.effective_fields = total > 0 ? std::exp(entropy) : 0.0;
  cluster.crosses = total > 0 && cluster.fields.size() > 1 && cluster.fields[0].second < crossing_share * total;
}

void describe_vectors(ItemCluster& cluster, const VectorTable& vectors) {
  const std::vector<double> mean = mean_direction(vectors, cluster.items);
  double best = -2.0, sum = 0.0;
  for (const std::int32_t item : cluster.items) {
    const double cosine = dot(vectors.row(item), mean);
    sum += cosine;
    if (cosine > best) {
      best = cosine;
      cluster.central_item = item;
    }
  }
  cluster.cohesion = sum / static_cast<double>(cluster.items.size());
}

// Half to one and a half times the square root of the number of items: 13 to 40 clusters of 702 items (NISTEP read 32).
std::pair<std::int32_t, std::int32_t> counts_to_try(std::int64_t items) {
  const double root = std::sqrt(static_cast<double>(items));
  const auto low = std::max<std::int32_t>(2, static_cast<std::int32_t>(std::lround(root / 2)));
  return {low, std::max(low, std::min(static_cast<std::int32_t>(std::lround(1.5 * root)), static_cast<std::int32_t>(items / 2)))};
}

}  // namespace

Result<ItemClustering> cluster_items(const VectorTable& vectors, std::span<const std::int32_t> field, const ItemClusterOptions& options, Progress& progress) {
  if (vectors.row_count < 4) return fail(ErrorKind::invalid_input, "{} items: at least four are needed to speak of clusters", vectors.row_count);
  if (!field.empty() && std::ssize(field) != vectors.row_count) return fail(ErrorKind::invalid_input, "{} fields for {} items", field.size(), vectors.row_count);
  if (options.cluster_count < 0 || options.cluster_count > vectors.row_count) return fail(ErrorKind::invalid_input, "{} clusters of {} items: expected 1 to {}, or 0 for the most stable number", options.cluster_count, vectors.row_count, vectors.row_count);
  if (options.subsample_count < 2 || options.subsample_share <= 0 || options.subsample_share >= 1) return fail(ErrorKind::invalid_input, "at least two subsamples with a share between 0 and 1 are needed");
  ItemClustering result;
  progress.begin("items", options.subsample_count, "subsamples");
  result.tree = TRY(link_items(vectors, options.linkage, progress, options.thread_count));
  const std::vector<Subsample> samples = TRY(draw_subsamples(vectors, options, progress));
  auto [low, high] = counts_to_try(vectors.row_count);
  if (options.cluster_count > 0) low = high = options.cluster_count;
  for (std::int32_t count = low; count <= high; ++count) result.stability.push_back(measure_count(result.tree, samples, count));
  const auto chosen = std::max_element(result.stability.begin(), result.stability.end(), [](const CountStability& a, const CountStability& b) { return a.adjusted_rand < b.adjusted_rand; });

  result.cluster = cut_dendrogram(result.tree, chosen->cluster_count);
  result.clusters.resize(at(chosen->cluster_count));
  for (std::size_t i = 0; i < result.cluster.size(); ++i) result.clusters[at(result.cluster[i])].items.push_back(static_cast<std::int32_t>(i));
  const std::vector<double> stability = cluster_stability(result.cluster, chosen->cluster_count, samples);
  for (std::size_t c = 0; c < result.clusters.size(); ++c) {
    result.clusters[c].stability = stability[c];
    describe_vectors(result.clusters[c], vectors);
    describe_fields(result.clusters[c], field, options.crossing_share);
  }
  return result;
}

std::vector<TopicCoverage> find_coverage(const VectorTable& items, const VectorTable& documents, std::span<const std::int32_t> document_topic, std::int32_t topic_count) {
  std::vector<std::vector<std::int32_t>> members(at(topic_count));
  for (std::size_t d = 0; d < document_topic.size(); ++d) {
    if (document_topic[d] >= 0) members[at(document_topic[d])].push_back(static_cast<std::int32_t>(d));
  }
  std::vector<TopicCoverage> coverage(at(topic_count));
  for (std::int32_t t = 0; t < topic_count; ++t) {
    TopicCoverage& topic = coverage[at(t)];
    topic.topic = t;
    if (members[at(t)].empty()) continue;
    const std::vector<double> mean = mean_direction(documents, members[at(t)]);
    std::vector<double> own;
    for (const std::int32_t d : members[at(t)]) own.push_back(dot(documents.row(d), mean));
    std::nth_element(own.begin(), own.begin() + std::ssize(own) / 10, own.end());
    topic.own_cosine = own[own.size() / 10];
    topic.nearest_cosine = -1.0;
    for (std::int64_t i = 0; i < items.row_count; ++i) {
      const double cosine = dot(items.row(i), mean);
      if (cosine > topic.nearest_cosine) {
        topic.nearest_cosine = cosine;
        topic.nearest_item = static_cast<std::int32_t>(i);
      }
    }
    topic.covered = topic.nearest_cosine >= topic.own_cosine;
  }
  return coverage;
}

}  // namespace jianwei::analysis
