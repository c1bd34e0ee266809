// The server's own state, in server.db or in PostgreSQL. One connection, used by many threads one at a time; every change is one durable transaction.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/job_rows.h"
#include "store/sql_database.h"

namespace jianwei::store {

struct UserRow {
  std::string id, name, display_name, password_hash, roles, language, origin, subject;
  bool disabled = false;
  std::string created_at, last_sign_in_at;
};

struct SessionRow {
  std::string secret_hash, user_id, csrf;
  std::int64_t created_at = 0, seen_at = 0, expires_at = 0;  // Unix seconds
  std::string address, agent;
};

struct TokenRow {
  std::string id, user_id, name, secret_hash, scope, roles;
  std::int64_t created_at = 0, expires_at = 0, used_at = 0;
};

struct SignInFailures {
  std::int64_t failures = 0, last_at = 0;
};

struct AuditRow {
  std::int64_t seq = 0;
  std::string at, user_id, user_name, roles, address, action, target;
  std::int64_t status = 0;
  std::string detail, previous_hash, hash;
};

class ServerDb {
 public:
  // Opens the file (or makes it), or the database of a URL, and brings its schema to this program's version.
  // Errors: conflict  a newer program wrote it; unavailable; corrupt
  static Result<std::unique_ptr<ServerDb>> open(const std::string& location);

  // People.
  Result<std::vector<UserRow>> users();                                  // by name
  Result<std::optional<UserRow>> user(std::string_view id);
  Result<std::optional<UserRow>> user_by_name(std::string_view name);
  Result<std::optional<UserRow>> user_by_subject(std::string_view origin, std::string_view subject);
  Result<std::int64_t> user_count();
  Result<> add_user(const UserRow& user);                                // Errors: conflict  the name is taken
  Result<> update_user(const UserRow& user);                             // all columns but the id; disabled: ends its sessions
  Result<> delete_user(std::string_view id);                             // with its sessions and tokens

  // Sessions and tokens.
  Result<> add_session(const SessionRow& session);
  Result<std::optional<SessionRow>> session(std::string_view secret_hash);
  Result<> touch_session(std::string_view secret_hash, std::int64_t seen_at);
  Result<> delete_session(std::string_view secret_hash);
  Result<> delete_sessions_of(std::string_view user_id, std::string_view but_secret_hash);
  Result<> delete_old_sessions(std::int64_t now, std::int64_t seen_before);
  Result<> add_token(const TokenRow& token);
  Result<std::optional<TokenRow>> token(std::string_view secret_hash);
  Result<std::vector<TokenRow>> tokens();                                // newest first
  Result<> touch_token(std::string_view id, std::int64_t used_at);
  Result<> delete_token(std::string_view id);

  Result<SignInFailures> sign_in_failures(std::string_view subject);
  Result<> set_sign_in_failures(std::string_view subject, const SignInFailures& failures);  // 0 failures: forgotten

  // The audit log. `seal` gets the row with seq and previous_hash set and returns its hash.
  Result<> append_audit(AuditRow row, const std::function<std::string(const AuditRow&)>& seal);
  Result<std::vector<AuditRow>> audit(std::int64_t after_seq, std::int64_t limit);           // in order
  Result<std::vector<AuditRow>> audit_before(std::int64_t before_seq, std::int64_t limit);   // newest first; 0: from the end

  // Jobs.
  Result<JobRow> add_job(JobRow job);                                    // number is set here; the same request_key of the same user: the first job
  Result<std::optional<JobRow>> job(std::int64_t number);
  Result<std::vector<JobRow>> jobs(const JobFilter& filter, std::int64_t before, std::int64_t limit);  // newest first; before 0: from the end
  Result<std::int64_t> job_count(const JobFilter& filter);
  Result<std::optional<JobRow>> take_job();                              // the oldest queued one, now running
  Result<> update_job(const JobRow& job);                                // state, stage, progress, message, result, times
  Result<bool> move_job(std::int64_t number, std::string_view from, std::string_view to);  // false: it was not in `from`
  Result<std::int64_t> requeue_running(std::int64_t max_attempts, std::string_view message);  // after a crash; those tried too often fail
  Result<> add_job_line(std::int64_t job, std::string_view text);
  Result<std::vector<JobLine>> job_lines(std::int64_t job, std::int64_t after, std::int64_t limit);

  // Uploads and answers.
  Result<> add_upload(const UploadRow& upload);
  Result<std::optional<UploadRow>> upload(std::string_view id);
  Result<std::vector<UploadRow>> uploads_before(std::int64_t created_before);
  Result<> complete_upload(std::string_view id, std::string_view checksum);
  Result<> delete_upload(std::string_view id);
  Result<> add_answer(const AnswerRow& answer);                          // one that is there stays
  Result<std::optional<AnswerRow>> answer(std::string_view user_id, std::string_view request_key);
  Result<> delete_old_answers(std::int64_t created_before);

 private:
  explicit ServerDb(SqlDatabase database) : database_(std::move(database)) {}
  Result<std::vector<UserRow>> read_users(std::string_view condition, std::initializer_list<SqlValue> values);
  Result<std::vector<TokenRow>> read_tokens(std::string_view condition, std::initializer_list<SqlValue> values);
  Result<std::vector<JobRow>> read_jobs(std::string_view condition, std::initializer_list<SqlValue> values);
  Result<std::vector<UploadRow>> read_uploads(std::string_view condition, std::initializer_list<SqlValue> values);
  Result<std::vector<AuditRow>> read_audit(std::string_view condition, std::initializer_list<SqlValue> values);

  std::mutex mutex_;  // protects database_
  SqlDatabase database_;
};

}  // namespace jianwei::store
