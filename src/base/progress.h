// How long work reports itself and how it is asked to stop.
//
// The worker calls begin() when a stage starts, advance() as it goes (any thread), and polls cancelled(). A face derives from
// Progress to show it. A worker that sees cancelled() cleans up and returns ErrorKind::cancelled; TRY(progress.check()) does that.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jianwei {

class Progress {
 public:
  Progress() = default;
  virtual ~Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Starts a stage: its name as a key of the message catalogue ("import", "topics.lda"), the total of its units (0: unknown) and
  // their name ("records", "iterations", "bytes").
  void begin(std::string_view stage, std::int64_t total = 0, std::string_view unit = "");
  void advance(std::int64_t count = 1);

  // Asks the work to stop; safe in a signal handler.
  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }
  Result<> check() const;

  std::int64_t done() const { return done_.load(std::memory_order_relaxed); }
  std::int64_t total() const { return total_; }

 protected:
  virtual void on_begin(std::string_view /*stage*/, std::string_view /*unit*/) {}
  virtual void on_advance() {}  // may be called from any thread, at most about ten times a second

 private:
  std::atomic<bool> cancelled_ = false;
  std::atomic<std::int64_t> done_ = 0;
  std::atomic<std::int64_t> next_report_ms_ = 0;
  std::int64_t total_ = 0;
};

}  // namespace jianwei
