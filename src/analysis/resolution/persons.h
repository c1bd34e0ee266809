// Which signatures (a name on a record) are one person.
//
// Only signatures of one block (family name and first letter of the given name, in pinyin for Chinese names) are compared, and only when
// the given names do not contradict. A pair's log odds of being one person are a sum of what it shares:
//   prior(name)            how many persons bear the name: from the number of its organisations, else from how common the family name is
//   + organisations        weighted Jaccard likeness of the words of the most alike pair; the same organisation; or one unknown
//   + co-authors           shared ones, rare names more than common ones; else pairs of them that have signed together elsewhere
//   + titles               cosine of their words, rare words more
//   + given names          only initials on one side, and how many full names they could stand for
// Equal person ids (ORCID, or the id of one source) join, different ORCIDs part. First the signatures with the same id or pairs beyond doubt are
// joined, then the groups by average linkage of the pairs' probabilities, down to `min_probability`.
//
// Source: Torvik and Smalheiser (2009), doi:10.1145/1552303.1552304 (pair probabilities by block); Subramanian, King, Downey and Feldman (2021),
//         S2AND, arXiv:2103.07534 (average linkage inside name blocks); Mullner (2011), arXiv:1109.2378 (nearest-neighbour chain)
// Weights: logistic regression on the labelled signatures of Qian et al. (names and organisations), and the co-author odds of the ambiguous
//          names of the ACL Anthology; bench/quality/persons.cpp scores them. Page: docs/methods/persons.md
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "records/person_name.h"

namespace jianwei::analysis {

struct PersonSignature {
  std::int64_t record = 0;                     // signatures of one record are its co-authors and never one person
  const PersonName* name = nullptr;            // outlives the call; signatures of one spelling best share it: it is read once
  std::string_view orcid;                      // "" unknown
  std::string_view source_id;                  // "source:id", "" unknown
  std::vector<std::int32_t> organisations;     // indices into the table of names
  std::string_view title;                      // of the record, "" unknown
};

struct PersonOptions {
  double min_probability = 0.35;               // of average linkage, (0, 1); lower joins more
  std::int64_t largest_block = 3000;           // signatures compared with each other at most; larger blocks are cut by given name, then by organisation
  int thread_count = 0;
};

struct PersonClusters {
  std::vector<std::int32_t> person_of;         // [signatures] 0 .. person_count - 1, in the order of their first signature; nameless: -1
  std::int32_t person_count = 0;
};

// `organisation_names` are compared by their words. Time O(sum of squares of blocks), memory 4 * largest_block^2 bytes a thread; the same at
// any thread count. Errors: invalid_input  an organisation is no index of the table, min_probability is outside (0, 1); cancelled
Result<PersonClusters> resolve_persons(std::span<const PersonSignature> signatures, std::span<const std::string_view> organisation_names,
                                       const PersonOptions& options, Progress& progress);

}  // namespace jianwei::analysis
