// fork and exec in a process group of its own, both outputs read by poll so that neither can block the other.
#include "base/program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "base/strings.h"

namespace jianwei {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  bool open() { return ::pipe2(ends.data(), O_CLOEXEC) == 0; }
  void close(std::size_t end) {
    if (ends[end] >= 0) ::close(ends[end]);
    ends[end] = -1;
  }
  ~Pipe() {
    close(0);
    close(1);
  }
};

[[noreturn]] void become(const std::vector<std::string>& arguments, const ProgramOptions& options, int out, int err) {
  ::setpgid(0, 0);
  const int empty = ::open("/dev/null", O_RDONLY);
  ::dup2(empty, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) ::_exit(127);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execvp(argv[0], argv.data());
  ::_exit(127);
}

}  // namespace

std::string find_program(const std::vector<std::string>& names) {
  const char* path = std::getenv("PATH");
  for (const std::string& name : names) {
    for (const std::string_view folder : split(path != nullptr ? path : "/usr/bin:/bin", ":")) {
      const std::string candidate = std::string(folder) + "/" + name;
      if (!folder.empty() && ::access(candidate.c_str(), X_OK) == 0) return candidate;
    }
  }
  return "";
}

Result<ProgramOutput> run_program(const std::vector<std::string>& arguments, const ProgramOptions& options) {
  const std::string& name = arguments.front();
  if (name.find('/') == std::string::npos && find_program({name}).empty()) {
    return fail(ErrorKind::unavailable, "the program {} is needed and not installed", name);
  }
  Pipe out;
  Pipe err;
  if (!out.open() || !err.open()) return fail(ErrorKind::unavailable, "{}: {}", name, std::strerror(errno));
  const pid_t child = ::fork();
  if (child < 0) return fail(ErrorKind::unavailable, "{} cannot be started: {}", name, std::strerror(errno));
  if (child == 0) become(arguments, options, out.ends[1], err.ends[1]);
  ::setpgid(child, child);
  out.close(1);
  err.close(1);

  ProgramOutput output;
  std::string failure;
  const auto deadline = Clock::now() + options.timeout;
  std::array<pollfd, 2> polled = {pollfd{out.ends[0], POLLIN, 0}, pollfd{err.ends[0], POLLIN, 0}};
  std::array<char, 1 << 16> buffer{};
  while (failure.empty() && (polled[0].fd >= 0 || polled[1].fd >= 0)) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) {
      failure = fmt::format("took longer than {} s", options.timeout.count());
      break;
    }
    ::poll(polled.data(), polled.size(), static_cast<int>(std::min<std::int64_t>(left, 1000)));
    for (std::size_t i = 0; i < 2; ++i) {
      if (polled[i].fd < 0 || polled[i].revents == 0) continue;
      const ssize_t count = ::read(polled[i].fd, buffer.data(), buffer.size());
      if (count <= 0) {
        polled[i].fd = -1;
        continue;
      }
      std::string& target = i == 0 ? output.out : output.err;
      target.append(buffer.data(), static_cast<std::size_t>(count));
      if (i == 1 && target.size() > 4096) target.erase(0, target.size() - 4096);
    }
    if (static_cast<std::int64_t>(output.out.size()) > options.max_output_bytes) failure = fmt::format("printed more than {} bytes", options.max_output_bytes);
  }
  if (!failure.empty()) ::kill(-child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!failure.empty()) return fail(ErrorKind::unavailable, "{} {} and was stopped", name, failure);
  output.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return output;
}

}  // namespace jianwei
