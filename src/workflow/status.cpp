#include "workflow/status.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/sentence.h"
#include "store/key_index.h"
#include "store/table_feed.h"
#include "workflow/show.h"

namespace jianwei::workflow {
namespace {

constexpr std::array<std::string_view, kReportedFields.size()> kFilled = {
    "title IS NOT NULL",
    "abstract IS NOT NULL",
    "date IS NOT NULL",
    "language IS NOT NULL",
    "persons IS NOT NULL",
    "len(list_filter(organisations, o -> o.name IS NOT NULL)) > 0",
    "len(list_filter(organisations, o -> o.country IS NOT NULL)) > 0",
    "keywords IS NOT NULL",
    "classifications IS NOT NULL",
    "\"references\" IS NOT NULL",
    "funding IS NOT NULL",
    "venue IS NOT NULL",
    "len(list_filter(identifiers, i -> i.scheme = 'doi')) > 0",
    "identifiers IS NOT NULL",
    "citation_count IS NOT NULL",
    "url IS NOT NULL",
    "full_text IS NOT NULL"};

Result<> count_snapshot(const Workspace& workspace, const store::SnapshotRow& snapshot, WorkspaceStatus& status) {
  store::Database database = TRY(workspace.lake.open_database(0));
  store::Connection connection = TRY(database.connect());
  const std::string merged = store::parquet_sql({workspace.lake.path(snapshot.merged_path)});
  const auto count_by = [&](std::string_view from, std::string_view expression, auto add) -> Result<> {
    store::Rows rows = TRY(connection.query(fmt::format("SELECT {} AS name, count(*) FROM {} GROUP BY name ORDER BY count(*) DESC, name", expression, from)));
    while (TRY(rows.next())) {
      for (std::int64_t row = 0; row < rows.row_count(); ++row) add(rows.column(0), row, rows.column(1).integer(row));
    }
    return {};
  };
  TRY(count_by(merged, "kind", [&](const store::ColumnView& name, std::int64_t row, std::int64_t n) { status.kinds[std::string(name.text(row))] = n; }));
  TRY(count_by(merged, "language", [&](const store::ColumnView& name, std::int64_t row, std::int64_t n) { status.languages[std::string(name.text(row))] = n; }));
  TRY(count_by(merged, "year", [&](const store::ColumnView& name, std::int64_t row, std::int64_t n) { status.years[name.integer(row)] = n; }));
  TRY(count_by(fmt::format("(SELECT unnest(sources) AS source FROM {})", merged), "source", [&](const store::ColumnView& name, std::int64_t row, std::int64_t n) {
    status.sources.emplace_back(name.text(row), n);
  }));
  std::string sums = "SELECT count(*)";
  for (const std::string_view filled : kFilled) sums += fmt::format(", count(*) FILTER (WHERE {})", filled);
  store::Rows rows = TRY(connection.query(sums + " FROM " + merged));
  if (!TRY(rows.next())) return {};
  status.record_count = rows.column(0).integer(0);
  for (std::size_t f = 0; f < kFilled.size(); ++f) status.filled[f] = rows.column(static_cast<std::int64_t>(f) + 1).integer(0);
  return {};
}

}  // namespace

std::span<const std::string_view> filled_conditions() { return kFilled; }

Result<WorkspaceStatus> workspace_status(const Workspace& workspace) {
  WorkspaceStatus status;
  status.name = workspace.settings.name;
  for (const store::BatchRow& batch : TRY(workspace.lake.app().batches())) {
    ++status.batch_count;
    status.stored_row_count += batch.record_count;
  }
  for (const store::FileRow& file : TRY(workspace.lake.app().files())) {
    ++status.file_count;
    status.rejected_count += file.rejected;
    status.repeat_count += file.duplicates;
    if (file.rejected > 0) {
      status.problems.push_back(fmt::format("{}: {} of {} records rejected (batch {})", path_in_source(file.path), file.rejected, file.read, file.batch_id));
    }
  }
  const std::vector<store::SnapshotRow> snapshots = TRY(workspace.lake.app().snapshots());
  status.source_record_count = TRY(store::read_key_index(workspace.lake)).size();
  if (snapshots.empty()) {
    if (status.source_record_count > 0) status.problems.emplace_back("the imported records are not merged yet; any import or run does that");
    return status;
  }
  const store::SnapshotRow& latest = snapshots.back();
  status.snapshot_id = latest.id;
  status.snapshot_created_at = latest.created_at;
  status.link_count = latest.link_count;
  if (latest.source_record_count != status.source_record_count) {
    status.problems.push_back(fmt::format("snapshot {} was made of {} source records, the lake has {}; any import or run renews it", latest.id,
                                          latest.source_record_count, status.source_record_count));
  }
  TRY(count_snapshot(workspace, latest, status));
  const auto rate = [&](std::size_t f) { return status.record_count > 0 ? static_cast<double>(status.filled[f]) / static_cast<double>(status.record_count) : 0; };
  for (const std::string_view field : {"title", "abstract", "date", "persons", "keywords"}) {
    const auto f = static_cast<std::size_t>(std::find(kReportedFields.begin(), kReportedFields.end(), field) - kReportedFields.begin());
    if (status.record_count > 0 && rate(f) < 0.95) status.problems.push_back(fmt::format("{} empty in {:.0f} % of the records", field, (1 - rate(f)) * 100));
  }
  return status;
}

std::string to_json(const WorkspaceStatus& s) {
  JsonWriter json;
  json.begin_object().key("records").begin_object();
  for (const RecordKind kind : kRecordKinds) {
    const auto found = s.kinds.find(std::string(to_string(kind)));
    if (found != s.kinds.end()) json.field(found->first, found->second);
  }
  json.end_object().key("sources").begin_array();
  for (const auto& [name, count] : s.sources) json.begin_object().field("name", name).field("records", count).end_object();
  json.end_array().key("years").begin_object();
  for (const auto& [year, count] : s.years) {
    if (year != 0) json.field(std::to_string(year), count);
  }
  json.end_object().key("languages").begin_object();
  for (const auto& [language, count] : s.languages) json.field(language.empty() ? "unknown" : language, count);
  json.end_object().key("fields").begin_object();
  for (std::size_t f = 0; f < kReportedFields.size(); ++f) {
    json.field(kReportedFields[f], s.record_count > 0 ? static_cast<double>(s.filled[f]) / static_cast<double>(s.record_count) : 0.0);
  }
  json.end_object().field("snapshot", s.snapshot_id);
  json.field("name", s.name).field("snapshot_created_at", s.snapshot_created_at).field("merged_records", s.record_count);
  json.field("source_records", s.source_record_count).field("stored_rows", s.stored_row_count).field("links", s.link_count);
  json.field("duplicates", s.repeat_count).field("merged_away", s.snapshot_id.empty() ? 0 : s.source_record_count - s.record_count);
  json.field("rejected", s.rejected_count).field("files", s.file_count).field("batches", s.batch_count);
  const auto unknown = s.years.find(0);
  json.field("without_year", unknown == s.years.end() ? std::int64_t{0} : unknown->second);
  json.key("problems").begin_array();
  for (const std::string& problem : s.problems) json.value(problem);
  json.end_array().key("problems_zh").begin_array();
  for (const std::string& problem : s.problems) json.value(say(Language::zh, problem));
  json.end_array().end_object();
  return std::move(json).text();
}

std::string to_text(const WorkspaceStatus& s, std::string_view language) {
  const bool zh = language == "zh";
  std::string out = fmt::format("{}  {}: {}\n", s.name, zh ? "快照" : "snapshot", s.snapshot_id.empty() ? "-" : s.snapshot_id);
  constexpr std::string_view kCountsZh = "记录 {}（源记录 {}，合并 {}，完全重复 {}，拒绝 {}，文件 {}）\n";
  constexpr std::string_view kCountsEn = "{} records ({} source records, {} merged away, {} exact repeats, {} rejected, {} files)\n";
  out += fmt::format(fmt::runtime(zh ? kCountsZh : kCountsEn),
                     s.record_count, s.source_record_count, s.snapshot_id.empty() ? 0 : s.source_record_count - s.record_count, s.repeat_count, s.rejected_count,
                     s.file_count);
  const auto line = [&](std::string_view zh_name, std::string_view en_name, const auto& pairs, std::size_t limit) {
    out += fmt::format("{}:", zh ? zh_name : en_name);
    std::size_t shown = 0;
    for (const auto& [name, count] : pairs) {
      if (shown++ == limit) {
        out += " ...";
        break;
      }
      out += fmt::format("  {} {}", name, count);
    }
    out += '\n';
  };
  std::vector<std::pair<std::string, std::int64_t>> kinds;
  for (const auto& [kind, count] : s.kinds) kinds.emplace_back(message(parse_language(language), fmt::format("kind.{}", kind)), count);
  line("类型", "kinds", kinds, 10);
  line("来源", "sources", s.sources, 12);
  std::vector<std::pair<std::string, std::int64_t>> languages(s.languages.begin(), s.languages.end());
  std::stable_sort(languages.begin(), languages.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  line("语言", "languages", languages, 12);
  if (!s.years.empty()) {
    out += zh ? "年份:" : "years:";
    for (const auto& [year, count] : s.years) out += fmt::format("  {} {}", year == 0 ? "?" : std::to_string(year), count);
    out += '\n';
  }
  if (s.record_count > 0) {
    out += zh ? "字段完整率:" : "fields filled:";
    for (std::size_t f = 0; f < kReportedFields.size(); ++f) {
      out += fmt::format("  {} {:.0f}%", message(parse_language(language), fmt::format("field.{}", kReportedFields[f])), 100.0 * static_cast<double>(s.filled[f]) / static_cast<double>(s.record_count));
    }
    out += '\n';
  }
  for (const std::string& problem : s.problems) out += fmt::format("! {}\n", say(parse_language(language), problem));
  return out;
}

}  // namespace jianwei::workflow
