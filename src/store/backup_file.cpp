#include "store/backup_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <simdjson.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <numeric>

#include "base/file.h"
#include "base/hash.h"
#include "base/json_writer.h"

namespace jianwei::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifestName = "manifest.json";
constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

struct FreeWriter {
  void operator()(archive* a) const { archive_write_free(a); }
};
struct FreeReader {
  void operator()(archive* a) const { archive_read_free(a); }
};
struct FreeEntry {
  void operator()(archive_entry* e) const { archive_entry_free(e); }
};

std::string manifest_json(const BackupManifest& manifest) {
  JsonWriter json;
  json.begin_object().field("format", manifest.format).field("workspace", manifest.workspace).field("program_version", manifest.program_version).field("created_at", manifest.created_at).key("files").begin_array();
  for (const BackupEntry& file : manifest.files) json.begin_object().field("path", file.path).field("bytes", file.bytes).field("sha256", file.sha256).end_object();
  return json.end_array().end_object().text();
}

Result<BackupManifest> parse_manifest(const std::string& text, const fs::path& file) {
  try {
    simdjson::dom::parser parser;
    const simdjson::dom::object root = parser.parse(text);
    BackupManifest manifest;
    manifest.format = std::int64_t(root["format"]);
    if (manifest.format > 1) return fail(ErrorKind::conflict, "{}: written by a newer jianwei", file.string());
    manifest.workspace = std::string(std::string_view(root["workspace"]));
    manifest.program_version = std::string(std::string_view(root["program_version"]));
    manifest.created_at = std::string(std::string_view(root["created_at"]));
    for (const simdjson::dom::object entry : root["files"].get_array()) {
      manifest.files.push_back({std::string(std::string_view(entry["path"])), std::int64_t(entry["bytes"]), std::string(std::string_view(entry["sha256"]))});
    }
    return manifest;
  } catch (const simdjson::simdjson_error& error) {
    return fail(ErrorKind::corrupt, "{}: its manifest cannot be read: {}", file.string(), error.what());
  }
}

std::unique_ptr<archive_entry, FreeEntry> make_entry(const std::string& path, std::int64_t bytes) {
  std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), path.c_str());
  archive_entry_set_size(entry.get(), bytes);
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  return entry;
}

// A path of an entry must stay below the folder it is restored to.
bool stays_inside(const std::string& path) {
  const fs::path relative(path);
  if (path.empty() || relative.is_absolute()) return false;
  return std::none_of(relative.begin(), relative.end(), [](const fs::path& part) { return part == ".." || part == "."; });
}

Result<> add_file(archive* out, const fs::path& path, BackupEntry& entry, Progress& progress) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorKind::unavailable, "{}: cannot be read", path.string());
  if (archive_write_header(out, make_entry(entry.path, entry.bytes).get()) != ARCHIVE_OK) return fail(ErrorKind::unavailable, "the backup cannot be written: {}", archive_error_string(out));
  Sha256 hash;
  std::string block(kBlockBytes, '\0');
  for (std::int64_t left = entry.bytes; left > 0;) {
    TRY(progress.check());
    in.read(block.data(), static_cast<std::streamsize>(std::min<std::int64_t>(left, static_cast<std::int64_t>(block.size()))));
    const std::int64_t got = in.gcount();
    if (got <= 0) return fail(ErrorKind::unavailable, "{}: became shorter while it was read", path.string());
    hash.update({block.data(), static_cast<std::size_t>(got)});
    if (archive_write_data(out, block.data(), static_cast<std::size_t>(got)) != got) return fail(ErrorKind::unavailable, "the backup cannot be written: {}", archive_error_string(out));
    left -= got;
    progress.advance(got);
  }
  entry.sha256 = hash.hex();
  return {};
}

