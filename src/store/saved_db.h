// saved.db of a workspace: the sets of records and the views that users of a server keep, each only their own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/sqlite.h"

namespace jianwei::store {

struct SavedRow {
  std::string id, user_id;
  std::string kind;               // set, view
  std::string name, origin, query;
  std::int64_t record_count = 0;  // of a set kept as ids
  std::string records;            // ids, parted by blanks; not read by lists
  std::string created_at, changed_at;
};

// Whose: a user never sees what another keeps.
struct SavedOwner {
  std::string user_id, kind;
};

class SavedDb {
 public:
  // Opens or creates the file. Errors: conflict  a newer program wrote it; unavailable; corrupt
  static Result<SavedDb> open(const std::filesystem::path& path);

  Result<> add(const SavedRow& row, std::int64_t most);            // Errors: conflict  the name is taken, or the owner keeps `most` already
  Result<std::vector<SavedRow>> list(const SavedOwner& owner);     // by name, without the ids of their records
  Result<SavedRow> one(const SavedOwner& owner, std::string_view id);  // Errors: not_found
  Result<> rename(const SavedOwner& owner, std::string_view id, std::string_view name, std::string_view changed_at);  // Errors: conflict  the name is taken
  Result<> remove(const SavedOwner& owner, std::string_view id);

 private:
  explicit SavedDb(Sqlite database) : database_(std::move(database)) {}
  Result<> check_name(const SavedOwner& owner, std::string_view name, std::string_view id);

  Sqlite database_;
};

}  // namespace jianwei::store
