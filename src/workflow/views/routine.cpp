#include "workflow/views/routine.h"
#include "base/sentence.h"

#include <fmt/format.h>

namespace jianwei::workflow {

void write_report_template(JsonWriter& json, const ReportTemplate& form, Language language) {
  json.begin_object().field("id", form.id).field("version", form.version).field("title", form.title(language)).field("title_zh", form.title_zh).field("title_en", form.title_en);
  json.field("about", form.about(language)).field("about_zh", form.about_zh).field("about_en", form.about_en).field("rows", form.rows).key("sections").begin_array();
  for (const std::string& section : form.sections) json.value(section);
  json.end_array().end_object();
}

std::string issue_id(const store::IssueRow& issue) { return fmt::format("{}-{:04}", issue.series, issue.number); }

void write_issue(JsonWriter& json, const store::IssueRow& issue, bool numbers) {
  json.begin_object().field("id", issue_id(issue)).field("series", issue.series).field("number", issue.number).field("template", issue.report_template).field("template_version", issue.template_version);
  json.field("language", issue.language).key("parameters").raw(issue.parameters).field("run", issue.run_id).field("data_version", issue.snapshot_id).field("software", issue.software).field("created", issue.created_at);
  json.key("files").raw(issue.files);
  if (numbers) json.key("numbers").raw(issue.numbers);
  json.end_object();
}

Result<> write_schedule(JsonWriter& json, const store::ScheduleRow& row, std::int64_t date_count) {
  const SchedulePlan plan = TRY(read_schedule_plan(row.plan));
  json.begin_object().field("name", row.name).key("plan").raw(to_json(plan)).field("enabled", plan.enabled).field("by", row.created_by).field("at", row.created_at).key("next").begin_array();
  if (plan.enabled) {
    for (const std::string& date : next_dates(plan, row.next_due, date_count)) json.value(date);
  }
  json.end_array().end_object();
  return {};
}

void write_schedule_run(JsonWriter& json, const store::ScheduleRunRow& run) {
  json.begin_object().field("id", run.id).field("schedule", run.schedule).field("due", run.due_at).field("missed", run.missed).field("started", run.started_at).field("ended", run.ended_at);
  json.field("outcome", run.outcome);
  write_said(json, "message", run.message);
  json.end_object();
}

void write_ticked(JsonWriter& json, const Ticked& ticked) {
  json.begin_object().field("schedule", ticked.schedule).field("outcome", ticked.outcome);
  write_said(json, "message", ticked.message);
  json.field("missed", ticked.missed).end_object();
}

void write_delivery(JsonWriter& json, const store::DeliveryRow& row) {
  json.begin_object().field("channel", row.channel).field("alert", row.alert_id).field("state", row.state).field("attempts", row.attempts).field("next_try", row.next_try).field("batch", row.batch);
  write_said(json, "message", row.message);
  json.field("changed", row.changed_at).end_object();
}

std::string to_json(const DeliveryReport& report) {
  JsonWriter json;
  json.begin_object().field("sent", report.sent).field("waiting", report.waiting).field("muted", report.muted).field("unsure", report.unsure).field("failed", report.failed).key("problems").begin_array();
  for (const std::string& problem : report.problems) json.value(problem);
  return std::move(json.end_array().end_object()).text();
}

}  // namespace jianwei::workflow
