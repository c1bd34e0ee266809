// GET /w/{ws}/weak-signals: both maps with their thresholds, and the rare terms that rise.
#include "server/resources/result_routes.h"
#include "workflow/views/weak_signals.h"

namespace jianwei::server {

void add_weak_signal_routes(Router& router, const Views& views) {
  get_kept_result(router, views, "/weak-signals", "application/json", [](const Request& request, const workflow::ResultIndex& index) -> Result<std::string> {
    return workflow::weak_signal_maps_json(index.result(), workspace_base(request));
  });
}

}  // namespace jianwei::server
