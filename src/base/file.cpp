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

namespace {

Result<> write_all(const Descriptor& file, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file.fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(ErrorKind::unavailable, "{}: cannot be written: {}", path.string(), std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

}  // namespace

Result<> write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code error;
  // A link keeps standing: the file it points to is replaced. A device or a pipe is written to, never replaced.
  const std::filesystem::path target = std::filesystem::is_symlink(path, error) ? std::filesystem::weakly_canonical(path, error) : path;
  const std::filesystem::file_status status = std::filesystem::status(target, error);
  if (std::filesystem::exists(status) && std::filesystem::is_other(status)) {
    const Descriptor file{::open(target.c_str(), O_WRONLY | O_CLOEXEC)};
    if (file.fd < 0) return fail(ErrorKind::unavailable, "{}: cannot be written: {}", path.string(), std::strerror(errno));
    return write_all(file, bytes, path);
  }
  const std::filesystem::path temporary = target.string() + ".part";
  {
    const Descriptor file{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)};
    if (file.fd < 0) {
      return fail(ErrorKind::unavailable, "{}: cannot be written: {}", path.string(), std::strerror(errno));
    }
    if (Result<> written = write_all(file, bytes, path); !written) {
      ::unlink(temporary.c_str());
      return written;
    }
    if (::fsync(file.fd) != 0) {
      return fail(ErrorKind::unavailable, "{}: cannot be synced to the disk: {}", path.string(), std::strerror(errno));
    }
  }
  std::filesystem::rename(temporary, target, error);
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be put in place: {}", path.string(), error.message());
  const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : ".";
  return sync_path(folder);
}

}  // namespace jianwei
