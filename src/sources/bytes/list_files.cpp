#include <algorithm>
#include <system_error>

#include "sources/open.h"

namespace jianwei::sources {
namespace {

bool is_ignored(const std::string& name) { return name.starts_with('.') || name.starts_with("README") || name.starts_with("LICENSE"); }

}  // namespace

Result<std::vector<std::filesystem::path>> list_files(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (path == "-") return std::vector<fs::path>{path};
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return fail(ErrorKind::not_found, "{}: no such file or folder", path.string());
  if (!fs::is_directory(status)) return std::vector<fs::path>{path};

  std::vector<fs::path> files;
  auto entry = fs::recursive_directory_iterator(path, fs::directory_options::follow_directory_symlink, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    // A link to a folder above itself would go round for ever.
    if (entry.depth() > 64) return fail(ErrorKind::invalid_input, "{}: folders nest deeper than 64 levels", entry->path().string());
    std::error_code ignored;
    if (is_ignored(entry->path().filename().string())) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file(ignored)) {
      files.push_back(entry->path());
    }
  }
  if (error) return fail(ErrorKind::unavailable, "{}: {}", path.string(), error.message());
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
  return files;
}

}  // namespace jianwei::sources
