// From a path to decoded texts: archives opened, compression undone, encoding recognised and turned into UTF-8.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sources/byte_stream.h"

namespace jianwei::sources {

// One file as it will be read: a plain file, or a member of an archive.
struct OpenedFile {
  std::string name;            // "dump.zip!part/works.jsonl"; the path for a plain file
  std::string checksum;        // SHA-256 of the file's bytes as stored (of the archive, for its members: of the member's bytes)
  std::int64_t byte_count = 0; // of the stored file, for progress; 0 when unknown
  std::string encoding;        // utf-8, utf-8-bom, utf-16le, utf-16be, gb18030, windows-1252, binary
  std::string sample;          // the first 64 KiB decoded (raw for binary files)
  bool complete = false;       // the sample is the whole text
  ByteStream* stream = nullptr;  // decoded, from its start, UTF-8 without byte-order mark; raw bytes when encoding is "binary"

  // Kept up to date while the stream is read; `encoding` too, when a text begins with more than 64 KiB of plain ASCII.
  std::int64_t consumed_bytes = 0;     // of the stored bytes, for progress
  std::int64_t undecodable_count = 0;  // bytes that are no character of the encoding and became U+FFFD
  bool trailing_garbage = false;       // known at the end: bytes after the gzip data that are not gzip were left out
};

struct OpenLimits {
  std::int64_t max_member_bytes = std::int64_t{64} << 30;  // a member that inflates to more is refused
  double max_ratio = 400.0;                                // ... or everything inside a file, at every depth together, to more than this many times its stored size (zip bomb), beyond 64 MiB
  std::int64_t max_members = 1'000'000;                    // of all archives inside a file together
  int max_depth = 3;                                       // an archive inside an archive inside an archive; deeper ones are binary files
};

// Calls `visit` for the file, or for each member of a .zip/.tar/.tar.gz (nested .gz inside archives are inflated too). "-" is standard
// input. A path is opened as given; a folder is not walked here. An error of `visit` stops and is returned. What a file is, its first
// bytes tell, not its name: gzip, zip, tar, xz, zst, bz2, 7z are undone; a zip that is one document (xlsx, docx, odt) is a binary
// file. Members are spooled (beyond 32 MiB into the temporary folder). A pipe is read like standard input; devices are refused.
//
// Errors: not_found, unavailable  the file cannot be opened or read, or nobody writes to the pipe
//         invalid_input           a limit is exceeded: names the member, the limit and the option
//         corrupt                 the archive is damaged (members before the damage were visited)
// Damage inside one file's data is met by its stream, after the good part.
Result<> open_source(const std::filesystem::path& path, const OpenLimits& limits, const std::function<Result<>(OpenedFile&)>& visit);

// The files below a folder in byte order of their paths; hidden ones, README* and LICENSE* are left out. A plain file gives itself.
Result<std::vector<std::filesystem::path>> list_files(const std::filesystem::path& path);

}  // namespace jianwei::sources
