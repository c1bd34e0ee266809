#include "sources/documents/pdf.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

extern char** environ;

namespace jianwei::sources::documents {

Result<std::string> pdf_to_text(const std::filesystem::path& path, const PdfLimits& limits) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return fail(ErrorKind::unavailable, "no pipe for pdftotext: {}", std::strerror(errno));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  // "--" is not understood by old versions; an absolute path cannot be taken for an option.
  std::string program = limits.program;
  std::string file = std::filesystem::absolute(path).string();
  std::string quiet = "-q", encoding = "-enc", utf8 = "UTF-8", output = "-";
  char* arguments[] = {program.data(), quiet.data(), encoding.data(), utf8.data(), file.data(), output.data(), nullptr};
  pid_t child = 0;
  const int spawned = posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (spawned != 0) {
    close(ends[0]);
    return fail(ErrorKind::unavailable, "reading PDF needs the program {}, which was not found: install poppler-utils (apt-get install poppler-utils)", limits.program);
  }

  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(limits.timeout_ms);
  std::string text;
  std::string problem;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    if (left <= 0) {
      problem = fmt::format("the PDF took longer than {} ms to read", limits.timeout_ms);
      break;
    }
    pollfd ready{ends[0], POLLIN, 0};
    const int polled = poll(&ready, 1, static_cast<int>(left));
    if (polled < 0 && errno == EINTR) continue;
    if (polled <= 0) continue;  // the deadline is checked above
    char block[65536];
    const ssize_t count = read(ends[0], block, sizeof block);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    text.append(block, static_cast<std::size_t>(count));
    if (text.size() > limits.max_text_bytes) {
      problem = fmt::format("the PDF holds more than {} bytes of text", limits.max_text_bytes);
      break;
    }
  }
  close(ends[0]);
  if (!problem.empty()) kill(child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!problem.empty()) return fail(ErrorKind::invalid_input, "{}", problem);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
    return fail(ErrorKind::unavailable, "reading PDF needs the program {}, which was not found: install poppler-utils (apt-get install poppler-utils)", limits.program);
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return fail(ErrorKind::invalid_input, "pdftotext cannot read the PDF (damaged or encrypted): exit status {}", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  }
  return text;
}

}  // namespace jianwei::sources::documents
