// An expert's concepts seen through a run: their documents and growth, and what the corpus would add to them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/seeds/expansion.h"
#include "base/progress.h"
#include "workflow/run/results.h"
#include "workflow/seeds/seed_concepts.h"

namespace jianwei::workflow {

// How the run knows a name: as a term of its own, through terms inside it, or not at all.
struct NamedTerm {
  std::int32_t term = -1;           // index into StudyResult::terms, -1: no term of the run
  std::vector<std::int32_t> parts;  // when there is none: the terms that stand inside the name
};

// Names are compared as texts are (case, plural, hyphen, script) with label, names in both languages and forms of the terms. Time O(bytes of all forms).
// Errors: cancelled; not_found when a dictionary file is missing
Result<std::vector<NamedTerm>> find_run_terms(const StudyResult& result, const std::vector<std::string>& names, int thread_count, Progress& progress);

struct SeedStudy {
  std::vector<GrownConcept> concepts;
  std::vector<std::vector<NamedTerm>> terms;        // [concepts][terms]
  std::vector<analysis::SeedConcept> seeds;         // [concepts]
  UnitResults units;                                // [concepts] documents, series, indicators; the profile behind `change` is that of the run's terms
};

// Errors: not_found  no concept yet; cancelled
Result<SeedStudy> study_seeds(Workspace& workspace, const StudyResult& result, int thread_count, Progress& progress);

struct SeedRound {
  std::int64_t iteration = 0;
  std::vector<std::vector<analysis::SeedProposal>> proposals;  // [concepts]
};

// What the corpus would add, entered as events. Decisions, new seeds or another run since the last round begin a new iteration.
// Errors: not_found  no concept yet; invalid_input; cancelled; unavailable
Result<SeedRound> propose_seeds(Workspace& workspace, const StudyResult& result, const SeedStudy& study, const analysis::SeedOptions& options, std::string_view by,
                                int thread_count, Progress& progress);

std::string to_json(const StudyResult& result, const SeedStudy& study, const SeedRound& round);

// Concepts with their numbers and records, and what each iteration added.
std::string to_json(const StudyResult& result, const SeedStudy& study, const std::vector<store::SeedEvent>& events);

}  // namespace jianwei::workflow
