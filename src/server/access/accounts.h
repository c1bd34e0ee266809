// Accounts: who there is, who signs in, and who stands behind a request.
//
// Secrets (cookies, tokens, the first-run secret) are kept as their SHA-256 only. A session ends after twelve idle hours or seven days. After
// five failed sign-ins of a name or twenty of an address in a row, each further one has to wait twice as long as the one before, up to 15 minutes.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/access/roles.h"
#include "server/access/sign_on.h"
#include "store/server_db.h"

namespace jianwei::server {

inline constexpr std::int64_t kSessionIdleSeconds = 12 * 3600;
inline constexpr std::int64_t kSessionSeconds = 7 * 24 * 3600;

struct NewUser {
  std::string name, display_name, password;  // password "" : cannot sign in with one
  RoleSet roles;
  std::string language = "zh";
  std::string origin = "local", subject = {};
};

struct SignedIn {
  std::string secret;  // for the cookie
  Caller caller;
};

class Accounts {
 public:
  // Makes the first-run secret when there is no user yet.
  static Result<std::unique_ptr<Accounts>> open(store::ServerDb& database, const std::filesystem::path& state);

  bool setup_needed() const;
  const std::filesystem::path& secret_file() const { return secret_file_; }
  std::string first_run_secret() const { return first_run_secret_; }
  // Makes the first admin. Errors: conflict  there are users; forbidden  wrong secret
  Result<store::UserRow> set_up(std::string_view secret, NewUser admin);

  // Errors: invalid_input  names the field; conflict  the name is taken
  Result<store::UserRow> add_user(const NewUser& user);
  Result<> set_password(std::string_view user_id, std::string_view password, std::string_view kept_session);

  // `otherwise` (or null) is asked for a name without a password here. Errors: forbidden  wrong name or password, or disabled (it does not say
  // which); conflict  too many failures: says how long to wait; those of `otherwise`
  Result<store::UserRow> check_password(std::string_view name, std::string_view password, std::string_view address, const std::function<Result<store::UserRow>()>& otherwise);
  // The account of somebody another system vouches for, made at the first visit. Errors: forbidden  disabled, no role, or the server has no admin yet
  Result<store::UserRow> admit(const Visitor& visitor, const RoleMap& map);
  Result<SignedIn> start_session(const store::UserRow& user, std::string_view address, std::string_view agent);
  Result<> end_session(const Caller& caller);

  struct NewToken {
    std::string name, scope;  // read, write, feed
    RoleSet roles;            // kept of the user's; empty: all
    std::int64_t days = 90;   // 1 to 730
  };
  struct MadeToken {
    store::TokenRow row;
    std::string secret;
  };
  Result<MadeToken> add_token(const Caller& caller, const NewToken& token);

  // Who stands behind a cookie or a bearer token; nobody when it is unknown, too old or its user disabled.
  Result<Caller> session_caller(std::string_view secret);
  Result<Caller> token_caller(std::string_view secret);

 private:
  Accounts(store::ServerDb& database, std::filesystem::path secret_file) : database_(database), secret_file_(std::move(secret_file)) {}
  store::ServerDb& database_;
  const std::filesystem::path secret_file_;
  std::string first_run_secret_;
};

// Lower case, 2 to 64 of letters, digits, '.', '-', '_', '@' and characters beyond ASCII. Errors: invalid_input
Result<std::string> check_user_name(std::string_view name);

}  // namespace jianwei::server
