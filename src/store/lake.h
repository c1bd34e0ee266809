// The storage of a workspace: its folders, its catalogue, its writer's lock.
//
// Files below lake/ never change once a committed row of app.db names them; a file that no row names (a crash, a full disk, a kill)
// is swept at the next open for writing. Readers take no lock.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "store/app_db.h"
#include "store/duckdb.h"
#include "store/lock.h"

namespace jianwei::store {

enum class Access { read, write };

struct LakeOptions {
  Access access = Access::read;
  std::string command = {};           // shown to others while we hold the lock
  double wait_seconds = 0;            // for the lock
  const Progress* progress = nullptr; // cancels waiting
  std::shared_ptr<Database> database = {};  // for connect(): shared with other openings of this workspace
};

class Lake {
 public:
  // Makes the folders and an empty catalogue; one that is there is left as it is. Errors: unavailable
  static Result<> create(const std::filesystem::path& root);
  // Errors: not_found  no workspace; conflict  another process writes (see WriterLock); corrupt; unavailable
  static Result<Lake> open(const std::filesystem::path& root, const LakeOptions& options);

  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path path(std::string_view relative) const { return root_ / relative; }
  AppDb& app() const { return *app_; }
  bool writable() const { return lock_.has_value(); }

  // An in-memory DuckDB that spills to WS/.tmp beyond an eighth of the machine's memory, at least 512 MB and at most 3 GB.
  Result<Database> open_database(int thread_count) const;
  // A connection for short questions, answered by the calling thread alone; the database behind it is that of the options, or is opened at the first.
  Result<Connection> connect() const;
  // The Parquet files of all batches, in order of storage. Errors: corrupt when one is missing
  Result<std::vector<std::filesystem::path>> record_files() const;
  // The newest snapshot. Errors: not_found when nothing has been imported
  Result<SnapshotRow> latest_snapshot() const;

 private:
  Lake(std::filesystem::path root, AppDb app) : root_(std::move(root)), app_(std::make_unique<AppDb>(std::move(app))) {}
  Result<> sweep() const;

  std::filesystem::path root_;
  std::unique_ptr<AppDb> app_;
  std::optional<WriterLock> lock_;
  mutable std::shared_ptr<Database> database_;
};

// Relative paths of the files of a batch and of a snapshot.
std::string part_path(std::int64_t batch_id, std::int64_t part);
std::string merged_path(std::string_view snapshot_id);
std::string links_path(std::string_view snapshot_id);
std::string citations_path(std::string_view snapshot_id);

}  // namespace jianwei::store
