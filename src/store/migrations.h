// Numbered migrations of one database; the table schema_version holds how many were applied.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace jianwei::store {

struct NothingMore {
  Result<> operator()(std::int64_t) const { return {}; }
};

// Brings the schema to the last of `migrations`, all that are missing in one transaction; `finish(version)` is the last thing in it and gets the version that was found.
// `name` is for messages; `versions` is the table of versions, for schemas that share a database. `Database` is Sqlite or SqlDatabase.
// Errors: conflict  a newer program wrote it
template <class Database, std::size_t N, class Finish = NothingMore>
Result<> migrate(Database& database, const char* const (&migrations)[N], std::string_view name, std::string_view versions = "schema_version", Finish finish = {}) {
  constexpr auto kTarget = static_cast<std::int64_t>(N);
  const std::string find_version = fmt::format("SELECT coalesce(max(version), 0) FROM {}", versions);
  TRY(database.script(fmt::format("CREATE TABLE IF NOT EXISTS {} (version BIGINT NOT NULL)", versions)));
  if (TRY(database.query_integer(find_version)) == kTarget) return {};  // no lock for who only reads
  return database.transaction([&]() -> Result<> {
    const std::int64_t version = TRY(database.query_integer(find_version));  // another process may have been faster
    if (version == kTarget) return {};
    if (version > kTarget) return fail(ErrorKind::conflict, "{} has schema version {}, this program knows {}: use a newer jianwei", name, version, kTarget);
    for (std::int64_t next = version; next < kTarget; ++next) {
      TRY(database.script(migrations[next]));
      TRY(database.execute(fmt::format("INSERT INTO {} VALUES ($1)", versions), {next + 1}));
    }
    return finish(version);
  });
}

}  // namespace jianwei::store
