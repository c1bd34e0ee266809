// What pages look things up in, made once for each state of a workspace and shared by all who read it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "server/workspaces.h"
#include "workflow/retrieval/search_index.h"
#include "workflow/views/data_profile.h"
#include "workflow/views/knowledge.h"
#include "workflow/views/result_index.h"

namespace jianwei::server {

class ViewCache {
 public:
  explicit ViewCache(WorkspaceCache& workspaces) : workspaces_(workspaces) {}

  // Of the newest finished run. Errors: not_found  no such workspace, no run yet; corrupt
  Result<std::shared_ptr<const workflow::ResultIndex>> index(std::string_view workspace);
  // Of the newest snapshot; works without a run and without records. Errors: not_found  no such workspace; corrupt
  Result<std::shared_ptr<const workflow::DataProfile>> profile(std::string_view workspace);
  // Errors: not_found  no records
  Result<std::shared_ptr<const workflow::SearchIndex>> search_index(std::string_view workspace);
  // Entities and relations of the newest run. Errors: as index(), and as build_knowledge()
  Result<std::shared_ptr<const workflow::KnowledgeIndex>> knowledge(std::string_view workspace);

 private:
  // One value and the state it was made of. Whoever comes while it is made waits for it.
  template <class T>
  struct Slot {
    std::mutex mutex;
    std::string version;
    std::shared_ptr<const T> value;
    template <class Make>
    Result<std::shared_ptr<const T>> get(const std::string& wanted, Make make) {
      const std::lock_guard lock(mutex);
      if (value == nullptr || version != wanted) {
        value = TRY(make());
        version = wanted;
      }
      return value;
    }
  };
  struct Entry {
    Slot<workflow::ResultIndex> index;
    Slot<workflow::DataProfile> profile;
    Slot<workflow::SearchIndex> search;
    Slot<workflow::KnowledgeIndex> knowledge;
  };
  Entry& entry(std::string_view workspace);

  WorkspaceCache& workspaces_;
  std::mutex mutex_;  // protects the map, not its entries
  std::map<std::string, std::unique_ptr<Entry>, std::less<>> entries_;
};

}  // namespace jianwei::server
