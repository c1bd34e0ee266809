// GET /w/{ws}/evolution: topics over periods.
#include "server/resources/result_routes.h"
#include "workflow/views/evolution.h"

namespace jianwei::server {

void add_evolution_routes(Router& router, const Views& views) {
  get_kept_result(router, views, "/evolution", "application/json", [](const Request& request, const workflow::ResultIndex& index) -> Result<std::string> {
    Result<std::string> body = workflow::evolution_json(index, request.language, workspace_base(request));
    // Nothing is wrong with the request when the data are too few.
    if (!body && body.error().kind == ErrorKind::invalid_input) return fail(ErrorKind::not_found, "{}", body.error().message);
    return body;
  });
}

}  // namespace jianwei::server
