// GET /w/{ws}/lag: which kind of source takes terms or topics up first, and how much later the others follow.
#include "workflow/views/lag.h"

#include "server/resources/result_routes.h"

namespace jianwei::server {

void add_lag_routes(Router& router, const Views& views) {
  get_kept_result(router, views, "/lag", "application/json", [](const Request& request, const workflow::ResultIndex& index) -> Result<std::string> {
    const workflow::Unit unit = TRY(query_unit(request, "term"));
    const double support = TRY(request.query_number("support", 3.0));
    if (!(support >= 1.0 && support <= 1e6)) return fail(ErrorKind::invalid_input, "query parameter support: {} is not from 1 to 1000000", support);
    const std::int64_t limit = TRY(request.query_integer("limit", 50, 1, 500));
    const analysis::SourceLags lags = TRY(workflow::measure_lags(index.result(), unit, support));
    return workflow::lag_json(index.result(), lags, unit, workflow::lag_units(index.result(), lags, unit, static_cast<std::size_t>(limit)), support, request.language, workspace_base(request));
  });
}

}  // namespace jianwei::server
