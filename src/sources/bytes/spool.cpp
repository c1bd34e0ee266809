#include "sources/bytes/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <vector>

namespace jianwei::sources {

Spool::~Spool() {
  if (file_ >= 0) close(file_);
}

Result<> Spool::append(const char* bytes, std::size_t count) {
  if (file_ < 0 && memory_.size() + count <= kMemoryBytes) {
    memory_.append(bytes, count);
    return {};
  }
  std::error_code ignored;
  const std::string folder = std::filesystem::temp_directory_path(ignored).string();
  if (file_ < 0) file_ = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file_ < 0) {
    std::string name = folder + "/jianwei-XXXXXX";
    file_ = mkstemp(name.data());
    if (file_ >= 0) unlink(name.c_str());
  }
  if (file_ < 0) return fail(ErrorKind::unavailable, "no temporary file can be made in {}: {}", folder, std::strerror(errno));
  while (count > 0) {
    const ssize_t written = write(file_, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail(ErrorKind::unavailable, "{} cannot hold the data while they are read: {}; TMPDIR names another folder", folder, std::strerror(errno));
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
  return {};
}

Result<> Spool::fill(ByteStream& stream) {
  std::vector<char> buffer(std::size_t{1} << 20);
  Sha256 hash;
  for (;;) {
    const auto count = stream.read(buffer.data(), buffer.size());
    if (!count) error_ = count.error();
    if (!count || *count == 0) break;
    hash.update({buffer.data(), *count});
    TRY(append(buffer.data(), *count));
    byte_count_ += static_cast<std::int64_t>(*count);
  }
  checksum_ = hash.hex();
  return {};
}

Result<std::size_t> Spool::read_at(std::int64_t offset, char* buffer, std::size_t capacity) const {
  const auto in_memory = static_cast<std::int64_t>(memory_.size());
  if (offset < in_memory) {
    const std::size_t count = std::min(capacity, memory_.size() - static_cast<std::size_t>(offset));
    std::memcpy(buffer, memory_.data() + offset, count);
    return count;
  }
  if (file_ < 0) return 0U;
  const ssize_t count = pread(file_, buffer, capacity, offset - in_memory);
  if (count < 0) return fail(ErrorKind::unavailable, "the temporary file cannot be read: {}", std::strerror(errno));
  return static_cast<std::size_t>(count);
}

}  // namespace jianwei::sources
