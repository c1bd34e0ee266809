// Series and TNO-style growth indicators of units, terms and topics alike.
#pragma once

#include "base/progress.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

// The years the dataset covers; when a few strays lie decades before the rest (under 0.1 % of the documents), the range starts after them.
analysis::YearRange covered_years(const analysis::Dataset& dataset);

// Fills series and indicators of `units` from units.documents. Errors: invalid_input, cancelled
Result<> measure_units(const analysis::Dataset& dataset, const Study& study, UnitResults& units, Progress& progress);

}  // namespace jianwei::workflow
