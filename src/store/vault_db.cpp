#include "store/vault_db.h"

#include "store/migrations.h"
#include "store/vault_sql.h"

namespace jianwei::store {
namespace {

IdentityRow read_identity(const SqliteRows& rows) { return {rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.integer(4) != 0}; }

}  // namespace

Result<std::unique_ptr<VaultDb>> VaultDb::open(const std::filesystem::path& path) {
  std::unique_ptr<VaultDb> opened(new VaultDb(TRY(Sqlite::open(path, true))));
  TRY(migrate(opened->database_, kVaultMigrations, "vault.db"));
  return opened;
}

Result<> VaultDb::add_identities(const std::vector<IdentityRow>& identities) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> {
    for (const IdentityRow& row : identities) TRY(database_.execute("INSERT INTO identities VALUES ($1, $2, $3, $4, $5)", {row.seat, row.study, row.sealed, row.consent, std::int64_t{row.erased}}));
    return {};
  });
}

Result<std::optional<IdentityRow>> VaultDb::identity(std::string_view seat) {
  const std::lock_guard lock(mutex_);
  SqliteRows rows = TRY(database_.query("SELECT seat, study, sealed, consent, erased FROM identities WHERE seat = $1", {seat}));
  if (!TRY(rows.next())) return std::optional<IdentityRow>();
  return std::optional<IdentityRow>(read_identity(rows));
}

Result<std::vector<IdentityRow>> VaultDb::identities(std::string_view study) {
  const std::lock_guard lock(mutex_);
  std::vector<IdentityRow> list;
  SqliteRows rows = TRY(database_.query("SELECT seat, study, sealed, consent, erased FROM identities WHERE study = $1 ORDER BY seat", {study}));
  while (TRY(rows.next())) list.push_back(read_identity(rows));
  return list;
}

Result<> VaultDb::update_identity(const IdentityRow& identity) {
  const std::lock_guard lock(mutex_);
  return database_.execute("UPDATE identities SET sealed = $1, consent = $2, erased = $3 WHERE seat = $4", {identity.sealed, identity.consent, std::int64_t{identity.erased}, identity.seat});
}

Result<std::int64_t> VaultDb::ask_join(const JoinRow& join) {
  const std::lock_guard lock(mutex_);
  std::int64_t number = 0;
  TRY(database_.transaction([&]() -> Result<> {
    number = TRY(database_.query_integer("SELECT coalesce(max(number), 0) + 1 FROM joins"));
    return database_.execute("INSERT INTO joins VALUES ($1, $2, $3, $4, $5, '', '')", {number, join.seat, join.reason, join.asked_by, join.asked_at});
  }));
  return number;
}

Result<std::vector<JoinRow>> VaultDb::joins() {
  const std::lock_guard lock(mutex_);
  std::vector<JoinRow> list;
  SqliteRows rows = TRY(database_.query("SELECT number, seat, reason, asked_by, asked_at, granted_by, granted_at FROM joins ORDER BY number DESC"));
  while (TRY(rows.next())) list.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.text(6)});
  return list;
}

Result<JoinRow> VaultDb::grant_join(std::int64_t number, std::string_view by, std::string_view at) {
  const std::lock_guard lock(mutex_);
  JoinRow join;
  TRY(database_.transaction([&]() -> Result<> {
    {
      SqliteRows rows = TRY(database_.query("SELECT number, seat, reason, asked_by, asked_at, granted_by FROM joins WHERE number = $1", {number}));
      if (!TRY(rows.next())) return fail(ErrorKind::not_found, "there is no request {}", number);
      join = {rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), ""};
    }
    if (!join.granted_by.empty()) return fail(ErrorKind::conflict, "request {} was granted by {} already", number, join.granted_by);
    if (join.asked_by == by) return fail(ErrorKind::forbidden, "request {} was asked for by {}: a second person must grant it", number, join.asked_by);
    join.granted_by = by;
    join.granted_at = at;
    return database_.execute("UPDATE joins SET granted_by = $1, granted_at = $2 WHERE number = $3", {by, at, number});
  }));
  return join;
}

}  // namespace jianwei::store
