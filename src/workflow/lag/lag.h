// Which kind of source takes a term or topic up first, and how much later the others follow, over the documents of a run.
#pragma once

#include <string>

#include "analysis/indicators/source_lag.h"
#include "base/catalogue.h"
#include "products/exporters/sheet.h"
#include "records/record.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

// Up to the last complete year of the run. Errors: invalid_input  the run has no dated document
Result<analysis::SourceLags> measure_lags(const StudyResult& result, Unit unit, double support);

RecordKind kind_of(const analysis::KindCover& cover);
// "2012 (2010-2014)", "≤ 2003", "–"
std::string uptake_text(const analysis::Uptake& uptake);
// "+3 [2, 4]"; "–" when nothing was observed
std::string lag_text(const analysis::Quantiles& lag);

// A row a unit and kind: state, first year, year with support and its upper limit.
Result<products::Sheet> lag_sheet(const StudyResult& result, Unit unit);

}  // namespace jianwei::workflow