Result<> write_entries(archive* out, const fs::path& folder, BackupManifest& manifest, Progress& progress) {
  for (BackupEntry& entry : manifest.files) TRY(add_file(out, folder / entry.path, entry, progress));
  const std::string text = manifest_json(manifest);
  const bool written = archive_write_header(out, make_entry(std::string(kManifestName), static_cast<std::int64_t>(text.size())).get()) == ARCHIVE_OK &&
                       archive_write_data(out, text.data(), text.size()) == static_cast<la_ssize_t>(text.size()) && archive_write_close(out) == ARCHIVE_OK;
  if (!written) return fail(ErrorKind::unavailable, "the backup cannot be written: {}", archive_error_string(out));
  return {};
}

}  // namespace

std::int64_t BackupManifest::bytes() const {
  return std::accumulate(files.begin(), files.end(), std::int64_t{0}, [](std::int64_t sum, const BackupEntry& file) { return sum + file.bytes; });
}

Result<BackupManifest> write_backup(const fs::path& folder, BackupManifest manifest, const fs::path& file, Progress& progress) {
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.is_regular_file()) manifest.files.push_back({entry.path().lexically_relative(folder).generic_string(), static_cast<std::int64_t>(entry.file_size()), {}});
  }
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be read: {}", folder.string(), error.message());
  std::sort(manifest.files.begin(), manifest.files.end(), [](const BackupEntry& a, const BackupEntry& b) { return a.path < b.path; });

  const fs::path part = file.string() + ".part";
  progress.begin("backup", manifest.bytes(), "bytes");
  const auto write_all = [&]() -> Result<> {
    const std::unique_ptr<archive, FreeWriter> out(archive_write_new());
    archive_write_set_format_pax_restricted(out.get());
    archive_write_add_filter_zstd(out.get());
    if (archive_write_open_filename(out.get(), part.c_str()) != ARCHIVE_OK) return fail(ErrorKind::unavailable, "{}: cannot be written: {}", part.string(), archive_error_string(out.get()));
    fs::permissions(part, fs::perms::owner_read | fs::perms::owner_write, error);  // it holds hashes of passwords
    return write_entries(out.get(), folder, manifest, progress);
  };
  Result<> done = write_all();
  if (done) done = sync_path(part);
  if (done && std::rename(part.c_str(), file.c_str()) != 0) done = fail(ErrorKind::unavailable, "{}: cannot be written", file.string());
  if (!done) {
    fs::remove(part, error);
    return tl::unexpected(done.error());
  }
  return manifest;
}

