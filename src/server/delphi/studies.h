// The Delphi studies of each workspace, opened once a server.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "server/workspaces.h"
#include "workflow/delphi/desk.h"

namespace jianwei::server {

class DelphiStudies {
 public:
  explicit DelphiStudies(const WorkspaceCache& workspaces) : workspaces_(workspaces) {}

  // Stays valid as long as this object. Errors: not_found; unavailable; corrupt
  Result<workflow::Delphi*> open(std::string_view workspace);

 private:
  const WorkspaceCache& workspaces_;
  std::mutex mutex_;  // protects open_
  std::map<std::string, std::unique_ptr<workflow::Delphi>, std::less<>> open_;
};

}  // namespace jianwei::server
