// /map-base.
#pragma once

#include "server/services.h"

namespace jianwei::server {

void add_map_base_routes(Router& router, Services& services);

}  // namespace jianwei::server
