// First stages of a run: texts -> terms -> which documents hold them.
#pragma once

#include <span>

#include "base/progress.h"
#include "text/corpus.h"
#include "text/domain_words.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct CorpusStage {
  text::Vocabulary vocabulary;
  text::CountMatrix counts;              // documents x terms
};

// The tokens of texts. Documents that an earlier run has cut are taken from WS/cache/tokens, which holds those of the last run afterwards; the result is the same.
Result<text::TokenizedCorpus> tokenize_kept(const Workspace& workspace, std::span<const text::DocumentText> texts, int thread_count, Progress& progress);

// How the words of a study's own field are looked for: those that its terms could use.
text::DomainWordOptions domain_word_options(const Study& study);

// Rows of vocabulary terms with their stable ids.
std::vector<TermRow> make_term_rows(const text::Vocabulary& vocabulary);

// Terms x documents, weight 1. The counts' documents are the dataset's rows.
analysis::UnitDocuments documents_of_terms(const text::CountMatrix& counts);

// Topics x documents, weight = share of the document. Only shares of at least `min_share` make a document one of the topic.
analysis::UnitDocuments documents_of_topics(const analysis::DocumentTopics& topics, std::int32_t topic_count, float min_share);

// Flags of documents dated in or before a year; documents without a year are left out of every past.
std::vector<std::uint8_t> dated_until(const analysis::Dataset& dataset, std::int16_t year);

}  // namespace jianwei::workflow
