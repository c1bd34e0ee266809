// The quality sheet of a run's topics, and how they hang together: computed on request, from the stored run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/topics/topic_relations.h"
#include "analysis/vectors/vector_table.h"
#include "base/progress.h"
#include "products/exporters/sheet.h"
#include "text/corpus.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct TopicQualityRow {
  double npmi = 0.0, exclusivity = 0.0;
  double coverage = 0.0;               // share of the records whose largest topic it is
  double seed_stability = 0.0;         // mean best Jaccard over fits with other seeds
  double sample_stability = 0.0;       // ... with nine tenths of the records
};

struct TopicQualitySheet {
  std::vector<TopicQualityRow> topics; // as StudyResult::topics
  double coverage = 0.0;               // share of the records with a topic
  double diversity = 0.0;
  std::vector<double> seed_rand, sample_rand;  // adjusted Rand index of each further fit
};

inline constexpr int kQualityFits = 3; // of each kind

// The term counts of the newest finished run (they are not part of StudyResult). Errors: not_found; corrupt
// Columns are the terms of `result`, the newest run as it stands: those that people joined are added up, those they hid are left out.
Result<text::CountMatrix> load_run_counts(Workspace& workspace, const StudyResult& result);

// The vectors that the workspace's encoder gives the documents of embedded topics; nothing without an encoder or with LDA.
// Errors: conflict  the records changed since the run; those of encode_texts
Result<std::optional<analysis::VectorTable>> load_run_vectors(const Workspace& workspace, const StudyResult& result, Progress& progress);

// Fits the topics six times more: takes about six times as long as the topics of the run. `vectors`: of the encoder the run used, null without one.
// Errors: invalid_input  the run has no topics; cancelled
Result<TopicQualitySheet> check_topics(const StudyResult& result, const text::CountMatrix& counts, const analysis::VectorTable* vectors, Progress& progress);
products::Sheet to_sheet(const StudyResult& result, const TopicQualitySheet& quality);

// Errors: invalid_input  fewer than two topics; cancelled
Result<std::vector<analysis::TopicRelation>> find_topic_relations(const StudyResult& result, const text::CountMatrix& counts, Progress& progress);
// With empty columns for the experts' assessment.
products::Sheet to_sheet(const StudyResult& result, const std::vector<analysis::TopicRelation>& relations);

// Domains, areas and topics, a row each: id, level, parent, labels, records, mean confidence. Empty for LDA.
products::Sheet topic_level_sheet(const StudyResult& result);

}  // namespace jianwei::workflow
