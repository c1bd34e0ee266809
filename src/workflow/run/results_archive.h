// How the results of a run are written and read: one description for each struct (see archive.h).
#pragma once

#include "workflow/run/archive.h"
#include "workflow/run/results.h"

namespace jianwei::analysis {

template <class A>
void archive(A& a, IdLists& v) {
  a(v.offsets, v.values);
}
template <class A>
void archive(A& a, Dataset& v) {
  a(v.record_ids, v.year, v.month, v.kind, v.source, v.language, v.venue, v.citation_count, v.persons, v.organisations, v.countries, v.references,
    v.source_names, v.language_names, v.venue_names, v.person_names, v.organisation_names, v.country_names);
}
template <class A>
void archive(A& a, UnitDocuments& v) {
  a(v.offsets, v.documents, v.weights);
}
template <class A>
void archive(A& a, DocumentTopics& v) {
  a(v.offsets, v.topics, v.shares);
}
template <class A>
void archive(A& a, TopicModel& v) {
  a(v.topic_count, v.word_count, v.alpha, v.beta, v.word_offsets, v.topics, v.counts, v.topic_tokens);
}
template <class A>
void archive(A& a, TopicGeneration& v) {
  a(v.numbers, v.record_ids, v.documents);
}
template <class A>
void archive(A& a, TopicCountTrial& v) {
  a(v.topic_count, v.perplexity, v.npmi, v.stability, v.close);
}
template <class A>
void archive(A& a, TopicCountChoice& v) {
  a(v.topic_count, v.trials, v.fitted_documents, v.held_out_documents);
}
template <class A>
void archive(A& a, TopicEvent& v) {
  a(v.kind, v.from, v.to, v.overlap, v.documents_before, v.documents_after, v.documents_shared, v.evidence);
}
template <class A>
void archive(A& a, TopicIdentity& v) {
  a(v.numbers, v.next_number, v.events, v.shared_documents, v.kept_documents, v.adjusted_rand);
}
template <class A>
void archive(A& a, UnitSeries& v) {
  a(v.years, v.complete_years, v.unit_count, v.counts, v.corpus, v.comparable);
}
template <class A>
void archive(A& a, Calibration& v) {
  // Member by member: the gaps between them are no data, and would differ from run to run.
  a(v.horizon, v.smoothing.level, v.smoothing.trend, v.smoothing.damping, v.smoothing.level_by_size, v.prior.measured, v.prior.growth, v.prior.deviation, v.corpus);
  for (std::vector<double>& quantile : v.quantile) a(quantile);
  a(v.tested, v.coverage, v.origin_count);
}
template <class A>
void archive(A& a, WeakSignalMap& v) {
  a(v.units, v.median_frequency, v.median_visibility_growth, v.median_document_frequency, v.median_diffusion_growth);
}

}  // namespace jianwei::analysis

namespace jianwei::text {

template <class A>
void archive(A& a, CountMatrix& v) {
  a(v.row_count, v.column_count, v.offsets, v.columns, v.counts);
}

}  // namespace jianwei::text

namespace jianwei::text {

template <class A>
void archive(A& a, TermOptions& v) {
  a(v.min_documents, v.max_document_share, v.max_words, v.max_terms, v.thread_count);
}

}  // namespace jianwei::text

namespace jianwei::workflow {

template <class A>
void archive(A& a, Study& v) {
  a(v.title, v.question, v.kinds, v.sources, v.languages, v.query, v.from, v.until, v.terms, v.topic_method, v.topic_count, v.topic_iterations, v.horizon_years, v.emergence_escore, v.cutoffs, v.hindcast,
    v.seed, v.thread_count);
}
template <class A>
void archive(A& a, TermRow& v) {
  a(v.id, v.label, v.label_zh, v.label_en, v.forms, v.language, v.word_count, v.document_count, v.termhood);
}
template <class A>
void archive(A& a, text::TermPair& v) {
  a(v.zh, v.en, v.term, v.definitions, v.keywords, v.together, v.zh_documents, v.en_documents, v.score, v.decided);
}
template <class A>
void archive(A& a, TopicRow& v) {
  a(v.id, v.label_zh, v.label_en, v.terms, v.document_weight, v.document_count, v.npmi, v.exclusivity);
}
template <class A>
void archive(A& a, Component& v) {
  a(v.name, v.value, v.contribution);
}
template <class A>
void archive(A& a, Emergence& v) {
  a(v.score, v.rank, v.gate, v.components);
}
template <class A>
void archive(A& a, UnitResults& v) {
  a(v.documents, v.series, v.indicators, v.calibration, v.emergence, v.emergence_model);
}
template <class A>
void archive(A& a, NetworkResult& v) {
  a(v.id, v.node_ids, v.labels, v.node_weights, v.communities, v.x, v.y, v.edge_from, v.edge_to, v.edge_weights, v.modularity);
}

}  // namespace jianwei::workflow
