// The web pages: every file of a folder, read when the server starts. Only what was read is served, so no path can lead out of the folder.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "server/http/message.h"

namespace jianwei::server {

class StaticFiles {
 public:
  // An absent folder is an empty one.
  static Result<StaticFiles> load(const std::filesystem::path& folder);

  bool empty() const { return files_.empty(); }
  // The file of the request's path; index.html for a path without a dot in its last segment (pages of the application). 404 else.
  Response answer(const Request& request) const;

 private:
  struct File {
    std::string content_type, tag;
    std::shared_ptr<const std::string> bytes;
    std::shared_ptr<const std::string> gzip;  // of file.gz beside it; null: none
  };
  std::map<std::string, File, std::less<>> files_;  // by path, "/index.html"
};

}  // namespace jianwei::server
