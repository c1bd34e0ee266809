// The expert library of each workspace, opened once a server, and the people of its newest snapshot, read again when the snapshot changes.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "server/workspaces.h"
#include "workflow/delphi/desk.h"
#include "workflow/expert_library/roster.h"
#include "workflow/retrieval/search_index.h"

namespace jianwei::server {

class ExpertDesks {
 public:
  explicit ExpertDesks(const WorkspaceCache& workspaces) : workspaces_(workspaces) {}

  // Both stay valid as long as this object. Errors: not_found; unavailable; corrupt
  Result<store::ExpertDb*> db(std::string_view workspace);
  Result<workflow::Delphi*> delphi(std::string_view workspace);
  // Of the newest snapshot; an empty lake has nobody. Errors: corrupt; cancelled
  Result<std::shared_ptr<const workflow::People>> people(std::string_view workspace);
  Result<std::shared_ptr<const workflow::SearchIndex>> index(std::string_view workspace);

 private:
  struct Desk {
    std::mutex mutex;  // held while loading, so that people are read once; protects the rest
    std::unique_ptr<store::ExpertDb> db;
    std::unique_ptr<workflow::Delphi> delphi;
    std::string people_snapshot, index_snapshot;
    std::shared_ptr<const workflow::People> people;
    std::shared_ptr<const workflow::SearchIndex> index;
  };
  Desk& find(std::string_view workspace);

  const WorkspaceCache& workspaces_;
  std::mutex mutex_;  // protects the map, not its desks
  std::map<std::string, std::unique_ptr<Desk>, std::less<>> desks_;
};

}  // namespace jianwei::server
