// One writer at a time in a workspace: an flock on WS/.lock, which the system releases when the process ends, however it ends.
#pragma once

#include <filesystem>
#include <string>

#include "base/progress.h"
#include "base/result.h"

namespace jianwei::store {

class WriterLock {
 public:
  // Takes the lock, or waits up to `wait_seconds` for it. The file then says who holds it: pid, command, since when.
  // Errors: conflict     someone else writes: names process, command and since when
  //         cancelled    while waiting
  //         unavailable  the file cannot be made
  static Result<WriterLock> acquire(const std::filesystem::path& path, std::string_view command, double wait_seconds,
                                    const Progress* progress);
  WriterLock(WriterLock&& other) noexcept;
  WriterLock& operator=(WriterLock&& other) noexcept;
  ~WriterLock();

 private:
  explicit WriterLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace jianwei::store
