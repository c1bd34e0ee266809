// Topics of a run: LDA on the corpus' terms or communities of document vectors, labels in both languages, quality figures.
#pragma once

#include "analysis/topics/lda.h"
#include "analysis/topics/topic_count.h"
#include "analysis/vectors/vector_table.h"
#include "base/progress.h"
#include "text/corpus.h"
#include "workflow/run/results.h"
#include "workflow/run/results_archive.h"

namespace jianwei::workflow {

struct TopicStage {
  std::vector<TopicRow> topics;
  analysis::DocumentTopics document_topics;
  double topic_diversity = 0.0;
  analysis::TopicIdentity identity;
  TopicLevels levels;
  analysis::TopicCountChoice count_choice;  // of a fit that searched for its number of topics
};

// What one fit leaves for the next one: an artifact beside that of the stage.
struct TopicState {
  analysis::TopicGeneration generation;
  std::vector<std::string> words;     // [model.word_count] term ids
  analysis::TopicModel model;         // topics as in the generation; no topics when the method has no such model
  double resolution = 0.0;            // of embedded topics, 0 for LDA
};

struct FoundTopics {
  TopicStage stage;                   // topics without ids, by decreasing weight
  std::vector<std::string> words;     // of the model
  analysis::TopicModel model;         // topics as in the stage
  double resolution = 0.0;            // as in TopicState
  bool warm = false;                  // started from the last topics
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

// Labels of a topic in both languages from its listed terms, as every topic of the machine is labelled.
void give_topic_labels(TopicRow& topic, const std::vector<TermRow>& terms);

template <class A>
void archive(A& a, TopicStage& v) {
  a(v.topics, v.document_topics, v.topic_diversity, v.identity, v.levels, v.count_choice);
}
template <class A>
void archive(A& a, TopicState& v) {
  a(v.generation, v.words, v.model);
  if (!a.at_end()) a(v.resolution);
}

// The model alone, for a hindcast: topics chosen for `document_count` documents when the study leaves their number open. Errors: those of the method.
Result<analysis::TopicModel> fit_topic_model(const Study& study, const text::CountMatrix& counts, std::int64_t document_count, Progress& progress);

// The documents' topics alone, for comparing fits; `vectors` as below. Errors: those of the method.
Result<analysis::DocumentTopics> fit_document_topics(const Study& study, const text::CountMatrix& counts, const analysis::VectorTable* vectors, Progress& progress);

// Fits topics to the term counts of the documents; goes on from `last` when at least half of the records are in it. A search for their number
// (Study::topic_count) is made when it starts from nothing. `vectors` [documents] of an encoder stand in for those of the word space in embedded topics;
// null without one. Errors: those of fit_lda, group_documents and choose_topic_count.
Result<FoundTopics> find_topics(const Study& study, std::span<const std::string> record_ids, const std::vector<TermRow>& terms, const text::CountMatrix& counts,
                                const analysis::VectorTable* vectors, const TopicState* last, Progress& progress);

}  // namespace jianwei::workflow
