// How strongly topics hang together, for experts to assess: documents in both, citations between, nearness of what they say.
//
//   documents    n_ab documents in both                       association  n_ab N / (n_a n_b)         1 = as by chance
//   citations    c_ab from documents mainly of a to those of b            association  (c_ab + c_ba) C / (o_a i_b + o_b i_a)
//                  o: citations given, i: citations received, C: all, inside the corpus
//   cosine       of the mean directions of the topics' documents
//   strength     mean of the ranks of the pair under the measures that can be taken, scaled to (0, 1]: the strongest pair of all measures has 1
//
// Source: van Eck and Waltman (2009), JASIST 60:1635-1651, doi:10.1002/asi.21075 (association strength)
// Page:   docs/methods/topic_relations.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/dataset.h"
#include "analysis/topics/topic_model.h"
#include "analysis/vectors/vector_table.h"

namespace jianwei::analysis {

struct TopicRelation {
  std::int32_t a = 0, b = 0;               // a < b
  std::int64_t shared_documents = 0;       // each with at least min_share of its text in both
  double document_association = 0.0;
  std::int64_t citations_ab = 0, citations_ba = 0;
  double citation_association = 0.0;
  double cosine = 0.0;
  double strength = 0.0;
  std::int32_t example = -1;               // the document most in both (largest smaller share), -1 = none
};

// Pairs with a shared document, a citation, or a cosine above 0, strongest first. `references` may be empty rows: then citations are not a measure.
// Time O(documents * topics of a document^2 + topics^2 * dimensions).
std::vector<TopicRelation> relate_topics(const DocumentTopics& documents, std::int32_t topic_count, const IdLists& references, const VectorTable& vectors, float min_share);

}  // namespace jianwei::analysis
