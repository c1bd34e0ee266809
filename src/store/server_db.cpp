// People, sessions, tokens and the audit log. Migrations are src/store/sql/server_NNN.sql, built into the program by CMake; the table
// schema_version holds the number of the last one.
#include "store/server_db.h"

#include "store/migrations.h"
#include "store/server_sql.h"

namespace jianwei::store {

Result<std::unique_ptr<ServerDb>> ServerDb::open(const std::string& location) {
  std::unique_ptr<ServerDb> opened(new ServerDb(TRY(SqlDatabase::open(location))));
  TRY(migrate(opened->database_, kServerMigrations, "server.db"));
  return opened;
}

// People.

Result<std::vector<UserRow>> ServerDb::read_users(std::string_view condition, std::initializer_list<SqlValue> values) {
  std::vector<UserRow> list;
  SqlRows rows = TRY(database_.query(
      fmt::format("SELECT id, name, display_name, password_hash, roles, language, origin, subject, disabled, created_at, last_sign_in_at FROM users {} ORDER BY name", condition), values));
  while (TRY(rows.next())) {
    list.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.text(6), rows.text(7), rows.integer(8) != 0, rows.text(9), rows.text(10)});
  }
  return list;
}

namespace {
template <class T>
std::optional<T> first(std::vector<T> list) {
  if (list.empty()) return std::nullopt;
  return std::move(list.front());
}
}  // namespace

Result<std::vector<UserRow>> ServerDb::users() {
  const std::lock_guard lock(mutex_);
  return read_users("", {});
}

Result<std::optional<UserRow>> ServerDb::user(std::string_view id) {
  const std::lock_guard lock(mutex_);
  return first(TRY(read_users("WHERE id = $1", {id})));
}

Result<std::optional<UserRow>> ServerDb::user_by_name(std::string_view name) {
  const std::lock_guard lock(mutex_);
  return first(TRY(read_users("WHERE name = $1", {name})));
}

Result<std::optional<UserRow>> ServerDb::user_by_subject(std::string_view origin, std::string_view subject) {
  const std::lock_guard lock(mutex_);
  return first(TRY(read_users("WHERE origin = $1 AND subject = $2", {origin, subject})));
}

Result<std::int64_t> ServerDb::user_count() {
  const std::lock_guard lock(mutex_);
  return database_.query_integer("SELECT count(*) FROM users");
}

Result<> ServerDb::add_user(const UserRow& u) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> {
    if (TRY(database_.query_integer("SELECT count(*) FROM users WHERE name = $1", {u.name})) > 0) return fail(ErrorKind::conflict, "there is a user \"{}\" already", u.name);
    return database_.execute("INSERT INTO users VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                             {u.id, u.name, u.display_name, u.password_hash, u.roles, u.language, u.origin, u.subject, std::int64_t{u.disabled}, u.created_at, u.last_sign_in_at});
  });
}

Result<> ServerDb::update_user(const UserRow& u) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> {
    TRY(database_.execute("UPDATE users SET name = $1, display_name = $2, password_hash = $3, roles = $4, language = $5, origin = $6, subject = $7, disabled = $8, last_sign_in_at = $9 WHERE id = $10",
                          {u.name, u.display_name, u.password_hash, u.roles, u.language, u.origin, u.subject, std::int64_t{u.disabled}, u.last_sign_in_at, u.id}));
    if (u.disabled) TRY(database_.execute("DELETE FROM sessions WHERE user_id = $1", {u.id}));
    return {};
  });
}

Result<> ServerDb::delete_user(std::string_view id) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> {
    TRY(database_.execute("DELETE FROM sessions WHERE user_id = $1", {id}));
    TRY(database_.execute("DELETE FROM tokens WHERE user_id = $1", {id}));
    return database_.execute("DELETE FROM users WHERE id = $1", {id});
  });
}

// Sessions and tokens.

Result<> ServerDb::add_session(const SessionRow& s) {
  const std::lock_guard lock(mutex_);
  return database_.execute("INSERT INTO sessions VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", {s.secret_hash, s.user_id, s.csrf, s.created_at, s.seen_at, s.expires_at, s.address, s.agent});
}

Result<std::optional<SessionRow>> ServerDb::session(std::string_view secret_hash) {
  const std::lock_guard lock(mutex_);
  SqlRows rows = TRY(database_.query("SELECT secret_hash, user_id, csrf, created_at, seen_at, expires_at, address, agent FROM sessions WHERE secret_hash = $1", {secret_hash}));
  if (!TRY(rows.next())) return std::optional<SessionRow>();
  return std::optional<SessionRow>({rows.text(0), rows.text(1), rows.text(2), rows.integer(3), rows.integer(4), rows.integer(5), rows.text(6), rows.text(7)});
}

Result<> ServerDb::touch_session(std::string_view secret_hash, std::int64_t seen_at) {
  const std::lock_guard lock(mutex_);
  return database_.execute("UPDATE sessions SET seen_at = $1 WHERE secret_hash = $2", {seen_at, secret_hash});
}

