// A workspace: one folder with its settings (jianwei.toml) and its storage (store/lake.h).
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "store/lake.h"

namespace jianwei::workflow {

struct WorkspaceSettings {
  std::string name;             // "" = the folder's name
  std::string language = "zh";  // of reports: zh or en
};

struct Workspace {
  WorkspaceSettings settings;
  store::Lake lake;

  const std::filesystem::path& root() const { return lake.root(); }
};

// Makes an empty workspace. Errors: conflict  there is one already; unavailable
Result<> init_workspace(const std::filesystem::path& root, const WorkspaceSettings& settings);

// Errors: not_found  no workspace; conflict  another process writes (access write only); invalid_input  jianwei.toml cannot be read
Result<Workspace> open_workspace(const std::filesystem::path& root, const store::LakeOptions& options = {});

}  // namespace jianwei::workflow
