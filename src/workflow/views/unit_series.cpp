#include "workflow/views/unit_series.h"

#include <cmath>

#include "base/strings.h"
#include "workflow/indicators/indicators.h"
#include "workflow/report/forecast_view.h"
#include "workflow/views/href.h"

namespace jianwei::workflow {

void write_spark(JsonWriter& json, const StudyResult& result, Unit unit, std::size_t u) {
  const analysis::UnitSeries& series = result.results(unit).series;
  const auto row = series.count_row(static_cast<std::int64_t>(u));
  json.key("spark").begin_array();
  for (std::int64_t y = 0; y < series.complete_years; ++y) json.value(row[static_cast<std::size_t>(y)]);
  json.end_array();
}

std::string unit_series_json(const ResultIndex& index, Unit unit, std::size_t u, Language language, std::string_view base) {
  const StudyResult& result = index.result();
  const UnitResults& units = result.results(unit);
  const analysis::UnitSeries& series = units.series;
  const UnitReference reference{unit, u};
  const std::string place = fmt::format("{}/{}/documents", unit == Unit::term ? "terms" : "topics", unit_id(result, reference));
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("unit", to_string(unit)).field("id", unit_id(result, reference)).field("label", unit_label(result, reference, language));
  json.key("years").begin_array();
  for (std::int64_t y = 0; y < series.years.count(); ++y) {
    const auto year = static_cast<std::int16_t>(series.years.first + y);
    const double share = series.share(static_cast<std::int64_t>(u), y);
    json.begin_object().field("year", year).field("documents", series.count_row(static_cast<std::int64_t>(u))[static_cast<std::size_t>(y)]).field("corpus", series.corpus[static_cast<std::size_t>(y)]);
    json.field("comparable", series.exposure_row(static_cast<std::int64_t>(u))[static_cast<std::size_t>(y)]);
    if (std::isnan(share)) json.key("share").null(); else json.field("share", share);
    json.field("complete", y < series.complete_years);
    write_href(json, "documents_href", base, fmt::format("{}?from={}&to={}", place, year, year));
    json.end_object();
  }
  json.end_array();
  const analysis::Calibration& calibration = units.calibration;
  write_band(json, units, u);
  write_s_curve(json, units, index.s_curve(unit, u));
  const Indicators& indicators = units.indicators[u];
  json.key("growth").begin_object().field("log_slope", indicators.rate.log_slope).field("low", indicators.rate.low).field("high", indicators.rate.high).field("count", indicators.windows.growth_count);
  json.field("recent", indicators.windows.recent).field("previous", indicators.windows.previous).field("share_ratio", indicators.windows.share_ratio).end_object();
  json.key("backtest").begin_object().field("level", analysis::kBandLevels[analysis::kMainBand]).field("coverage", calibration.coverage[analysis::kMainBand]).field("tested", calibration.tested).field("horizon", result.study.horizon_years).end_object();
  write_hindcast_summary(json, index.hindcast());
  return json.end_object().text();
}

}  // namespace jianwei::workflow
