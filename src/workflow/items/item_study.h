// A list of technology items in clusters, seen through a corpus when there is one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analysis/items/item_clusters.h"
#include "base/catalogue.h"
#include "base/progress.h"
#include "workflow/items/read_items.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

struct ItemStudy {
  ItemList list;                                  // the items that were clustered
  std::vector<std::string> unplaced;              // items without a known word: they belong to no cluster
  bool from_corpus = false;                       // vectors come from the corpus, else from the items' own words
  analysis::Linkage linkage = analysis::Linkage::ward;
  std::uint64_t seed = 1;
  analysis::ItemClustering clustering;
  std::vector<std::string> labels;                // [clusters]
  std::vector<std::vector<std::string>> terms;    // [clusters] by c-TF-IDF
  std::vector<analysis::TopicCoverage> coverage;  // [topics of the corpus], empty without one
};

// The count matrix of any texts over the terms of a run: terms are matched by their label and forms.
// Errors: cancelled; not_found when a dictionary file is missing
Result<text::CountMatrix> count_run_terms(const std::vector<TermRow>& terms, const std::vector<std::string>& texts, int thread_count, Progress& progress);

// Documents x terms of a run, 1 where the term occurs.
text::CountMatrix run_term_matrix(const StudyResult& result);

// [documents] the topic with the largest share, -1 without one.
std::vector<std::int32_t> main_topics(const StudyResult& corpus);

// `corpus` may be null. With a corpus that knows a word of fewer than half of the items the items' own words are used (from_corpus tells).
// Errors: invalid_input  fewer than four items, or no two items share a word; cancelled
Result<ItemStudy> study_items(ItemList list, const StudyResult* corpus, const analysis::ItemClusterOptions& options, Progress& progress);

// items.csv, clusters.csv, stability.csv, uncovered-topics.csv (with a corpus), items.json, dendrogram.nwk, dendrogram.svg below `folder`, which is made.
// Gives their paths. Errors: unavailable
Result<std::vector<std::filesystem::path>> write_item_study(const ItemStudy& study, const StudyResult* corpus, const std::filesystem::path& folder, Language language);

std::string to_json(const ItemStudy& study, const StudyResult* corpus);

}  // namespace jianwei::workflow
