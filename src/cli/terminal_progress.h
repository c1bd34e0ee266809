// Progress on a terminal: one line a stage with done, rate and time left, redrawn in place; silent when standard error is no terminal.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "base/catalogue.h"
#include "base/progress.h"

namespace jianwei::cli {

class TerminalProgress : public Progress {
 public:
  TerminalProgress(Language language, bool visible);
  ~TerminalProgress() override;

  // Lets Ctrl-C and SIGTERM cancel this progress; a second Ctrl-C ends the program at once.
  void listen_to_signals();

 protected:
  void on_begin(std::string_view stage, std::string_view unit) override;
  void on_advance() override;

 private:
  void draw();
  void finish_line();

  const Language language_;
  const bool visible_;
  std::mutex mutex_;  // protects the rest
  std::string stage_;
  std::string unit_;
  std::chrono::steady_clock::time_point started_;
  bool line_open_ = false;
};

}  // namespace jianwei::cli
