#include "workflow/report/quality.h"

#include "workflow/status.h"
#include "workflow/watch/watch.h"

namespace jianwei::workflow {

Result<DataQuality> measure_quality(const Workspace& workspace) {
  const WorkspaceStatus status = TRY(workspace_status(workspace));
  DataQuality quality;
  quality.source_record_count = status.source_record_count;
  quality.merged_record_count = status.record_count;
  quality.merge_count = status.source_record_count - status.record_count;
  quality.problems = status.problems;
  for (std::size_t f = 0; f < kReportedFields.size(); ++f) {
    const double share = status.record_count > 0 ? static_cast<double>(status.filled[f]) / static_cast<double>(status.record_count) : 0.0;
    quality.fill.emplace_back(std::string(kReportedFields[f]), share);
  }
  for (const ScoredAlert& alert : TRY(alerts(workspace))) {
    quality.alerts.push_back({alert.alert.id, alert.alert.unit_id, alert.label, alert.rule_name, alert.alert.year, alert.verdict, alert.why});
  }
  return quality;
}

}  // namespace jianwei::workflow
