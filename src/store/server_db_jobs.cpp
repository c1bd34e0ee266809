// Jobs, uploads and kept answers in server.db.
#include "store/app_db.h"
#include "store/server_db.h"

namespace jianwei::store {
namespace {

constexpr std::string_view kJobColumns =
    "number, workspace, kind, parameters, state, stage, unit, done, total, message, result, attempts, asked_by, asked_by_name, request_key, asked_at, started_at, finished_at";

// "" matches all: one statement serves every filter.
constexpr std::string_view kJobFilter = "($1 = '' OR workspace = $1) AND ($2 = '' OR state = $2) AND ($3 = '' OR kind = $3)";

}  // namespace

Result<std::vector<JobRow>> ServerDb::read_jobs(std::string_view condition, std::initializer_list<SqlValue> values) {
  std::vector<JobRow> list;
  SqlRows r = TRY(database_.query(fmt::format("SELECT {} FROM jobs {}", kJobColumns, condition), values));
  while (TRY(r.next())) {
    list.push_back({r.integer(0), r.text(1), r.text(2), r.text(3), r.text(4), r.text(5), r.text(6), r.integer(7), r.integer(8), r.text(9), r.text(10), r.integer(11), r.text(12), r.text(13), r.text(14),
                    r.text(15), r.text(16), r.text(17)});
  }
  return list;
}

Result<JobRow> ServerDb::add_job(JobRow job) {
  const std::lock_guard lock(mutex_);
  TRY(database_.transaction([&]() -> Result<> {
    if (!job.request_key.empty()) {
      std::vector<JobRow> same = TRY(read_jobs("WHERE asked_by = $1 AND request_key = $2", {job.asked_by, job.request_key}));
      if (!same.empty()) {
        job = std::move(same.front());
        return {};
      }
    }
    job.number = TRY(database_.query_integer("SELECT coalesce(max(number), 0) + 1 FROM jobs"));
    job.state = "queued";
    job.asked_at = utc_now();
    return database_.execute("INSERT INTO jobs VALUES ($1, $2, $3, $4, $5, '', '', 0, 0, '', '', 0, $6, $7, $8, $9, '', '')",
                             {job.number, job.workspace, job.kind, job.parameters, job.state, job.asked_by, job.asked_by_name, job.request_key, job.asked_at});
  }));
  return job;
}

Result<std::optional<JobRow>> ServerDb::job(std::int64_t number) {
  const std::lock_guard lock(mutex_);
  std::vector<JobRow> found = TRY(read_jobs("WHERE number = $1", {number}));
  if (found.empty()) return std::optional<JobRow>();
  return std::optional<JobRow>(std::move(found.front()));
}

Result<std::vector<JobRow>> ServerDb::jobs(const JobFilter& f, std::int64_t before, std::int64_t limit) {
  const std::lock_guard lock(mutex_);
  return read_jobs(fmt::format("WHERE {} AND ($4 = 0 OR number < $4) ORDER BY number DESC LIMIT $5", kJobFilter), {f.workspace, f.state, f.kind, before, limit});
}

Result<std::int64_t> ServerDb::job_count(const JobFilter& f) {
  const std::lock_guard lock(mutex_);
  return database_.query_integer(fmt::format("SELECT count(*) FROM jobs WHERE {}", kJobFilter), {f.workspace, f.state, f.kind});
}

Result<std::optional<JobRow>> ServerDb::take_job() {
  const std::lock_guard lock(mutex_);
  std::optional<JobRow> taken;
  TRY(database_.transaction([&]() -> Result<> {
    std::vector<JobRow> waiting = TRY(read_jobs("WHERE state = 'queued' ORDER BY number LIMIT 1", {}));
    if (waiting.empty()) return {};
    taken = std::move(waiting.front());
    taken->state = "running";
    taken->attempts += 1;
    taken->started_at = utc_now();
    taken->message.clear();
    return database_.execute("UPDATE jobs SET state = $1, attempts = $2, started_at = $3, message = '', stage = '', unit = '', done = 0, total = 0 WHERE number = $4",
                             {taken->state, taken->attempts, taken->started_at, taken->number});
  }));
  return taken;
}

Result<> ServerDb::update_job(const JobRow& j) {
  const std::lock_guard lock(mutex_);
  return database_.execute("UPDATE jobs SET state = $1, stage = $2, unit = $3, done = $4, total = $5, message = $6, result = $7, attempts = $8, finished_at = $9 WHERE number = $10",
                           {j.state, j.stage, j.unit, j.done, j.total, j.message, j.result, j.attempts, j.finished_at, j.number});
}

Result<bool> ServerDb::move_job(std::int64_t number, std::string_view from, std::string_view to) {
  const std::lock_guard lock(mutex_);
  bool moved = false;
  TRY(database_.transaction([&]() -> Result<> {
    moved = TRY(database_.query_integer("SELECT count(*) FROM jobs WHERE number = $1 AND state = $2", {number, from})) > 0;
    if (!moved) return {};
    const std::string finished_at = to == "queued" ? "" : utc_now();
    return database_.execute("UPDATE jobs SET state = $1, finished_at = $2 WHERE number = $3", {to, finished_at, number});
  }));
  return moved;
}

Result<std::int64_t> ServerDb::requeue_running(std::int64_t max_attempts, std::string_view message) {
  const std::lock_guard lock(mutex_);
  std::int64_t count = 0;
  TRY(database_.transaction([&]() -> Result<> {
    count = TRY(database_.query_integer("SELECT count(*) FROM jobs WHERE state = 'running' AND attempts < $1", {max_attempts}));
    const std::string now = utc_now();
    TRY(database_.execute("UPDATE jobs SET state = 'failed', message = $1, finished_at = $2 WHERE state = 'running' AND attempts >= $3", {message, now, max_attempts}));
    return database_.execute("UPDATE jobs SET state = 'queued' WHERE state = 'running'");
  }));
  return count;
}

Result<> ServerDb::add_job_line(std::int64_t job, std::string_view text) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> {
    const std::int64_t line = TRY(database_.query_integer("SELECT coalesce(max(line), 0) + 1 FROM job_log WHERE job = $1", {job}));
    const std::string now = utc_now();
    return database_.execute("INSERT INTO job_log VALUES ($1, $2, $3, $4)", {job, line, now, text});
  });
}

