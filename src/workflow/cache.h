// What can be made again, kept in WS/cache until what it depends on changes: one file a thing, with the fingerprint it was made for.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "workflow/run/archive.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

inline std::filesystem::path cache_path(const Workspace& workspace, std::string_view what) { return workspace.root() / "cache" / (std::string(what) + ".bin"); }

// False: nothing is kept for the fingerprint, or it is damaged; `value` is then to be made again from its default.
template <class T>
bool read_cache(const Workspace& workspace, std::string_view what, const std::string& fingerprint, T& value) {
  const auto payload = read_artifact(cache_path(workspace, what), fingerprint);
  if (!payload || !*payload) return false;
  ArchiveReader reader(**payload);
  reader(value);
  return reader.ok();
}

// A reader of a workspace that it may not write keeps nothing: the thing is made anew at the next call.
template <class T>
void write_cache(const Workspace& workspace, std::string_view what, const std::string& fingerprint, T& value) {
  std::error_code error;
  std::filesystem::create_directories(workspace.root() / "cache", error);
  ArchiveWriter writer;
  writer(value);
  const Result<> written = write_artifact(cache_path(workspace, what), fingerprint, std::move(writer).take());
  static_cast<void>(written);
}

}  // namespace jianwei::workflow
