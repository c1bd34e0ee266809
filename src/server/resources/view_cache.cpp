#include "server/resources/view_cache.h"

#include <chrono>

#include "workflow/links/study_links.h"

namespace jianwei::server {
namespace {

constexpr std::size_t kKeptBytes = std::size_t{64} << 20;
constexpr std::chrono::seconds kPatience{5};  // a handler's thread waits no longer

}  // namespace

ViewCache::Entry& ViewCache::entry(std::string_view workspace) {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<Entry>& found = entries_[std::string(workspace)];
  if (!found) found = std::make_unique<Entry>();
  return *found;
}

Result<std::shared_ptr<const workflow::ResultIndex>> ViewCache::index(std::string_view workspace) {
  const std::string version = TRY(workspaces_.version(workspace));
  return entry(workspace).index.get(version, [&]() -> Result<std::shared_ptr<const workflow::ResultIndex>> {
    const std::shared_ptr<const workflow::StudyResult> result = TRY(workspaces_.result(workspace));
    const workflow::Workspace opened = TRY(workspaces_.open_to_read(workspace));
    // Funders are no part of a run. Where the data of its snapshot are gone, a run is shown without them.
    Result<workflow::NamedLists> funders = workflow::load_funders(opened, result->snapshot_id, result->dataset);
    if (!funders && funders.error().kind != ErrorKind::not_found) return tl::unexpected(funders.error());
    if (!funders) return std::make_shared<const workflow::ResultIndex>(result, analysis::IdLists{}, std::vector<std::string>{});
    return std::make_shared<const workflow::ResultIndex>(result, std::move(funders->lists), std::move(funders->names));
  });
}

Result<std::shared_ptr<const workflow::DataProfile>> ViewCache::profile(std::string_view workspace) {
  const std::string version = TRY(workspaces_.version(workspace));
  return entry(workspace).profile.get(version, [&]() -> Result<std::shared_ptr<const workflow::DataProfile>> {
    return std::make_shared<const workflow::DataProfile>(TRY(workflow::profile_data(TRY(workspaces_.open_to_read(workspace)))));
  });
}

Result<std::shared_ptr<const workflow::SearchIndex>> ViewCache::search_index(std::string_view workspace) {
  const std::string version = TRY(workspaces_.version(workspace));
  return entry(workspace).search.get(version, [&]() -> Result<std::shared_ptr<const workflow::SearchIndex>> {
    Progress progress;
    return std::make_shared<const workflow::SearchIndex>(TRY(workflow::open_search_index(TRY(workspaces_.open_to_read(workspace)), progress, 0)));
  });
}

ViewCache::ViewCache(WorkspaceCache& workspaces) : workspaces_(workspaces) {
  for (const std::string& id : workspaces_.ids()) prepare(id);
  workspaces_.when_forgotten([this](std::string_view id) { prepare(id); });
}

// What pages wait for comes first, what is read out of all texts last. A failure is told to whoever asks for the thing itself.
ViewCache::MadeKnowledge ViewCache::make_knowledge(const std::string& id, Progress& progress) {
  const std::lock_guard turn(making_);
  TRY(progress.check());
  static_cast<void>(profile(id));
  static_cast<void>(search_index(id));
  const std::shared_ptr<const workflow::ResultIndex> shown = TRY(index(id));
  for (const workflow::ActorKind kind : {workflow::ActorKind::organisation, workflow::ActorKind::person}) static_cast<void>(shown->actors(kind));
  shown->fit_curves(progress);
  TRY(progress.check());
  static_cast<void>(shown->topic_years());
  const workflow::Workspace opened = TRY(workspaces_.open_to_read(id));
  return std::make_shared<const workflow::KnowledgeIndex>(TRY(workflow::build_knowledge(opened, shown->result(), {}, progress)));
}

Result<std::shared_future<ViewCache::MadeKnowledge>> ViewCache::start_knowledge(std::string_view workspace) {
  const std::string version = TRY(workspaces_.version(workspace));
  Making& making = entry(workspace).knowledge;
  const std::lock_guard lock(making.mutex);
  if (making.value.valid() && making.version == version) return making.value;
  if (making.progress) making.progress->cancel();  // of an older run
  std::erase_if(making.older, [](const auto& one) { return one.wait_for(std::chrono::seconds(0)) == std::future_status::ready; });
  if (making.value.valid()) making.older.push_back(std::move(making.value));
  making.version = version;
  making.progress = std::make_shared<Progress>();
  making.value = std::async(std::launch::async, [this, id = std::string(workspace), progress = making.progress] { return make_knowledge(id, *progress); }).share();
  return making.value;
}

Result<std::shared_ptr<const workflow::KnowledgeIndex>> ViewCache::knowledge(std::string_view workspace) {
  const std::shared_future<MadeKnowledge> value = TRY(start_knowledge(workspace));
  if (value.wait_for(kPatience) != std::future_status::ready) {
    return fail(ErrorKind::unavailable, "the knowledge graph of this run is being read out of its texts: ask again in a moment");
  }
  return value.get();
}

Result<std::shared_ptr<const std::string>> ViewCache::body(std::string_view workspace, const std::string& key, const std::function<Result<std::string>()>& make) {
  const std::string version = TRY(workspaces_.version(workspace));
  Bodies& bodies = entry(workspace).bodies;
  {
    const std::lock_guard lock(bodies.mutex);
    if (bodies.version != version) {
      bodies.kept.clear();
      bodies.bytes = 0;
      bodies.version = version;
    }
    if (const auto found = bodies.kept.find(key); found != bodies.kept.end()) return found->second;
  }
  auto made = std::make_shared<const std::string>(TRY(make()));
  const std::lock_guard lock(bodies.mutex);
  if (bodies.version == version && bodies.bytes + made->size() <= kKeptBytes && bodies.kept.try_emplace(key, made).second) bodies.bytes += made->size();
  return made;
}

void ViewCache::prepare(std::string_view workspace) { static_cast<void>(start_knowledge(workspace)); }

ViewCache::~ViewCache() {
  workspaces_.when_forgotten({});
  for (auto& [id, one] : entries_) {
    const std::lock_guard lock(one->knowledge.mutex);
    if (one->knowledge.progress) one->knowledge.progress->cancel();
  }
  for (auto& [id, one] : entries_) {
    if (one->knowledge.value.valid()) one->knowledge.value.wait();  // it uses this object
    for (const auto& older : one->knowledge.older) older.wait();
  }
}

}  // namespace jianwei::server
