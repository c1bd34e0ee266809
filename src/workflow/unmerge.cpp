#include "workflow/unmerge.h"

#include <algorithm>
#include <map>

#include "store/record_parquet.h"
#include "store/table_feed.h"
#include "workflow/show.h"

namespace jianwei::workflow {
namespace {

Result<std::vector<std::uint64_t>> members_of(const Workspace& workspace, std::string_view id) {
  return TRY(show_record(workspace, id)).merged.members;
}

// The source record that an id names: by its id, or by its own id or identifier when the merged record it leads to has one such member.
Result<std::uint64_t> member_key(const Workspace& workspace, std::string_view id) {
  if (const Result<std::uint64_t> key = store::parse_record_id(id)) return *key;
  const ShownRecord shown = TRY(show_record(workspace, id));
  for (const ShownVersion& version : shown.versions) {
    if (version.live && version.row.record.provenance.own_id == id) return version.row.key;
  }
  return shown.merged.key;
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

Result<store::SnapshotRow> unmerge(Workspace& workspace, std::string_view a, std::string_view b, std::string_view reason, std::string_view decided_by,
                                   int thread_count, Progress& progress) {
  const std::vector<std::uint64_t> members = TRY(members_of(workspace, a));
  if (members.size() < 2) return fail(ErrorKind::invalid_input, "{} was not merged with anything", a);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> pairs;
  const std::uint64_t first = TRY(member_key(workspace, a));
  if (!b.empty()) {
    const std::uint64_t second = TRY(member_key(workspace, b));
    if (std::find(members.begin(), members.end(), second) == members.end() || first == second) {
      return fail(ErrorKind::invalid_input, "{} and {} were not merged with each other", a, b);
    }
    pairs.emplace_back(first, second);
  } else {
    const bool all = first == members.front();
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t k = i + 1; k < members.size(); ++k) {
        if (all || members[i] == first || members[k] == first) pairs.emplace_back(members[i], members[k]);
      }
    }
  }
  std::vector<store::Separation> separations;
  for (const auto& [x, y] : pairs) {
    separations.push_back({0, std::min(x, y), std::max(x, y), std::string(reason), std::string(decided_by), store::utc_now()});
  }
  TRY(workspace.lake.app().add_separations(separations));
  return update_snapshot(workspace, thread_count, progress);
}

Result<std::vector<MergedPair>> merged_pairs(const Workspace& workspace) {
  const store::SnapshotRow snapshot = TRY(workspace.lake.latest_snapshot());
  store::Database database = TRY(workspace.lake.open_database(0));
  store::Connection connection = TRY(database.connect());
  const std::string merged = store::parquet_sql({workspace.lake.path(snapshot.merged_path)});
  const std::string records = store::parquet_sql(TRY(workspace.lake.record_files()));

  std::map<std::pair<std::uint64_t, std::uint64_t>, const StoredLink*> direct;
  const std::vector<StoredLink> links = TRY(read_links(workspace, snapshot));
  for (const StoredLink& link : links) {
    if (link.kind == "same") direct[{link.key_a, link.key_b}] = &link;
  }
  // Members of clusters with the name they go by, cluster after cluster.
  store::Rows rows = TRY(connection.query(fmt::format(
      "WITH member AS (SELECT key AS cluster, unnest(members) AS member FROM {} WHERE len(members) > 1), "
      "name AS (SELECT key, arg_max(coalesce(own_id, id), sequence) AS name FROM {} WHERE key IN (SELECT member FROM member) GROUP BY key) "
      "SELECT cluster, member, name FROM member JOIN name ON name.key = member.member ORDER BY cluster, member",
      merged, records)));
  std::vector<MergedPair> pairs;
  std::vector<std::pair<std::uint64_t, std::string>> cluster;
  std::uint64_t current = 0;
  const auto flush = [&] {
    double lowest = 1.0;
    for (std::size_t i = 0; i < cluster.size(); ++i) {
      for (std::size_t k = i + 1; k < cluster.size(); ++k) {
        const auto found = direct.find({cluster[i].first, cluster[k].first});
        if (found != direct.end()) lowest = std::min(lowest, found->second->score);
      }
    }
    for (std::size_t i = 0; i < cluster.size(); ++i) {
      for (std::size_t k = i + 1; k < cluster.size(); ++k) {
        const auto found = direct.find({cluster[i].first, cluster[k].first});
        const bool linked = found != direct.end();
        pairs.push_back({cluster[i].second, cluster[k].second, linked ? found->second->rule : "transitive", linked ? found->second->score : lowest});
      }
    }
    cluster.clear();
  };
  while (TRY(rows.next())) {
    for (std::int64_t row = 0; row < rows.row_count(); ++row) {
      const std::uint64_t key = rows.column(0).unsigned_integer(row);
      if (key != current) flush();
      current = key;
      cluster.emplace_back(rows.column(1).unsigned_integer(row), std::string(rows.column(2).text(row)));
    }
  }
  flush();
  std::sort(pairs.begin(), pairs.end(), [](const MergedPair& x, const MergedPair& y) {
    return x.record_a != y.record_a ? x.record_a < y.record_a : x.record_b < y.record_b;
  });
  return pairs;
}

std::string to_csv(const std::vector<MergedPair>& pairs) {
  std::string out = "record_a,record_b,rule,score\n";
  for (const MergedPair& pair : pairs) {
    out += fmt::format("{},{},{},{:.6g}\n", csv_cell(pair.record_a), csv_cell(pair.record_b), csv_cell(pair.rule), pair.score);
  }
  return out;
}

}  // namespace jianwei::workflow
