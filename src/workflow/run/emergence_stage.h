// The ranking of a run and its hindcast: what emerges, why, and how well saying so would have worked.
#pragma once

#include <span>

#include "base/progress.h"
#include "text/corpus.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

// Ranks the units of `units` at its last complete year; fills emergence and emergence_model. `terms` is empty for topics; `occurrences` of terms in the years of
// units.series, [terms][years]. Terms of a language that has
// just entered the data are no candidates (gate.new_language).
// Errors: cancelled
Result<> rank_units(const analysis::Dataset& dataset, const Study& study, const std::vector<TermRow>& terms, std::span<const double> occurrences, UnitResults& units, Progress& progress);

// The cut-off years a study asks for, or the last six ("all": every one) that have a horizon after them and a history before them; empty when the past is too short.
std::vector<std::int16_t> choose_cutoffs(const analysis::Dataset& dataset, const Study& study, std::int16_t last_complete_year);

// Rolling origins: at each cut-off the vocabulary (and for topics the model) is fitted on documents up to it, then counted in all of them.
// Gives the JSON of `hindcast --json`, "" when no cut-off can be evaluated. `corpus` rows are the dataset's.
// Errors: cancelled; invalid_input  a cut-off asked for cannot be evaluated: says why
Result<std::string> run_hindcast(const analysis::Dataset& dataset, const text::TokenizedCorpus& corpus, const Study& study, Unit unit,
                                 const std::vector<std::int16_t>& cutoffs, Progress& progress);

}  // namespace jianwei::workflow
