// GET /w/{ws}/networks and one of them around a node.
#include "server/resources/result_routes.h"
#include "workflow/views/networks.h"

namespace jianwei::server {

using workflow::ResultIndex;

void add_network_routes(Router& router, const Views& views) {
  get_result(router, views, "/networks", [](const Request&, const ResultIndex& index) -> Result<Response> { return json_response(workflow::networks_json(index)); });
  get_result(router, views, "/networks/{id}", [](const Request& request, const ResultIndex& index) -> Result<Response> {
    workflow::EgoRequest ego;
    ego.node = request.query_or("node", "");
    ego.neighbours = static_cast<std::size_t>(TRY(request.query_integer("limit", 20, 1, 200)));
    ego.depth = static_cast<int>(TRY(request.query_integer("depth", 1, 1, 2)));
    return json_response(TRY(workflow::ego_network_json(index, request.parameter("id"), ego, workspace_base(request))));
  });
}

}  // namespace jianwei::server
