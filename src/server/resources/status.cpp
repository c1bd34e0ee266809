// GET /w/{ws}/status: what is in a workspace.
#include "server/resources/result_routes.h"

namespace jianwei::server {

void add_status_routes(Router& router, const Views& views) {
  router.get("/api/v1/w/{ws}/status", kReaders, [views](const Request& request) -> Result<Response> {
    const std::string_view id = request.parameter("ws");
    return if_changed(request, TRY(views.services->workspaces.version(id)), [&]() -> Result<Response> { return json_response(workflow::to_json(TRY(views.cache->profile(id))->status)); });
  });
}

}  // namespace jianwei::server
