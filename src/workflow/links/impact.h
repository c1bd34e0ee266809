// Disruption, main path, novelty of combination and diversity of the documents and topics of a run.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/impact/disruption.h"
#include "analysis/impact/main_path.h"
#include "analysis/impact/new_combinations.h"
#include "analysis/impact/novelty.h"
#include "base/progress.h"
#include "products/exporters/sheet.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

enum class NoveltyBasis : std::uint8_t { reference_venues, terms };  // what is combined; terms where too few references name a venue
enum class ImpactOrder : std::uint8_t { disruption, consolidation, novelty, new_combinations, diversity, main_path };

struct TopicImpact {
  std::int64_t documents = 0;            // of the topic
  std::int64_t disruption_measured = 0;  // of them with a CD
  double mean_disruption = 0.0;
  double share_atypical = 0.0;           // of its documents with pairs: 10th percentile z below 0
  double diversity = 0.0;                // Rao-Stirling over the cited venues of all its documents together
};

struct Impact {
  std::int32_t window_years = 5;
  bool has_references = false;           // false: no record carries references; disruption, main path and diversity are not measured
  std::int64_t documents_with_references = 0;
  NoveltyBasis basis = NoveltyBasis::terms;
  std::vector<analysis::Disruption> disruption;  // [documents]
  std::vector<analysis::Novelty> novelty;        // [documents]
  std::vector<analysis::NewCombinations> new_combinations;  // [documents] of cited venues; none measured when the basis is terms
  std::vector<double> diversity;                 // [documents] -1: fewer than two references name a venue
  std::vector<TopicImpact> topics;               // [topics]
  analysis::MainPath main_path;
};

// Errors: as load_cited_works(); cancelled; invalid_input  window_years < 1
Result<Impact> measure_impact(const Workspace& workspace, const StudyResult& result, int window_years, Progress& progress);

// Documents that are measured, best first; ties by row. For main_path: the path in its own order.
std::vector<std::int32_t> order_documents(const Impact& impact, ImpactOrder order);

products::Sheet impact_sheet(const StudyResult& result, const Impact& impact);  // one row a document
std::string impact_json(const StudyResult& result, const Impact& impact, ImpactOrder order, std::size_t top);

}  // namespace jianwei::workflow
