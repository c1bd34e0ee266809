// Networks of a run: terms that occur together, records that cite each other, organisations and countries that work together.
#pragma once

#include <span>

#include "analysis/graph/graph.h"
#include "base/progress.h"
#include "text/corpus.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

// term-network always; the others when the data have what they need. Communities by Leiden, positions by a seeded layout.
// Errors: cancelled
Result<std::vector<NetworkResult>> build_networks(const Study& study, const analysis::Dataset& dataset, const std::vector<TermRow>& terms,
                                                  const text::CountMatrix& counts, Progress& progress);

// A network whose nodes are those of `graph`: edges, communities and positions; ids, labels and weights are the caller's.
Result<NetworkResult> finish_network(const Study& study, std::string id, const analysis::Graph& graph, Progress& progress);

// The edges of a citation network as citing -> cited, weight 1: nodes are the flagged documents in order.
void direct_edges(const analysis::IdLists& references, std::span<const std::uint8_t> keep, NetworkResult& network);

}  // namespace jianwei::workflow
