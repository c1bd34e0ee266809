// GET /w/{ws}/indicators: of one unit over the years, or of all units in one year.
#include "server/resources/result_routes.h"
#include "workflow/views/indicators.h"

namespace jianwei::server {
namespace {

Result<std::string> one_unit(const Request& request, const workflow::ResultIndex& index, std::string_view id) {
  const workflow::Unit unit = id.starts_with("topic-") ? workflow::Unit::topic : workflow::Unit::term;
  const workflow::UnitReference reference{unit, TRY(index.unit(unit, id))};
  const Years years = TRY(query_years(request));
  if (unit == workflow::Unit::topic) {
    const Result<std::vector<analysis::YearTable>>& tables = index.topic_years();
    if (!tables) return tl::unexpected(tables.error());
    return workflow::unit_indicators_json(index.result(), workflow::years_of_unit(index.result(), reference, *tables, years.from, years.to), request.language);
  }
  Progress progress;
  const workflow::UnitYears measured = TRY(workflow::measure_unit(index.result(), reference, progress, years.from, years.to));
  return workflow::unit_indicators_json(index.result(), measured, request.language);
}

}  // namespace

void add_indicator_routes(Router& router, const Views& views) {
  get_kept_result(router, views, "/indicators", "application/json", [](const Request& request, const workflow::ResultIndex& index) -> Result<std::string> {
    const std::string_view id = request.query_or("unit", "topic");
    if (id != "term" && id != "topic") return one_unit(request, index, id);
    const workflow::Unit unit = TRY(query_unit(request, "topic"));
    const std::string_view sort = request.query_or("sort", "growth");
    const auto indicator = analysis::parse_indicator(sort);
    if (!indicator) return fail(ErrorKind::invalid_input, "query parameter sort: there is no indicator \"{}\"", sort);
    const std::int64_t limit = TRY(request.query_integer("limit", 50, 1, 500));
    const std::int16_t last = workflow::last_complete_year(index.result().results(unit));
    const auto year = static_cast<std::int16_t>(TRY(request.query_integer("year", last, 1000, 2999)));
    Progress progress;
    const workflow::IndicatorTables tables(index.result());
    const analysis::YearTable table = TRY(tables.at(unit, year, {}, progress));
    return workflow::indicators_json(index.result(), unit, table, sort, workflow::order_by_indicator(table, *indicator, static_cast<std::size_t>(limit)), request.language);
  });
}

}  // namespace jianwei::server