Result<> ServerDb::delete_session(std::string_view secret_hash) {
  const std::lock_guard lock(mutex_);
  return database_.execute("DELETE FROM sessions WHERE secret_hash = $1", {secret_hash});
}

Result<> ServerDb::delete_sessions_of(std::string_view user_id, std::string_view but_secret_hash) {
  const std::lock_guard lock(mutex_);
  return database_.execute("DELETE FROM sessions WHERE user_id = $1 AND secret_hash <> $2", {user_id, but_secret_hash});
}

Result<> ServerDb::delete_old_sessions(std::int64_t now, std::int64_t seen_before) {
  const std::lock_guard lock(mutex_);
  return database_.execute("DELETE FROM sessions WHERE expires_at < $1 OR seen_at < $2", {now, seen_before});
}

Result<> ServerDb::add_token(const TokenRow& t) {
  const std::lock_guard lock(mutex_);
  return database_.execute("INSERT INTO tokens VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", {t.id, t.user_id, t.name, t.secret_hash, t.scope, t.roles, t.created_at, t.expires_at, t.used_at});
}

Result<std::vector<TokenRow>> ServerDb::read_tokens(std::string_view condition, std::initializer_list<SqlValue> values) {
  std::vector<TokenRow> list;
  SqlRows rows = TRY(database_.query(
      fmt::format("SELECT id, user_id, name, secret_hash, scope, roles, created_at, expires_at, used_at FROM tokens {} ORDER BY created_at DESC, id", condition), values));
  while (TRY(rows.next())) {
    list.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.integer(6), rows.integer(7), rows.integer(8)});
  }
  return list;
}

Result<std::optional<TokenRow>> ServerDb::token(std::string_view secret_hash) {
  const std::lock_guard lock(mutex_);
  return first(TRY(read_tokens("WHERE secret_hash = $1", {secret_hash})));
}

Result<std::vector<TokenRow>> ServerDb::tokens() {
  const std::lock_guard lock(mutex_);
  return read_tokens("", {});
}

Result<> ServerDb::touch_token(std::string_view id, std::int64_t used_at) {
  const std::lock_guard lock(mutex_);
  return database_.execute("UPDATE tokens SET used_at = $1 WHERE id = $2", {used_at, id});
}

Result<> ServerDb::delete_token(std::string_view id) {
  const std::lock_guard lock(mutex_);
  return database_.execute("DELETE FROM tokens WHERE id = $1", {id});
}

Result<SignInFailures> ServerDb::sign_in_failures(std::string_view subject) {
  const std::lock_guard lock(mutex_);
  SqlRows rows = TRY(database_.query("SELECT failures, last_at FROM sign_in_failures WHERE subject = $1", {subject}));
  if (!TRY(rows.next())) return SignInFailures{};
  return SignInFailures{rows.integer(0), rows.integer(1)};
}

Result<> ServerDb::set_sign_in_failures(std::string_view subject, const SignInFailures& f) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> {
    TRY(database_.execute("DELETE FROM sign_in_failures WHERE subject = $1", {subject}));
    if (f.failures == 0) return {};
    return database_.execute("INSERT INTO sign_in_failures VALUES ($1, $2, $3)", {subject, f.failures, f.last_at});
  });
}

// The audit log.

Result<> ServerDb::append_audit(AuditRow row, const std::function<std::string(const AuditRow&)>& seal) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> {
    {
      SqlRows last = TRY(database_.query("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"));
      const bool any = TRY(last.next());
      row.seq = any ? last.integer(0) + 1 : 1;
      row.previous_hash = any ? last.text(1) : "";
    }
    row.hash = seal(row);
    return database_.execute("INSERT INTO audit VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                             {row.seq, row.at, row.user_id, row.user_name, row.roles, row.address, row.action, row.target, row.status, row.detail, row.previous_hash, row.hash});
  });
}

Result<std::vector<AuditRow>> ServerDb::read_audit(std::string_view condition, std::initializer_list<SqlValue> values) {
  std::vector<AuditRow> list;
  SqlRows rows = TRY(database_.query(
      fmt::format("SELECT seq, at, user_id, user_name, roles, address, action, target, status, detail, previous_hash, hash FROM audit {}", condition), values));
  while (TRY(rows.next())) {
    list.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.text(6), rows.text(7), rows.integer(8), rows.text(9), rows.text(10), rows.text(11)});
  }
  return list;
}

Result<std::vector<AuditRow>> ServerDb::audit(std::int64_t after_seq, std::int64_t limit) {
  const std::lock_guard lock(mutex_);
  return read_audit("WHERE seq > $1 ORDER BY seq LIMIT $2", {after_seq, limit});
}

Result<std::vector<AuditRow>> ServerDb::audit_before(std::int64_t before_seq, std::int64_t limit) {
  const std::lock_guard lock(mutex_);
  if (before_seq <= 0) return read_audit("ORDER BY seq DESC LIMIT $1", {limit});
  return read_audit("WHERE seq < $1 ORDER BY seq DESC LIMIT $2", {before_seq, limit});
}

}  // namespace jianwei::store
