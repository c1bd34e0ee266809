#include "workflow/seeds/seed_study.h"

#include <algorithm>
#include <map>

#include "analysis/indicators/change.h"
#include "analysis/vectors/word_space.h"
#include "text/corpus.h"
#include "workflow/items/item_study.h"
#include "workflow/run/indicator_stage.h"

namespace jianwei::workflow {
namespace {

std::vector<std::int32_t> tokens_of(const text::TokenizedCorpus& corpus, std::size_t document) {
  std::vector<std::int32_t> sequence;
  for (std::int64_t i = corpus.offsets[document]; i < corpus.text_end(static_cast<std::int64_t>(document)); ++i) {
    const std::int32_t token = corpus.stream[static_cast<std::size_t>(i)];
    if (token >= 0) sequence.push_back(token);
  }
  return sequence;
}

// Index into result.terms of each name, -1: none of them. Both sides are tokenised together, so that they are cut and folded alike.
Result<std::vector<std::int32_t>> find_exact(const StudyResult& result, const std::vector<std::string>& names, int thread_count, Progress& progress) {
  std::vector<std::string_view> all(names.begin(), names.end());
  std::vector<std::int32_t> owner;  // of all[names.size() + i]
  for (std::size_t t = 0; t < result.terms.size(); ++t) {
    const TermRow& row = result.terms[t];
    for (const std::string* name : {&row.label, &row.label_zh, &row.label_en}) {
      if (!name->empty()) all.push_back(*name), owner.push_back(static_cast<std::int32_t>(t));
    }
    for (const std::string& form : row.forms) all.push_back(form), owner.push_back(static_cast<std::int32_t>(t));
  }
  std::vector<std::string> languages;
  languages.reserve(all.size());
  std::vector<text::DocumentText> documents;
  for (const std::string_view name : all) {
    languages.push_back(text::detect_language(std::string(name)));
    documents.push_back({.title = name, .abstract = {}, .keywords = {}, .language = languages.back()});
  }
  const text::TokenizedCorpus corpus = TRY(text::tokenize(documents, {thread_count}, progress));
  std::map<std::vector<std::int32_t>, std::int32_t> index;  // the first term, which most documents hold, keeps a spelling that two have
  for (std::size_t i = 0; i < owner.size(); ++i) index.emplace(tokens_of(corpus, names.size() + i), owner[i]);
  index.erase(std::vector<std::int32_t>());
  std::vector<std::int32_t> found;
  for (std::size_t n = 0; n < names.size(); ++n) {
    const auto place = index.find(tokens_of(corpus, n));
    found.push_back(place == index.end() ? -1 : place->second);
  }
  return found;
}

// The run's terms as units before the concepts: what the documents of a concept are about.
analysis::UnitDocuments behind(const analysis::UnitDocuments& terms, const analysis::UnitDocuments& concepts) {
  analysis::UnitDocuments all = terms;
  for (std::size_t c = 1; c < concepts.offsets.size(); ++c) all.offsets.push_back(terms.offsets.back() + concepts.offsets[c]);
  all.documents.insert(all.documents.end(), concepts.documents.begin(), concepts.documents.end());
  all.weights.insert(all.weights.end(), concepts.weights.begin(), concepts.weights.end());
  return all;
}

Result<> measure(const StudyResult& result, int thread_count, SeedStudy& study, Progress& progress) {
  Study options = result.study;
  options.thread_count = thread_count;
  study.units.documents = analysis::documents_of_concepts(study.seeds, result.term_results.documents, result.dataset.document_count());
  TRY(measure_units(result.dataset, options, study.units, progress));
  const analysis::UnitSeries& series = study.units.series;
  const auto window = static_cast<std::int16_t>(std::clamp<std::int64_t>(series.complete_years / 2, 1, 3));
  const auto last = static_cast<std::int16_t>(series.years.first + series.complete_years - 1);
  const analysis::YearRange recent{static_cast<std::int16_t>(last - window + 1), last};
  const analysis::YearRange before{static_cast<std::int16_t>(last - 2 * window + 1), static_cast<std::int16_t>(last - window)};
  const std::int64_t term_count = result.term_results.documents.unit_count();
  const auto change = analysis::profile_change(result.dataset, behind(result.term_results.documents, study.units.documents), before, recent, 300, thread_count, term_count);
  for (std::size_t c = 0; c < study.units.indicators.size(); ++c) {
    study.units.indicators[c].change = change[static_cast<std::size_t>(term_count) + c].excess;
    study.units.indicators[c].change_measured = change[static_cast<std::size_t>(term_count) + c].measured;
  }
  return {};
}

bool holds(const SeedTerm& term) { return term.state == SeedState::seed || term.state == SeedState::accepted; }

analysis::SeedConcept seed_of(const GrownConcept& known, const std::vector<NamedTerm>& named) {
  analysis::SeedConcept seed;
  for (std::size_t t = 0; t < known.terms.size(); ++t) {
    if (known.terms[t].state == SeedState::refused && named[t].term >= 0) seed.closed.push_back(named[t].term);
    if (!holds(known.terms[t])) continue;
    if (named[t].term >= 0) seed.terms.push_back(named[t].term);
    seed.hints.insert(seed.hints.end(), named[t].parts.begin(), named[t].parts.end());
  }
  // Two names of one term count once; what was refused under one name and is held under another is held.
  std::sort(seed.terms.begin(), seed.terms.end());
  seed.terms.erase(std::unique(seed.terms.begin(), seed.terms.end()), seed.terms.end());
  std::erase_if(seed.closed, [&](std::int32_t term) { return std::binary_search(seed.terms.begin(), seed.terms.end(), term); });
  return seed;
}

}  // namespace

Result<std::vector<NamedTerm>> find_run_terms(const StudyResult& result, const std::vector<std::string>& names, int thread_count, Progress& progress) {
  const std::vector<std::int32_t> exact = TRY(find_exact(result, names, thread_count, progress));
  std::vector<NamedTerm> found(names.size());
  std::vector<std::string> others;
  for (std::size_t n = 0; n < names.size(); ++n) {
    found[n].term = exact[n];
    if (exact[n] < 0) others.push_back(names[n]);
  }
  if (others.empty()) return found;
  const text::CountMatrix inside = TRY(count_run_terms(result.terms, others, thread_count, progress));
  std::int64_t row = 0;
  for (NamedTerm& named : found) {
    if (named.term >= 0) continue;
    const std::span<const std::int32_t> parts = inside.row(row++);
    named.parts.assign(parts.begin(), parts.end());
  }
  return found;
}

Result<SeedStudy> study_seeds(Workspace& workspace, const StudyResult& result, int thread_count, Progress& progress) {
  SeedStudy study;
  study.concepts = concepts_after(TRY(workspace.lake.app().seed_events()));
  if (study.concepts.empty()) return fail(ErrorKind::not_found, "no concept yet: `jianwei seeds add {} FILE` gives the seeds", workspace.root().string());
  std::map<std::string_view, std::int32_t> by_id;
  for (std::size_t t = 0; t < result.terms.size(); ++t) by_id.emplace(result.terms[t].id, static_cast<std::int32_t>(t));
  std::vector<std::string> names;
  for (const GrownConcept& known : study.concepts) {
    for (const SeedTerm& term : known.terms) names.push_back(term.term);
  }
  const std::vector<NamedTerm> found = TRY(find_run_terms(result, names, thread_count, progress));
  std::size_t next = 0;
  for (const GrownConcept& known : study.concepts) {
    std::vector<NamedTerm>& named = study.terms.emplace_back();
    for (const SeedTerm& term : known.terms) {
      named.push_back(found[next++]);
      if (const auto id = by_id.find(term.term_id); id != by_id.end()) named.back() = {id->second, {}};
    }
    study.seeds.push_back(seed_of(known, named));
  }
  TRY(measure(result, thread_count, study, progress));
  return study;
}

Result<SeedRound> propose_seeds(Workspace& workspace, const StudyResult& result, const SeedStudy& study, const analysis::SeedOptions& options, std::string_view by,
                                int thread_count, Progress& progress) {
  const analysis::WordSpace space = TRY(analysis::learn_word_space(run_term_matrix(result), {.seed = result.study.seed, .thread_count = thread_count}, progress));
  SeedRound round;
  round.proposals = TRY(analysis::propose_terms(study.seeds, space.words, result.term_results.documents, result.dataset.document_count(), options));
  const std::vector<store::SeedEvent> events = TRY(workspace.lake.app().seed_events());
  const bool goes_on = !events.empty() && events.back().kind == "proposed" && events.back().run_id == result.run_id;
  round.iteration = last_iteration(events) + (goes_on ? 0 : 1);
  std::vector<store::SeedEvent> added;
  for (std::size_t c = 0; c < study.concepts.size(); ++c) {
    for (const analysis::SeedProposal& proposal : round.proposals[c]) {
      const bool waits = std::any_of(study.terms[c].begin(), study.terms[c].end(), [&](const NamedTerm& named) { return named.term == proposal.term; });
      if (waits) continue;
      const TermRow& term = result.terms[static_cast<std::size_t>(proposal.term)];
      added.push_back({0, round.iteration, "proposed", study.concepts[c].name, term.label, term.id, result.run_id, proposal.similarity, "", std::string(by), store::utc_now()});
    }
  }
  if (added.empty()) round.iteration = last_iteration(events);
  else TRY(workspace.lake.app().add_seed_events(added));
  return round;
}

}  // namespace jianwei::workflow
