// What pages look things up in, made once for each state of a workspace and shared by all who read it.
#pragma once

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/workspaces.h"
#include "workflow/retrieval/search_index.h"
#include "workflow/views/data_profile.h"
#include "workflow/views/knowledge.h"
#include "workflow/views/result_index.h"

namespace jianwei::server {

class ViewCache {
 public:
  // Prepares every workspace at once, and again when a run or an import has landed.
  explicit ViewCache(WorkspaceCache& workspaces);

  // Of the newest finished run. Errors: not_found  no such workspace, no run yet; corrupt
  Result<std::shared_ptr<const workflow::ResultIndex>> index(std::string_view workspace);
  // Of the newest snapshot; works without a run and without records. Errors: not_found  no such workspace; corrupt
  Result<std::shared_ptr<const workflow::DataProfile>> profile(std::string_view workspace);
  // Errors: not_found  no records
  Result<std::shared_ptr<const workflow::SearchIndex>> search_index(std::string_view workspace);
  // Entities and relations of the newest run: read out of all texts by a thread of their own, which the first question, or prepare(), starts.
  // Errors: as index(), and as build_knowledge(); unavailable  not ready within a few seconds: ask again
  Result<std::shared_ptr<const workflow::KnowledgeIndex>> knowledge(std::string_view workspace);
  // The body of an answer that costs more than a moment, made once for each state of the workspace: `key` names path, query and language.
  // At most kKeptBytes a workspace are kept; beyond them bodies are made and not kept.
  Result<std::shared_ptr<const std::string>> body(std::string_view workspace, const std::string& key, const std::function<Result<std::string>()>& make);
  // Starts what takes long (indexes of the run and of the search, profile, lists of actors, S-curves, indicators, knowledge), so that it is there when it is asked
  // for; one workspace after the other. Returns at once.
  void prepare(std::string_view workspace);

  ~ViewCache();  // stops what is being made
  ViewCache(const ViewCache&) = delete;
  ViewCache& operator=(const ViewCache&) = delete;

 private:
  using MadeKnowledge = Result<std::shared_ptr<const workflow::KnowledgeIndex>>;
  // Knowledge being made, or made.
  struct Making {
    std::mutex mutex;               // protects the rest
    std::string version;
    std::shared_ptr<Progress> progress;
    std::shared_future<MadeKnowledge> value;
    std::vector<std::shared_future<MadeKnowledge>> older;  // cancelled and not ended yet: letting go of one would wait for it
  };
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
  struct Bodies {
    std::mutex mutex;               // protects the rest; not held while a body is made
    std::string version;
    std::size_t bytes = 0;
    std::unordered_map<std::string, std::shared_ptr<const std::string>> kept;
  };
  struct Entry {
    Bodies bodies;
    Slot<workflow::ResultIndex> index;
    Slot<workflow::DataProfile> profile;
    Slot<workflow::SearchIndex> search;
    Making knowledge;
  };
  Entry& entry(std::string_view workspace);
  Result<std::shared_future<MadeKnowledge>> start_knowledge(std::string_view workspace);
  MadeKnowledge make_knowledge(const std::string& workspace, Progress& progress);

  WorkspaceCache& workspaces_;
  std::mutex making_;  // held by the one thread that prepares
  std::mutex mutex_;  // protects the map, not its entries
  std::map<std::string, std::unique_ptr<Entry>, std::less<>> entries_;
};

}  // namespace jianwei::server
