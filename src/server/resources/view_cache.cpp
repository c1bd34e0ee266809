#include "server/resources/view_cache.h"

#include "workflow/links/study_links.h"

namespace jianwei::server {

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

Result<std::shared_ptr<const workflow::KnowledgeIndex>> ViewCache::knowledge(std::string_view workspace) {
  const std::string version = TRY(workspaces_.version(workspace));
  return entry(workspace).knowledge.get(version, [&]() -> Result<std::shared_ptr<const workflow::KnowledgeIndex>> {
    const std::shared_ptr<const workflow::StudyResult> result = TRY(workspaces_.result(workspace));
    Progress progress;
    return std::make_shared<const workflow::KnowledgeIndex>(TRY(workflow::build_knowledge(TRY(workspaces_.open_to_read(workspace)), *result, {}, progress)));
  });
}

}  // namespace jianwei::server
