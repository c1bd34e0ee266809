// Topics without any pretrained model: documents as vectors, their nearest-neighbour graph, its communities at three nested levels.
//
//   1. word space of the corpus (vectors/word_space.h), a vector for each document
//   2. graph: each document tied to its k nearest by cosine; a pair that chose each other counts twice
//   3. topics: Leiden communities of the graph (modularity), the resolution searched until their number is near the one wanted;
//      communities that are too small join the topic with the nearest mean vector
//   4. areas: Leiden on the graph of the topics' mean vectors; domains: the same for areas. Levels are built by merging, so they nest
//   5. labels: W_kw = tf_kw ln(1 + A / tf_w)      tf_kw  tokens of w in topic k    tf_w  tokens of w    A  mean tokens of a topic   (c-TF-IDF)
// A document's shares: half its own topic, half by the weights of its ties. Its confidence: the share of its ties that stay inside its topic. A document
// without a known word has no tie: it belongs to no topic here (the caller may place it by other knowledge), its row is empty, its confidence 0.
//
// Source: Traag et al. (2019), doi:10.1038/s41598-019-41695-z (Leiden); Grootendorst (2022), arXiv 2203.05794 (c-TF-IDF);
//         Waltman and van Eck (2012), JASIST 63:2378, doi:10.1002/asi.22748 (levels of a classification, small clusters joined)
// Page:   docs/methods/embedded_topics.md
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/graph/graph.h"
#include "analysis/topics/topic_model.h"
#include "analysis/vectors/word_space.h"
#include "base/progress.h"
#include "base/result.h"
#include "text/corpus.h"

namespace jianwei::analysis {

// The topics of an earlier fit of much the same documents, to go on from.
struct EmbeddedStart {
  std::vector<std::int32_t> document_topic;  // [documents] in [0, documents), -1: not known to it
  double resolution = 0.0;                   // > 0, EmbeddedTopics::resolution of that fit
  std::vector<std::uint8_t> held = {};       // [documents] 1: people put it into document_topic: it stays, draws its neighbours, all its share is there; empty: none
};

struct EmbeddedTopicOptions {
  WordSpaceOptions space;
  std::int32_t neighbour_count = 15;    // [2, 200]; as UMAP's and BERTopic's default
  std::int32_t topic_count = 0;         // wanted; 0: default_topic_count(documents). What is found is near it, not equal
  std::int32_t area_count = 0;          // wanted; 0: topics^(2/3)
  std::int32_t domain_count = 0;        // wanted; 0: topics^(1/3)
  std::int32_t min_topic_documents = 0; // smaller communities join the nearest topic; 0: a twentieth of the mean size, at least 3
  ShareLimits limits;
  const EmbeddedStart* start = nullptr; // step 3 keeps its resolution and begins with its topics: only documents that gain by it move
  std::uint64_t seed = 1;
  int thread_count = 0;
};

struct EmbeddedTopics {
  TopicModel model;                           // counts of the documents' tokens by topic; topic 0 has the most documents
  DocumentTopics document_topics;
  std::vector<std::int32_t> document_topic;   // [documents] -1: no known word
  std::vector<float> confidence;              // [documents] [0, 1]
  std::vector<std::int32_t> topic_area;       // [topics] 0 = the area with the most documents
  std::vector<std::int32_t> area_domain;      // [areas] 0 = the domain with the most documents
  std::int32_t area_count = 0, domain_count = 0;
  VectorTable topic_vectors;                  // [topics] mean direction of a topic's documents
  double resolution = 0.0;                    // of the communities
};

// Fits topics to documents x words. Time O(documents * neighbour_count * log documents + the word space's).
//
// Errors: invalid_input  an option is out of range, or no two documents share a word; cancelled
Result<EmbeddedTopics> fit_embedded_topics(const text::CountMatrix& documents, const EmbeddedTopicOptions& options, Progress& progress);

// The same from vectors made elsewhere (rows of `vectors` = rows of `documents`).
Result<EmbeddedTopics> group_documents(const VectorTable& vectors, const text::CountMatrix& documents, const EmbeddedTopicOptions& options, Progress& progress);

// For each of `group_count` groups the words with the largest W, largest first, at most `limit`; `group` [documents], -1 = none. Time O(entries).
struct GroupTerm {
  std::int32_t word = 0;
  double weight = 0.0;      // W
};
std::vector<std::vector<GroupTerm>> label_groups(const text::CountMatrix& documents, const std::vector<std::int32_t>& group, std::int32_t group_count, std::int32_t limit);

}  // namespace jianwei::analysis
