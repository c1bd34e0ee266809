#include "store/saved_db.h"

#include "store/migrations.h"
#include "store/saved_sql.h"

namespace jianwei::store {

Result<SavedDb> SavedDb::open(const std::filesystem::path& path) {
  SavedDb opened(TRY(Sqlite::open(path, true)));
  TRY(migrate(opened.database_, kSavedMigrations, "saved.db"));
  return opened;
}

Result<> SavedDb::check_name(const SavedOwner& owner, std::string_view name, std::string_view id) {
  const std::int64_t taken = TRY(database_.query_integer("SELECT count(*) FROM saved WHERE user_id = $1 AND kind = $2 AND name = $3 AND id <> $4", {owner.user_id, owner.kind, name, id}));
  if (taken > 0) return fail(ErrorKind::conflict, "name: you have a {} \"{}\" already", owner.kind, name);
  return {};
}

Result<> SavedDb::add(const SavedRow& row, std::int64_t most) {
  return database_.transaction([&]() -> Result<> {
    TRY(check_name({row.user_id, row.kind}, row.name, row.id));
    const std::int64_t count = TRY(database_.query_integer("SELECT count(*) FROM saved WHERE user_id = $1 AND kind = $2", {row.user_id, row.kind}));
    if (count >= most) return fail(ErrorKind::conflict, "you keep {} {}s in this workspace, more than that are not kept: delete some", count, row.kind);
    return database_.execute("INSERT INTO saved VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                             {row.id, row.user_id, row.kind, row.name, row.origin, row.query, row.record_count, row.records, row.created_at, row.changed_at});
  });
}

Result<std::vector<SavedRow>> SavedDb::list(const SavedOwner& owner) {
  std::vector<SavedRow> rows_read;
  SqliteRows rows = TRY(database_.query("SELECT id, name, origin, query, record_count, created_at, changed_at FROM saved WHERE user_id = $1 AND kind = $2 ORDER BY name", {owner.user_id, owner.kind}));
  while (TRY(rows.next())) rows_read.push_back({rows.text(0), owner.user_id, owner.kind, rows.text(1), rows.text(2), rows.text(3), rows.integer(4), {}, rows.text(5), rows.text(6)});
  return rows_read;
}

Result<SavedRow> SavedDb::one(const SavedOwner& owner, std::string_view id) {
  SqliteRows rows = TRY(database_.query("SELECT name, origin, query, record_count, records, created_at, changed_at FROM saved WHERE user_id = $1 AND kind = $2 AND id = $3", {owner.user_id, owner.kind, id}));
  if (!TRY(rows.next())) return fail(ErrorKind::not_found, "you have no {} {}", owner.kind, id);
  return SavedRow{std::string(id), owner.user_id, owner.kind, rows.text(0), rows.text(1), rows.text(2), rows.integer(3), rows.text(4), rows.text(5), rows.text(6)};
}

Result<> SavedDb::rename(const SavedOwner& owner, std::string_view id, std::string_view name, std::string_view changed_at) {
  return database_.transaction([&]() -> Result<> {
    TRY(check_name(owner, name, id));
    return database_.execute("UPDATE saved SET name = $1, changed_at = $2 WHERE user_id = $3 AND kind = $4 AND id = $5", {name, changed_at, owner.user_id, owner.kind, id});
  });
}

Result<> SavedDb::remove(const SavedOwner& owner, std::string_view id) {
  return database_.execute("DELETE FROM saved WHERE user_id = $1 AND kind = $2 AND id = $3", {owner.user_id, owner.kind, id});
}

}  // namespace jianwei::store
