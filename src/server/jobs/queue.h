// The queue of jobs: kept in server.db, worked off one at a time in the order of asking.
//
// A job that was at work when the server stopped or fell is queued again at the next start; one that was started three times without an end
// fails. Between jobs the worker looks which schedules of the workspaces are due. Progress is written to server.db and published to browsers at most once a second, stages and ends at once.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "server/events.h"
#include "server/jobs/job.h"
#include "store/server_db.h"

namespace jianwei::server {

class JobProgress;

class JobQueue {
 public:
  JobQueue(store::ServerDb& database, EventBus& events, std::vector<JobKind> kinds);
  ~JobQueue();
  JobQueue(const JobQueue&) = delete;
  JobQueue& operator=(const JobQueue&) = delete;

  // Starts the worker. Errors: those of the database
  Result<> start(Services& services);
  // Asks the running job to stop and queues it again for the next start; returns when the worker has ended.
  void stop();

  const JobKind* find_kind(std::string_view name) const;
  std::vector<std::string> kind_names() const;
  // Errors: invalid_input  kind or parameters; not_found  an upload they name
  Result<store::JobRow> add(std::string_view workspace, std::string_view kind, const JsonBody& parameters, Services& services, const Caller& by, std::string_view request_key);
  // Errors: not_found; conflict  it has ended already
  Result<store::JobRow> cancel(std::int64_t number);
  // A failed or cancelled one goes back to the queue. Errors: not_found; conflict  it waits, runs, or is done
  Result<store::JobRow> retry(std::int64_t number);

  // Seconds the running stage will still take, as its rate so far tells; nothing for others.
  std::optional<std::int64_t> seconds_left(std::int64_t number) const;
  std::string to_json(const store::JobRow& job) const { return to_json(job, seconds_left(job.number)); }
  void publish(const store::JobRow& job);

 private:
  static std::string to_json(const store::JobRow& job, std::optional<std::int64_t> seconds_left);
  void work();
  void run(store::JobRow job);

  store::ServerDb& database_;
  EventBus& events_;
  const std::vector<JobKind> kinds_;
  Services* services_ = nullptr;

  mutable std::mutex mutex_;  // protects the rest
  std::condition_variable wake_;
  bool stopping_ = false;
  std::int64_t running_ = 0;             // number, 0: none
  JobProgress* progress_ = nullptr;      // of the running one
  bool cancel_asked_ = false;
  std::thread worker_;
};

}  // namespace jianwei::server
