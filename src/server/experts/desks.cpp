#include "server/experts/desks.h"

namespace jianwei::server {

ExpertDesks::Desk& ExpertDesks::find(std::string_view workspace) {
  const std::lock_guard lock(mutex_);
  auto found = desks_.find(workspace);
  if (found == desks_.end()) found = desks_.emplace(std::string(workspace), std::make_unique<Desk>()).first;
  return *found->second;
}

Result<store::ExpertDb*> ExpertDesks::db(std::string_view workspace) {
  const std::filesystem::path folder = TRY(workspaces_.folder(workspace));
  Desk& desk = find(workspace);
  const std::lock_guard lock(desk.mutex);
  if (!desk.db) desk.db = TRY(workflow::open_experts(folder));
  return desk.db.get();
}

Result<workflow::Delphi*> ExpertDesks::delphi(std::string_view workspace) {
  const std::filesystem::path folder = TRY(workspaces_.folder(workspace));
  Desk& desk = find(workspace);
  const std::lock_guard lock(desk.mutex);
  if (!desk.delphi) desk.delphi = std::make_unique<workflow::Delphi>(TRY(workflow::open_delphi(folder)));
  return desk.delphi.get();
}

Result<std::shared_ptr<const workflow::People>> ExpertDesks::people(std::string_view workspace) {
  const workflow::Workspace opened = TRY(workspaces_.open_to_read(workspace));
  const auto snapshot = opened.lake.latest_snapshot();
  Desk& desk = find(workspace);
  const std::lock_guard lock(desk.mutex);
  if (desk.people && (!snapshot || desk.people_snapshot == snapshot->id)) return desk.people;
  Progress progress;
  desk.people = TRY(workflow::load_people(opened, progress));
  desk.people_snapshot = snapshot ? snapshot->id : "";
  return desk.people;
}

Result<std::shared_ptr<const workflow::SearchIndex>> ExpertDesks::index(std::string_view workspace) {
  const workflow::Workspace opened = TRY(workspaces_.open_to_read(workspace));
  const store::SnapshotRow snapshot = TRY(opened.lake.latest_snapshot());
  Desk& desk = find(workspace);
  const std::lock_guard lock(desk.mutex);
  if (desk.index && desk.index_snapshot == snapshot.id) return desk.index;
  Progress progress;
  desk.index = std::make_shared<const workflow::SearchIndex>(TRY(workflow::open_search_index(opened, progress, 0)));
  desk.index_snapshot = snapshot.id;
  return desk.index;
}

}  // namespace jianwei::server
