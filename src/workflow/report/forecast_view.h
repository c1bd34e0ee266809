// Forecasts as people read them: the bands of a unit's share, how often such bands held in the past, and what an S-curve says of the ceiling. Computed from the series of a
// finished run and its calibration when asked for.
#pragma once

#include <string>

#include "analysis/forecast/calibrated.h"
#include "analysis/forecast/s_curve.h"
#include "base/catalogue.h"
#include "base/json_writer.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

// "2026: 1.2 % [0.8, 1.9]" of the last year ahead; "–" when there is too little history.
std::string forecast_text(const UnitResults& units, std::size_t unit);
// "80 % band; of 4,120 past outcomes 81 % lay inside" or that it could not be measured.
std::string coverage_text(const analysis::Calibration& calibration, Language language);

// The better of logistic and Gompertz on the complete years.
analysis::SCurve best_s_curve(const UnitResults& units, std::size_t unit);
// "before inflection, ceiling unknown", or ceiling with its interval and the year of the inflection.
std::string s_curve_text(const UnitResults& units, const analysis::SCurve& curve, Language language);

// Fields "forecast" (level, coverage, tested, the measured bands, and for each year share, low, high, documents and every band) and "s_curve" of an open object.
void write_forecast(JsonWriter& json, const UnitResults& units, std::size_t unit);
// Each of the two alone: the curve is fitted when it is asked for, which takes some milliseconds.
void write_band(JsonWriter& json, const UnitResults& units, std::size_t unit);
void write_s_curve(JsonWriter& json, const UnitResults& units, const analysis::SCurve& curve);

}  // namespace jianwei::workflow
