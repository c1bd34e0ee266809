// The workspaces a server shows, and their loaded results.
//
// A result is loaded when it is first asked for and shared by all readers until a newer run (of this server or of a command beside it) is
// finished or forget() is called; then the next reader loads anew, and who still reads the old one keeps it.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::server {

class WorkspaceCache {
 public:
  // Errors: those of open_workspace; conflict  two folders of the same name
  static Result<std::unique_ptr<WorkspaceCache>> open(const std::vector<std::filesystem::path>& folders);

  // Every workspace in a folder. One that cannot be opened is left out: returns what is wrong with it.
  std::vector<std::string> add_all_in(const std::filesystem::path& folder);

  std::vector<std::string> ids() const;                                    // in the order given
  // Errors: not_found  no such workspace: lists those there are
  Result<std::filesystem::path> folder(std::string_view id) const;
  Result<> add(const std::filesystem::path& folder);                       // one made while the server runs
  Result<workflow::Workspace> open_to_read(std::string_view id) const;
  Result<workflow::Workspace> open_to_write(std::string_view id, std::string_view command) const;   // waits ten seconds for another writer
  // For writing; waits for another writer until it is cancelled.
  Result<workflow::Workspace> open_for_job(std::string_view id, std::string_view command, const Progress& progress) const;

  // The newest finished run. Errors: not_found  no run yet; corrupt
  Result<std::shared_ptr<const workflow::StudyResult>> result(std::string_view id);
  // Names the state of all results, for ETags: newest finished run, snapshot, the judgements that change them (a comment or vote does not).
  Result<std::string> version(std::string_view id);
  void forget(std::string_view id);
  // Called after each forget() with the workspace; an empty function: nobody any more.
  void when_forgotten(std::function<void(std::string_view id)> tell);
  // A judgement was entered: version() looks again at once.
  void changed(std::string_view id);

 private:
  struct Entry {
    std::filesystem::path folder;
    std::mutex database_mutex;  // protects database
    std::shared_ptr<store::Database> database;  // of all who read, opened at the first; new after forget()
    std::mutex mutex;  // held while loading, so that a result is loaded once; protects the rest
    std::shared_ptr<const workflow::StudyResult> result;
    std::string result_version;
    std::string version;
    std::chrono::steady_clock::time_point version_read_at{};
  };
  Result<Entry*> find(std::string_view id) const;
  static Result<std::string> read_version(Entry& entry);
  static Result<workflow::Workspace> open_shared(Entry& entry);

  std::mutex tell_mutex_;  // protects tell_
  std::function<void(std::string_view)> tell_;
  mutable std::mutex mutex_;  // protects the map, not its entries
  std::vector<std::string> order_;
  std::map<std::string, std::unique_ptr<Entry>, std::less<>> entries_;
};

}  // namespace jianwei::server
