// Who knows about this? An expert's score for a question is what the answering works say about the people behind them:
//
//   score(e | q) = sum_d rel(q, d) * credit(d, e) * 2^(-(now - year_d) / half_life)
//
// rel is the retrieval score of the work for the question, scaled to a largest of 1; credit is the person's part of the work (1/n of n persons, or more for first
// and last place). Every score opens to its works: each carries what it added.
//
// Source: Balog, Azzopardi and de Rijke (2006), doi:10.1145/1148170.1148181 (document-centric model)
// Page:   docs/methods/expert_search.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace jianwei::experts {

struct RelevantWork {
  std::int64_t work = 0;        // the caller's number
  double relevance = 0.0;       // >= 0, any scale
  std::int16_t year = 0;        // 0 = unknown: counts as old as the oldest that is known
  std::vector<std::int32_t> persons;  // in the order of the work; a person once
};

struct ExpertSearchOptions {
  double half_life_years = 6.0;  // a work of six years ago counts half: fields turn over in about a decade
  std::int16_t now = 0;          // 0: the youngest year of the works
  double end_places = 1.5;       // weight of first and last place of three or more persons, relative to the others; 1 = all alike
  std::int32_t expert_count = 50;
  std::int32_t works_per_expert = 10;
};

struct WorkPart {
  std::int64_t work = 0;
  double part = 0.0;             // what it adds to the score
};

struct FoundExpert {
  std::int32_t person = 0;
  double score = 0.0;
  std::int32_t work_count = 0;   // of the answering works
  std::vector<WorkPart> works;   // largest part first
};

// Best first, equal scores by the smaller person. Time O(persons of all works + experts log experts).
std::vector<FoundExpert> find_experts(std::span<const RelevantWork> works, const ExpertSearchOptions& options);

}  // namespace jianwei::experts
