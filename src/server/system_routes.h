// /healthz, /readyz, /metrics, /api/v1/events and the contract itself.
#pragma once

#include "server/services.h"

namespace jianwei::server {

void add_system_routes(Router& router, Services& services);

}  // namespace jianwei::server
