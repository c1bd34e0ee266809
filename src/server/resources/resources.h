// The routes of the data, one file a resource. A handler parses, calls one workflow function, renders.
#pragma once

#include "server/services.h"

namespace jianwei::server {

void add_resource_routes(Router& router, Services& services);

void add_status_routes(Router& router, Services& services);

}  // namespace jianwei::server