Result<BackupManifest> read_backup(const fs::path& file, const fs::path& folder, Progress& progress) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return fail(ErrorKind::not_found, "{}: no such file", file.string());
  const std::unique_ptr<archive, FreeReader> in(archive_read_new());
  archive_read_support_format_tar(in.get());
  archive_read_support_filter_zstd(in.get());
  if (archive_read_open_filename(in.get(), file.c_str(), kBlockBytes) != ARCHIVE_OK) return fail(ErrorKind::corrupt, "{}: is no backup: {}", file.string(), archive_error_string(in.get()));
  progress.begin("restore", 0, "bytes");
  std::map<std::string, BackupEntry> found;
  std::string manifest_text, block(kBlockBytes, '\0');
  archive_entry* entry = nullptr;
  int code = ARCHIVE_OK;
  while ((code = archive_read_next_header(in.get(), &entry)) == ARCHIVE_OK) {
    const std::string path = archive_entry_pathname(entry) == nullptr ? "" : archive_entry_pathname(entry);
    if (!stays_inside(path) || archive_entry_filetype(entry) != AE_IFREG) return fail(ErrorKind::corrupt, "{}: the entry \"{}\" is none of a backup", file.string(), path);
    const bool is_manifest = path == kManifestName;
    std::ofstream out;
    if (!folder.empty() && !is_manifest) {
      fs::create_directories((folder / path).parent_path(), ignored);
      out.open(folder / path, std::ios::binary | std::ios::trunc);
      if (!out) return fail(ErrorKind::unavailable, "{}: cannot be written", (folder / path).string());
    }
    Sha256 hash;
    BackupEntry read{path, 0, {}};
    for (;;) {
      TRY(progress.check());
      const la_ssize_t got = archive_read_data(in.get(), block.data(), block.size());
      if (got < 0) return fail(ErrorKind::corrupt, "{}: damaged in {}: {}", file.string(), path, archive_error_string(in.get()));
      if (got == 0) break;
      const std::string_view bytes(block.data(), static_cast<std::size_t>(got));
      hash.update(bytes);
      read.bytes += got;
      progress.advance(got);
      if (is_manifest) manifest_text += bytes;
      if (out.is_open()) out.write(bytes.data(), got);
    }
    if (out.is_open()) {
      out.close();
      if (!out) return fail(ErrorKind::unavailable, "{}: cannot be written: the disk is full", (folder / path).string());
      TRY(sync_path(folder / path));
    }
    read.sha256 = hash.hex();
    if (!is_manifest) found[path] = read;
  }
  if (code != ARCHIVE_EOF) return fail(ErrorKind::corrupt, "{}: damaged or cut off: {}", file.string(), archive_error_string(in.get()));
  if (manifest_text.empty()) return fail(ErrorKind::corrupt, "{}: has no manifest: it was cut off, or is no backup", file.string());
  BackupManifest manifest = TRY(parse_manifest(manifest_text, file));
  for (const BackupEntry& wanted : manifest.files) {
    const auto here = found.find(wanted.path);
    if (here == found.end()) return fail(ErrorKind::corrupt, "{}: {} is missing", file.string(), wanted.path);
    if (here->second.bytes != wanted.bytes || here->second.sha256 != wanted.sha256) return fail(ErrorKind::corrupt, "{}: {} is damaged", file.string(), wanted.path);
  }
  if (found.size() != manifest.files.size()) return fail(ErrorKind::corrupt, "{}: holds files its manifest does not name", file.string());
  return manifest;
}

Result<> copy_database(const fs::path& from, const fs::path& to) {
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  const auto open = [](const fs::path& path, int flags) {
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    std::unique_ptr<sqlite3, Close> database(handle);
    if (code != SQLITE_OK) database.reset();
    return database;
  };
  const auto source = open(from, SQLITE_OPEN_READWRITE), target = open(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!source) return fail(ErrorKind::unavailable, "{}: cannot be opened", from.string());
  if (!target) return fail(ErrorKind::unavailable, "{}: cannot be written", to.string());
  sqlite3_busy_timeout(source.get(), 10'000);
  sqlite3_backup* backup = sqlite3_backup_init(target.get(), "main", source.get(), "main");
  if (backup == nullptr) return fail(ErrorKind::unavailable, "{}: cannot be copied: {}", from.string(), sqlite3_errmsg(target.get()));
  // In one step: a copy made in several would begin anew at every write.
  const int code = sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) return fail(ErrorKind::unavailable, "{}: cannot be copied: {}", from.string(), sqlite3_errstr(code));
  // The copy is one file: without a log beside it.
  if (sqlite3_exec(target.get(), "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr) != SQLITE_OK) return fail(ErrorKind::unavailable, "{}: {}", to.string(), sqlite3_errmsg(target.get()));
  return {};
}

Result<> check_database(const fs::path& path) {
  sqlite3* handle = nullptr;
  std::string verdict = "cannot be opened";
  if (sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle, "PRAGMA integrity_check(1)", -1, &statement, nullptr) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
      verdict = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    } else {
      verdict = sqlite3_errmsg(handle);
    }
    sqlite3_finalize(statement);
  }
  sqlite3_close(handle);
  if (verdict != "ok") return fail(ErrorKind::corrupt, "{}: {}", path.string(), verdict);
  return {};
}

}  // namespace jianwei::store
