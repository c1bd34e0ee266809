#include "store/lock.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

namespace jianwei::store {
namespace {

// A child process that takes the lock, says so, and holds it until it is killed.
class Holder {
 public:
  explicit Holder(const std::filesystem::path& path) {
    int ready[2];
    EXPECT_EQ(::pipe(ready), 0);
    child_ = ::fork();
    if (child_ == 0) {
      const auto lock = WriterLock::acquire(path, "jianwei import", 0, nullptr);
      const char taken = lock ? '1' : '0';
      [[maybe_unused]] const ssize_t written = ::write(ready[1], &taken, 1);
      for (;;) ::pause();
    }
    char taken = '0';
    EXPECT_EQ(::read(ready[0], &taken, 1), 1);
    EXPECT_EQ(taken, '1');
    ::close(ready[0]);
    ::close(ready[1]);
  }
  ~Holder() { kill(); }
  void kill() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
    child_ = 0;
  }
  pid_t pid() const { return child_; }

 private:
  pid_t child_ = 0;
};

class LockTest : public testing::Test {
 protected:
  std::filesystem::path path_ = std::filesystem::temp_directory_path() / ("jw_lock_" + std::to_string(::getpid()));
  void TearDown() override { std::filesystem::remove(path_); }
};

TEST_F(LockTest, TellsTheSecondWriterWhoHoldsIt) {
  const Holder holder(path_);
  const auto lock = WriterLock::acquire(path_, "jianwei run", 0, nullptr);
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().kind, ErrorKind::conflict);
  EXPECT_NE(lock.error().message.find("process " + std::to_string(holder.pid()) + " (jianwei import)"), std::string::npos)
      << lock.error().message;
}

TEST_F(LockTest, LetsTheSecondWriterWaitForTheFirst) {
  Holder holder(path_);
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    holder.kill();  // even a killed process gives its lock back
  });
  const auto lock = WriterLock::acquire(path_, "jianwei run", 10, nullptr);
  later.join();
  EXPECT_TRUE(lock);
}

TEST_F(LockTest, CanBeCancelledWhileWaiting) {
  const Holder holder(path_);
  Progress progress;
  progress.cancel();
  const auto lock = WriterLock::acquire(path_, "jianwei run", 10, &progress);
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace jianwei::store
