// The parts of a topic that people split: which part a document belongs to that nobody dealt out, and what the parts are about.
//
//   v_d  = idf of the document's terms, length 1        idf_t = ln(D / D_t)     D documents, D_t of them with term t
//   p_i  = sum of v_d over the documents dealt to part i, plus sum over its terms of idf_t * max(1, documents dealt to it)
//   a document goes to the part of the greatest  cos(v_d, p_i);  ties and documents without a known term: the first part
// So documents that come later join the part they are nearest to. Time O(terms of the documents + parts * terms).
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "analysis/dataset.h"

namespace jianwei::workflow {

struct PartSeed {
  std::vector<std::int32_t> documents, terms;
};

// Part of each of `documents`; those that a seed names go where it says (the first that does). `terms` are terms x documents, `document_terms` its transpose.
std::vector<std::int32_t> nearest_parts(const analysis::UnitDocuments& terms, const analysis::IdLists& document_terms, std::span<const std::int32_t> documents, std::span<const PartSeed> seeds);

// The terms of a group of documents with their share of its term occurrences, most relevant first (topic_table.h, lambda 0.6); `share` [documents] weighs them.
// Terms in more than a tenth of all documents (in small sets, in more than twenty) do not tell groups apart and are left out.
std::vector<std::pair<std::int32_t, double>> group_terms(const analysis::UnitDocuments& terms, const analysis::IdLists& document_terms, std::span<const std::int32_t> documents, std::span<const float> share);

}  // namespace jianwei::workflow
