#include "server/resources/resources.h"

namespace jianwei::server {

void add_resource_routes(Router& router, Services& services) {
  add_status_routes(router, services);
}

}  // namespace jianwei::server
