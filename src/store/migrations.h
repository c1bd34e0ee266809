// Numbered migrations of one database; the table schema_version holds how many were applied.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace jianwei::store {

// Brings the schema to the last of `migrations`, all that are missing in one transaction. `name` is for messages. `Database` is Sqlite or SqlDatabase.
// Errors: conflict  a newer program wrote it
template <class Database, std::size_t N>
Result<> migrate(Database& database, const char* const (&migrations)[N], std::string_view name) {
  constexpr auto kTarget = static_cast<std::int64_t>(N);
  constexpr std::string_view kVersion = "SELECT coalesce(max(version), 0) FROM schema_version";
  TRY(database.script("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)"));
  if (TRY(database.query_integer(kVersion)) == kTarget) return {};  // no lock for who only reads
  return database.transaction([&]() -> Result<> {
    const std::int64_t version = TRY(database.query_integer(kVersion));  // another process may have been faster
    if (version > kTarget) return fail(ErrorKind::conflict, "{} has schema version {}, this program knows {}: use a newer jianwei", name, version, kTarget);
    for (std::int64_t next = version; next < kTarget; ++next) {
      TRY(database.script(migrations[next]));
      TRY(database.execute("INSERT INTO schema_version VALUES ($1)", {next + 1}));
    }
    return {};
  });
}

}  // namespace jianwei::store
