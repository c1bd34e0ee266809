#include "workflow/show.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/strings.h"
#include "records/identifier.h"
#include "store/record_parquet.h"
#include "store/table_feed.h"
#include "workflow/record_json.h"

namespace jianwei::workflow {
namespace {

std::string merged_sql(const Workspace& workspace, const store::SnapshotRow& snapshot) {
  return store::parquet_sql({workspace.lake.path(snapshot.merged_path)});
}

// Links of the source records `keys`, a list for SQL.
Result<std::vector<StoredLink>> read_links_of(store::Connection& connection, const Workspace& workspace, const store::SnapshotRow& snapshot, const std::string& keys) {
  std::vector<StoredLink> links;
  store::Rows rows = TRY(connection.query(fmt::format("SELECT record_a, record_b, kind, rule, score, evidence FROM {} WHERE record_a IN ({}) OR record_b IN ({})",
                                                      store::parquet_sql({workspace.lake.path(snapshot.links_path)}), keys, keys)));
  while (TRY(rows.next())) {
    for (std::int64_t row = 0; row < rows.row_count(); ++row) {
      const auto text = [&](std::int64_t column) { return std::string(rows.column(column).text(row)); };
      links.push_back({rows.column(0).unsigned_integer(row), rows.column(1).unsigned_integer(row), text(2), text(3), rows.column(4).real(row), text(5)});
    }
  }
  return links;
}

void write_links(JsonWriter& json, const std::vector<StoredLink>& links) {
  json.begin_array();
  for (const StoredLink& link : links) {
    json.begin_object().field("a", store::record_id(link.key_a)).field("b", store::record_id(link.key_b)).field("kind", link.kind);
    json.field("rule", link.rule).field("score", link.score).field("evidence", link.evidence).end_object();
  }
  json.end_array();
}

Result<std::string> show_snapshot(const Workspace& workspace, std::string_view id) {
  const auto found = TRY(workspace.lake.app().snapshot(id));
  if (!found) return fail(ErrorKind::not_found, "there is no snapshot {}", id);
  JsonWriter json;
  json.begin_object().field("id", found->id).field("created_at", found->created_at).field("program_version", found->program_version);
  json.field("source_records", found->source_record_count).field("records", found->record_count).field("links", found->link_count);
  json.field("merged_path", found->merged_path).end_object();
  return std::move(json).text();
}

Result<std::string> show_batch(const Workspace& workspace, std::int64_t id) {
  for (const store::BatchRow& batch : TRY(workspace.lake.app().batches())) {
    if (batch.id != id) continue;
    JsonWriter json;
    json.begin_object().field("id", fmt::format("b{}", batch.id)).field("created_at", batch.created_at).field("command", batch.command);
    json.field("program_version", batch.program_version).field("records", batch.record_count).key("files").begin_array();
    for (const store::FileRow& file : TRY(workspace.lake.app().files())) {
      if (file.batch_id == id) json.raw(file.report);
    }
    json.end_array().end_object();
    return std::move(json).text();
  }
  return fail(ErrorKind::not_found, "there is no batch {}", id);
}

}  // namespace

Result<std::uint64_t> find_record(const Workspace& workspace, const store::SnapshotRow& snapshot, std::string_view id) {
  store::Connection connection = TRY(workspace.lake.connect());
  const std::string merged = merged_sql(workspace, snapshot);
  const auto key_where = [&](const std::string& condition, const store::Parameter& value) -> Result<std::optional<std::uint64_t>> {
    store::Rows rows = TRY(connection.query("SELECT key FROM " + merged + " WHERE " + condition + " ORDER BY key LIMIT 1", {value}));
    if (!TRY(rows.next())) return std::optional<std::uint64_t>();
    return std::optional<std::uint64_t>(rows.column(0).unsigned_integer(0));
  };
  if (const Result<std::uint64_t> key = store::parse_record_id(id)) {
    if (const auto found = TRY(key_where("key = ?", *key))) return *found;  // most ask for what a list showed: no other row group is read
    if (const auto found = TRY(key_where("list_contains(members, ?)", *key))) return *found;
  }
  std::string value = find_doi(id);
  if (value.empty()) value = std::string(trim(id));
  if (const auto found = TRY(key_where("len(list_filter(identifiers, i -> i.value = ?)) > 0", value))) return *found;
  const std::vector<std::filesystem::path> files = TRY(workspace.lake.record_files());
  store::Rows own = TRY(connection.query("SELECT key FROM " + store::parquet_sql(files) + " WHERE own_id = ? ORDER BY sequence DESC LIMIT 1", {value}));
  if (TRY(own.next())) {
    if (const auto found = TRY(key_where("list_contains(members, ?)", own.column(0).unsigned_integer(0)))) return *found;
  }
  return fail(ErrorKind::not_found, "no record has the id, identifier or own id \"{}\"", id);
}

Result<ShownRecord> show_record(const Workspace& workspace, std::string_view id) {
  const store::SnapshotRow snapshot = TRY(workspace.lake.latest_snapshot());
  const std::uint64_t key = TRY(find_record(workspace, snapshot, id));
  ShownRecord shown;
  shown.snapshot_id = snapshot.id;
  store::Connection connection = TRY(workspace.lake.connect());
  store::RecordReader merged = TRY(store::RecordReader::open(connection, "SELECT * FROM " + merged_sql(workspace, snapshot) + " WHERE key = ?", {key}));
  std::vector<store::RecordRow> rows = TRY(merged.next());
  if (rows.empty()) return fail(ErrorKind::corrupt, "record {} is missing from snapshot {}", store::record_id(key), snapshot.id);
  shown.merged = std::move(rows.front());

  std::map<std::int64_t, store::FileRow> files;
  std::string keys;
  for (const std::uint64_t member : shown.merged.members) keys += fmt::format("{}{}", keys.empty() ? "" : ", ", member);
  const std::vector<std::filesystem::path> lake_files = TRY(workspace.lake.record_files());
  std::set<std::uint64_t> seen;
  TRY(store::read_records(connection, fmt::format("SELECT * FROM {} WHERE key IN ({}) ORDER BY key, sequence DESC", store::parquet_sql(lake_files), keys), {},
                          [&](std::vector<store::RecordRow>&& batch) -> Result<> {
                            for (store::RecordRow& row : batch) {
                              ShownVersion version;
                              version.live = seen.insert(row.key).second;
                              if (!files.contains(row.file_id)) files[row.file_id] = TRY(workspace.lake.app().file(row.file_id)).value_or(store::FileRow{});
                              version.file = files[row.file_id].path;
                              version.batch_id = files[row.file_id].batch_id;
                              version.row = std::move(row);
                              shown.versions.push_back(std::move(version));
                            }
                            return {};
                          }));
  shown.links = TRY(read_links_of(connection, workspace, snapshot, keys));
  return shown;
}

std::string path_in_source(std::string_view path) {
  const std::size_t slash = path.substr(0, path.find('!')).rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

std::string to_json(const ShownRecord& shown) {
  JsonWriter json;
  json.begin_object().field("id", store::record_id(shown.merged.key)).field("snapshot", shown.snapshot_id);
  json.key("record").begin_object();
  write_record_fields(json, shown.merged.record, false);
  json.end_object().key("sources").begin_array();
  for (const std::string& source : shown.merged.sources) json.value(source);
  json.end_array().key("fields").begin_array();
  for (const store::FieldSource& field : shown.merged.field_sources) {
    json.begin_object().field("field", field.field).field("from", store::record_id(field.key)).field("rule", field.rule).end_object();
  }
  json.end_array().key("links");
  write_links(json, shown.links);
  json.key("versions").begin_array();
  for (const ShownVersion& version : shown.versions) {
    json.begin_object().field("id", store::record_id(version.row.key)).field("live", version.live).field("file", version.file);
    json.field("file_id", fmt::format("f{}", version.row.file_id)).field("batch", fmt::format("b{}", version.batch_id));
    json.field("position", version.row.record.provenance.index).field("line", version.row.record.provenance.line);
    write_record_fields(json, version.row.record, true);
    json.end_object();
  }
  json.end_array().end_object();
  return std::move(json).text();
}

std::string to_text(const ShownRecord& shown, std::string_view language) {
  const bool zh = language == "zh";
  const Record& r = shown.merged.record;
  std::string out = fmt::format("{}  {}\n{}\n", store::record_id(shown.merged.key), to_string(r.kind), r.title);
  std::vector<std::string> names;
  for (const Person& person : r.persons) names.push_back(person.name);
  if (!names.empty()) out += join(names, "; ") + "\n";
  out += fmt::format("{}  {}  {}\n", to_string(r.date), r.venue, find_identifier(r, "doi"));
  if (!r.keywords.empty()) out += join(r.keywords, "; ") + "\n";
  if (!r.abstract.empty()) out += "\n" + r.abstract + "\n";
  out += fmt::format("\n{} ({})\n", zh ? "来源版本" : "versions", shown.versions.size());
  for (const ShownVersion& version : shown.versions) {
    out += fmt::format("  {}  {}{}  {}  {} b{}{}\n", store::record_id(version.row.key), version.row.record.provenance.source,
                       version.row.record.provenance.own_id.empty() ? "" : ":" + version.row.record.provenance.own_id, version.file, zh ? "批次" : "batch",
                       version.batch_id, version.live ? "" : zh ? "（已被取代）" : " (superseded)");
  }
  if (!shown.merged.field_sources.empty()) {
    out += zh ? "\n字段来自\n" : "\nfields from\n";
    for (const store::FieldSource& field : shown.merged.field_sources) {
      out += fmt::format("  {:<20} {}  {}\n", field.field, store::record_id(field.key), field.rule);
    }
  }
  if (!shown.links.empty()) out += zh ? "\n关联\n" : "\nlinks\n";
  for (const StoredLink& link : shown.links) {
    out += fmt::format("  {} - {}  {}  {}  {:.3f}  {}\n", store::record_id(link.key_a), store::record_id(link.key_b), link.kind, link.rule, link.score, link.evidence);
  }
  for (const ShownVersion& version : shown.versions) {
    if (version.live) out += fmt::format("\n--- {} {}\n{}\n", zh ? "原文" : "raw", store::record_id(version.row.key), version.row.record.provenance.raw);
  }
  return out;
}

Result<std::string> show_json(const Workspace& workspace, std::string_view id) {
  if (id.size() > 1 && id.front() == 's' && TRY(workspace.lake.app().snapshot(id))) return show_snapshot(workspace, id);
  const auto number = id.size() > 1 ? parse_int(id.substr(1)) : std::nullopt;
  if (number && id.front() == 'b') return show_batch(workspace, *number);
  if (number && id.front() == 'f') {
    const auto file = TRY(workspace.lake.app().file(*number));
    if (!file) return fail(ErrorKind::not_found, "there is no file {}", id);
    JsonWriter json;
    json.begin_object().field("id", id).field("batch", fmt::format("b{}", file->batch_id)).field("imported_at", file->imported_at);
    json.key("report").raw(file->report).end_object();
    return std::move(json).text();
  }
  return to_json(TRY(show_record(workspace, id)));
}

}  // namespace jianwei::workflow
