// Walks the members of .zip, .tar (under any compression), .7z, and the single member of .xz, .zst, .bz2, by libarchive.
#pragma once

#include <functional>
#include <string>

#include "sources/byte_stream.h"
#include "sources/open.h"

namespace jianwei::sources {

// Bytes at any place, as archives with a directory at their end need them.
class RandomAccess {
 public:
  RandomAccess() = default;
  virtual ~RandomAccess() = default;
  RandomAccess(const RandomAccess&) = delete;
  RandomAccess& operator=(const RandomAccess&) = delete;
  virtual Result<std::size_t> read_at(std::int64_t offset, char* buffer, std::size_t capacity) = 0;
  virtual std::int64_t byte_count() const = 0;
};

// What everything inside one stored file may take together: archives in archives would multiply limits of their own.
struct Budget {
  const OpenLimits& limits;
  std::int64_t stored_bytes;     // of the outermost file
  std::int64_t produced = 0;     // bytes inflated so far, at every depth
  std::int64_t member_count = 0;

  // Errors: invalid_input  max_ratio is exceeded; `name` is what inflated last
  Result<> spend(std::int64_t byte_count, const std::string& name);
};

// Calls `visit` for each file in the archive with its name inside ("" for the single member of a compressed file) and its bytes.
// `name` is what messages call the archive.
//
// Errors: corrupt  the archive is damaged (members before the damage were visited; a damaged member's stream gives the error);
//         invalid_input  a limit is exceeded; as `visit`
Result<> walk_archive(RandomAccess& bytes, const std::string& name, Budget& budget,
                      const std::function<Result<>(const std::string& member, ByteStream& stream)>& visit);

// The same for an archive that is only a stream (a tar inside gzip), whose bytes are spent already.
Result<> walk_archive(ByteStream& bytes, const std::string& name, Budget& budget,
                      const std::function<Result<>(const std::string& member, ByteStream& stream)>& visit);

// A zip that is one document, not a collection of files: xlsx, docx, odt, epub.
bool is_document_archive(RandomAccess& bytes);

}  // namespace jianwei::sources
