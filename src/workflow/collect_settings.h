// Which services this workspace may call by itself: [collect] of jianwei.toml. Without it nothing is collected unless a command says --online.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/live/collect.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct CollectPermit {
  std::vector<std::string> sources;  // openalex, crossref, ..., or the address of a feed
  std::string contact;               // e-mail address or page: services ask who calls
  std::string key_variable;          // environment variable that holds the user's key; "" = none
  std::string url;                   // asked instead of the service's own address: a mirror in the house; "" = none
  bool allows(std::string_view source) const;
};

// Nothing allowed when there is no [collect]. Errors: invalid_input  names the file, the line and the key
Result<CollectPermit> collect_permit(const Workspace& workspace);

// How a source may be called. Errors: forbidden  it is not named in [collect]: says what to write there; invalid_input  the key is not set
Result<sources::CollectSettings> permitted_collection(const Workspace& workspace, std::string_view source);

}  // namespace jianwei::workflow
