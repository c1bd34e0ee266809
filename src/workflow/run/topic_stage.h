// Topics of a run: LDA on the corpus' terms, labels in both languages, quality figures.
#pragma once

#include "base/progress.h"
#include "text/corpus.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

struct TopicStage {
  std::vector<TopicRow> topics;
  analysis::DocumentTopics document_topics;
  double topic_diversity = 0.0;
};

// Fits topics to the term counts of the documents. Errors: those of fit_lda.
Result<TopicStage> find_topics(const Study& study, const std::vector<TermRow>& terms, const text::CountMatrix& counts, Progress& progress);

}  // namespace jianwei::workflow
