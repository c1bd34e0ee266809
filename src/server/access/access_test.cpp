#include <gtest/gtest.h>

#include <filesystem>

#include "server/access/accounts.h"
#include "server/access/audit.h"
#include "server/access/rate_limit.h"
#include "server/access/secrets.h"
#include "store/sqlite.h"

namespace jianwei::server {
namespace {

// A fresh folder that goes with the test.
struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("jianwei-access-" + random_hex(12));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

TEST(Roles, AreReadAndWrittenInOneOrder) {
  EXPECT_EQ(to_string(parse_roles(" curator , viewer,curator").value()), "viewer,curator");
  EXPECT_EQ(parse_roles("viewer,king").error().kind, ErrorKind::invalid_input);
  EXPECT_TRUE(kReaders.common(kAdmins) == kAdmins);
  EXPECT_TRUE(RoleSet({Role::viewer}).common(kAdmins).empty());
}

TEST(Secrets, VerifyOnlyWhatWasHashed) {
  const std::string hash = hash_password("correct horse battery").value();
  EXPECT_TRUE(hash.starts_with("$argon2id$"));
  EXPECT_TRUE(verify_password("correct horse battery", hash));
  EXPECT_FALSE(verify_password("correct horse batterz", hash));
  EXPECT_FALSE(verify_password("", ""));
  EXPECT_EQ(hash_password("short").error().kind, ErrorKind::invalid_input);
  EXPECT_NE(random_token(), random_token());
  EXPECT_EQ(random_token().size(), 43u);
}

TEST(Audit, FindsWhereAChainWasTamperedWith) {
  const Folder folder;
  const auto database = store::ServerDb::open(folder.path / "server.db").value();
  for (int i = 1; i <= 5; ++i) ASSERT_TRUE(append_audit(*database, {.user_name = "ann", .action = "POST", .target = fmt::format("/x/{}", i), .status = 201}));
  const AuditCheck whole = verify_audit(*database).value();
  EXPECT_EQ(whole.broken_at, 0);
  EXPECT_EQ(whole.entries, 5);

  // Somebody with the file changes who it was, or drops a line.
  auto file = store::Sqlite::open(folder.path / "server.db", false).value();
  ASSERT_TRUE(file.execute("UPDATE audit SET user_name = 'bob' WHERE seq = 3"));
  EXPECT_EQ(verify_audit(*database).value().broken_at, 3);
  ASSERT_TRUE(file.execute("UPDATE audit SET user_name = 'ann' WHERE seq = 3"));
  EXPECT_EQ(verify_audit(*database).value().broken_at, 0);
  ASSERT_TRUE(file.execute("DELETE FROM audit WHERE seq = 2"));
  EXPECT_EQ(verify_audit(*database).value().broken_at, 2);
}

TEST(Accounts, FirstUserNeedsTheSecretAndOnlyOnce) {
  const Folder folder;
  const auto database = store::ServerDb::open(folder.path / "server.db").value();
  const auto accounts = Accounts::open(*database, folder.path).value();
  const std::string secret = accounts->first_run_secret();
  // A restart before anybody came shows the same one.
  EXPECT_EQ(Accounts::open(*database, folder.path).value()->first_run_secret(), secret);
  const NewUser admin{.name = "Chief", .password = "correct horse battery"};
  EXPECT_EQ(accounts->set_up("", admin).error().kind, ErrorKind::forbidden);
  ASSERT_TRUE(accounts->set_up(secret, admin));
  EXPECT_EQ(accounts->set_up(secret, admin).error().kind, ErrorKind::conflict);
  EXPECT_FALSE(std::filesystem::exists(accounts->secret_file()));
  EXPECT_EQ(Accounts::open(*database, folder.path).value()->first_run_secret(), "");
}

TEST(Accounts, SessionsAndTokensEnd) {
  const Folder folder;
  const auto database = store::ServerDb::open(folder.path / "server.db").value();
  const auto accounts = Accounts::open(*database, folder.path).value();
  const store::UserRow ann = accounts->add_user({.name = "ann", .password = "correct horse battery", .roles = {Role::analyst}}).value();
  const SignedIn session = accounts->start_session(ann, "::1", "test").value();
  EXPECT_EQ(accounts->session_caller(session.secret).value().name, "ann");
  // Idle for too long.
  ASSERT_TRUE(database->touch_session(session.caller.credential, unix_now() - kSessionIdleSeconds - 1));
  EXPECT_FALSE(accounts->session_caller(session.secret).value().signed_in());

  EXPECT_EQ(accounts->add_token(session.caller, {"t", "write", {Role::admin}, 1}).error().kind, ErrorKind::invalid_input);
  const auto token = accounts->add_token(session.caller, {"t", "read", {}, 1}).value();
  EXPECT_TRUE(accounts->token_caller(token.secret).value().read_only);
  store::TokenRow old = token.row;
  old.id = "token-old";
  old.secret_hash = secret_hash("an old secret of enough letters");
  old.expires_at = unix_now() - 1;
  ASSERT_TRUE(database->add_token(old));
  EXPECT_FALSE(accounts->token_caller("an old secret of enough letters").value().signed_in());
  // No secret stands in the file as it is.
  EXPECT_NE(token.row.secret_hash, token.secret);
}

TEST(Accounts, ATokenGivesAwayNoMoreThanItHas) {
  const Folder folder;
  const auto database = store::ServerDb::open(folder.path / "server.db").value();
  const auto accounts = Accounts::open(*database, folder.path).value();
  const store::UserRow chief = accounts->add_user({.name = "chief", .password = "correct horse battery", .roles = {Role::analyst, Role::admin}}).value();
  const SignedIn session = accounts->start_session(chief, "::1", "test").value();
  const auto parent = accounts->add_token(session.caller, {"small", "write", {Role::analyst}, 1}).value();
  const Caller small = accounts->token_caller(parent.secret).value();
  const auto child = accounts->add_token(small, {"child", "write", {}, 730}).value();
  EXPECT_TRUE(accounts->token_caller(child.secret).value().roles == RoleSet({Role::analyst}));
  EXPECT_LE(child.row.expires_at, parent.row.expires_at);
  EXPECT_EQ(accounts->add_token(small, {"child", "write", {Role::admin}, 1}).error().kind, ErrorKind::invalid_input);
}

TEST(RateLimit, LetsABurstThroughThenASteadyRate) {
  RateLimit limit(10, 3);
  auto now = std::chrono::steady_clock::time_point{} + std::chrono::hours(1);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(limit.take("a", now));
  EXPECT_EQ(limit.take("a", now), 1);
  EXPECT_FALSE(limit.take("b", now));
  now += std::chrono::milliseconds(110);
  EXPECT_FALSE(limit.take("a", now));
  EXPECT_TRUE(limit.take("a", now));
}

}  // namespace
}  // namespace jianwei::server
