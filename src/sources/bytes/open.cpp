// A path is recognised by its first bytes, not by its name. The stored bytes are hashed in a first pass, so that an import knows
// before it reads whether it has seen the same file; standard input and members of archives are spooled for that.
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <vector>

#include "base/hash.h"
#include "sources/bytes/archive.h"
#include "sources/bytes/encoding.h"
#include "sources/bytes/gzip_stream.h"
#include "sources/bytes/spool.h"
#include "sources/open.h"

namespace jianwei::sources {
namespace {

using namespace std::string_view_literals;
using Visit = std::function<Result<>(OpenedFile&)>;

constexpr int kPipeWaitMs = 3000;  // a writer that is started beside us has opened the pipe by then
constexpr std::size_t kSampleBytes = std::size_t{64} << 10;

class StoredFile : public RandomAccess {
 public:
  ~StoredFile() override {
    if (file_ > 0) close(file_);
  }
  Result<> open_path(const std::filesystem::path& path) {
    // Without O_NONBLOCK a pipe nobody writes to would be waited for for ever.
    file_ = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file_ < 0) {
      const ErrorKind kind = errno == ENOENT || errno == ENOTDIR ? ErrorKind::not_found : ErrorKind::unavailable;
      return fail(kind, "{}: {}", path.string(), std::strerror(errno));
    }
    struct stat status {};
    if (fstat(file_, &status) != 0) return fail(ErrorKind::unavailable, "{}: {}", path.string(), std::strerror(errno));
    if (S_ISDIR(status.st_mode)) return fail(ErrorKind::invalid_input, "{}: is a folder, not a file", path.string());
    if (file_ != STDIN_FILENO && !S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) {
      return fail(ErrorKind::invalid_input, "{}: is a device, neither a file nor a pipe; for standard input write -", path.string());
    }
    if (file_ != STDIN_FILENO && S_ISFIFO(status.st_mode)) TRY(await_writer(path));
    regular_ = S_ISREG(status.st_mode) && file_ != STDIN_FILENO;
    byte_count_ = status.st_size;
    name_ = path.string();
    return {};
  }
  bool regular() const { return regular_; }
  std::int64_t byte_count() const override { return byte_count_; }
  Result<std::size_t> read_at(std::int64_t offset, char* buffer, std::size_t capacity) override {
    if (first_byte_ && capacity > 0) {
      *buffer = *first_byte_;
      first_byte_.reset();
      return 1U;
    }
    return checked(regular_ ? pread(file_, buffer, capacity, offset) : ::read(file_, buffer, capacity));
  }

 private:
  // Waits for the first data of a pipe; one that has a writer by then is waited for on, as standard input is.
  Result<> await_writer(const std::filesystem::path& path) {
    pollfd waiting = {file_, POLLIN, 0};
    const int ready = poll(&waiting, 1, kPipeWaitMs);
    const bool written = ready > 0 && (waiting.revents & POLLIN) != 0;
    if (!written && !has_writer()) {
      return fail(ErrorKind::unavailable, "{}: nobody writes to this pipe; start the program that does, or give its output as standard input (-)", path.string());
    }
    fcntl(file_, F_SETFL, fcntl(file_, F_GETFL) & ~O_NONBLOCK);
    return {};
  }
  // An empty pipe gives EAGAIN while somebody holds its other end, and its end otherwise.
  bool has_writer() {
    char byte = 0;
    const ssize_t count = ::read(file_, &byte, 1);
    if (count == 1) first_byte_ = byte;  // it came at this very moment
    return count == 1 || (count < 0 && errno == EAGAIN);
  }
  Result<std::size_t> checked(ssize_t count) const {
    if (count < 0) return fail(ErrorKind::unavailable, "{}: {}", name_, std::strerror(errno));
    return static_cast<std::size_t>(count);
  }
  int file_ = -1;
  bool regular_ = false;
  std::optional<char> first_byte_;  // of a pipe, read while its writer was looked for
  std::int64_t byte_count_ = 0;
  std::string name_;
};

class SpoolAccess : public RandomAccess {
 public:
  explicit SpoolAccess(const Spool& spool) : spool_(spool) {}
  std::int64_t byte_count() const override { return spool_.byte_count(); }
  Result<std::size_t> read_at(std::int64_t offset, char* buffer, std::size_t capacity) override {
    const std::size_t count = TRY(spool_.read_at(offset, buffer, capacity));
    if (count == 0 && spool_.error()) return tl::unexpected(*spool_.error());
    return count;
  }

