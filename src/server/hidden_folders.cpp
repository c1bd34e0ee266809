#include "server/hidden_folders.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace jianwei::server {

std::string hide_folders(const Services& services, std::string message) {
  if (message.find('/') == std::string::npos) return message;
  std::vector<std::pair<std::string, std::string>> names = {{services.state.string(), "server"}};
  std::error_code error;
  const std::filesystem::path state = std::filesystem::weakly_canonical(services.state, error);
  if (!error) names.emplace_back(state.string(), "server");
  if (!services.sign_on.workspaces.empty()) names.emplace_back(services.sign_on.workspaces.string(), "workspaces");
  for (const std::string& id : services.workspaces.ids()) {
    if (const auto folder = services.workspaces.folder(id)) names.emplace_back(folder->string(), id);
  }
  // The longest first: the state may lie in a workspace.
  std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  for (const auto& [folder, name] : names) {
    if (folder.size() < 2 || folder.front() != '/') continue;
    for (std::size_t at = message.find(folder); at != std::string::npos; at = message.find(folder, at + name.size())) message.replace(at, folder.size(), name);
  }
  return message;
}

}  // namespace jianwei::server
