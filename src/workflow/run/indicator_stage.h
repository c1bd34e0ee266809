// Series and TNO-style growth indicators of units, terms and topics alike.
#pragma once

#include "base/progress.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

// The years the dataset covers; when a few strays lie decades before the rest (under 0.1 % of the documents), the range starts after them.
analysis::YearRange covered_years(const analysis::Dataset& dataset);

// The same as it would be if the records dated after `until` were not there yet.
analysis::YearRange covered_years_until(const analysis::Dataset& dataset, std::int16_t until);

// The last year whose records can be compared with those before: the sources that carried most of the five years before it still deliver, and
// it is not visibly short. `corpus` [years] counts the documents. Time O(documents * years left out).
std::int16_t last_complete_year(const analysis::Dataset& dataset, const analysis::YearRange& years, std::span<const double> corpus);

// Fills series and indicators of `units` from units.documents. Errors: invalid_input, cancelled
Result<> measure_units(const analysis::Dataset& dataset, const Study& study, UnitResults& units, Progress& progress);

// Whether the share (compared within its sources) grew between the last two windows by more than chance (5 %, one-sided).
bool is_rising(const analysis::GrowthWindows& windows);

// Whether unit u is to be listed as rising: so it is, and no gate keeps it out (a term nested in a longer one that rises).
bool rises(const UnitResults& units, std::size_t u);

}  // namespace jianwei::workflow