 private:
  const Spool& spool_;
};

// Stored bytes from front to back; tells how far it is.
class SequentialStream : public ByteStream {
 public:
  SequentialStream(RandomAccess& bytes, std::int64_t* position) : bytes_(bytes), position_(position) {}
  Result<std::size_t> read(char* buffer, std::size_t capacity) override {
    const std::size_t count = TRY(bytes_.read_at(offset_, buffer, capacity));
    offset_ += static_cast<std::int64_t>(count);
    if (position_ != nullptr) *position_ = offset_;
    return count;
  }

 private:
  RandomAccess& bytes_;
  std::int64_t* position_;
  std::int64_t offset_ = 0;
};

// A stream whose beginning was already read: gives it again, then goes on. An error met early is met again in its place.
class ResumedStream : public ByteStream {
 public:
  explicit ResumedStream(ByteStream& rest) : rest_(rest) {}

  // Reads ahead until `byte_count` bytes, the end, or an error.
  std::string_view peek(std::size_t byte_count) {
    std::array<char, 4096> piece{};
    while (head_.size() < byte_count && !ended_ && !error_) {
      const auto count = rest_.read(piece.data(), std::min(piece.size(), byte_count - head_.size()));
      if (!count) {
        error_ = count.error();
      } else if (*count == 0) {
        ended_ = true;
      } else {
        head_.append(piece.data(), *count);
      }
    }
    return std::string_view(head_).substr(0, byte_count);
  }
  bool ended() const { return ended_; }

  Result<std::size_t> read(char* buffer, std::size_t capacity) override {
    if (given_ < head_.size()) {
      const std::size_t count = std::min(capacity, head_.size() - given_);
      std::memcpy(buffer, head_.data() + given_, count);
      given_ += count;
      return count;
    }
    if (error_) return tl::unexpected(*error_);
    if (ended_) return 0U;
    return rest_.read(buffer, capacity);
  }

 private:
  ByteStream& rest_;
  std::string head_;
  std::size_t given_ = 0;
  bool ended_ = false;
  std::optional<Error> error_;
};

// Keeps the encoding and the count of broken characters of the file up to date as it is read.
class ReportingStream : public ByteStream {
 public:
  ReportingStream(DecodingStream& decoded, OpenedFile& file) : decoded_(decoded), file_(file) {}
  Result<std::size_t> read(char* buffer, std::size_t capacity) override {
    auto count = decoded_.read(buffer, capacity);
    file_.encoding = decoded_.encoding();
    file_.undecodable_count = decoded_.undecodable_count();
    return count;
  }

 private:
  DecodingStream& decoded_;
  OpenedFile& file_;
};

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b\x08"sv); }
bool is_tar(std::string_view bytes) { return bytes.size() >= 262 && bytes.substr(257, 5) == "ustar"sv; }
bool is_zip(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv); }
bool is_compressed(std::string_view bytes) {
  return bytes.starts_with("\xfd" "7zXZ\0"sv) || bytes.starts_with("\x28\xb5\x2f\xfd"sv) || bytes.starts_with("BZh"sv) || bytes.starts_with("7z\xbc\xaf\x27\x1c"sv);
}

// Members that say nothing about science: what list_files() leaves out too, and what macOS adds.
bool is_ignored(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  return name.starts_with('.') || name.starts_with("README") || name.starts_with("LICENSE") || path.starts_with("__MACOSX/") || path.find("/.") != std::string_view::npos;
}

// The bytes of one text or binary file, compression undone: recognises the encoding and hands it over.
Result<> visit_plain(ByteStream& bytes, OpenedFile& file, const Visit& visit) {
  ResumedStream raw(bytes);
  const std::string_view head = raw.peek(kSampleBytes);
  file.encoding = recognise_encoding(head, raw.ended());
  if (file.encoding == "binary") {
    file.sample = std::string(head);
    file.complete = raw.ended();
    file.stream = &raw;
    return visit(file);
  }
  DecodingStream decoding(raw, file.encoding);
  ReportingStream reporting(decoding, file);
  ResumedStream decoded(reporting);
  file.sample = std::string(decoded.peek(kSampleBytes));
  file.complete = decoded.ended();
  file.stream = &decoded;
  return visit(file);
}

