// Series, indicators, weak signals, bursts and the emergence ranking of terms and of topics: by the machine's units, and again by those people corrected.
#pragma once

#include <functional>

#include "base/progress.h"
#include "workflow/run/results.h"
#include "workflow/run/results_archive.h"

namespace jianwei::workflow {

struct SignalArtifact {
  UnitResults terms, topics;
  analysis::WeakSignalMap weak_signals;
  std::vector<analysis::SignalEvidence> signals;
  std::vector<float> occurrences;   // [terms][years of the series]
  std::vector<analysis::UnitBurst> bursts;
};
template <class A>
void archive(A& a, SignalArtifact& v) {
  a(v.terms, v.topics, v.weak_signals, v.signals, v.occurrences, v.bursts);
}

// How often each term occurs in each year of a series, [terms][years].
using Occurrences = std::function<std::vector<double>(const analysis::UnitSeries& series)>;

// Everything of `signals` but the topics, from signals.terms.documents. Errors: invalid_input, cancelled
Result<> measure_terms(const analysis::Dataset& dataset, const Study& study, const std::vector<TermRow>& terms, const Occurrences& occurrences, SignalArtifact& signals, Progress& progress);

// Of topics by the documents' shares; nothing without topics. Errors: invalid_input, cancelled
Result<> measure_topics(const analysis::Dataset& dataset, const Study& study, const analysis::DocumentTopics& topics, std::size_t topic_count, UnitResults& units, Progress& progress);

}  // namespace jianwei::workflow
