// What every command gets: the language, where to print, and a progress that shows itself on a terminal and hears Ctrl-C.
#pragma once

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::cli {

struct Session {
  Language language = Language::en;
  bool json = false;      // exactly one JSON document on standard output
  bool quiet = false;     // no progress
  int thread_count = 0;   // 0: the machine's
  bool wait = false;      // wait for another writer of the workspace
  Progress* progress = nullptr;

  // A line of standard output.
  void print(std::string_view line) const;
  // A message for people; standard error, so that output can be piped.
  void note(std::string_view line) const;

  template <class... Args>
  std::string say(std::string_view key, const Args&... args) const {
    return message(language, key, args...);
  }
};

// What a command does once its options are read.
using Action = std::function<Result<>(Session&)>;

// Adds a subcommand: its options are bound in `define`, which returns the action.
struct Command {
  const char* name;
  const char* group;                                   // where --help lists it
  Action (*define)(CLI::App& app);
};
const std::vector<Command>& commands();

// A table for the terminal: columns aligned by display width (CJK characters are two wide), numbers to the right.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> header, std::vector<bool> numeric = {});
  void add(std::vector<std::string> row);
  // The last column is cut to the terminal's width.
  std::string text(int max_width) const;

 private:
  std::vector<bool> numeric_;
  std::vector<std::vector<std::string>> rows_;
};

int display_width(std::string_view text);
int terminal_width();                    // of standard output; 0 when it is no terminal: nothing is cut
std::string thousands(std::int64_t n);   // 12,345
std::string percent(double share);       // 0.123 -> "12.3 %"

}  // namespace jianwei::cli
