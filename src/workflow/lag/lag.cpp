#include "workflow/lag/lag.h"

#include <cmath>

#include "workflow/indicators/indicators.h"

namespace jianwei::workflow {
namespace {

constexpr double kSupport = 3.0;

std::string_view state_name(analysis::UptakeState state) {
  constexpr std::string_view kNames[] = {"not_yet", "in_or_before", "observed"};
  return kNames[static_cast<std::size_t>(state)];
}

}  // namespace

Result<analysis::SourceLags> measure_lags(const StudyResult& result, Unit unit, double support) {
  const UnitResults& units = result.results(unit);
  if (units.series.years.count() <= 0) return fail(ErrorKind::invalid_input, "no record of the run has a year");
  return analysis::source_lags(result.dataset, units.documents, {last_complete_year(units), support});
}

RecordKind kind_of(const analysis::KindCover& cover) { return static_cast<RecordKind>(cover.kind); }

std::string uptake_text(const analysis::Uptake& uptake) {
  if (uptake.state == analysis::UptakeState::not_yet) return "–";
  if (uptake.state == analysis::UptakeState::in_or_before) return fmt::format("≤ {}", uptake.year);
  if (uptake.high == 0) return fmt::format("{} [{}, …]", uptake.year, uptake.first);
  return fmt::format("{} [{}, {}]", uptake.year, uptake.first, uptake.high);
}

std::string lag_text(const analysis::Quantiles& lag) {
  if (lag.count == 0) return "–";
  if (!std::isfinite(lag.interval.low)) return fmt::format("{:+.1f}", lag.median);
  return fmt::format("{:+.1f} [{:+.1f}, {:+.1f}]", lag.median, lag.interval.low, lag.interval.high);
}

Result<products::Sheet> lag_sheet(const StudyResult& result, Unit unit) {
  const analysis::SourceLags lags = TRY(measure_lags(result, unit, kSupport));
  products::Sheet sheet{unit == Unit::term ? "lag-terms" : "lag-topics", {std::string(to_string(unit)), "label", "kind", "state", "documents", "first_year", "year", "year_high"}, {}};
  const auto year_cell = [](std::int16_t year) -> products::Cell {
    if (year == 0) return std::monostate{};
    return std::int64_t{year};
  };
  for (std::size_t u = 0; u < lags.uptakes.size(); ++u) {
    const UnitReference reference{unit, u};
    for (std::size_t k = 0; k < lags.kinds.size(); ++k) {
      const analysis::Uptake& uptake = lags.uptakes[u][k];
      if (uptake.documents <= 0.0) continue;
      sheet.rows.push_back({unit_id(result, reference), unit_label(result, reference, Language::en), std::string(to_string(kind_of(lags.kinds[k]))), std::string(state_name(uptake.state)), uptake.documents,
                            year_cell(uptake.first), year_cell(uptake.year), year_cell(uptake.high)});
    }
  }
  return sheet;
}

}  // namespace jianwei::workflow
