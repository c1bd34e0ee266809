#include "server/jobs/job_progress.h"

#include <fmt/format.h>

namespace jianwei::server {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

}  // namespace

JobProgress::JobProgress(store::JobRow& job, Changed changed, std::function<void(std::string_view)> ended_stage)
    : job_(job), changed_(std::move(changed)), ended_stage_(std::move(ended_stage)) {}

std::optional<std::int64_t> JobProgress::seconds_left() const {
  const std::lock_guard lock(mutex_);
  return left();
}

std::optional<std::int64_t> JobProgress::left() const {
  const double seconds = seconds_since(started_);
  if (!open_ || seconds < 1 || done() <= 0 || total() <= done()) return std::nullopt;
  return static_cast<std::int64_t>(seconds * (static_cast<double>(total()) / static_cast<double>(done()) - 1) + 0.5);
}

void JobProgress::finish_stage() {
  const std::lock_guard lock(mutex_);
  job_.done = done();
  log_stage();
}

void JobProgress::log_stage() {
  if (!open_) return;
  open_ = false;
  const double seconds = seconds_since(started_);
  ended_stage_(job_.done > 0 ? fmt::format("stage {} took {:.1f} s: {} {}", job_.stage, seconds, job_.done, job_.unit) : fmt::format("stage {} took {:.1f} s", job_.stage, seconds));
}

void JobProgress::on_begin(std::string_view stage, std::string_view unit) {
  const std::lock_guard lock(mutex_);
  log_stage();  // done() is of the new stage already: the old one is logged with what was last seen of it
  job_.stage = stage;
  job_.unit = unit;
  job_.done = 0;
  job_.total = total();
  started_ = written_ = Clock::now();
  open_ = true;
  changed_(job_, std::nullopt);
}

void JobProgress::on_advance() {
  const std::lock_guard lock(mutex_);
  job_.done = done();
  if (seconds_since(written_) < 1) return;
  written_ = Clock::now();
  changed_(job_, left());
}

}  // namespace jianwei::server
