// Migrations are src/store/sql/app_NNN.sql, built into the program by CMake.
#include "store/app_db.h"

#include "base/clock.h"
#include "store/app_sql.h"
#include "store/ledger_migration.h"
#include "store/migrations.h"

namespace jianwei::store {
std::string utc_now() { return utc_text(unix_now()); }

Result<AppDb> AppDb::open(const std::filesystem::path& path, bool create) {
  AppDb app(TRY(Sqlite::open(path, create)));
  TRY(app.migrate());
  return app;
}

namespace {

// Up to its sixth version the schema's number stood in PRAGMA user_version; what is written there later keeps out the programs that read it.
Result<> adopt_old_version(Sqlite& database) {
  constexpr std::int64_t kLast = 6;
  const auto old_version = [&] { return database.query_integer("PRAGMA user_version"); };
  const std::int64_t found = TRY(old_version());
  if (found == 0 || found > kLast) return {};
  return database.transaction([&]() -> Result<> {
    const std::int64_t version = TRY(old_version());  // another process may have been faster
    if (version > kLast) return {};
    TRY(database.script("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)"));
    return database.execute("INSERT INTO schema_version SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM schema_version)", {version});
  });
}

}  // namespace

Result<> AppDb::migrate() {
  TRY(adopt_old_version(database_));
  return store::migrate(database_, kAppMigrations, "app.db", "schema_version", [&](std::int64_t version) { return version < kLedgerMigration ? move_into_ledger(database_) : Result<>(); });
}

Result<std::int64_t> AppDb::next_batch_id() { return database_.query_integer("SELECT coalesce(max(id), 0) + 1 FROM batches"); }
Result<std::int64_t> AppDb::next_file_id() { return database_.query_integer("SELECT coalesce(max(id), 0) + 1 FROM files"); }
Result<std::int64_t> AppDb::next_sequence() {
  return database_.query_integer("SELECT coalesce(max(first_sequence + record_count), 0) FROM batches");
}

Result<> AppDb::commit_batch(const BatchRow& batch, const std::vector<PartRow>& parts, const std::vector<FileRow>& files) {
  return database_.transaction([&]() -> Result<> {
    TRY(database_.execute("INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?)",
                          {batch.id, batch.created_at, batch.command, batch.program_version, batch.record_count, batch.first_sequence}));
    for (const PartRow& part : parts) {
      TRY(database_.execute("INSERT INTO parts VALUES (?, ?, ?)", {part.path, batch.id, part.row_count}));
    }
    for (const FileRow& f : files) {
      TRY(database_.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            {f.id, batch.id, f.path, f.checksum, f.byte_count, f.format, f.encoding, f.read, f.kept, f.rejected,
                             f.updated, f.duplicates, f.report}));
      for (const auto& [field, filled] : f.fields) {
        TRY(database_.execute("INSERT INTO file_fields VALUES (?, ?, ?)", {f.id, field, filled}));
      }
    }
    return {};
  });
}

Result<std::vector<BatchRow>> AppDb::batches() {
  std::vector<BatchRow> list;
  SqliteRows rows = TRY(database_.query(
      "SELECT id, created_at, command, program_version, record_count, first_sequence FROM batches ORDER BY id"));
  while (TRY(rows.next())) {
    list.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.integer(4), rows.integer(5)});
  }
  return list;
}

Result<std::vector<PartRow>> AppDb::parts() {
  std::vector<PartRow> list;
  SqliteRows rows = TRY(database_.query("SELECT path, batch_id, row_count FROM parts ORDER BY batch_id, path"));
  while (TRY(rows.next())) list.push_back({rows.text(0), rows.integer(1), rows.integer(2)});
  return list;
}

Result<std::vector<FileRow>> AppDb::read_files(std::string_view condition, std::initializer_list<SqliteValue> values) {
  std::vector<FileRow> list;
  SqliteRows rows = TRY(database_.query(
      fmt::format("SELECT f.id, batch_id, path, checksum, byte_count, format, encoding, read, kept, rejected, updated, duplicates, report, "
                  "created_at FROM files f JOIN batches b ON b.id = f.batch_id {} ORDER BY f.id",
                  condition),
      values));
  while (TRY(rows.next())) {
    list.push_back({rows.integer(0), rows.integer(1), rows.text(2), rows.text(3), rows.integer(4), rows.text(5), rows.text(6),
                    rows.integer(7), rows.integer(8), rows.integer(9), rows.integer(10), rows.integer(11), rows.text(12), {}, rows.text(13)});
  }
  for (FileRow& file : list) {
    SqliteRows fields = TRY(database_.query("SELECT field, filled FROM file_fields WHERE file_id = ?", {file.id}));
    while (TRY(fields.next())) file.fields.emplace_back(fields.text(0), fields.integer(1));
  }
  return list;
}

Result<std::vector<FileRow>> AppDb::files() { return read_files("", {}); }

Result<std::optional<FileRow>> AppDb::find_file(std::string_view checksum) {
  std::vector<FileRow> found = TRY(read_files("WHERE checksum = ?", {checksum}));
  if (found.empty()) return std::optional<FileRow>();
  return std::optional<FileRow>(std::move(found.back()));
}

