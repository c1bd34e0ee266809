// GET /w/{ws}/status: what is in a workspace.
#include "server/http/answers.h"
#include "server/resources/resources.h"
#include "workflow/status.h"

namespace jianwei::server {

void add_status_routes(Router& router, Services& services) {
  router.get("/api/v1/w/{ws}/status", kReaders, [&services](const Request& request) -> Result<Response> {
    const std::string_view id = request.parameter("ws");
    return if_changed(request, TRY(services.workspaces.version(id)), [&]() -> Result<Response> {
      const workflow::Workspace workspace = TRY(services.workspaces.open_to_read(id));
      return json_response(workflow::to_json(TRY(workflow::workspace_status(workspace))));
    });
  });
}

}  // namespace jianwei::server