// Spends what is read.
class CountedStream : public ByteStream {
 public:
  CountedStream(ByteStream& bytes, const std::string& name, Budget& budget) : bytes_(bytes), name_(name), budget_(budget) {}
  Result<std::size_t> read(char* buffer, std::size_t capacity) override {
    const std::size_t count = TRY(bytes_.read(buffer, capacity));
    TRY(budget_.spend(static_cast<std::int64_t>(count), name_));
    return count;
  }

 private:
  ByteStream& bytes_;
  const std::string& name_;
  Budget& budget_;
};

Result<> open_stored(RandomAccess& bytes, OpenedFile& file, Budget& budget, const Visit& visit, int depth);

// One member of an archive: spooled, since its checksum must be known before it is read.
Result<> open_member(const std::string& archive_name, const std::string& member, ByteStream& stream, Budget& budget, const Visit& visit, int depth) {
  if (is_ignored(member)) return {};
  Spool spool;
  TRY(spool.fill(stream));
  if (spool.error() && spool.error()->kind == ErrorKind::invalid_input) return tl::unexpected(*spool.error());  // a limit
  OpenedFile file;
  file.name = member.empty() ? archive_name : archive_name + "!" + member;
  file.checksum = spool.checksum();
  file.byte_count = spool.byte_count();
  SpoolAccess access(spool);
  return open_stored(access, file, budget, visit, depth + 1);
}

Result<> open_gzip(ByteStream& stored, OpenedFile& file, Budget& budget, const Visit& visit, int depth) {
  GzipStream inflated(stored, file.name, budget.limits.max_member_bytes, budget.limits.max_ratio);
  CountedStream counted(inflated, file.name, budget);
  ResumedStream resumed(counted);
  if (is_tar(resumed.peek(512)) && depth < budget.limits.max_depth) {
    return walk_archive(resumed, file.name, budget, [&](const std::string& member, ByteStream& stream) { return open_member(file.name, member, stream, budget, visit, depth); });
  }
  TRY(visit_plain(resumed, file, visit));
  file.trailing_garbage = inflated.has_trailing_garbage();
  return {};
}

Result<> open_stored(RandomAccess& bytes, OpenedFile& file, Budget& budget, const Visit& visit, int depth) {
  SequentialStream stored(bytes, &file.consumed_bytes);
  ResumedStream resumed(stored);
  const std::string head(resumed.peek(512));
  if (is_gzip(head)) return open_gzip(resumed, file, budget, visit, depth);
  const bool archive = is_tar(head) || is_compressed(head) || (is_zip(head) && !is_document_archive(bytes));
  if (archive && depth < budget.limits.max_depth) {
    return walk_archive(bytes, file.name, budget, [&](const std::string& member, ByteStream& stream) -> Result<> {
      if (!member.empty()) return open_member(file.name, member, stream, budget, visit, depth);
      return visit_plain(stream, file, visit);  // works.jsonl.xz: one text
    });
  }
  return visit_plain(resumed, file, visit);
}

Result<std::string> hash_stored(RandomAccess& bytes) {
  std::vector<char> buffer(std::size_t{1} << 20);
  Sha256 hash;
  std::int64_t offset = 0;
  for (;;) {
    const std::size_t count = TRY(bytes.read_at(offset, buffer.data(), buffer.size()));
    if (count == 0) return hash.hex();
    hash.update({buffer.data(), count});
    offset += static_cast<std::int64_t>(count);
  }
}

}  // namespace

Result<> open_source(const std::filesystem::path& path, const OpenLimits& limits, const Visit& visit) {
  StoredFile stored;
  TRY(stored.open_path(path));
  OpenedFile file;
  file.name = path.string();
  if (stored.regular()) {
    file.checksum = TRY(hash_stored(stored));
    file.byte_count = stored.byte_count();
    Budget budget{limits, file.byte_count};
    return open_stored(stored, file, budget, visit, 0);
  }
  // Standard input and pipes come once only.
  Spool spool;
  SequentialStream once(stored, nullptr);
  TRY(spool.fill(once));
  if (spool.error()) return tl::unexpected(*spool.error());
  file.checksum = spool.checksum();
  file.byte_count = spool.byte_count();
  SpoolAccess access(spool);
  Budget budget{limits, file.byte_count};
  return open_stored(access, file, budget, visit, 0);
}

}  // namespace jianwei::sources
