#include "cli/terminal_progress.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>

namespace jianwei::cli {
namespace {

Progress* listening = nullptr;

void on_signal(int signal) {
  if (listening->cancelled()) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
    return;
  }
  listening->cancel();
}

std::string duration(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  return whole < 60 ? fmt::format("{} s", whole) : whole < 3600 ? fmt::format("{}:{:02}", whole / 60, whole % 60) : fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string amount(double n) { return n >= 1e9 ? fmt::format("{:.1f} G", n / 1e9) : n >= 1e6 ? fmt::format("{:.1f} M", n / 1e6) : n >= 1e4 ? fmt::format("{:.0f} k", n / 1e3) : fmt::format("{:.0f}", n); }

}  // namespace

TerminalProgress::TerminalProgress(Language language, bool visible) : language_(language), visible_(visible) {}

TerminalProgress::~TerminalProgress() {
  const std::lock_guard lock(mutex_);
  finish_line();
}

void TerminalProgress::listen_to_signals() {
  listening = this;
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}

void TerminalProgress::on_begin(std::string_view stage, std::string_view unit) {
  const std::lock_guard lock(mutex_);
  finish_line();
  stage_ = message(language_, fmt::format("stage.{}", stage));
  unit_ = unit.empty() ? "" : message(language_, fmt::format("unit.{}", unit));
  started_ = std::chrono::steady_clock::now();
  if (visible_) draw();
}

void TerminalProgress::on_advance() {
  const std::lock_guard lock(mutex_);
  if (visible_) draw();
}

void TerminalProgress::draw() {
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  const auto count = static_cast<double>(done());
  std::string line = stage_;
  if (count > 0) {
    line += total() > 0 ? fmt::format("  {:3.0f} %  {} / {} {}", 100 * count / static_cast<double>(total()), amount(count), amount(static_cast<double>(total())), unit_)
                        : fmt::format("  {} {}", amount(count), unit_);
    if (seconds > 0.5) {
      line += fmt::format("  {}/s", amount(count / seconds));
      if (total() > done()) line += fmt::format("  {}", message(language_, "progress.left", duration(seconds * (static_cast<double>(total()) / count - 1))));
    }
  }
  fmt::print(stderr, "\r\033[K{}", line);
  std::fflush(stderr);
  line_open_ = true;
}

void TerminalProgress::finish_line() {
  if (!line_open_) return;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  const std::string count = done() > 0 ? fmt::format("  {} {}", amount(static_cast<double>(done())), unit_) : "";
  fmt::print(stderr, "\r\033[K{}{}  {:.1f} s\n", stage_, count, seconds);
  line_open_ = false;
}

}  // namespace jianwei::cli
