// A workspace: one folder with its settings (jianwei.toml) and its storage (store/lake.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "store/lake.h"

namespace jianwei::workflow {

// [encoder] of jianwei.toml; docs/encoders.md lists the keys.
struct EncoderSettings {
  std::string url;                    // of the embeddings endpoint, http or https; "" = none, nothing is sent anywhere
  std::string model;
  std::string key_variable;           // environment variable that holds its key; "" = it asks for none
  std::int64_t batch = 64;            // texts a request, [1, 2048]
  std::int64_t max_bytes = 2'000;     // of a text that is sent, [16, 20000]
  std::int64_t timeout_seconds = 120; // of one answer, [1, 3600]
  std::int64_t tries = 5;             // of one request, [1, 20]
};

struct WorkspaceSettings {
  std::string name;             // "" = the folder's name
  std::string language = "zh";  // of reports: zh or en
  EncoderSettings encoder;
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
