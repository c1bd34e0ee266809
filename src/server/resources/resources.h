// The routes of the data, one file a resource. A handler parses, calls one workflow function, renders.
#pragma once

#include <memory>

#include "server/resources/view_cache.h"
#include "server/services.h"
#include "workflow/judgement/judge.h"

namespace jianwei::server {

void add_resource_routes(Router& router, Services& services);

// What the routes of results share. Copied into every handler.
struct Views {
  Services* services = nullptr;
  std::shared_ptr<ViewCache> cache;
};

void add_status_routes(Router& router, const Views& views);
void add_overview_routes(Router& router, const Views& views);
void add_topic_routes(Router& router, const Views& views);
void add_term_routes(Router& router, const Views& views);
void add_emerging_routes(Router& router, const Views& views);
void add_record_routes(Router& router, const Views& views);
void add_search_routes(Router& router, const Views& views);
void add_map_routes(Router& router, const Views& views);
void add_weak_signal_routes(Router& router, const Views& views);
void add_evolution_routes(Router& router, const Views& views);
void add_burst_routes(Router& router, const Views& views);
void add_indicator_routes(Router& router, const Views& views);
void add_lag_routes(Router& router, const Views& views);
void add_knowledge_routes(Router& router, const Views& views);
void add_network_routes(Router& router, const Views& views);
void add_actor_routes(Router& router, const Views& views);
void add_watch_routes(Router& router, const Views& views);
void add_report_routes(Router& router, const Views& views);
void add_issue_routes(Router& router, const Views& views);
void add_schedule_routes(Router& router, const Views& views);
void add_alert_delivery_routes(Router& router, const Views& views);
void add_quality_routes(Router& router, const Views& views);
void add_draft_routes(Router& router, const Views& views);
void add_workspace_routes(Router& router, const Views& views);
void add_judgement_routes(Router& router, Services& services);

// Who judges: the signed-in user, in the strongest of the roles that judge.
workflow::Judge judge_of(const Request& request);
// What others see of a judgement at once.
void announce_judgement(Services& services, std::string_view workspace, const workflow::JudgementOutcome& outcome);

}  // namespace jianwei::server
