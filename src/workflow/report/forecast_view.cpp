#include "workflow/report/forecast_view.h"

#include <cmath>

#include "base/strings.h"
#include "workflow/indicators/indicators.h"

namespace jianwei::workflow {
namespace {

std::string percent(double share) { return share >= 0.1 ? fmt::format("{:.0f}", 100 * share) : share >= 0.01 ? fmt::format("{:.1f}", 100 * share) : fmt::format("{:.2f}", 100 * share); }

analysis::UnitBand band_of(const UnitResults& units, std::size_t unit) { return analysis::forecast_unit(units.series, units.calibration, static_cast<std::int64_t>(unit)); }

std::string_view kind_name(analysis::SCurveKind kind) { return kind == analysis::SCurveKind::logistic ? "logistic" : "gompertz"; }

}  // namespace

std::string forecast_text(const UnitResults& units, std::size_t unit) {
  if (units.calibration.tested == 0) return "–";  // a band that no past could test is not shown
  const analysis::UnitBand band = band_of(units, unit);
  if (!band.forecast || band.share.empty()) return "–";
  const std::vector<double>&low = band.low[analysis::kMainBand], &high = band.high[analysis::kMainBand];
  return fmt::format("{}: {} % [{}, {}]", last_complete_year(units) + static_cast<int>(band.share.size()), percent(band.share.back()), percent(low.back()), percent(high.back()));
}

std::string coverage_text(const analysis::Calibration& calibration, Language language) {
  const double level = 100 * analysis::kBandLevels[analysis::kMainBand];
  if (calibration.tested == 0) return message(language, "forecast.not_measured", level);
  return message(language, "forecast.coverage", level, calibration.tested, 100 * calibration.coverage[analysis::kMainBand]);
}

analysis::SCurve best_s_curve(const UnitResults& units, std::size_t unit) {
  const auto years = static_cast<std::size_t>(units.series.complete_years);
  const auto counts = units.series.count_row(static_cast<std::int64_t>(unit)).first(years);
  const auto exposure = units.series.exposure_row(static_cast<std::int64_t>(unit)).first(years);
  const analysis::SCurve logistic = analysis::fit_s_curve(counts, exposure, analysis::SCurveKind::logistic);
  const analysis::SCurve gompertz = analysis::fit_s_curve(counts, exposure, analysis::SCurveKind::gompertz);
  return gompertz.fitted && gompertz.log_likelihood > logistic.log_likelihood ? gompertz : logistic;
}

std::string s_curve_text(const UnitResults& units, const analysis::SCurve& curve, Language language) {
  if (!curve.fitted) return message(language, "forecast.no_s_curve");
  if (!curve.ceiling_known) return message(language, "forecast.ceiling_unknown", percent(curve.ceiling_low));
  const auto inflection = static_cast<int>(std::lround(units.series.years.first + curve.inflection));
  return message(language, "forecast.ceiling", percent(curve.ceiling), percent(curve.ceiling_low), percent(curve.ceiling_high), inflection, kind_name(curve.kind));
}

void write_forecast(JsonWriter& json, const UnitResults& units, std::size_t unit) {
  write_band(json, units, unit);
  write_s_curve(json, units, best_s_curve(units, unit));
}

void write_band(JsonWriter& json, const UnitResults& units, std::size_t unit) {
  const analysis::Calibration& calibration = units.calibration;
  const analysis::UnitBand band = band_of(units, unit);
  json.key("forecast").begin_object().field("level", analysis::kBandLevels[analysis::kMainBand]).field("coverage", calibration.coverage[analysis::kMainBand]).field("tested", calibration.tested).key("bands").begin_array();
  for (std::size_t level = 0; level < analysis::kBandLevels.size(); ++level) json.begin_object().field("level", analysis::kBandLevels[level]).field("coverage", calibration.coverage[level]).end_object();
  json.end_array().key("years").begin_array();
  for (std::size_t step = 0; step < band.share.size(); ++step) {
    json.begin_object().field("year", last_complete_year(units) + static_cast<int>(step) + 1).field("share", band.share[step]);
    json.field("low", band.low[analysis::kMainBand][step]).field("high", band.high[analysis::kMainBand][step]).field("documents", band.share[step] * calibration.corpus[step]).key("bands").begin_array();
    for (std::size_t level = 0; level < analysis::kBandLevels.size(); ++level) {
      json.begin_object().field("level", analysis::kBandLevels[level]).field("low", band.low[level][step]).field("high", band.high[level][step]).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

void write_s_curve(JsonWriter& json, const UnitResults& units, const analysis::SCurve& curve) {
  json.key("s_curve").begin_object().field("fitted", curve.fitted);
  if (curve.fitted) {
    json.field("kind", kind_name(curve.kind)).field("ceiling_known", curve.ceiling_known).field("inflection_year", units.series.years.first + curve.inflection).field("rate", curve.rate);
    json.field("ceiling_low", curve.ceiling_low);
    if (curve.ceiling_known) json.field("ceiling", curve.ceiling).field("ceiling_high", curve.ceiling_high);
  }
  json.end_object();
}

}  // namespace jianwei::workflow
