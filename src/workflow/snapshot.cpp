// Records that nothing was merged with are copied by SQL alone; only the members of clusters become Records, are merged, and go back.

#include "workflow/snapshot.h"

#include <algorithm>
#include <unordered_map>

#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "store/key_index.h"
#include "store/record_parquet.h"
#include "store/table_feed.h"
#include "workflow/cache.h"
#include "workflow/citations.h"
#include "workflow/live_records.h"
#include "workflow/merge_records.h"

namespace jianwei::analysis {

template <class A>
void archive(A& a, KeptComparisons& v) {
  a(v.keys, v.contents, v.words, v.counts, v.pairs);
}

}  // namespace jianwei::analysis

namespace jianwei::workflow {
namespace {

std::string snapshot_id(const store::KeyIndex& index, const std::vector<store::Separation>& separations) {
  std::uint64_t hash = hash_combine(store::content_fingerprint(index), kMergeVersion);
  std::uint64_t decisions = 0;
  for (const store::Separation& s : separations) decisions += hash_combine(s.key_a, s.key_b);
  return fmt::format("s{:012x}", hash_combine(hash, decisions) >> 16);
}

// The decisions as pairs of indices of live records.
std::vector<std::pair<std::int64_t, std::int64_t>> separate_pairs(const LiveRecords& live, const std::vector<store::Separation>& separations) {
  std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
  if (separations.empty()) return pairs;
  std::unordered_map<std::uint64_t, std::int64_t> index_of;
  for (std::size_t i = 0; i < live.records.size(); ++i) index_of[live.records[i].key] = static_cast<std::int64_t>(i);
  for (const store::Separation& s : separations) {
    const auto a = index_of.find(s.key_a);
    const auto b = index_of.find(s.key_b);
    if (a != index_of.end() && b != index_of.end()) pairs.emplace_back(std::min(a->second, b->second), std::max(a->second, b->second));
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

// Compares only the pairs that the last resolution of this workspace did not, or that may compare otherwise now (WS/cache/comparisons).
Result<analysis::Resolution> resolve_kept(const Workspace& workspace, const LiveRecords& live, const std::vector<std::pair<std::int64_t, std::int64_t>>& separate,
                                          const analysis::ResolutionOptions& options, Progress& progress) {
  const std::string version = fmt::format("comparisons {}", analysis::kComparisonVersion);
  analysis::KeptComparisons kept;
  if (!read_cache(workspace, "comparisons", version, kept)) kept = {};
  analysis::Resolution resolution = TRY(analysis::resolve(live.records, separate, options, &kept, progress));
  write_cache(workspace, "comparisons", version, kept);
  log_debug("resolution: {} of {} comparisons taken over", kept.reused_count, resolution.candidate_pair_count);
  return resolution;
}

// Source rows that stand alone, and those merged with others (with their cluster).
struct Groups {
  store::Table alone;    // sequence
  store::Table members;  // sequence, cluster
  std::unordered_map<std::uint64_t, std::int64_t> cluster_of;  // key -> cluster, of members only
};

Groups group(const LiveRecords& live, const analysis::Resolution& resolution) {
  Groups groups;
  std::vector<std::int32_t> size(live.records.size(), 0);  // int32: one per record
  for (const std::int64_t cluster : resolution.cluster) ++size[static_cast<std::size_t>(cluster)];
  auto& alone = groups.alone.add<std::int64_t>("sequence");
  auto& sequences = groups.members.add<std::int64_t>("sequence");
  auto& clusters = groups.members.add<std::int64_t>("cluster");
  for (std::size_t i = 0; i < live.records.size(); ++i) {
    const std::int64_t cluster = resolution.cluster[i];
    if (size[static_cast<std::size_t>(cluster)] == 1) {
      alone.push_back(live.sequences[i]);
    } else {
      sequences.push_back(live.sequences[i]);
      clusters.push_back(cluster);
      groups.cluster_of[live.records[i].key] = cluster;
    }
  }
  return groups;
}

// Reads the members cluster by cluster and hands out merged records.
class MergeSource {
 public:
  MergeSource(const Groups& groups, Progress& progress) : groups_(groups), progress_(progress), feed_(groups.members) {}

  Result<> start(const store::Lake& lake, const std::vector<std::filesystem::path>& files, int thread_count) {
    database_.emplace(TRY(lake.open_database(thread_count)));
    connection_.emplace(TRY(database_->connect()));
    reader_.emplace(TRY(store::RecordReader::open(
        *connection_, fmt::format("SELECT r.* EXCLUDE (raw) FROM {} r JOIN {} m ON r.sequence = m.sequence ORDER BY m.cluster, r.key",
                                  store::parquet_sql(files), feed_.sql()))));
    return {};
  }

  Result<std::span<const store::RecordRow>> next() {
    merged_.clear();
    while (merged_.empty()) {
      TRY(progress_.check());
      std::vector<store::RecordRow> batch = TRY(reader_->next());
      if (batch.empty()) {
        flush();
        break;
      }
      for (store::RecordRow& row : batch) {
        const std::int64_t cluster = groups_.cluster_of.at(row.key);
        if (cluster != cluster_) flush();
        cluster_ = cluster;
        pending_.push_back(std::move(row));
      }
    }
    return std::span<const store::RecordRow>(merged_);
  }

 private:
  void flush() {
    if (!pending_.empty()) merged_.push_back(merge_records(pending_));
    pending_.clear();
  }
  const Groups& groups_;
  Progress& progress_;
  store::TableFeed feed_;
  std::optional<store::Database> database_;
  std::optional<store::Connection> connection_;
  std::optional<store::RecordReader> reader_;
  std::vector<store::RecordRow> pending_, merged_;
  std::int64_t cluster_ = -1;
};

// `copies_all`: no source record is out of date.
Result<std::int64_t> write_merged(const Workspace& workspace, const Groups& groups, bool copies_all, const std::filesystem::path& path, int thread_count,
                                  Progress& progress) {
  const std::vector<std::filesystem::path> files = TRY(workspace.lake.record_files());
  store::Database database = TRY(workspace.lake.open_database(thread_count));
  store::Connection connection = TRY(database.connect());
  std::string columns;
  for (const std::string& name : store::shared_field_names()) columns += "\"" + name + "\", ";
  store::TableFeed alone(groups.alone);
  std::string select = fmt::format(
      "SELECT {}[source] AS sources, [key] AS members, NULL::STRUCT(field VARCHAR, \"key\" UBIGINT, \"rule\" VARCHAR)[] AS field_sources FROM {}", columns,
      store::parquet_sql(files));
  if (!copies_all || !groups.cluster_of.empty()) select += fmt::format(" WHERE sequence IN (SELECT sequence FROM {})", alone.sql());

  MergeSource source(groups, progress);
  store::RecordFeed merged(store::merged_fields(), [&] { return source.next(); });
  if (!groups.cluster_of.empty()) {
    TRY(source.start(workspace.lake, files, thread_count));
    select += " UNION ALL SELECT * FROM " + merged.sql();
  }
  return store::write_parquet(connection, select, path, &merged);
}

store::Table links_table(const LiveRecords& live, const analysis::Resolution& resolution) {
  store::Table table;
  auto& a = table.add<std::uint64_t>("record_a");
  auto& b = table.add<std::uint64_t>("record_b");
  auto& kind = table.add<std::string>("kind");
  auto& rule = table.add<std::string>("rule");
  auto& score = table.add<double>("score");
  auto& evidence = table.add<std::string>("evidence");
  for (const analysis::Link& link : resolution.links) {
    const std::uint64_t key_a = live.records[static_cast<std::size_t>(link.a)].key;
    const std::uint64_t key_b = live.records[static_cast<std::size_t>(link.b)].key;
    a.push_back(std::min(key_a, key_b));
    b.push_back(std::max(key_a, key_b));
    kind.emplace_back(link.kind == analysis::LinkKind::same ? "same" : "version");
    rule.push_back(link.rule);
    score.push_back(link.score);
    evidence.push_back(link.evidence);
  }
  return table;
}

bool has_files(const Workspace& workspace, const store::SnapshotRow& snapshot) {
  std::error_code error;
  return std::filesystem::exists(workspace.lake.path(snapshot.merged_path), error) &&
         std::filesystem::exists(workspace.lake.path(snapshot.links_path), error) && !snapshot.citations_path.empty() &&
         std::filesystem::exists(workspace.lake.path(snapshot.citations_path), error);
}

// The snapshots that go when `current` comes: all but the one before it and those that runs name.
Result<std::vector<store::SnapshotRow>> outdated(const Workspace& workspace, const std::string& current) {
  std::vector<store::SnapshotRow> rows = TRY(workspace.lake.app().snapshots());
  std::erase_if(rows, [&](const store::SnapshotRow& row) { return row.id == current; });
  if (!rows.empty()) rows.pop_back();
  for (const store::RunRow& run : TRY(workspace.lake.app().runs())) {
    std::erase_if(rows, [&](const store::SnapshotRow& row) { return row.id == run.snapshot_id; });
  }
  return rows;
}

Result<store::SnapshotRow> commit(const Workspace& workspace, const store::SnapshotRow& row) {
  const std::vector<store::SnapshotRow> old = TRY(outdated(workspace, row.id));
  std::vector<std::string> ids;
  for (const store::SnapshotRow& dropped : old) ids.push_back(dropped.id);
  TRY(workspace.lake.app().commit_snapshot(row, ids));
  std::error_code ignored;
  for (const store::SnapshotRow& dropped : old) {
    for (const std::string& path : {dropped.merged_path, dropped.links_path, dropped.citations_path}) {
      if (!path.empty()) std::filesystem::remove(workspace.lake.path(path), ignored);
    }
  }
  return workspace.lake.latest_snapshot();
}

}  // namespace

Result<store::SnapshotRow> update_snapshot(Workspace& workspace, int thread_count, Progress& progress) {
  const store::KeyIndex index = TRY(store::read_key_index(workspace.lake));
  if (index.size() == 0) return workspace.lake.latest_snapshot();
  const std::vector<store::Separation> separations = TRY(workspace.lake.app().separations());
  const std::string id = snapshot_id(index, separations);
  const auto known = TRY(workspace.lake.app().snapshot(id));
  if (known && has_files(workspace, *known)) {
    const store::SnapshotRow latest = TRY(workspace.lake.latest_snapshot());
    return latest.id == id ? Result<store::SnapshotRow>(latest) : commit(workspace, *known);
  }
  if (!workspace.lake.writable()) return fail(ErrorKind::internal, "the workspace is not open for writing");

  progress.begin("snapshot.load", index.size(), "records");
  LiveRecords live = TRY(load_live_records(workspace.lake, index, thread_count));
  analysis::ResolutionOptions options;
  options.thread_count = thread_count;
  progress.begin("snapshot.resolve", static_cast<std::int64_t>(live.records.size()), "records");
  const analysis::Resolution resolution = TRY(resolve_kept(workspace, live, separate_pairs(live, separations), options, progress));

  progress.begin("snapshot.merge", static_cast<std::int64_t>(live.records.size()), "records");
  store::SnapshotRow row;
  row.id = id;
  row.created_at = store::utc_now();
  row.program_version = JIANWEI_VERSION;
  row.source_record_count = index.size();
  row.merged_path = store::merged_path(id);
  row.links_path = store::links_path(id);
  const store::Table links = links_table(live, resolution);
  row.link_count = links.row_count();
  TRY(store::write_table(links, workspace.lake.path(row.links_path)));
  const Groups groups = group(live, resolution);
  const bool copies_all = live.stale_count == 0;
  live = {};  // a gigabyte per million records, which the merge can use better
  row.record_count = TRY(write_merged(workspace, groups, copies_all, workspace.lake.path(row.merged_path), thread_count, progress));
  TRY(sync_path(workspace.lake.path("lake/merged")));
  progress.begin("snapshot.citations", row.record_count, "records");
  row.citations_path = store::citations_path(id);
  TRY(write_citations(workspace, row, thread_count, progress));
  return commit(workspace, row);
}

Result<std::vector<StoredLink>> read_links(const Workspace& workspace, const store::SnapshotRow& snapshot) {
  const store::Table table = TRY(store::read_table(workspace.lake.path(snapshot.links_path)));
  const auto& a = *TRY(table.require<std::uint64_t>("record_a"));
  const auto& b = *TRY(table.require<std::uint64_t>("record_b"));
  const auto& kind = *TRY(table.require<std::string>("kind"));
  const auto& rule = *TRY(table.require<std::string>("rule"));
  const auto& score = *TRY(table.require<double>("score"));
  const auto& evidence = *TRY(table.require<std::string>("evidence"));
  std::vector<StoredLink> links;
  for (std::size_t i = 0; i < a.size(); ++i) links.push_back({a[i], b[i], kind[i], rule[i], score[i], evidence[i]});
  return links;
}

}  // namespace jianwei::workflow
