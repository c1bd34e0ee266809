#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace jianwei {
namespace {

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0) {
    const ErrorKind kind = errno == ENOENT || errno == ENOTDIR ? ErrorKind::not_found : ErrorKind::unavailable;
    return fail(kind, "{}: cannot be opened: {}", path.string(), std::strerror(errno));
  }
  std::string bytes;
  std::string buffer(1 << 16, '\0');
  for (;;) {
    const ssize_t count = ::read(file.fd, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(ErrorKind::unavailable, "{}: cannot be read: {}", path.string(), std::strerror(errno));
    if (count == 0) return bytes;
    bytes.append(buffer, 0, static_cast<std::size_t>(count));
  }
}

Result<> sync_path(const std::filesystem::path& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0 || ::fsync(file.fd) != 0) {
    return fail(ErrorKind::unavailable, "{}: cannot be synced to the disk: {}", path.string(), std::strerror(errno));
  }
  return {};
}

Result<> write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
  const std::filesystem::path temporary = path.string() + ".part";
  {
    const Descriptor file{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)};
    if (file.fd < 0) {
      return fail(ErrorKind::unavailable, "{}: cannot be written: {}", path.string(), std::strerror(errno));
    }
    std::string_view rest = bytes;
    while (!rest.empty()) {
      const ssize_t count = ::write(file.fd, rest.data(), rest.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) {
        const int code = errno;
        ::unlink(temporary.c_str());
        return fail(ErrorKind::unavailable, "{}: cannot be written: {}", path.string(), std::strerror(code));
      }
      rest.remove_prefix(static_cast<std::size_t>(count));
    }
    if (::fsync(file.fd) != 0) {
      return fail(ErrorKind::unavailable, "{}: cannot be synced to the disk: {}", path.string(), std::strerror(errno));
    }
  }
  std::error_code error;
  std::filesystem::rename(temporary, path, error);
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be put in place: {}", path.string(), error.message());
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  return sync_path(folder);
}

}  // namespace jianwei
