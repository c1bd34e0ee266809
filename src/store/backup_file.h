// A backup file: a tar packed with zstd whose last entry, manifest.json, lists every other with its size and SHA-256.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"

namespace jianwei::store {

struct BackupEntry {
  std::string path;  // relative, "/" between parts
  std::int64_t bytes = 0;
  std::string sha256;
};

struct BackupManifest {
  std::int64_t format = 1;
  std::string workspace, program_version, created_at;
  std::vector<BackupEntry> files;

  std::int64_t bytes() const;
};

// Writes the files below `folder` (all of them, in order of their paths) and the manifest; the file appears when it is whole and on the disk.
// Errors: unavailable  disk full, unreadable file; cancelled
Result<BackupManifest> write_backup(const std::filesystem::path& folder, BackupManifest about, const std::filesystem::path& file, Progress& progress);

// Reads the whole file and compares every entry with the manifest; with a folder, writes the entries below it.
// Errors: not_found; corrupt  names the first entry that does not fit; conflict  a newer program wrote it; unavailable; cancelled
Result<BackupManifest> read_backup(const std::filesystem::path& file, const std::filesystem::path& folder, Progress& progress);

// A consistent copy of a SQLite database that others may be writing to. Errors: not_found; unavailable; corrupt
Result<> copy_database(const std::filesystem::path& from, const std::filesystem::path& to);
// Errors: corrupt  what SQLite's integrity check says
Result<> check_database(const std::filesystem::path& path);

}  // namespace jianwei::store
