// Technology items in clusters, as NISTEP's foresight makes them: the tree cut by number or by stability, clusters that do not fit the predefined
// fields, and what the corpus talks about that no item covers.
//
//   stability(k)  mean adjusted Rand index, over subsamples of 90 % of the items clustered anew, with the cut of the whole tree into k
//   stability(C)  mean over subsamples of max over clusters D of |C and D| / |C or D|, C restricted to the subsample         (cluster-wise Jaccard)
//   fields        effective number exp(H) of the fields of a cluster's items; a cluster crosses when its largest field holds less than half
//   covered(t)    a topic t is covered when some item lies at least as near to its mean vector as nine tenths of its own documents do
//
// Source: Hennig (2007), Comput. Stat. Data Anal. 52:258-271, doi:10.1016/j.csda.2006.11.025 (cluster-wise stability);
//         Hubert and Arabie (1985), doi:10.1007/BF01908075 (adjusted Rand index); Jost (2006), Oikos 113:363 (effective number);
//         NISTEP (2019), 11th Science and Technology Foresight (702 items, 32 clusters)
// Page:   docs/methods/items.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/items/linkage.h"

namespace jianwei::analysis {

struct ItemClusterOptions {
  Linkage linkage = Linkage::ward;   // compact clusters of like size, which readers can name; average keeps odd items apart
  std::int32_t cluster_count = 0;    // 0: the most stable number
  std::int32_t subsample_count = 20; // >= 2
  double subsample_share = 0.9;
  double crossing_share = 0.5;       // (0, 1]
  std::uint64_t seed = 1;
  int thread_count = 0;
};

struct CountStability {
  std::int32_t cluster_count = 0;
  double adjusted_rand = 0.0;        // mean over the subsamples
  double spread = 0.0;               // their standard deviation
};

struct ItemCluster {
  std::vector<std::int32_t> items;   // increasing
  std::int32_t central_item = 0;     // nearest to the mean of the cluster's vectors
  double cohesion = 0.0;             // mean cosine with that mean, [-1, 1]
  double stability = 0.0;            // cluster-wise Jaccard, [0, 1]; above 0.75 a cluster is held to be stable (Hennig 2007)
  std::vector<std::pair<std::int32_t, std::int32_t>> fields;  // field, items; most first
  double effective_fields = 0.0;     // exp(H), 0 when no item has a field
  bool crosses = false;
};

struct ItemClustering {
  Dendrogram tree;
  std::vector<std::int32_t> cluster;       // [items] 0 = largest
  std::vector<ItemCluster> clusters;
  std::vector<CountStability> stability;   // the numbers tried, increasing; only the chosen one when cluster_count was given
};

// `field` [items] -1 = none, or empty. Time O(subsamples * n^2).
// Errors: invalid_input  fewer than four items, an option out of range, more than kMaxLinkedItems; cancelled
Result<ItemClustering> cluster_items(const VectorTable& vectors, std::span<const std::int32_t> field, const ItemClusterOptions& options, Progress& progress);

struct TopicCoverage {
  std::int32_t topic = 0;
  std::int32_t nearest_item = -1;
  double nearest_cosine = 0.0;       // of that item with the topic's mean vector
  double own_cosine = 0.0;           // lower decile of the topic's documents
  bool covered = false;
};

// [topics]. `document_topic` [documents] -1 = none. All vectors of one space. Time O((documents + items * topics) * dimensions).
std::vector<TopicCoverage> find_coverage(const VectorTable& items, const VectorTable& documents, std::span<const std::int32_t> document_topic, std::int32_t topic_count);

}  // namespace jianwei::analysis
