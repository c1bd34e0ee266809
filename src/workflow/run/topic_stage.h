// Topics of a run: LDA on the corpus' terms, labels in both languages, quality figures.
#pragma once

#include "analysis/topics/lda.h"
#include "base/progress.h"
#include "text/corpus.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

struct TopicStage {
  std::vector<TopicRow> topics;
  analysis::DocumentTopics document_topics;
  double topic_diversity = 0.0;
};

// A document belongs to a topic when at least this share of its text does.
inline constexpr float kTopicShare = 0.25F;

// The terms that can tell topics apart, as columns of their own.
struct TopicWords {
  text::CountMatrix counts;           // documents x kept terms
  std::vector<std::int32_t> terms;    // kept column -> term
};
TopicWords keep_topic_terms(const std::vector<TermRow>& terms, const text::CountMatrix& counts);

analysis::LdaOptions lda_options(const Study& study);

template <class A>
void archive(A& a, TopicStage& v) {
  a(v.topics, v.document_topics, v.topic_diversity);
}

// Fits topics to the term counts of the documents. Errors: those of fit_lda.
Result<TopicStage> find_topics(const Study& study, const std::vector<TermRow>& terms, const text::CountMatrix& counts, Progress& progress);

}  // namespace jianwei::workflow
