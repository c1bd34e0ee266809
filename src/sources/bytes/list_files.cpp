#include <algorithm>
#include <system_error>

#include "sources/open.h"

namespace jianwei::sources {
namespace {

bool is_ignored(const std::string& name) { return name.starts_with('.') || name.starts_with("README") || name.starts_with("LICENSE"); }

// A link to a folder that holds the link itself: following it would go round for ever.
bool leads_upwards(const std::filesystem::directory_entry& entry) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!entry.is_symlink(error) || !entry.is_directory(error)) return false;
  const std::string target = fs::canonical(entry.path(), error).string() + "/";
  const std::string here = fs::canonical(entry.path().parent_path(), error).string() + "/";
  return !error && here.starts_with(target);
}

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
    if (entry.depth() > 64) return fail(ErrorKind::invalid_input, "{}: folders nest deeper than 64 levels", entry->path().string());
    std::error_code ignored;
    if (is_ignored(entry->path().filename().string()) || leads_upwards(*entry)) {
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
