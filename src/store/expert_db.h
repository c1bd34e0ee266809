// experts.db: experts, ties, technology lists, selections, forecasts and outcomes of a workspace, as JSON bodies by kind and id, beside a hash-chained list of what was
// done to them. One connection, used by many threads one at a time; a change and its event are one transaction. What is removed is overwritten in the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/sqlite.h"

namespace jianwei::store {

struct ObjectRow {
  std::string kind;
  std::string id;                  // "": given by the store, <kind>-<n>
  std::string parent;
  std::int64_t number = 0;         // set by the store
  std::string body;                // JSON
};

struct ExpertEventRow {
  std::int64_t seq = 0;            // seq, time and hashes are set by the store
  std::string at, actor, kind, object, detail = "{}", previous_hash, hash;
};

struct ObjectChange {
  std::vector<ObjectRow> puts;                              // new ones (no id), or whole new bodies
  std::vector<std::pair<std::string, std::string>> removes; // kind, id
  ExpertEventRow event;                                     // object "": the id of the first put
};

class ExpertDb {
 public:
  // Opens or makes the file. Errors: conflict  a newer program wrote it; unavailable; corrupt
  static Result<std::unique_ptr<ExpertDb>> open(const std::filesystem::path& path);

  // All or nothing. Gives the rows as they are stored.
  Result<std::vector<ObjectRow>> apply(ObjectChange change);

  Result<std::optional<ObjectRow>> object(std::string_view kind, std::string_view id);
  Result<std::vector<ObjectRow>> objects(std::string_view kind, std::string_view parent = "*");  // by number; "*" = of any parent
  Result<std::vector<ExpertEventRow>> events(std::string_view object = "*");                      // oldest first

  // Writes the pages of what was erased back into the file, so that the write-ahead log holds them no longer.
  Result<> checkpoint();

 private:
  explicit ExpertDb(Sqlite database) : database_(std::move(database)) {}
  Result<> put(ObjectRow& row);
  Result<> append(ExpertEventRow event);

  std::mutex mutex_;  // protects database_
  Sqlite database_;
};

// The first event whose hash or predecessor does not fit; nothing when the chain is whole. `events` must be all of them.
std::optional<std::int64_t> first_broken_event(const std::vector<ExpertEventRow>& events);

}  // namespace jianwei::store
