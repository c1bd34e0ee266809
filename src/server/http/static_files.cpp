#include "server/http/static_files.h"

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"
#include "base/strings.h"

namespace jianwei::server {
namespace {

std::string_view content_type_of(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".css", "text/css; charset=utf-8"}, {".json", "application/json"},
      {".svg", "image/svg+xml"},             {".png", "image/png"},                     {".ico", "image/x-icon"},           {".woff2", "font/woff2"},
      {".woff", "font/woff"},                {".txt", "text/plain; charset=utf-8"},     {".webmanifest", "application/manifest+json"},
      {".map", "application/json"},          {".wasm", "application/wasm"},             {".geojson", "application/geo+json"}};
  for (const auto& [ending, type] : kTypes) {
    if (name.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

}  // namespace

Result<StaticFiles> StaticFiles::load(const std::filesystem::path& folder) {
  StaticFiles loaded;
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) return loaded;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
    if (!entry.is_regular_file()) continue;
    const std::string path = "/" + entry.path().lexically_relative(folder).generic_string();
    std::string bytes = TRY(read_file(entry.path()));
    const bool packed = path.ends_with(".gz");
    File& file = loaded.files_[packed ? path.substr(0, path.size() - 3) : path];
    (packed ? file.gzip : file.bytes) = std::make_shared<const std::string>(std::move(bytes));
  }
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be read: {}", folder.string(), error.message());
  std::erase_if(loaded.files_, [](const auto& item) { return item.second.bytes == nullptr; });
  for (auto& [path, file] : loaded.files_) {
    file.content_type = content_type_of(path);
    file.tag = fmt::format("\"{:016x}\"", hash64(*file.bytes));
  }
  return loaded;
}

Response StaticFiles::answer(const Request& request) const {
  auto found = files_.find(request.path);
  if (found == files_.end()) {
    const std::string_view last = std::string_view(request.path).substr(request.path.rfind('/') + 1);
    // A page of the application has an address without a dot; one that climbs ("/../") is nobody's.
    if (last.find('.') == std::string_view::npos && request.path.find("/..") == std::string::npos) found = files_.find("/index.html");
  }
  if (found == files_.end()) return problem(404, "not_found", empty() ? "the web pages are not installed (share/jianwei/web); the API is below /api/v1" : "no such page");
  const File& file = found->second;
  Response response;
  response.content_type = file.content_type;
  response.headers.emplace_back("ETag", file.tag);
  // Names below /assets/ hold a hash of their content.
  response.headers.emplace_back("Cache-Control", found->first.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.header("if-none-match") == file.tag) {
    response.status = 304;
    return response;
  }
  response.shared_body = file.bytes;
  if (file.gzip) {
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (request.header("accept-encoding").find("gzip") != std::string_view::npos) {
      response.shared_body = file.gzip;
      response.headers.emplace_back("Content-Encoding", "gzip");
    }
  }
  return response;
}

}  // namespace jianwei::server
