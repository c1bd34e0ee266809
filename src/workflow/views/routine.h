// Report templates, issues, schedules and deliveries of alerts, as JSON.
#pragma once

#include <string>

#include "base/catalogue.h"
#include "base/json_writer.h"
#include "workflow/report/template.h"
#include "workflow/routine/delivery.h"
#include "workflow/routine/schedule.h"

namespace jianwei::workflow {

void write_report_template(JsonWriter& json, const ReportTemplate& form, Language language);
// "monthly-zh-0003": names the folder of the issue below WS/reports, too.
std::string issue_id(const store::IssueRow& issue);
// `numbers`: with all of them, for one issue.
void write_issue(JsonWriter& json, const store::IssueRow& issue, bool numbers);
// With the next `date_count` dates; none while it is paused. Errors: corrupt
Result<> write_schedule(JsonWriter& json, const store::ScheduleRow& row, std::int64_t date_count);
void write_schedule_run(JsonWriter& json, const store::ScheduleRunRow& run);
void write_ticked(JsonWriter& json, const Ticked& ticked);
void write_delivery(JsonWriter& json, const store::DeliveryRow& row);
std::string to_json(const DeliveryReport& report);

}  // namespace jianwei::workflow
