#include "workflow/report/quality.h"

#include "store/record_columns.h"
#include "store/table_feed.h"
#include "workflow/status.h"
#include "workflow/watch/watch.h"

namespace jianwei::workflow {
namespace {

constexpr std::int64_t kExamples = 300;

Result<std::vector<FieldFill>> measure_fill(const Workspace& workspace, const WorkspaceStatus& status) {
  std::vector<FieldFill> fill;
  const auto snapshot = TRY(workspace.lake.app().snapshot(status.snapshot_id));
  if (!snapshot || status.record_count == 0) return fill;
  store::Database database = TRY(workspace.lake.open_database(0));
  store::Connection connection = TRY(database.connect());
  const std::string merged = store::parquet_sql({workspace.lake.path(snapshot->merged_path)});
  for (std::size_t f = 0; f < kReportedFields.size(); ++f) {
    FieldFill field{std::string(kReportedFields[f]), static_cast<double>(status.filled[f]) / static_cast<double>(status.record_count), status.record_count - status.filled[f], {}};
    if (field.lacking > 0) {
      store::Rows rows = TRY(connection.query(fmt::format("SELECT key FROM {} WHERE NOT coalesce({}, false) ORDER BY key LIMIT {}", merged, filled_conditions()[f], kExamples)));
      while (TRY(rows.next())) {
        for (std::int64_t row = 0; row < rows.row_count(); ++row) field.examples.push_back(store::record_id(rows.column(0).unsigned_integer(row)));
      }
    }
    fill.push_back(std::move(field));
  }
  return fill;
}

}  // namespace

Result<DataQuality> measure_quality(const Workspace& workspace) {
  const WorkspaceStatus status = TRY(workspace_status(workspace));
  DataQuality quality;
  quality.source_record_count = status.source_record_count;
  quality.merged_record_count = status.record_count;
  quality.merge_count = status.source_record_count - status.record_count;
  quality.problems = status.problems;
  quality.fill = TRY(measure_fill(workspace, status));
  for (const ScoredAlert& alert : TRY(alerts(workspace))) {
    quality.alerts.push_back({alert.alert.id, alert.alert.unit_id, alert.label, alert.rule_name, alert.alert.year, alert.verdict, alert.why});
  }
  return quality;
}

}  // namespace jianwei::workflow
