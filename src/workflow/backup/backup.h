// A workspace into one file and back, while others read and write it.
//
// The catalogue is copied by SQLite's own online backup; the files it names never change and are held by hard links while they are packed, so
// a writer that removes one meanwhile does not disturb. Locks, unfinished uploads and temporary files stay out. docs/operations.md shows the use.
#pragma once

#include <filesystem>

#include "store/backup_file.h"

namespace jianwei::workflow {

// Writes `file` and reads it back once to make sure. Errors: not_found  no workspace; conflict  the file is there already; unavailable; cancelled
Result<store::BackupManifest> backup_workspace(const std::filesystem::path& root, const std::filesystem::path& file, Progress& progress);

// Makes the workspace `root` (which must not exist, or be an empty folder) of a backup. It appears when every file was compared with its
// checksum and every database passed SQLite's check. Errors: not_found; conflict; corrupt; unavailable; cancelled
Result<store::BackupManifest> restore_workspace(const std::filesystem::path& file, const std::filesystem::path& root, Progress& progress);

}  // namespace jianwei::workflow
