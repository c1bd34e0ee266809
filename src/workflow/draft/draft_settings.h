// [draft] of jianwei.toml: a language model that drafts labels and summaries. Without it nothing is sent anywhere.
#pragma once

#include <cstdint>
#include <string>

#include "workflow/workspace.h"

namespace jianwei::workflow {

struct DraftSettings {
  std::string url;                     // of an OpenAI-compatible endpoint, ".../v1/chat/completions"; "" = off
  std::string model;
  std::string key_variable, key_file;  // environment variable or file that holds its key; both "" = it asks for none
  std::int64_t records = 12;           // of a topic that are sent, [1, 40]
  std::int64_t max_bytes = 1'000;      // of each, [100, 8000]
  std::int64_t timeout_seconds = 180;  // [1, 3600]
  bool is_set() const { return !url.empty(); }
};

// Errors: invalid_input  names the file, the line and the key
Result<DraftSettings> draft_settings(const Workspace& workspace);

// Errors: forbidden  they are not set: says what to write
Result<> require_drafts(const DraftSettings& settings);

}  // namespace jianwei::workflow
