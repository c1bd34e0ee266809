#include "server/delphi/studies.h"

namespace jianwei::server {

Result<workflow::Delphi*> DelphiStudies::open(std::string_view workspace) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(workspace);
  if (found != open_.end()) return found->second.get();
  auto delphi = std::make_unique<workflow::Delphi>(TRY(workflow::open_delphi(TRY(workspaces_.folder(workspace)))));
  return open_.emplace(std::string(workspace), std::move(delphi)).first->second.get();
}

}  // namespace jianwei::server