Result<std::vector<JobLine>> ServerDb::job_lines(std::int64_t job, std::int64_t after, std::int64_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<JobLine> list;
  SqlRows rows = TRY(database_.query("SELECT line, at, text FROM job_log WHERE job = $1 AND line > $2 ORDER BY line LIMIT $3", {job, after, limit}));
  while (TRY(rows.next())) list.push_back({rows.integer(0), rows.text(1), rows.text(2)});
  return list;
}

// Uploads and answers.

Result<> ServerDb::add_upload(const UploadRow& u) {
  const std::lock_guard lock(mutex_);
  return database_.execute("INSERT INTO uploads VALUES ($1, $2, $3, $4, $5, $6, $7)", {u.id, u.workspace, u.user_id, u.name, u.bytes, u.checksum, u.created_at});
}

Result<std::vector<UploadRow>> ServerDb::read_uploads(std::string_view condition, std::initializer_list<SqlValue> values) {
  std::vector<UploadRow> list;
  SqlRows rows = TRY(database_.query(fmt::format("SELECT id, workspace, user_id, name, bytes, checksum, created_at FROM uploads WHERE {}", condition), values));
  while (TRY(rows.next())) list.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.integer(4), rows.text(5), rows.integer(6)});
  return list;
}

Result<std::optional<UploadRow>> ServerDb::upload(std::string_view id) {
  const std::lock_guard lock(mutex_);
  std::vector<UploadRow> found = TRY(read_uploads("id = $1", {id}));
  if (found.empty()) return std::optional<UploadRow>();
  return std::optional<UploadRow>(std::move(found.front()));
}

Result<std::vector<UploadRow>> ServerDb::uploads_before(std::int64_t created_before) {
  const std::lock_guard lock(mutex_);
  return read_uploads("created_at < $1", {created_before});
}

Result<> ServerDb::complete_upload(std::string_view id, std::string_view checksum) {
  const std::lock_guard lock(mutex_);
  return database_.execute("UPDATE uploads SET checksum = $1 WHERE id = $2", {checksum, id});
}

Result<> ServerDb::delete_upload(std::string_view id) {
  const std::lock_guard lock(mutex_);
  return database_.execute("DELETE FROM uploads WHERE id = $1", {id});
}

Result<> ServerDb::add_answer(const AnswerRow& a) {
  const std::lock_guard lock(mutex_);
  return database_.execute("INSERT INTO answers VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING", {a.user_id, a.request_key, a.request_hash, a.status, a.content_type, a.body, a.created_at});
}

Result<std::optional<AnswerRow>> ServerDb::answer(std::string_view user_id, std::string_view request_key) {
  const std::lock_guard lock(mutex_);
  SqlRows rows = TRY(database_.query("SELECT user_id, request_key, request_hash, status, content_type, body, created_at FROM answers WHERE user_id = $1 AND request_key = $2", {user_id, request_key}));
  if (!TRY(rows.next())) return std::optional<AnswerRow>();
  return std::optional<AnswerRow>({rows.text(0), rows.text(1), rows.text(2), rows.integer(3), rows.text(4), rows.text(5), rows.integer(6)});
}

Result<> ServerDb::delete_old_answers(std::int64_t created_before) {
  const std::lock_guard lock(mutex_);
  return database_.execute("DELETE FROM answers WHERE created_at < $1", {created_before});
}

}  // namespace jianwei::store
