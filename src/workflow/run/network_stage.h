// Networks of a run: terms that occur together, records that cite each other, organisations and countries that work together.
#pragma once

#include "base/progress.h"
#include "text/corpus.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

// term-network always; the others when the data have what they need. Communities by Leiden, positions by a seeded layout.
// Errors: cancelled
Result<std::vector<NetworkResult>> build_networks(const Study& study, const analysis::Dataset& dataset, const std::vector<TermRow>& terms,
                                                  const text::CountMatrix& counts, Progress& progress);

}  // namespace jianwei::workflow
