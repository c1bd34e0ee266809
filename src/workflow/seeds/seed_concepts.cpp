#include "workflow/seeds/seed_concepts.h"

#include <algorithm>

#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::workflow {
namespace {

std::string key_of(std::string_view name) { return fold_case(collapse_spaces(name)); }

GrownConcept* find_concept(std::vector<GrownConcept>& concepts, std::string_view name) {
  const auto found = std::find_if(concepts.begin(), concepts.end(), [&](const GrownConcept& known) { return key_of(known.name) == key_of(name); });
  return found == concepts.end() ? nullptr : &*found;
}

SeedTerm* find_term(GrownConcept& known, std::string_view term) {
  const auto found = std::find_if(known.terms.begin(), known.terms.end(), [&](const SeedTerm& row) { return key_of(row.term) == key_of(term) || (!row.term_id.empty() && row.term_id == term); });
  return found == known.terms.end() ? nullptr : &*found;
}

bool holds(const SeedTerm& term) { return term.state == SeedState::seed || term.state == SeedState::accepted; }

std::string names_of(const std::vector<GrownConcept>& concepts) {
  std::vector<std::string> names;
  for (const GrownConcept& known : concepts) names.push_back(known.name);
  return join(names, ", ");
}

store::SeedEvent make_event(SeedState state, std::int64_t iteration, const std::string& concept_name, const SeedTerm& term, std::string_view reason, std::string_view by) {
  store::SeedEvent event;
  event.iteration = iteration;
  event.kind = to_string(state);
  event.concept_name = concept_name;
  event.term = term.term;
  event.term_id = term.term_id;
  event.similarity = term.similarity;
  event.reason = reason;
  event.decided_by = by;
  event.decided_at = store::utc_now();
  return event;
}

}  // namespace

std::string_view to_string(SeedState state) {
  switch (state) {
    case SeedState::seed: return "seed";
    case SeedState::accepted: return "accepted";
    case SeedState::proposed: return "proposed";
    case SeedState::refused: return "refused";
  }
  return "";
}

std::vector<GrownConcept> concepts_after(const std::vector<store::SeedEvent>& events) {
  std::vector<GrownConcept> concepts;
  for (const store::SeedEvent& event : events) {
    GrownConcept* known = find_concept(concepts, event.concept_name);
    if (known == nullptr) known = &concepts.emplace_back(GrownConcept{event.concept_name, {}});
    SeedTerm* term = find_term(*known, event.term_id.empty() ? event.term : event.term_id);
    if (term == nullptr) term = find_term(*known, event.term);
    if (term == nullptr) term = &known->terms.emplace_back(SeedTerm{event.term, "", SeedState::seed, 0.0});
    if (!event.term_id.empty()) term->term_id = event.term_id;
    for (const SeedState state : {SeedState::seed, SeedState::accepted, SeedState::proposed, SeedState::refused}) {
      if (to_string(state) == event.kind) term->state = state;
    }
    if (event.kind == "proposed") term->similarity = event.similarity;
  }
  return concepts;
}

std::int64_t last_iteration(const std::vector<store::SeedEvent>& events) { return events.empty() ? 0 : events.back().iteration; }

Result<std::vector<store::SeedEvent>> add_seeds(Workspace& workspace, const std::vector<SeedList>& lists, std::string_view reason, std::string_view by) {
  const std::vector<store::SeedEvent> events = TRY(workspace.lake.app().seed_events());
  std::vector<GrownConcept> concepts = concepts_after(events);
  std::vector<store::SeedEvent> added;
  for (const SeedList& list : lists) {
    if (trim(list.name).empty()) return fail(ErrorKind::invalid_input, "a concept without name: --concept NAME");
    GrownConcept* known = find_concept(concepts, list.name);
    if (known == nullptr) known = &concepts.emplace_back(GrownConcept{std::string(trim(list.name)), {}});
    for (const std::string& written : list.terms) {
      if (trim(written).empty()) return fail(ErrorKind::invalid_input, "an empty term of the concept \"{}\"", list.name);
      SeedTerm* term = find_term(*known, trim(written));
      if (term != nullptr && holds(*term)) continue;
      if (term == nullptr) term = &known->terms.emplace_back(SeedTerm{std::string(trim(written)), "", SeedState::seed, 0.0});
      term->state = SeedState::seed;
      added.push_back(make_event(SeedState::seed, last_iteration(events), known->name, *term, reason, by));
    }
  }
  if (!added.empty()) TRY(workspace.lake.app().add_seed_events(added));
  return added;
}

Result<std::vector<store::SeedEvent>> decide_seeds(Workspace& workspace, bool accept, std::string_view concept_name, const std::vector<std::string>& terms,
                                                   std::string_view reason, std::string_view by) {
  const std::vector<store::SeedEvent> events = TRY(workspace.lake.app().seed_events());
  std::vector<GrownConcept> concepts = concepts_after(events);
  GrownConcept* known = find_concept(concepts, concept_name);
  if (known == nullptr && concepts.empty()) return fail(ErrorKind::not_found, "no concept yet: `jianwei seeds add {} FILE` gives the seeds", workspace.root().string());
  if (known == nullptr) return fail(ErrorKind::not_found, "no concept \"{}\": there are {}", concept_name, names_of(concepts));
  std::vector<store::SeedEvent> made;
  for (const std::string& written : terms) {
    SeedTerm* term = find_term(*known, trim(written));
    if (term == nullptr) {
      return fail(ErrorKind::not_found, "\"{}\" was never proposed to \"{}\": `jianwei seeds propose {}` lists what is, `add --concept` takes any term", written, known->name, workspace.root().string());
    }
    const SeedState wanted = accept ? SeedState::accepted : SeedState::refused;
    if (accept ? holds(*term) : term->state == SeedState::refused) {
      return fail(ErrorKind::conflict, "\"{}\" of \"{}\" is {} already", term->term, known->name, to_string(term->state));
    }
    term->state = wanted;
    made.push_back(make_event(wanted, last_iteration(events), known->name, *term, reason, by));
  }
  TRY(workspace.lake.app().add_seed_events(made));
  return made;
}

}  // namespace jianwei::workflow
