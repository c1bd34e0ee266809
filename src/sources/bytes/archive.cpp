// libarchive reads through callbacks: with seeking for stored files (zip directories), without for streams.
#include "sources/bytes/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <memory>
#include <optional>
#include <vector>

#include "sources/bytes/encoding.h"

namespace jianwei::sources {
namespace {

constexpr std::int64_t kBombFloorBytes = std::int64_t{64} << 20;  // below this no ratio is suspicious

struct ArchiveCloser {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using ArchiveReader = std::unique_ptr<archive, ArchiveCloser>;

struct Input {
  RandomAccess* seekable = nullptr;
  ByteStream* stream = nullptr;
  std::int64_t position = 0;
  std::vector<char> buffer = std::vector<char>(std::size_t{256} << 10);
  std::optional<Error> error;
};

la_ssize_t read_input(archive* reader, void* context, const void** bytes) {
  auto& input = *static_cast<Input*>(context);
  auto count = input.seekable != nullptr ? input.seekable->read_at(input.position, input.buffer.data(), input.buffer.size())
                                         : input.stream->read(input.buffer.data(), input.buffer.size());
  if (!count) {
    input.error = count.error();
    archive_set_error(reader, EIO, "%s", count.error().message.c_str());
    return -1;
  }
  input.position += static_cast<std::int64_t>(*count);
  *bytes = input.buffer.data();
  return static_cast<la_ssize_t>(*count);
}

la_int64_t seek_input(archive*, void* context, la_int64_t offset, int whence) {
  auto& input = *static_cast<Input*>(context);
  const la_int64_t base = whence == SEEK_CUR ? input.position : whence == SEEK_END ? input.seekable->byte_count() : 0;
  input.position = std::max<la_int64_t>(0, base + offset);
  return input.position;
}

la_int64_t skip_input(archive*, void* context, la_int64_t count) {
  auto& input = *static_cast<Input*>(context);
  const la_int64_t left = std::max<la_int64_t>(0, input.seekable->byte_count() - input.position);
  const la_int64_t skipped = std::min(count, left);
  input.position += skipped;
  return skipped;
}

ArchiveReader open_archive(Input& input) {
  ArchiveReader reader(archive_read_new());
  archive_read_support_filter_all(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_zip(reader.get());
  archive_read_support_format_7zip(reader.get());
  archive_read_support_format_raw(reader.get());
  archive_read_set_callback_data(reader.get(), &input);
  archive_read_set_read_callback(reader.get(), read_input);
  if (input.seekable != nullptr) {
    archive_read_set_seek_callback(reader.get(), seek_input);
    archive_read_set_skip_callback(reader.get(), skip_input);
  }
  return reader;
}

Error archive_error(archive* reader, const Input& input, const std::string& name) {
  if (input.error) return *input.error;
  const char* message = archive_error_string(reader);
  return {ErrorKind::corrupt, fmt::format("{}: the archive is damaged: {}", name, message != nullptr ? message : "it ends too early")};
}

// What all members of one archive share.
struct Walk {
  archive* reader;
  const Input& input;
  Budget& budget;
  std::int64_t produced = 0;
  std::int64_t spent = 0;

  // Bytes of a stream were spent when it was inflated: of its members only what is more counts (the holes of a sparse file).
  Result<> spend(std::int64_t count, const std::string& member) {
    produced += count;
    const std::int64_t due = produced - (input.stream != nullptr ? input.position : 0) - spent;
    if (due <= 0) return {};
    spent += due;
    return budget.spend(due, member);
  }
};

class MemberStream : public ByteStream {
 public:
  MemberStream(Walk& walk, std::string name) : walk_(walk), name_(std::move(name)) {}

  Result<std::size_t> read(char* buffer, std::size_t capacity) override {
    const la_ssize_t count = archive_read_data(walk_.reader, buffer, capacity);
    if (count == ARCHIVE_WARN || count == ARCHIVE_RETRY) return read(buffer, capacity);
    if (count < 0) return tl::unexpected(archive_error(walk_.reader, walk_.input, name_));
    produced_ += count;
    const OpenLimits& limits = walk_.budget.limits;
    if (produced_ > limits.max_member_bytes) {
      return fail(ErrorKind::invalid_input, "{}: inflates to more than max_member_bytes = {} bytes", name_, limits.max_member_bytes);
    }
    TRY(walk_.spend(count, name_));
    return static_cast<std::size_t>(count);
  }

 private:
  Walk& walk_;
  std::string name_;
  std::int64_t produced_ = 0;
};

// libarchive turns names into the thread's character set, and gives none that does not fit; ours is UTF-8 whatever the environment says.
class Utf8Names {
 public:
  Utf8Names() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (locale_ != nullptr) previous_ = uselocale(locale_);
  }
  ~Utf8Names() {
    if (locale_ == nullptr) return;
    uselocale(previous_);
    freelocale(locale_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  locale_t locale_;
  locale_t previous_ = nullptr;
};

std::string entry_name(archive_entry* entry, std::int64_t index) {
  const char* name = archive_entry_pathname(entry);
  if (name == nullptr) name = archive_entry_pathname_utf8(entry);
  if (name == nullptr) return fmt::format("member {}", index + 1);
  // Zip programs of Chinese systems write names in GBK without saying so.
  return decode_text(name);
}

int next_entry(archive* reader, archive_entry** entry, std::int64_t index, std::string& name) {
  const Utf8Names scope;
  const int status = archive_read_next_header(reader, entry);
  if (status == ARCHIVE_OK || status == ARCHIVE_WARN) name = entry_name(*entry, index);
  return status;
}

Result<> walk(Input& input, const std::string& name, Budget& budget,
              const std::function<Result<>(const std::string&, ByteStream&)>& visit) {
  const ArchiveReader reader = open_archive(input);
  if (archive_read_open1(reader.get()) != ARCHIVE_OK) return tl::unexpected(archive_error(reader.get(), input, name));
  Walk state{reader.get(), input, budget};
  std::int64_t count = 0;
  for (;;) {
    archive_entry* entry = nullptr;
    std::string written;
    const int status = next_entry(reader.get(), &entry, count, written);
    if (status == ARCHIVE_EOF) return {};
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return tl::unexpected(archive_error(reader.get(), input, name));
    ++count;
    if (++budget.member_count > budget.limits.max_members) return fail(ErrorKind::invalid_input, "{}: has more than max_members = {} members", name, budget.limits.max_members);
    if (archive_entry_filetype(entry) != AE_IFREG && archive_entry_filetype(entry) != 0) continue;
    const bool single = archive_format(reader.get()) == ARCHIVE_FORMAT_RAW;
    const std::string member = single ? "" : written;
    if (!single && member.ends_with('/')) continue;
    MemberStream stream(state, single ? name : name + "!" + member);
    TRY(visit(member, stream));
  }
}

}  // namespace

Result<> Budget::spend(std::int64_t byte_count, const std::string& name) {
  produced += byte_count;
  if (produced > kBombFloorBytes && static_cast<double>(produced) > limits.max_ratio * static_cast<double>(stored_bytes)) {
    return fail(ErrorKind::invalid_input, "{}: the archive inflates to more than max_ratio = {} times its stored size: a zip bomb", name, limits.max_ratio);
  }
  return {};
}

Result<> walk_archive(RandomAccess& bytes, const std::string& name, Budget& budget,
                      const std::function<Result<>(const std::string&, ByteStream&)>& visit) {
  Input input;
  input.seekable = &bytes;
  return walk(input, name, budget, visit);
}

Result<> walk_archive(ByteStream& bytes, const std::string& name, Budget& budget,
                      const std::function<Result<>(const std::string&, ByteStream&)>& visit) {
  Input input;
  input.stream = &bytes;
  return walk(input, name, budget, visit);
}

bool is_document_archive(RandomAccess& bytes) {
  Input input;
  input.seekable = &bytes;
  const ArchiveReader reader = open_archive(input);
  if (archive_read_open1(reader.get()) != ARCHIVE_OK) return false;
  archive_entry* entry = nullptr;
  // Office programs write the marker among the first members; the bound keeps huge archives from being listed twice.
  std::string name;
  for (int i = 0; i < 2000 && next_entry(reader.get(), &entry, i, name) == ARCHIVE_OK; ++i) {
    if (name == "[Content_Types].xml" || (i == 0 && name == "mimetype")) return true;
  }
  return false;
}

}  // namespace jianwei::sources
