#include "server/resources/resources.h"

#include "server/resources/imports.h"
#include "server/resources/saved.h"

namespace jianwei::server {

void add_resource_routes(Router& router, Services& services) {
  const Views views{&services, std::make_shared<ViewCache>(services.workspaces)};
  add_status_routes(router, views);
  add_overview_routes(router, views);
  add_topic_routes(router, views);
  add_term_routes(router, views);
  add_emerging_routes(router, views);
  add_record_routes(router, views);
  add_search_routes(router, views);
  add_map_routes(router, views);
  add_weak_signal_routes(router, views);
  add_evolution_routes(router, views);
  add_burst_routes(router, views);
  add_indicator_routes(router, views);
  add_lag_routes(router, views);
  add_knowledge_routes(router, views);
  add_network_routes(router, views);
  add_actor_routes(router, views);
  add_watch_routes(router, views);
  add_report_routes(router, views);
  add_issue_routes(router, views);
  add_schedule_routes(router, views);
  add_alert_delivery_routes(router, views);
  add_quality_routes(router, views);
  add_import_routes(router, views);
  add_set_routes(router, views);
  add_saved_view_routes(router, views);
  add_draft_routes(router, views);
  add_workspace_routes(router, views);
  add_judgement_routes(router, services);
}

}  // namespace jianwei::server
