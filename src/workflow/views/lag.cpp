#include "workflow/views/lag.h"

#include <algorithm>
#include <cmath>

#include "base/json_writer.h"
#include "workflow/indicators/indicators.h"
#include "workflow/views/href.h"

namespace jianwei::workflow {
namespace {

void write_quantiles(JsonWriter& json, std::string_view name, const analysis::Quantiles& values) {
  json.key(name).begin_object().field("units", values.count);
  if (values.count > 0) json.field("lower_quartile", values.lower_quartile).field("median", values.median).field("upper_quartile", values.upper_quartile);
  if (values.count > 0 && std::isfinite(values.interval.low)) json.field("low", values.interval.low).field("high", values.interval.high);
  json.end_object();
}

void write_uptakes(JsonWriter& json, const analysis::SourceLags& lags, std::size_t unit) {
  constexpr std::string_view kStates[] = {"not_yet", "in_or_before", "observed"};
  json.key("kinds").begin_array();
  for (std::size_t k = 0; k < lags.kinds.size(); ++k) {
    const analysis::Uptake& uptake = lags.uptakes[unit][k];
    json.begin_object().field("kind", to_string(kind_of(lags.kinds[k]))).field("state", kStates[static_cast<std::size_t>(uptake.state)]).field("documents", uptake.documents);
    if (uptake.first != 0) json.field("first_year", uptake.first);
    if (uptake.year != 0) json.field("year", uptake.year);
    if (uptake.high != 0) json.field("year_high", uptake.high);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::vector<std::size_t> lag_units(const StudyResult& result, const analysis::SourceLags& lags, Unit unit, std::size_t count) {
  std::vector<std::size_t> shown;
  const auto& emergence = result.results(unit).emergence;
  for (std::size_t u = 0; u < lags.uptakes.size(); ++u) {
    const auto carried = std::count_if(lags.uptakes[u].begin(), lags.uptakes[u].end(), [](const analysis::Uptake& uptake) { return uptake.state != analysis::UptakeState::not_yet; });
    const bool observed = std::any_of(lags.uptakes[u].begin(), lags.uptakes[u].end(), [](const analysis::Uptake& uptake) { return uptake.state == analysis::UptakeState::observed; });
    if (carried >= 2 && observed && emergence[u].rank > 0) shown.push_back(u);
  }
  std::stable_sort(shown.begin(), shown.end(), [&](std::size_t a, std::size_t b) { return emergence[a].rank < emergence[b].rank; });
  if (shown.size() > count) shown.resize(count);
  return shown;
}

std::string lag_json(const StudyResult& result, const analysis::SourceLags& lags, Unit unit, const std::vector<std::size_t>& shown, double support, Language language, std::string_view base) {
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("unit", to_string(unit)).field("until", last_complete_year(result.results(unit))).field("support", support);
  json.key("kinds").begin_array();
  for (const analysis::KindCover& cover : lags.kinds) {
    json.begin_object().field("kind", to_string(kind_of(cover))).field("first_year", cover.years.first).field("last_year", cover.years.last).field("documents", cover.documents).end_object();
  }
  json.end_array().key("pairs").begin_array();
  for (const analysis::PairLag& pair : lags.pairs) {
    json.begin_object().field("from", to_string(kind_of(lags.kinds[pair.from]))).field("to", to_string(kind_of(lags.kinds[pair.to])));
    write_quantiles(json, "lag", pair.lag);
    write_quantiles(json, "by_size", pair.by_size);
    write_quantiles(json, "excess", pair.excess);
    json.field("from_first", pair.from_first).field("to_first", pair.to_first).field("same_year", pair.same_year).field("unknown", pair.unknown);
    if (pair.from_first + pair.to_first > 0) json.key("from_first_share").begin_object().field("low", pair.from_first_share.low).field("high", pair.from_first_share.high).end_object();
    json.end_object();
  }
  json.end_array().key("units").begin_array();
  for (const std::size_t u : shown) {
    json.begin_object().field("id", unit_id(result, {unit, u})).field("label", unit_label(result, {unit, u}, language));
    write_uptakes(json, lags, u);
    write_href(json, "documents_href", base, std::string(unit == Unit::term ? "terms/" : "topics/") + unit_id(result, {unit, u}) + "/documents");
    json.end_object();
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow
