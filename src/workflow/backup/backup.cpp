#include "workflow/backup/backup.h"

#include <unistd.h>

#include <algorithm>

#include "store/ledger_place.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

bool is_database(const fs::path& path) { return path.extension() == ".db"; }

// What belongs to a running process and not to the data.
bool is_passing(const fs::path& relative) {
  const std::string name = relative.filename().string(), text = relative.generic_string();
  return name.starts_with('.') || name.ends_with(".part") || name.ends_with("-wal") || name.ends_with("-shm") || name == "lock" || text.starts_with("server/uploads") || text.starts_with("server/backups") ||
         text == "server/first-run-secret";
}

// The files of the workspace as links, its databases as copies, below `staged`. Gives false when a file went away meanwhile: then the copy of
// the catalogue may name it, and all is done again.
Result<bool> stage(const fs::path& root, const fs::path& staged) {
  std::error_code error;
  fs::remove_all(staged, error);
  fs::create_directories(staged, error);
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be made: {}", staged.string(), error.message());
  // The catalogue first: what it names is there now, and later files do no harm.
  std::vector<fs::path> databases, files;
  for (auto entry = fs::recursive_directory_iterator(root, error), end = fs::recursive_directory_iterator(); !error && entry != end; entry.increment(error)) {
    const fs::path relative = entry->path().lexically_relative(root);
    if (is_passing(relative)) {
      if (entry->is_directory(error)) entry.disable_recursion_pending();
      continue;
    }
    if (entry->is_regular_file(error)) (is_database(relative) ? databases : files).push_back(relative);
  }
  if (error) return false;
  for (const fs::path& relative : databases) {
    fs::create_directories((staged / relative).parent_path(), error);
    TRY(store::copy_database(root / relative, staged / relative));
  }
  for (const fs::path& relative : files) {
    fs::create_directories((staged / relative).parent_path(), error);
    fs::create_hard_link(root / relative, staged / relative, error);
    if (error == std::errc::no_such_file_or_directory) return false;
    if (error) fs::copy_file(root / relative, staged / relative, error);  // a file system without links
    if (error) return fail(ErrorKind::unavailable, "{}: cannot be held: {}", (root / relative).string(), error.message());
  }
  return true;
}

// A backup stands alone: judgements kept in a team's database come into the copy.
Result<> gather_ledger(const fs::path& staged) {
  TRY(store::copy_ledger_home(staged / "app.db"));
  return {};
}

// Every file the staged catalogue names is there.
Result<bool> is_whole(const fs::path& staged) {
  store::AppDb app = TRY(store::AppDb::open(staged / "app.db", false));
  std::vector<std::string> named;
  for (const store::PartRow& part : TRY(app.parts())) named.push_back(part.path);
  for (const store::SnapshotRow& snapshot : TRY(app.snapshots())) named.insert(named.end(), {snapshot.merged_path, snapshot.links_path, snapshot.citations_path});
  std::error_code ignored;
  return std::all_of(named.begin(), named.end(), [&](const std::string& path) { return path.empty() || fs::exists(staged / path, ignored); });
}

struct RemoveAtEnd {
  fs::path folder;
  ~RemoveAtEnd() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
};

}  // namespace

Result<store::BackupManifest> backup_workspace(const fs::path& root, const fs::path& file, Progress& progress) {
  store::BackupManifest about;
  about.workspace = TRY(open_workspace(root)).settings.name;
  about.program_version = JIANWEI_VERSION;
  about.created_at = store::utc_now();
  std::error_code error;
  if (fs::exists(file, error)) return fail(ErrorKind::conflict, "{} is there already: name another file", file.string());

  const RemoveAtEnd staged{root / fmt::format(".backup-{}", ::getpid())};
  bool whole = false;
  for (int attempt = 0; attempt < 5 && !whole; ++attempt) {
    TRY(progress.check());
    whole = TRY(stage(root, staged.folder)) && TRY(is_whole(staged.folder));
  }
  if (!whole) return fail(ErrorKind::conflict, "{}: files came and went five times in a row: try again when the running import or merge has ended", root.string());
  TRY(gather_ledger(staged.folder));
  TRY(store::write_backup(staged.folder, about, file, progress));
  return store::read_backup(file, {}, progress);
}

Result<store::BackupManifest> restore_workspace(const fs::path& file, const fs::path& root, Progress& progress) {
  std::error_code error;
  if (fs::exists(root, error) && !fs::is_empty(root, error)) return fail(ErrorKind::conflict, "{} is there already: restore into a new folder", root.string());
  fs::path making = root;
  if (!making.has_filename()) making = making.parent_path();
  making += fmt::format(".restoring-{}", ::getpid());
  const RemoveAtEnd unfinished{making};
  fs::create_directories(making, error);
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be made: {}", making.string(), error.message());
  store::BackupManifest manifest = TRY(store::read_backup(file, making, progress));
  for (const store::BackupEntry& entry : manifest.files) {
    if (is_database(entry.path)) TRY(store::check_database(making / entry.path));
  }
  TRY(open_workspace(making));
  fs::remove(root, error);  // an empty folder
  fs::rename(making, root, error);
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be made: {}", root.string(), error.message());
  return manifest;
}

}  // namespace jianwei::workflow
