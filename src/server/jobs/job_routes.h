// /jobs and /w/{ws}/jobs.
#pragma once

#include "server/services.h"

namespace jianwei::server {

void add_job_routes(Router& router, Services& services);

}  // namespace jianwei::server
