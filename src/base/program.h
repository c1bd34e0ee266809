// Runs another program without a shell: for pdftotext, pandoc, rsvg-convert and chromium.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace jianwei {

struct ProgramOptions {
  std::chrono::seconds timeout{120};
  std::int64_t max_output_bytes = std::int64_t{256} << 20;
  std::filesystem::path folder;  // to run in; "" = ours
};

struct ProgramOutput {
  int exit_code = 0;
  std::string out;
  std::string err;  // its last 4 KiB
};

// Looks `arguments[0]` up in PATH, runs it with empty standard input and collects what it prints.
// Errors: unavailable    it is not installed, or it ran over the time or output limit (it is killed, with what it started)
Result<ProgramOutput> run_program(const std::vector<std::string>& arguments, const ProgramOptions& options);

// The first of `names` found in PATH, "" when none is.
std::string find_program(const std::vector<std::string>& names);

}  // namespace jianwei
