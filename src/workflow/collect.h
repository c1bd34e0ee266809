// Live collection into a workspace: pages of a public service go through the readers into one batch; the state that lets the next call go on is
// stored with the workspace.
#pragma once

#include <string>
#include <string_view>

#include "base/progress.h"
#include "sources/live/collect.h"
#include "workflow/import_report.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct CollectRequest {
  std::string source;               // openalex, crossref, arxiv, europepmc, nsf, or the address of a feed
  sources::CollectQuery query;
  sources::CollectSettings settings;
};

// Errors: invalid_input  neither a service nor the http(s) address of a feed: lists the services
Result<> check_collect_source(std::string_view source);

// Errors: those of sources::collect; what came before an error is stored, and the next call goes on behind it.
Result<ImportReport> collect_records(Workspace& workspace, const CollectRequest& request, Progress& progress);

}  // namespace jianwei::workflow
