#include "server/access/accounts.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/file.h"
#include "base/strings.h"
#include "server/access/secrets.h"
#include "store/app_db.h"

namespace jianwei::server {
namespace {

constexpr std::int64_t kFreeFailuresOfName = 5, kFreeFailuresOfAddress = 20, kLongestWaitSeconds = 900;

// How long after the last failure the next try is let in.
std::int64_t wait_seconds(const store::SignInFailures& failures, std::int64_t free) {
  if (failures.failures < free) return 0;
  const std::int64_t doublings = std::min<std::int64_t>(failures.failures - free, 10);
  return std::min(kLongestWaitSeconds, std::int64_t{1} << doublings);
}

Result<> write_private_file(const std::filesystem::path& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return fail(ErrorKind::unavailable, "{}: cannot be written", path.string());
  const bool written = ::fchmod(file, 0600) == 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(file);
  if (!written) return fail(ErrorKind::unavailable, "{}: cannot be written", path.string());
  return {};
}

Caller caller_of(const store::UserRow& user, RoleSet roles, SignedBy signed_by) {
  Caller caller;
  caller.user_id = user.id;
  caller.name = user.name;
  caller.display_name = user.display_name;
  caller.roles = roles;
  caller.language = user.language;
  caller.origin = user.origin;
  caller.subject = user.subject;
  caller.signed_by = signed_by;
  return caller;
}

}  // namespace

Result<std::string> check_user_name(std::string_view name) {
  std::string lower = to_lower_ascii(trim(name));
  const bool fine = std::all_of(lower.begin(), lower.end(), [](char c) { return is_alpha(c) || is_digit(c) || c == '.' || c == '-' || c == '_' || c == '@' || static_cast<unsigned char>(c) >= 0x80; });
  if (lower.size() < 2 || lower.size() > 64 || !fine) return fail(ErrorKind::invalid_input, "name: \"{}\" must be 2 to 64 letters, digits or . - _ @", name);
  return lower;
}

Result<std::unique_ptr<Accounts>> Accounts::open(store::ServerDb& database, const std::filesystem::path& state) {
  std::unique_ptr<Accounts> accounts(new Accounts(database, state / "first-run-secret"));
  if (TRY(database.user_count()) == 0) {
    // A restart before the first sign-in shows the same secret again.
    accounts->first_run_secret_ = std::string(trim(read_file(accounts->secret_file_).value_or("")));
    if (accounts->first_run_secret_.size() < 20) accounts->first_run_secret_ = random_token();
    TRY(write_private_file(accounts->secret_file_, accounts->first_run_secret_ + "\n"));
  }
  return accounts;
}

bool Accounts::setup_needed() const { return database_.user_count().value_or(1) == 0; }

Result<store::UserRow> Accounts::set_up(std::string_view secret, NewUser admin) {
  if (!setup_needed()) return fail(ErrorKind::conflict, "this server has its first user already: sign in");
  if (first_run_secret_.empty() || !equal_secrets(secret, first_run_secret_)) {
    return fail(ErrorKind::forbidden, "secret: not the one-time secret; it was printed when the server first started and stands in {}", secret_file_.filename().string());
  }
  admin.roles = {Role::admin, Role::analyst, Role::curator, Role::moderator};
  store::UserRow user = TRY(add_user(admin));
  std::error_code ignored;
  std::filesystem::remove(secret_file_, ignored);
  return user;
}

Result<store::UserRow> Accounts::add_user(const NewUser& user) {
  store::UserRow row;
  row.name = TRY(check_user_name(user.name));
  if (user.roles.empty()) return fail(ErrorKind::invalid_input, "roles: give at least one of {}", to_string(kReaders));
  if (user.language != "zh" && user.language != "en") return fail(ErrorKind::invalid_input, "language: \"{}\" is neither zh nor en", user.language);
  if (user.display_name.size() > 200) return fail(ErrorKind::invalid_input, "display_name: longer than 200 bytes");
  row.id = "user-" + random_hex(10);
  row.display_name = user.display_name.empty() ? std::string(trim(user.name)) : user.display_name;
  if (!user.password.empty() || user.origin == "local") row.password_hash = TRY(hash_password(user.password));
  row.roles = to_string(user.roles);
  row.language = user.language;
  row.origin = user.origin;
  row.subject = user.subject;
  row.created_at = store::utc_now();
  TRY(database_.add_user(row));
  return row;
}

Result<> Accounts::set_password(std::string_view user_id, std::string_view password, std::string_view kept_session) {
  auto user = TRY(database_.user(user_id));
  if (!user) return fail(ErrorKind::not_found, "no user {}", user_id);
  user->password_hash = TRY(hash_password(password));
  TRY(database_.update_user(*user));
  return database_.delete_sessions_of(user_id, kept_session);
}

Result<store::UserRow> Accounts::check_password(std::string_view name, std::string_view password, std::string_view address, const std::function<Result<store::UserRow>()>& otherwise) {
  const std::string by_name = "name:" + to_lower_ascii(trim(name)).substr(0, 64), by_address = fmt::format("address:{}", address);
  store::SignInFailures of_name = TRY(database_.sign_in_failures(by_name)), of_address = TRY(database_.sign_in_failures(by_address));
  const std::int64_t now = unix_now();
  const std::int64_t wait = std::max(of_name.last_at + wait_seconds(of_name, kFreeFailuresOfName), of_address.last_at + wait_seconds(of_address, kFreeFailuresOfAddress)) - now;
  if (wait > 0 && (of_name.failures >= kFreeFailuresOfName || of_address.failures >= kFreeFailuresOfAddress)) {
    return fail(ErrorKind::conflict, "too many failed sign-ins: try again in {} s", wait);
  }
  auto user = TRY(database_.user_by_name(to_lower_ascii(trim(name))));
  bool right = verify_password(password, user && !user->disabled ? user->password_hash : "");
  if (!right && otherwise && (!user || user->password_hash.empty())) {
    Result<store::UserRow> visitor = otherwise();
    if (!visitor && visitor.error().kind != ErrorKind::forbidden) return visitor;
    right = visitor.has_value();
    if (right) user = std::move(*visitor);
  }
  if (!right) {
    TRY(database_.set_sign_in_failures(by_name, {of_name.failures + 1, now}));
    TRY(database_.set_sign_in_failures(by_address, {of_address.failures + 1, now}));
    return fail(ErrorKind::forbidden, "name or password is wrong");
  }
  if (of_name.failures > 0) TRY(database_.set_sign_in_failures(by_name, {}));
  if (of_address.failures > 0) TRY(database_.set_sign_in_failures(by_address, {}));
  return *user;
}

Result<store::UserRow> Accounts::admit(const Visitor& visitor, const RoleMap& map) {
  // Who comes first must not be whoever the provider lets in.
  if (setup_needed()) return fail(ErrorKind::forbidden, "the first account is made with the one-time secret");
  const RoleSet roles = map.roles_of(visitor.groups);
  auto user = TRY(database_.user_by_subject(visitor.origin, visitor.subject));
  if (!user) {
    if (roles.empty()) return fail(ErrorKind::forbidden, "{} has no role here", visitor.name);
    NewUser fresh;
    fresh.name = visitor.name;
    // A local account of the same name is somebody else.
    if (TRY(database_.user_by_name(TRY(check_user_name(visitor.name))))) fresh.name = fmt::format("{}@{}-{}", visitor.name.substr(0, 40), visitor.origin, random_hex(4));
    fresh.display_name = visitor.display_name;
    fresh.roles = roles;
    fresh.origin = visitor.origin;
    fresh.subject = visitor.subject;
    return add_user(fresh);
  }
  if (user->disabled) return fail(ErrorKind::forbidden, "the account {} is disabled", user->name);
  if (map.follows_groups()) {
    if (roles.empty()) return fail(ErrorKind::forbidden, "{} has no role here", visitor.name);
    user->roles = to_string(roles);
  }
  user->display_name = visitor.display_name;
  TRY(database_.update_user(*user));
  return *user;
}

Result<SignedIn> Accounts::start_session(const store::UserRow& user, std::string_view address, std::string_view agent) {
  const std::int64_t now = unix_now();
  TRY(database_.delete_old_sessions(now, now - kSessionIdleSeconds));
  SignedIn signed_in;
  signed_in.secret = random_token();
  store::SessionRow session{secret_hash(signed_in.secret), user.id, random_token(), now, now, now + kSessionSeconds, std::string(address), std::string(agent.substr(0, 200))};
  TRY(database_.add_session(session));
  store::UserRow seen = user;
  seen.last_sign_in_at = store::utc_now();
  TRY(database_.update_user(seen));
  signed_in.caller = caller_of(user, TRY(parse_roles(user.roles)), SignedBy::session);
  signed_in.caller.credential = session.secret_hash;
  signed_in.caller.csrf = session.csrf;
  return signed_in;
}

Result<> Accounts::end_session(const Caller& caller) { return database_.delete_session(caller.credential); }

Result<Accounts::MadeToken> Accounts::add_token(const Caller& caller, const NewToken& token) {
  if (token.name.empty() || token.name.size() > 100) return fail(ErrorKind::invalid_input, "name: give 1 to 100 bytes that say what the token is for");
  if (token.scope != "read" && token.scope != "write" && token.scope != "feed") return fail(ErrorKind::invalid_input, "scope: \"{}\" is none of read, write, feed", token.scope);
  if (token.days < 1 || token.days > 730) return fail(ErrorKind::invalid_input, "days: {} is not 1 to 730", token.days);
  if (!(token.roles.common(caller.roles) == token.roles)) return fail(ErrorKind::invalid_input, "roles: a token can keep roles of its user only, which are {}", to_string(caller.roles));
  MadeToken made;
  made.secret = "jianwei_" + random_token();
  const std::int64_t now = unix_now();
  RoleSet roles = token.roles;
  std::int64_t expires_at = now + token.days * 86400;
  if (caller.signed_by == SignedBy::token) {  // a token made with a token can do no more and lives no longer
    if (roles.empty()) roles = caller.roles;
    const auto parent = TRY(database_.token(caller.credential));
    if (!parent) return fail(ErrorKind::forbidden, "the token that asks is gone");
    expires_at = std::min(expires_at, parent->expires_at);
  }
  made.row = {"token-" + random_hex(10), caller.user_id, token.name, secret_hash(made.secret), token.scope, to_string(roles), now, expires_at, 0};
  TRY(database_.add_token(made.row));
  return made;
}

Result<Caller> Accounts::session_caller(std::string_view secret) {
  if (secret.size() < 20 || secret.size() > 100) return Caller{};
  const auto session = TRY(database_.session(secret_hash(secret)));
  const std::int64_t now = unix_now();
  if (!session || session->expires_at < now || session->seen_at + kSessionIdleSeconds < now) return Caller{};
  const auto user = TRY(database_.user(session->user_id));
  if (!user || user->disabled) return Caller{};
  if (session->seen_at + 60 < now) TRY(database_.touch_session(session->secret_hash, now));
  Caller caller = caller_of(*user, TRY(parse_roles(user->roles)), SignedBy::session);
  caller.credential = session->secret_hash;
  caller.csrf = session->csrf;
  return caller;
}

Result<Caller> Accounts::token_caller(std::string_view secret) {
  if (secret.size() < 20 || secret.size() > 100) return Caller{};
  const auto token = TRY(database_.token(secret_hash(secret)));
  const std::int64_t now = unix_now();
  if (!token || token->expires_at < now) return Caller{};
  const auto user = TRY(database_.user(token->user_id));
  if (!user || user->disabled) return Caller{};
  if (token->used_at + 60 < now) TRY(database_.touch_token(token->id, now));
  RoleSet roles = TRY(parse_roles(user->roles));
  if (!token->roles.empty()) roles = roles.common(TRY(parse_roles(token->roles)));
  Caller caller = caller_of(*user, roles, SignedBy::token);
  caller.credential = token->secret_hash;
  caller.feeds_only = token->scope == "feed";
  caller.read_only = caller.feeds_only || token->scope == "read";
  return caller;
}

}  // namespace jianwei::server