Result<std::optional<FileRow>> AppDb::file(std::int64_t id) {
  std::vector<FileRow> found = TRY(read_files("WHERE f.id = ?", {id}));
  if (found.empty()) return std::optional<FileRow>();
  return std::optional<FileRow>(std::move(found.back()));
}

Result<std::vector<std::pair<std::string, double>>> AppDb::fill_rates(std::string_view format) {
  std::vector<std::pair<std::string, double>> rates;
  SqliteRows rows = TRY(database_.query(
      "SELECT field, sum(filled), sum(read - rejected) FROM file_fields JOIN files ON files.id = file_id WHERE format = ? GROUP BY field",
      {format}));
  while (TRY(rows.next())) {
    if (rows.integer(2) > 0) rates.emplace_back(rows.text(0), rows.real(1) / rows.real(2));
  }
  return rates;
}

Result<std::vector<SnapshotRow>> AppDb::snapshots() {
  std::vector<SnapshotRow> list;
  SqliteRows rows = TRY(database_.query(
      "SELECT id, number, created_at, program_version, source_record_count, record_count, link_count, merged_path, links_path, "
      "citations_path FROM snapshots ORDER BY number"));
  while (TRY(rows.next())) {
    list.push_back({rows.text(0), rows.integer(1), rows.text(2), rows.text(3), rows.integer(4), rows.integer(5), rows.integer(6),
                    rows.text(7), rows.text(8), rows.text(9)});
  }
  return list;
}

Result<std::optional<SnapshotRow>> AppDb::snapshot(std::string_view id) {
  for (SnapshotRow& row : TRY(snapshots())) {
    if (row.id == id) return std::optional<SnapshotRow>(std::move(row));
  }
  return std::optional<SnapshotRow>();
}

Result<> AppDb::commit_snapshot(const SnapshotRow& s, const std::vector<std::string>& dropped_ids) {
  return database_.transaction([&]() -> Result<> {
    for (const std::string& id : dropped_ids) TRY(database_.execute("DELETE FROM snapshots WHERE id = ?", {id}));
    // A snapshot that comes back (a decision was taken back, say) becomes the newest again.
    TRY(database_.execute("DELETE FROM snapshots WHERE id = ?", {s.id}));
    const std::int64_t number = TRY(database_.query_integer("SELECT coalesce(max(number), 0) + 1 FROM snapshots"));
    return database_.execute("INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             {s.id, number, s.created_at, s.program_version, s.source_record_count, s.record_count, s.link_count,
                              s.merged_path, s.links_path, s.citations_path});
  });
}

Result<std::int64_t> AppDb::start_run(std::string_view snapshot_id, std::string_view study) {
  const std::string now = utc_now();
  TRY(database_.execute("INSERT INTO runs (snapshot_id, study, program_version, started_at, status) VALUES (?, ?, ?, ?, 'running')",
                        {snapshot_id, study, JIANWEI_VERSION, now}));
  return database_.query_integer("SELECT last_insert_rowid()");
}

Result<> AppDb::finish_run(std::int64_t run_id, std::string_view status) {
  const std::string now = utc_now();
  return database_.execute("UPDATE runs SET status = ?, finished_at = ? WHERE id = ?", {status, now, run_id});
}

Result<std::vector<RunRow>> AppDb::runs() {
  std::vector<RunRow> list;
  SqliteRows rows = TRY(database_.query(
      "SELECT id, snapshot_id, study, program_version, started_at, finished_at, status FROM runs ORDER BY id DESC"));
  while (TRY(rows.next())) {
    list.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.text(6)});
  }
  return list;
}

Result<> AppDb::put_artifact(const ArtifactRow& a) {
  const std::string now = utc_now();
  return database_.execute("INSERT OR REPLACE INTO artifacts VALUES (?, ?, ?, ?, ?)", {a.run_id, a.stage, a.fingerprint, a.path, now});
}

Result<std::optional<ArtifactRow>> AppDb::find_artifact(std::string_view stage, std::string_view fingerprint) {
  SqliteRows rows = TRY(database_.query(
      "SELECT run_id, stage, fingerprint, path, created_at FROM artifacts WHERE stage = ? AND fingerprint = ? ORDER BY run_id DESC LIMIT 1",
      {stage, fingerprint}));
  if (!TRY(rows.next())) return std::optional<ArtifactRow>();
  return std::optional<ArtifactRow>({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)});
}

Result<std::vector<ArtifactRow>> AppDb::artifacts(std::int64_t run_id) {
  std::vector<ArtifactRow> list;
  SqliteRows rows = TRY(database_.query(
      "SELECT run_id, stage, fingerprint, path, created_at FROM artifacts WHERE run_id = ? ORDER BY stage", {run_id}));
  while (TRY(rows.next())) list.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)});
  return list;
}

Result<std::string> AppDb::collect_state(std::string_view source, std::string_view query) {
  SqliteRows rows = TRY(database_.query("SELECT state FROM collect_state WHERE source = ? AND query = ?", {source, query}));
  return TRY(rows.next()) ? rows.text(0) : std::string();
}

Result<> AppDb::set_collect_state(std::string_view source, std::string_view query, std::string_view state) {
  const std::string now = utc_now();
  return database_.execute("INSERT OR REPLACE INTO collect_state VALUES (?, ?, ?, ?)", {source, query, state, now});
}

}  // namespace jianwei::store
