// The text in the file is for people; only the flock decides.

#include "store/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "base/file.h"
#include "base/strings.h"
#include "store/app_db.h"

namespace jianwei::store {

Result<WriterLock> WriterLock::acquire(const std::filesystem::path& path, std::string_view command, double wait_seconds,
                                       const Progress* progress) {
  using Clock = std::chrono::steady_clock;
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return fail(ErrorKind::unavailable, "{}: cannot be opened: {}", path.string(), std::strerror(errno));
  WriterLock lock(fd);
  const auto deadline = Clock::now() + std::chrono::duration<double>(wait_seconds);
  while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      return fail(ErrorKind::unavailable, "{}: cannot be locked: {}", path.string(), std::strerror(errno));
    }
    if (Clock::now() >= deadline) {
      const Result<std::string> holder = read_file(path);
      return fail(ErrorKind::conflict, "{} is being written by {}: try again when it has ended", path.parent_path().string(),
                  holder && !holder->empty() ? std::string(trim(*holder)) : "another process");
    }
    if (progress != nullptr) TRY(progress->check());
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  const std::string text = fmt::format("process {} ({}) since {}\n", ::getpid(), command, utc_now());
  if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, text.data(), text.size(), 0) < 0) {
    return fail(ErrorKind::unavailable, "{}: cannot be written: {}", path.string(), std::strerror(errno));
  }
  return lock;
}

WriterLock::WriterLock(WriterLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
WriterLock& WriterLock::operator=(WriterLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}
WriterLock::~WriterLock() {
  if (fd_ < 0) return;
  [[maybe_unused]] const int emptied = ::ftruncate(fd_, 0);  // the text is a courtesy
  ::close(fd_);
}

}  // namespace jianwei::store
