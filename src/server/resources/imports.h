#pragma once

#include "server/resources/resources.h"

namespace jianwei::server {

void add_import_routes(Router& router, const Views& views);

}  // namespace jianwei::server
