// Terms that a corpus adds to an expert's concepts.
//
//   similarity(t, C)  cos of the vector of t with the mean of the unit vectors of C's terms                  (words used alike)
//   company(t, C)     max(0, NPMI) of "holds t" and "holds a term of C" over the documents, [0, 1]           (words used together)
//   score             (similarity + company) / 2
// Either alone misleads: a synonym stands instead of the seed and not beside it, and what stands beside it may be of another matter.
// A term is proposed to one concept, that of its highest score, and to no other, also when it was refused there.
//
// Source: Thelen and Riloff (2002), EMNLP, doi:10.3115/1118693.1118721 (categories grown together from seeds, so that they hold each other
//         in bounds); Bouma (2009), GSCL 31-40 (NPMI); the average of the two is ours
// Page:   docs/methods/seeds.md
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/dataset.h"
#include "analysis/vectors/vector_table.h"
#include "base/result.h"

namespace jianwei::analysis {

struct SeedConcept {
  std::vector<std::int32_t> terms;   // that the concept holds: they give its vector and its documents
  std::vector<std::int32_t> hints;   // terms inside names the corpus has no term for: they give the vector only
  std::vector<std::int32_t> closed;  // never proposed (refused)
};

struct SeedOptions {
  std::int32_t top = 20;             // proposals of a concept, >= 1
  double min_similarity = 0.3;       // (0, 1]; unrelated terms of 64 dimensions lie at 0 +- 0.125
  std::int32_t example_count = 3;    // >= 0
};

struct SeedProposal {
  std::int32_t term = 0;
  double similarity = 0.0;           // [-1, 1]
  double company = 0.0;              // [0, 1]
  double score = 0.0;
  std::int64_t documents = 0;        // that hold the term
  std::int64_t together = 0;         // of these, that hold a term of the concept
  std::vector<std::int32_t> examples;  // documents, those that hold both first, then by higher row number
};

// Documents of each concept: the union of those of its terms, increasing, weight 1.
UnitDocuments documents_of_concepts(const std::vector<SeedConcept>& concepts, const UnitDocuments& terms, std::int64_t document_count);

// [concepts], each by decreasing score, ties by term. `vectors` and `terms` have one row per term. Time O(concepts * (terms * dimensions + entries)).
// Errors: invalid_input  vectors and terms differ in number, a term is out of range, or an option is
Result<std::vector<std::vector<SeedProposal>>> propose_terms(const std::vector<SeedConcept>& concepts, const VectorTable& vectors, const UnitDocuments& terms,
                                                             std::int64_t document_count, const SeedOptions& options);

}  // namespace jianwei::analysis
