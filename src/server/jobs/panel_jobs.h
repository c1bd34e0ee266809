// Jobs of Delphi panels: remind.
#pragma once

#include <vector>

#include "server/jobs/job.h"

namespace jianwei::server {

std::vector<JobKind> panel_job_kinds();

}  // namespace jianwei::server
