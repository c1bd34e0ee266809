// How far a topic can be trusted: does it come again with other seeds and with nine tenths of the documents, and how much does it cover?
//
//   stability(k)  mean over other fits of max over their topics j of |D_k and D_j| / |D_k or D_j|      D: documents whose largest topic it is,
//                 restricted to the documents both fits hold                                             in [0, 1]
//   agreement     adjusted Rand index of the documents' largest topics, two fits                         1 when equal up to names
//   coverage(k)   share of all documents whose largest topic is k
//
// Source: Hennig (2007), Comput. Stat. Data Anal. 52:258-271, doi:10.1016/j.csda.2006.11.025; Hubert and Arabie (1985), doi:10.1007/BF01908075;
//         Greene, O'Callaghan and Cunningham (2014), ECML PKDD, doi:10.1007/978-3-662-44848-9_32 (stability of topic models)
// Page:   docs/methods/topic_quality.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/topics/topic_model.h"

namespace jianwei::analysis {

// Another fit: the largest topic of each document, -1 where it has none or was left out.
struct OtherFit {
  std::vector<std::int32_t> topic;   // [documents]
  std::vector<std::uint8_t> held;    // [documents] 1 = the fit saw the document; empty: all
};

struct FitAgreement {
  std::vector<double> stability;     // [topics] mean over the fits; 0 for a topic without documents
  std::vector<double> adjusted_rand; // [fits]
};

// [documents] the largest topic, -1 for an empty row.
std::vector<std::int32_t> largest_topics(const DocumentTopics& documents);

// [topics]
std::vector<double> topic_coverage(std::span<const std::int32_t> topic, std::int32_t topic_count);

// Time O(fits * documents).
FitAgreement compare_fits(std::span<const std::int32_t> topic, std::int32_t topic_count, std::span<const OtherFit> others);

// [documents] 1 for a random `share` of them, by (seed, stream).
std::vector<std::uint8_t> draw_documents(std::int64_t document_count, double share, std::uint64_t seed, std::uint64_t stream);

}  // namespace jianwei::analysis
