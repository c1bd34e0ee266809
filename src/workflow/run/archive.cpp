#include "workflow/run/archive.h"

#include "base/file.h"
#include "base/hash.h"

namespace jianwei::workflow {
namespace {

constexpr std::string_view kMagic = "JWARTF01";  // the last two digits: the layout of the files and of every archived struct

}  // namespace

Result<> write_artifact(const std::filesystem::path& path, std::string_view fingerprint, std::string_view payload) {
  ArchiveWriter header;
  header(std::string(fingerprint), hash64(payload), static_cast<std::uint64_t>(payload.size()));
  std::string bytes(kMagic);
  bytes += std::move(header).take();
  bytes += payload;
  return write_file_atomically(path, bytes);
}

Result<std::optional<std::string>> read_artifact(const std::filesystem::path& path, std::string_view fingerprint) {
  Result<std::string> bytes = read_file(path);
  if (!bytes) {
    if (bytes.error().kind == ErrorKind::not_found) return std::nullopt;
    return tl::unexpected(bytes.error());
  }
  const std::string_view text = *bytes;
  if (!text.starts_with(kMagic) || text.size() < kMagic.size() + 24) return std::nullopt;
  std::uint64_t length = 0;
  std::memcpy(&length, text.data() + kMagic.size(), sizeof length);
  const std::size_t header_size = kMagic.size() + 24 + static_cast<std::size_t>(length);
  if (length > text.size() || header_size > text.size()) return fail(ErrorKind::corrupt, "{}: is damaged; delete it and run again", path.string());
  if (text.substr(kMagic.size() + 8, static_cast<std::size_t>(length)) != fingerprint) return std::nullopt;
  std::uint64_t checksum = 0;
  std::uint64_t size = 0;
  std::memcpy(&checksum, text.data() + header_size - 16, sizeof checksum);
  std::memcpy(&size, text.data() + header_size - 8, sizeof size);
  const std::string_view payload = text.substr(header_size);
  if (payload.size() != size || hash64(payload) != checksum) return fail(ErrorKind::corrupt, "{}: is damaged; delete it and run again", path.string());
  return std::string(payload);
}

}  // namespace jianwei::workflow
