// app.db: the catalogue of a workspace. A Parquet file belongs to the lake from the moment a committed row names it, and no earlier.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/ledger.h"
#include "store/seed_rows.h"
#include "store/sqlite.h"
#include "store/topic_rows.h"

namespace jianwei::store {

struct PartRow {
  std::string path;  // relative to the workspace
  std::int64_t batch_id = 0;
  std::int64_t row_count = 0;
};

struct FileRow {
  std::int64_t id = 0;
  std::int64_t batch_id = 0;
  std::string path, checksum;
  std::int64_t byte_count = 0;
  std::string format, encoding;
  std::int64_t read = 0, kept = 0, rejected = 0, updated = 0, duplicates = 0;
  std::string report;       // JSON
  std::vector<std::pair<std::string, std::int64_t>> fields;  // field and how many good records fill it
  std::string imported_at;  // of its batch; read only
};

struct BatchRow {
  std::int64_t id = 0;
  std::string created_at, command, program_version;
  std::int64_t record_count = 0;
  std::int64_t first_sequence = 0;
};

struct SnapshotRow {
  std::string id;
  std::int64_t number = 0;
  std::string created_at, program_version;
  std::int64_t source_record_count = 0, record_count = 0, link_count = 0;
  std::string merged_path, links_path, citations_path;  // relative to the workspace
};

struct Separation {
  std::int64_t id = 0;
  std::uint64_t key_a = 0, key_b = 0;  // key_a < key_b
  std::string reason, decided_by, decided_at;
};

struct TermEvent {
  std::int64_t id = 0;      // set when it is stored
  std::string kind, words;  // stop, synonyms, pair, refused_pair, undo, redo; names parted by " | "
  std::int64_t undoes = 0;  // the decision that is undone or redone; 0: none
  std::string before, after;  // how the names stood, for people; derived
  std::string reason, decided_by, decided_at;
};

struct RunRow {
  std::int64_t id = 0;
  std::string snapshot_id, study, program_version, started_at, finished_at, status;
};

struct ArtifactRow {
  std::int64_t run_id = 0;
  std::string stage, fingerprint, path, created_at;
};

// Now, UTC, ISO 8601 to the second.
std::string utc_now();

class AppDb {
 public:
  // Opens, or creates, and brings the schema to this program's version (numbered migrations, one transaction each).
  // Errors: not_found; conflict when a newer program wrote it; unavailable; corrupt.
  static Result<AppDb> open(const std::filesystem::path& path, bool create);

  // Imports. The ids of a new batch and its files are taken under the writer's lock, before the rows are there.
  Result<std::int64_t> next_batch_id();
  Result<std::int64_t> next_file_id();
  Result<std::int64_t> next_sequence();
  Result<> commit_batch(const BatchRow& batch, const std::vector<PartRow>& parts, const std::vector<FileRow>& files);
  Result<std::vector<BatchRow>> batches();
  Result<std::vector<PartRow>> parts();                                   // in order of storage
  Result<std::vector<FileRow>> files();
  Result<std::optional<FileRow>> find_file(std::string_view checksum);    // the latest import of these bytes
  Result<std::optional<FileRow>> file(std::int64_t id);
  // Field -> share of the records of this format's files that fill it, [0, 1]; empty when there are none.
  Result<std::vector<std::pair<std::string, double>>> fill_rates(std::string_view format);

  // Snapshots.
  Result<std::vector<SnapshotRow>> snapshots();                           // oldest first
  Result<std::optional<SnapshotRow>> snapshot(std::string_view id);
  Result<> commit_snapshot(const SnapshotRow& snapshot, const std::vector<std::string>& dropped_ids);  // number is set here

  // Judgements: the ledger itself, and what it says of records, terms and concepts (ledger_rows.cpp). Ids are sequence numbers of the ledger.
  Ledger ledger() { return Ledger(database_); }
  Result<std::vector<Separation>> separations();                          // that stand, in order
  Result<> add_separations(const std::vector<Separation>& separations);   // one that stands already stays as it is

  Result<std::vector<TermEvent>> term_events();                           // oldest first; never changed, only added to
  Result<> add_term_events(const std::vector<TermEvent>& events);         // all or none

  Result<std::vector<SeedEvent>> seed_events();                           // oldest first; never changed, only added to
  Result<> add_seed_events(const std::vector<SeedEvent>& events);         // all or none

  // Runs.
  Result<std::int64_t> start_run(std::string_view snapshot_id, std::string_view study);
  Result<> finish_run(std::int64_t run_id, std::string_view status);
  Result<std::vector<RunRow>> runs();                                     // newest first
  Result<> put_artifact(const ArtifactRow& artifact);
  Result<std::optional<ArtifactRow>> find_artifact(std::string_view stage, std::string_view fingerprint);
  Result<std::vector<ArtifactRow>> artifacts(std::int64_t run_id);

  // Topics: what every fit of a lineage gave, oldest first, with its topics and events. A fingerprint is entered once.
  Result<std::vector<TopicGenerationRow>> topic_generations(std::string_view lineage);
  Result<> add_topic_generation(const TopicGenerationRow& row);           // id is set here

  // Live collection: the state a source left for a query, "" when there is none.
  Result<std::string> collect_state(std::string_view source, std::string_view query);
  Result<> set_collect_state(std::string_view source, std::string_view query, std::string_view state);

 private:
  explicit AppDb(Sqlite database) : database_(std::move(database)) {}
  Result<> migrate();
  Result<std::vector<FileRow>> read_files(std::string_view condition, std::initializer_list<SqliteValue> values);
  Sqlite database_;
};

}  // namespace jianwei::store
