// The progress of a job at work: written down and published as it goes.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "base/progress.h"
#include "store/job_rows.h"

namespace jianwei::server {

class JobProgress : public Progress {
 public:
  // Gets the job with its stage and counts, and the seconds the stage will still take.
  using Changed = std::function<void(const store::JobRow&, std::optional<std::int64_t>)>;
  // `ended_stage` gets a line for the log.
  JobProgress(store::JobRow& job, Changed changed, std::function<void(std::string_view)> ended_stage);

  // Nothing while the total is unknown or the stage is younger than a second.
  std::optional<std::int64_t> seconds_left() const;
  void finish_stage();

 protected:
  void on_begin(std::string_view stage, std::string_view unit) override;
  void on_advance() override;

 private:
  void log_stage();
  std::optional<std::int64_t> left() const;

  mutable std::mutex mutex_;  // protects the rest
  store::JobRow& job_;
  const Changed changed_;
  const std::function<void(std::string_view)> ended_stage_;
  std::chrono::steady_clock::time_point started_{}, written_{};
  bool open_ = false;
};

}  // namespace jianwei::server
