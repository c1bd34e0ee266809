#include "server/workspaces.h"

#include <algorithm>

#include "base/strings.h"
#include "workflow/judgement/judged_stage.h"
#include "workflow/run/run.h"

namespace jianwei::server {

Result<std::unique_ptr<WorkspaceCache>> WorkspaceCache::open(const std::vector<std::filesystem::path>& folders) {
  auto cache = std::make_unique<WorkspaceCache>();
  for (const std::filesystem::path& folder : folders) TRY(cache->add(folder));
  return cache;
}

Result<> WorkspaceCache::add(const std::filesystem::path& folder) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::canonical(folder, error);
  if (error) return fail(ErrorKind::not_found, "{}: no such folder; make a workspace with: jianwei init {}", folder.string(), folder.string());
  TRY(workflow::open_workspace(absolute));
  const std::string id = absolute.filename().string();
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  if (found != entries_.end() && found->second->folder == absolute) return {};
  if (found != entries_.end()) return fail(ErrorKind::conflict, "{} and {} have the same name; rename one of the folders", found->second->folder.string(), absolute.string());
  auto entry = std::make_unique<Entry>();
  entry->folder = absolute;
  entries_.emplace(id, std::move(entry));
  order_.push_back(id);
  return {};
}

std::vector<std::string> WorkspaceCache::add_all_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.is_directory(error) && !entry.is_symlink(error) && std::filesystem::exists(entry.path() / "app.db", error)) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> problems;
  for (const std::filesystem::path& one : found) {
    if (const Result<> added = add(one); !added) problems.push_back(added.error().message);
  }
  return problems;
}

std::vector<std::string> WorkspaceCache::ids() const {
  const std::lock_guard lock(mutex_);
  return order_;
}

Result<WorkspaceCache::Entry*> WorkspaceCache::find(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  if (found == entries_.end()) return fail(ErrorKind::not_found, "no workspace \"{}\"; there are: {}", id, join(order_, ", "));
  return found->second.get();  // entries are never removed
}

Result<std::filesystem::path> WorkspaceCache::folder(std::string_view id) const { return TRY(find(id))->folder; }

Result<workflow::Workspace> WorkspaceCache::open_to_read(std::string_view id) const { return open_shared(*TRY(find(id))); }

Result<workflow::Workspace> WorkspaceCache::open_shared(Entry& entry) {
  store::LakeOptions options;
  {
    const std::lock_guard lock(entry.database_mutex);
    if (entry.database == nullptr) entry.database = std::make_shared<store::Database>(TRY(TRY(workflow::open_workspace(entry.folder)).lake.open_database(1)));
    options.database = entry.database;
  }
  return workflow::open_workspace(entry.folder, options);
}

Result<workflow::Workspace> WorkspaceCache::open_to_write(std::string_view id, std::string_view command) const {
  return workflow::open_workspace(TRY(find(id))->folder, {.access = store::Access::write, .command = std::string(command), .wait_seconds = 10});
}

Result<workflow::Workspace> WorkspaceCache::open_for_job(std::string_view id, std::string_view command, const Progress& progress) const {
  return workflow::open_workspace(TRY(find(id))->folder, {.access = store::Access::write, .command = std::string(command), .wait_seconds = 1e9, .progress = &progress});
}

Result<std::string> WorkspaceCache::read_version(Entry& entry) {
  // Other programs write too; asking the catalogue twice a second is enough to see it.
  const auto now = std::chrono::steady_clock::now();
  if (!entry.version.empty() && now - entry.version_read_at < std::chrono::milliseconds(500)) return entry.version;
  const workflow::Workspace workspace = TRY(workflow::open_workspace(entry.folder));
  std::string version = "none";
  for (const store::RunRow& run : TRY(workspace.lake.app().runs())) {
    if (run.status != "finished") continue;
    version = fmt::format("{}", run.id);
    break;
  }
  const auto snapshot = workspace.lake.latest_snapshot();
  version += "." + (snapshot ? snapshot->id : std::string("empty"));
  if (const std::string judged = workflow::digest_of(TRY(workflow::standing_judgements(workspace))); !judged.empty()) version += "." + judged;
  entry.version = version;
  entry.version_read_at = now;
  return version;
}

Result<std::string> WorkspaceCache::version(std::string_view id) {
  Entry* entry = TRY(find(id));
  const std::lock_guard lock(entry->mutex);
  return read_version(*entry);
}

Result<std::shared_ptr<const workflow::StudyResult>> WorkspaceCache::result(std::string_view id) {
  Entry* entry = TRY(find(id));
  const std::lock_guard lock(entry->mutex);
  const std::string version = TRY(read_version(*entry));
  if (entry->result && entry->result_version == version) return entry->result;
  workflow::Workspace workspace = TRY(workflow::open_workspace(entry->folder));
  entry->result = std::make_shared<workflow::StudyResult>(TRY(workflow::load_latest_run(workspace)));
  entry->result_version = version;
  return entry->result;
}

void WorkspaceCache::changed(std::string_view id) {
  const auto entry = find(id);
  if (!entry) return;
  const std::lock_guard lock((*entry)->mutex);
  (*entry)->version.clear();
}

void WorkspaceCache::forget(std::string_view id) {
  const auto entry = find(id);
  if (!entry) return;
  {
    const std::lock_guard lock((*entry)->mutex);
    (*entry)->result.reset();
    (*entry)->version.clear();
  }
  {
    const std::lock_guard lock((*entry)->database_mutex);
    (*entry)->database.reset();
  }
  const std::lock_guard lock(tell_mutex_);
  if (tell_) tell_(id);
}

void WorkspaceCache::when_forgotten(std::function<void(std::string_view)> tell) {
  const std::lock_guard lock(tell_mutex_);
  tell_ = std::move(tell);
}

}  // namespace jianwei::server
