// Any network of a study, built when it is asked for: chosen items, counting and similarity.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/graph/networks.h"
#include "base/progress.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct NetworkRequest {
  std::optional<analysis::Counting> counting;      // unset: as is usual for the network (see docs/methods/networks.md)
  std::optional<analysis::Similarity> similarity;
  std::int32_t node_count = 500;                   // the most frequent items (coupling: the most strongly linked); 0: all
  std::int32_t min_count = 1;                      // items of fewer documents are left out
  std::int32_t neighbors_per_node = 0;             // 0: all edges
  int thread_count = 0;
  bool plain() const { return !counting && !similarity && node_count == 500 && min_count == 1 && neighbors_per_node == 0; }
};

// term-network, citation-network, co-citation-network, coupling-network, author-network, organisation-network, country-network, class-network
const std::vector<std::string>& network_names();

// Errors: not_found  the records lack what the network is made of: says which field;  invalid_input  unknown name;  cancelled
Result<NetworkResult> make_network(const Workspace& workspace, const StudyResult& result, std::string_view name, const NetworkRequest& request, Progress& progress);

}  // namespace jianwei::workflow
