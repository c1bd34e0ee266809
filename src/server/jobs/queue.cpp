#include "server/jobs/queue.h"

#include <algorithm>
#include <chrono>

#include "base/catalogue.h"
#include "base/json_writer.h"
#include "base/sentence.h"
#include "base/strings.h"
#include "server/hidden_folders.h"
#include "server/jobs/job_progress.h"
#include "server/jobs/panel_jobs.h"
#include "server/log.h"
#include "store/app_db.h"

namespace jianwei::server {
namespace {

constexpr std::int64_t kMaxAttempts = 3;
constexpr std::chrono::seconds kScheduleLook(5);

}  // namespace

std::vector<JobKind> job_kinds() {
  std::vector<JobKind> kinds;
  for (auto& group : {data_job_kinds(), analysis_job_kinds(), report_job_kinds(), panel_job_kinds(), routine_job_kinds(), draft_job_kinds(), upkeep_job_kinds()}) kinds.insert(kinds.end(), group.begin(), group.end());
  return kinds;
}

JobQueue::JobQueue(store::ServerDb& database, EventBus& events, std::vector<JobKind> kinds) : database_(database), events_(events), kinds_(std::move(kinds)) {}
JobQueue::~JobQueue() { stop(); }

Result<> JobQueue::start(Services& services) {
  TRY(database_.requeue_running(kMaxAttempts, fmt::format("the server stopped {} times while this was at work", kMaxAttempts)));
  services_ = &services;
  worker_ = std::thread([this] { work(); });
  return {};
}

void JobQueue::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (progress_ != nullptr) progress_->cancel();
  }
  wake_.notify_all();
  if (worker_.joinable()) worker_.join();
}

const JobKind* JobQueue::find_kind(std::string_view name) const {
  const auto found = std::find_if(kinds_.begin(), kinds_.end(), [&](const JobKind& kind) { return kind.name == name; });
  return found == kinds_.end() ? nullptr : &*found;
}

std::vector<std::string> JobQueue::kind_names() const {
  std::vector<std::string> names;
  for (const JobKind& kind : kinds_) names.push_back(kind.name);
  return names;
}

Result<store::JobRow> JobQueue::add(std::string_view workspace, std::string_view kind_name, const JsonBody& parameters, Services& services, const Caller& by, std::string_view request_key) {
  const JobKind* kind = find_kind(kind_name);
  if (kind == nullptr) return fail(ErrorKind::invalid_input, "kind: \"{}\" is none of {}", kind_name, join(kind_names(), ", "));
  TRY(kind->check(parameters, services, workspace));
  store::JobRow job;
  job.workspace = workspace;
  job.kind = kind->name;
  job.parameters = parameters.text();
  job.asked_by = by.user_id;
  job.asked_by_name = by.name;
  job.request_key = request_key;
  job = TRY(database_.add_job(std::move(job)));
  publish(job);
  wake_.notify_all();
  return job;
}

Result<store::JobRow> JobQueue::cancel(std::int64_t number) {
  {
    const std::lock_guard lock(mutex_);
    if (running_ == number && progress_ != nullptr) {
      cancel_asked_ = true;
      progress_->cancel();
    }
  }
  auto job = TRY(database_.job(number));
  if (!job) return fail(ErrorKind::not_found, "no job {}", number);
  if (job->state == "running") return *job;  // it ends when its work next looks
  if (!TRY(database_.move_job(number, "queued", "cancelled"))) return fail(ErrorKind::conflict, "job {} has ended: {}", number, job->state);
  job = TRY(database_.job(number));
  publish(*job);
  return *job;
}

Result<store::JobRow> JobQueue::retry(std::int64_t number) {
  auto job = TRY(database_.job(number));
  if (!job) return fail(ErrorKind::not_found, "no job {}", number);
  if (!TRY(database_.move_job(number, "failed", "queued")) && !TRY(database_.move_job(number, "cancelled", "queued"))) {
    return fail(ErrorKind::conflict, "job {} is {}: only a failed or cancelled one is tried again", number, job->state);
  }
  job->attempts = 0;
  job->state = "queued";
  job->message.clear();
  job->finished_at.clear();
  TRY(database_.update_job(*job));
  publish(*job);
  wake_.notify_all();
  return *job;
}

std::optional<std::int64_t> JobQueue::seconds_left(std::int64_t number) const {
  const std::lock_guard lock(mutex_);
  return running_ == number && progress_ != nullptr ? progress_->seconds_left() : std::nullopt;
}

