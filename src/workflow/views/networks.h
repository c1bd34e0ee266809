// The networks of a run, seen from one node: never the whole of it at once.
#pragma once

#include <string>
#include <string_view>

#include "workflow/views/result_index.h"

namespace jianwei::workflow {

// [{"id","nodes","edges","modularity"}]
std::string networks_json(const ResultIndex& index);

struct EgoRequest {
  std::string node;            // an id or a label; "" = the heaviest nodes
  std::size_t neighbours = 20; // of each node, by the weight of the edge
  int depth = 1;               // 1 or 2
};

// The node, its strongest neighbours, and the edges among all of them. Errors: not_found  no such network or node: names near ones
Result<std::string> ego_network_json(const ResultIndex& index, std::string_view network, const EgoRequest& request, std::string_view base);

}  // namespace jianwei::workflow
