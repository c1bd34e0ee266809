#include "store/lake.h"

#include <unistd.h>

#include <algorithm>
#include <set>

#include "base/log.h"

namespace jianwei::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFolders[] = {"lake/records", "lake/merged", "lake/links", "lake/citations", "lake/runs", "rejects", "products"};

// Sorts of a million wide rows want more than the least; the limit never changes a result.
std::int64_t memory_limit() {
  constexpr std::int64_t kLeast = std::int64_t{512} << 20;
  constexpr std::int64_t kMost = std::int64_t{3} << 30;
  return std::clamp(std::int64_t{::sysconf(_SC_PHYS_PAGES)} * ::sysconf(_SC_PAGE_SIZE) / 8, kLeast, kMost);
}

Result<> make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be made: {}", path.string(), error.message());
  return {};
}

// Removes the files of a folder that are not in `named` (relative paths).
void sweep_folder(const fs::path& root, std::string_view folder, const std::set<std::string>& named) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(root / folder, error)) {
    const std::string relative = std::string(folder) + "/" + entry.path().filename().string();
    if (named.contains(relative)) continue;
    log_debug("sweeping {}, which no row of app.db names", relative);
    fs::remove(entry.path(), error);
  }
}

}  // namespace

Result<> Lake::create(const fs::path& root) {
  for (const std::string_view folder : kFolders) TRY(make_folder(root / folder));
  TRY(AppDb::open(root / "app.db", true));
  return {};
}

Result<Lake> Lake::open(const fs::path& root, const LakeOptions& options) {
  std::error_code error;
  if (!fs::exists(root / "app.db", error)) {
    return fail(ErrorKind::not_found, "{} is not a workspace; make one with: jianwei init {}", root.string(), root.string());
  }
  std::optional<WriterLock> lock;
  if (options.access == Access::write) {
    lock.emplace(TRY(WriterLock::acquire(root / ".lock", options.command, options.wait_seconds, options.progress)));
  }
  Lake lake(root, TRY(AppDb::open(root / "app.db", false)));
  lake.lock_ = std::move(lock);
  lake.database_ = options.database;
  if (lake.writable()) TRY(lake.sweep());
  return lake;
}

Result<> Lake::sweep() const {
  for (const std::string_view folder : kFolders) TRY(make_folder(root_ / folder));
  std::set<std::string> named;
  for (const PartRow& part : TRY(app_->parts())) named.insert(part.path);
  sweep_folder(root_, "lake/records", named);
  named.clear();
  for (const SnapshotRow& snapshot : TRY(app_->snapshots())) {
    named.insert(snapshot.merged_path);
    named.insert(snapshot.links_path);
    named.insert(snapshot.citations_path);
  }
  for (const std::string_view folder : {"lake/merged", "lake/links", "lake/citations"}) sweep_folder(root_, folder, named);
  std::error_code error;
  for (fs::recursive_directory_iterator entry(root_ / "lake/runs", error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == ".part") fs::remove(entry->path(), error);
  }
  fs::remove_all(root_ / ".tmp", error);
  return {};
}

Result<Database> Lake::open_database(int thread_count) const {
  DatabaseOptions options;
  options.thread_count = thread_count;
  options.memory_limit_bytes = memory_limit();
  options.temp_directory = root_ / ".tmp";
  return Database::open(options);
}

Result<Connection> Lake::connect() const {
  if (database_ == nullptr) database_ = std::make_shared<Database>(TRY(open_database(1)));
  return database_->connect();
}

Result<std::vector<fs::path>> Lake::record_files() const {
  std::vector<fs::path> files;
  std::error_code error;
  for (const PartRow& part : TRY(app_->parts())) {
    files.push_back(root_ / part.path);
    if (!fs::exists(files.back(), error)) {
      return fail(ErrorKind::corrupt, "{} is missing, though batch {} names it: restore it from a backup", files.back().string(), part.batch_id);
    }
  }
  return files;
}

Result<SnapshotRow> Lake::latest_snapshot() const {
  std::vector<SnapshotRow> snapshots = TRY(app_->snapshots());
  if (snapshots.empty()) {
    return fail(ErrorKind::not_found, "{} holds no records yet; import some with: jianwei import {} PATH", root_.string(), root_.string());
  }
  return std::move(snapshots.back());
}

std::string part_path(std::int64_t batch_id, std::int64_t part) { return fmt::format("lake/records/b{:06}-{:04}.parquet", batch_id, part); }
std::string merged_path(std::string_view snapshot_id) { return fmt::format("lake/merged/{}.parquet", snapshot_id); }
std::string links_path(std::string_view snapshot_id) { return fmt::format("lake/links/{}.parquet", snapshot_id); }
std::string citations_path(std::string_view snapshot_id) { return fmt::format("lake/citations/{}.parquet", snapshot_id); }

}  // namespace jianwei::store
