// An expert's concepts and how they grew: seeds, what was proposed, accepted and refused, by whom, when and why.
//
// Every step is an event in app.db; events are never changed or removed. The last event of a concept and a term says how they stand: the concept
// holds seeds and accepted terms, a refused term is never proposed to it again, a proposed one waits. Page: docs/methods/seeds.md
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "workflow/seeds/seed_file.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

enum class SeedState : std::uint8_t { seed, accepted, proposed, refused };
std::string_view to_string(SeedState state);

struct SeedTerm {
  std::string term, term_id;   // id "" for seeds
  SeedState state = SeedState::seed;
  double similarity = 0.0;     // when it was proposed
};

struct GrownConcept {
  std::string name;
  std::vector<SeedTerm> terms;  // in the order they came
};

// How concepts stand after the events, in the order they came. Names and terms are compared without regard to case.
std::vector<GrownConcept> concepts_after(const std::vector<store::SeedEvent>& events);

// The events of the newest round of proposals and later belong to this iteration; 0 before the first.
std::int64_t last_iteration(const std::vector<store::SeedEvent>& events);

// Adds seeds; a term its concept holds already is left as it is. Gives the events made. Errors: invalid_input  an empty name or term; unavailable
Result<std::vector<store::SeedEvent>> add_seeds(Workspace& workspace, const std::vector<SeedList>& lists, std::string_view reason, std::string_view by);

// Accepts or refuses terms of a concept, all or none; a term is named as it was proposed, or by its id. Refusing takes a seed or an accepted term out.
// Errors: not_found  no such concept, or the term was never proposed; conflict  it stands so already; unavailable
Result<std::vector<store::SeedEvent>> decide_seeds(Workspace& workspace, bool accept, std::string_view concept_name, const std::vector<std::string>& terms,
                                                   std::string_view reason, std::string_view by);

}  // namespace jianwei::workflow
