// GET /w/{ws}/overview: the first page.
#include "server/resources/result_routes.h"
#include "store/ledger_place.h"
#include "workflow/views/overview.h"
#include "workflow/watch/watch.h"

namespace jianwei::server {

void add_overview_routes(Router& router, const Views& views) {
  router.get("/api/v1/w/{ws}/overview", kReaders, [views](const Request& request) -> Result<Response> {
    const std::string_view id = request.parameter("ws");
    const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(id));
    workflow::OverviewCounts counts;
    for (const workflow::ScoredAlert& alert : TRY(workflow::alerts(workspace))) counts.open_alerts += alert.verdict.empty();
    counts.judgements = TRY(store::ledger_state(workspace.lake.path("app.db"))).count;
    const std::string version = fmt::format("{}.{}.{}", TRY(views.services->workspaces.version(id)), counts.open_alerts, counts.judgements);
    return if_changed(request, version, [&]() -> Result<Response> {
      const std::shared_ptr<const workflow::DataProfile> profile = TRY(views.cache->profile(id));
      const auto index = views.cache->index(id);
      if (!index && index.error().kind != ErrorKind::not_found) return tl::unexpected(index.error());  // no run yet is no error here
      if (index) {
        views.cache->prepare(id);
        for (const workflow::JudgementConflict& conflict : (*index)->result().judged.conflicts) counts.open_conflicts += conflict.waiting ? 0 : 1;
      }
      return json_response(workflow::overview_json(*profile, index ? index->get() : nullptr, counts, request.language, workspace_base(request)));
    });
  });
}

}  // namespace jianwei::server
