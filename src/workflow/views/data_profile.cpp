#include "workflow/views/data_profile.h"

#include <algorithm>

#include "base/sentence.h"
#include "store/record_columns.h"
#include "store/table_feed.h"
#include "workflow/views/href.h"

namespace jianwei::workflow {
namespace {

constexpr std::int64_t kExamples = 20;

struct IssueRule {
  std::string_view id, severity;
  std::string condition;  // SQL on a merged record
};

std::string_view filled(std::string_view field) {
  return filled_conditions()[static_cast<std::size_t>(std::find(kReportedFields.begin(), kReportedFields.end(), field) - kReportedFields.begin())];
}

// In order of severity.
std::vector<IssueRule> issue_rules(const std::string& merged) {
  const auto empty = [](std::string_view field) { return fmt::format("NOT coalesce({}, false)", filled(field)); };
  const std::string titles = fmt::format("(SELECT lower(title) FROM {} WHERE title IS NOT NULL AND length(title) > 20 GROUP BY lower(title), year HAVING count(*) > 1)", merged);
  return {
      {"future_year", "error", "year > year(current_date)"},
      {"early_year", "error", "year > 0 AND year < 1500"},
      {"no_title", "error", empty("title")},
      {"no_year", "warning", "coalesce(year, 0) = 0"},
      {"same_title", "warning", "length(title) > 20 AND lower(title) IN " + titles},
      {"no_abstract", "warning", empty("abstract")},
      {"no_persons", "warning", empty("persons")},
      {"no_affiliation", "note", empty("affiliations")},
      {"no_language", "note", empty("language")},
      {"no_keywords", "note", empty("keywords")},
  };
}

std::string merged_sql(const Workspace& workspace, const std::string& path) { return store::parquet_sql({workspace.lake.path(path)}); }

Result<> read_years(store::Connection& connection, const std::string& merged, DataProfile& profile) {
  store::Rows rows = TRY(connection.query(fmt::format("SELECT coalesce(year, 0) AS year, source, count(*) FROM (SELECT year, unnest(sources) AS source FROM {}) GROUP BY 1, 2 ORDER BY 1, 2", merged)));
  while (TRY(rows.next())) {
    for (std::int64_t row = 0; row < rows.row_count(); ++row) profile.years.push_back({{rows.column(0).integer(row), std::string(rows.column(1).text(row))}, rows.column(2).integer(row)});
  }
  return {};
}

Result<> read_fill(store::Connection& connection, const std::string& merged, DataProfile& profile) {
  std::string select = "SELECT source, count(*)", flags = "SELECT unnest(sources) AS source";
  for (std::size_t f = 0; f < kReportedFields.size(); ++f) {
    flags += fmt::format(", coalesce({}, false) AS f{}", filled_conditions()[f], f);
    select += fmt::format(", count(*) FILTER (WHERE f{})", f);
  }
  store::Rows rows = TRY(connection.query(fmt::format("{} FROM ({} FROM {}) GROUP BY source ORDER BY 2 DESC, 1", select, flags, merged)));
  while (TRY(rows.next())) {
    for (std::int64_t row = 0; row < rows.row_count(); ++row) {
      SourceFill fill;
      fill.source = rows.column(0).text(row);
      fill.records = rows.column(1).integer(row);
      for (std::size_t f = 0; f < fill.filled.size(); ++f) fill.filled[f] = rows.column(static_cast<std::int64_t>(f) + 2).integer(row);
      profile.sources.push_back(std::move(fill));
    }
  }
  return {};
}

Result<> read_issues(store::Connection& connection, const std::string& merged, DataProfile& profile) {
  for (const IssueRule& rule : issue_rules(merged)) {
    DataIssue issue{std::string(rule.id), std::string(rule.severity), TRY(connection.query_integer(fmt::format("SELECT count(*) FROM {} WHERE {}", merged, rule.condition))), {}};
    if (issue.count == 0) continue;
    store::Rows rows = TRY(connection.query(fmt::format("SELECT key FROM {} WHERE {} ORDER BY key LIMIT {}", merged, rule.condition, kExamples)));
    while (TRY(rows.next())) {
      for (std::int64_t row = 0; row < rows.row_count(); ++row) issue.examples.push_back(store::record_id(rows.column(0).unsigned_integer(row)));
    }
    profile.issues.push_back(std::move(issue));
  }
  return {};
}

}  // namespace

Result<DataProfile> profile_data(const Workspace& workspace) {
  DataProfile profile;
  profile.status = TRY(workspace_status(workspace));
  for (const store::BatchRow& batch : TRY(workspace.lake.app().batches())) profile.last_import = std::max(profile.last_import, batch.created_at);
  if (profile.status.snapshot_id.empty()) return profile;
  const auto snapshot = TRY(workspace.lake.app().snapshot(profile.status.snapshot_id));
  if (!snapshot) return profile;
  profile.snapshot_path = snapshot->merged_path;
  store::Database database = TRY(workspace.lake.open_database(0));
  store::Connection connection = TRY(database.connect());
  const std::string merged = merged_sql(workspace, profile.snapshot_path);
  TRY(read_years(connection, merged, profile));
  TRY(read_fill(connection, merged, profile));
  TRY(read_issues(connection, merged, profile));
  return profile;
}

std::int64_t issue_count(const DataProfile& profile, std::string_view id) {
  for (const DataIssue& issue : profile.issues) {
    if (issue.id == id) return issue.count;
  }
  return 0;
}

Result<std::vector<IssueRecord>> issue_records(const Workspace& workspace, const DataProfile& profile, std::string_view id, std::int64_t offset, std::int64_t limit) {
  std::vector<IssueRecord> records;
  const std::string merged = profile.snapshot_path.empty() ? "" : merged_sql(workspace, profile.snapshot_path);
  const std::vector<IssueRule> rules = issue_rules(merged);
  const auto rule = std::find_if(rules.begin(), rules.end(), [&](const IssueRule& one) { return one.id == id; });
  if (rule == rules.end()) return fail(ErrorKind::not_found, "there is no kind of issue \"{}\"", id);
  if (merged.empty()) return records;
  store::Database database = TRY(workspace.lake.open_database(0));
  store::Connection connection = TRY(database.connect());
  store::Rows rows = TRY(connection.query(fmt::format("SELECT key, title, coalesce(year, 0) FROM {} WHERE {} ORDER BY key LIMIT {} OFFSET {}", merged, rule->condition, limit, offset)));
  while (TRY(rows.next())) {
    for (std::int64_t row = 0; row < rows.row_count(); ++row) {
      records.push_back({store::record_id(rows.column(0).unsigned_integer(row)), std::string(rows.column(1).text(row)), rows.column(2).integer(row)});
    }
  }
  return records;
}

std::string quality_json(const DataProfile& profile, std::string_view base) {
  const WorkspaceStatus& status = profile.status;
  JsonWriter json;
  json.begin_object().field("snapshot", status.snapshot_id).field("records", status.record_count).field("source_records", status.source_record_count).field("merged_away", status.snapshot_id.empty() ? 0 : status.source_record_count - status.record_count);
  json.field("duplicates", status.repeat_count).field("rejected", status.rejected_count).field("last_import", profile.last_import).key("fields").begin_array();
  for (const std::string_view field : kReportedFields) json.value(field);
  json.end_array().key("filled").begin_array();
  for (const std::int64_t count : status.filled) json.value(count);
  json.end_array().key("sources").begin_array();
  for (const SourceFill& fill : profile.sources) {
    json.begin_object().field("source", fill.source).field("records", fill.records).key("filled").begin_array();
    for (const std::int64_t count : fill.filled) json.value(count);
    json.end_array().end_object();
  }
  json.end_array().key("issues").begin_array();
  for (const DataIssue& issue : profile.issues) {
    json.begin_object().field("id", issue.id).field("severity", issue.severity).field("count", issue.count).key("records").begin_array();
    for (const std::string& id : issue.examples) json.value(id);
    json.end_array();
    write_href(json, "records_href", base, "quality/issues/" + issue.id);
    json.end_object();
  }
  json.end_array().key("languages").begin_object();
  for (const auto& [language, count] : status.languages) json.field(language.empty() ? "unknown" : language, count);
  json.end_object().key("problems").begin_array();
  for (const std::string& problem : status.problems) json.value(problem);
  json.end_array().key("problems_zh").begin_array();
  for (const std::string& problem : status.problems) json.value(say(Language::zh, problem));
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow
