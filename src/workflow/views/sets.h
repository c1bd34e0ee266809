// Two sets of documents beside each other: what they share, what only one has, in which words and years they differ.
//
//   share_A(t) = documents of A that hold term t / |A|
// Words of A are those of the largest share_A - share_B, words of B those of the largest share_B - share_A, common words those of the largest
// min(share_A, share_B). A word that one document holds says nothing and is left out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/views/result_index.h"

namespace jianwei::workflow {

// Rows of the dataset, increasing, each once.
using DocumentSet = std::vector<std::int32_t>;
DocumentSet make_document_set(std::vector<std::int32_t> documents);

// The parts of two sets. Time O(|a| + |b|).
struct SetParts {
  DocumentSet shared, only_a, only_b;
};
SetParts part_sets(const DocumentSet& a, const DocumentSet& b);

// Fields of the open object: "shared", "only_a", "only_b" (counts), "jaccard", "years":[{year, a, b, shared}], "terms_a", "terms_b", "terms_common":
// [{id, label, label_zh, label_en, a, b, share_a, share_b, documents_href}], at most `term_count` each. Time O(terms of the documents).
void write_comparison(JsonWriter& json, const ResultIndex& index, const DocumentSet& a, const DocumentSet& b, std::size_t term_count, std::string_view base);

}  // namespace jianwei::workflow