std::string JobQueue::to_json(const store::JobRow& job, std::optional<std::int64_t> left) {
  JsonWriter json;
  json.begin_object().field("id", std::to_string(job.number)).field("workspace", job.workspace).field("kind", job.kind).key("parameters").raw(job.parameters);
  json.field("state", job.state).field("stage", job.stage);
  for (const Language language : {Language::zh, Language::en}) {
    json.field(fmt::format("stage_{}", to_string(language)), job.stage.empty() ? "" : message(language, "stage." + job.stage));
    json.field(fmt::format("unit_{}", to_string(language)), job.unit.empty() ? "" : message(language, "unit." + job.unit));
  }
  json.field("done", job.done).field("total", job.total).key("seconds_left");
  if (left && job.state == "running") {
    json.value(*left);
  } else {
    json.null();
  }
  write_said(json, "message", job.message);
  json.key("result");
  if (job.result.empty()) {
    json.null();
  } else {
    json.raw(job.result);
  }
  json.field("attempts", job.attempts).key("asked_by").begin_object().field("id", job.asked_by).field("name", job.asked_by_name).end_object();
  return json.field("asked_at", job.asked_at).field("started_at", job.started_at).field("finished_at", job.finished_at).end_object().text();
}

void JobQueue::publish(const store::JobRow& job) { events_.publish("jobs", to_json(job)); }

void JobQueue::work() {
  std::chrono::steady_clock::time_point next_look{};
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (stopping_) return;
    }
    if (const auto now = std::chrono::steady_clock::now(); now >= next_look) {
      add_due_jobs(*services_);
      next_look = now + kScheduleLook;
    }
    Result<std::optional<store::JobRow>> job = database_.take_job();
    if (!job) log_event("error", "jobs", std::move(log_fields().field("message", job.error().message)));
    if (job && *job) {
      run(std::move(**job));
      continue;
    }
    std::unique_lock lock(mutex_);
    // add() wakes us; the timeout covers one that was added between our look and our sleep.
    wake_.wait_for(lock, std::chrono::milliseconds(500), [this] { return stopping_; });
  }
}

void JobQueue::run(store::JobRow job) {
  const std::function<void(std::string_view)> log = [this, number = job.number](std::string_view line) { (void)database_.add_job_line(number, line); };
  const auto changed = [this](const store::JobRow& now, std::optional<std::int64_t> left) {
    (void)database_.update_job(now);
    events_.publish("jobs", to_json(now, left));
  };
  JobProgress progress(job, changed, log);
  {
    const std::lock_guard lock(mutex_);
    running_ = job.number;
    progress_ = &progress;
    cancel_asked_ = false;
    if (stopping_) progress.cancel();
  }
  log(fmt::format("{} of {}, asked by {}, attempt {}", job.kind, job.workspace, job.asked_by_name, job.attempts));
  publish(job);

  const JobKind* kind = find_kind(job.kind);
  const auto work_on = [&]() -> Result<std::string> {
    if (kind == nullptr) return fail(ErrorKind::invalid_input, "this program knows no job of kind {}", job.kind);
    const JsonBody parameters = TRY(JsonBody::parse(job.parameters));
    JobRun at_work{job, parameters, *services_, progress, log};
    return kind->run(at_work);
  };
  const Result<std::string> result = work_on();
  progress.finish_stage();

  bool cancelled = false, stopping = false;
  {
    const std::lock_guard lock(mutex_);
    progress_ = nullptr;
    running_ = 0;
    cancelled = cancel_asked_;
    stopping = stopping_;
  }
  if (result) {
    job.state = "done";
    job.result = *result;
  } else if (result.error().kind == ErrorKind::cancelled && stopping && !cancelled) {
    job.state = "queued";  // goes on at the next start; this was no attempt that failed
    job.attempts -= 1;
  } else {
    job.state = result.error().kind == ErrorKind::cancelled ? "cancelled" : "failed";
    job.message = hide_folders(*services_, result.error().message);
  }
  job.finished_at = job.state == "queued" ? "" : store::utc_now();
  log(job.message.empty() ? job.state : job.state + ": " + job.message);
  if (const Result<> kept = database_.update_job(job); !kept) log_event("error", "jobs", std::move(log_fields().field("job", job.number).field("message", kept.error().message)));
  log_event(job.state == "failed" ? "error" : "info", "job", std::move(log_fields().field("job", job.number).field("kind", job.kind).field("workspace", job.workspace).field("state", job.state).field("message", job.message)));
  publish(job);
}

}  // namespace jianwei::server
