#include "workflow/routine/schedule.h"

#include <simdjson.h>

#include <algorithm>
#include <chrono>

#include "base/json_writer.h"
#include "base/strings.h"
#include "store/app_db.h"
#include "workflow/collect.h"
#include "workflow/report/template.h"
#include "workflow/routine/routine_files.h"

namespace jianwei::workflow {
namespace {

namespace chrono = std::chrono;

constexpr std::string_view kEveryNames[] = {"hour", "day", "week", "month"};

chrono::sys_seconds at(std::int64_t seconds) { return chrono::sys_seconds(chrono::seconds(seconds)); }

}  // namespace

std::string_view to_string(Every every) { return kEveryNames[static_cast<std::size_t>(every)]; }

Result<Every> parse_every(std::string_view name) {
  const auto found = std::find(std::begin(kEveryNames), std::end(kEveryNames), name);
  if (found == std::end(kEveryNames)) return fail(ErrorKind::invalid_input, "\"{}\" is no period: hour, day, week or month", name);
  return static_cast<Every>(found - std::begin(kEveryNames));
}

Result<std::int64_t> read_utc(std::string_view text) {
  const auto bad = [&] { return fail(ErrorKind::invalid_input, "\"{}\" is no time: write 2026-12-01 or 2026-12-01T02:00:00Z (UTC)", text); };
  const auto number = [&](std::size_t from, std::size_t length) -> std::int64_t { return text.size() >= from + length ? parse_int(text.substr(from, length)).value_or(-1) : -1; };
  const bool day_only = text.size() == 10;
  if (!day_only && (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')) return bad();
  if (text[4] != '-' || text[7] != '-') return bad();
  const chrono::year_month_day date{chrono::year(static_cast<int>(number(0, 4))), chrono::month(static_cast<unsigned>(std::max<std::int64_t>(0, number(5, 2)))), chrono::day(static_cast<unsigned>(std::max<std::int64_t>(0, number(8, 2))))};
  const std::int64_t hour = day_only ? 0 : number(11, 2), minute = day_only ? 0 : number(14, 2), second = day_only ? 0 : number(17, 2);
  if (!date.ok() || number(0, 4) < 1970 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return bad();
  return chrono::sys_seconds(chrono::sys_days(date)).time_since_epoch().count() + hour * 3600 + minute * 60 + second;
}

std::int64_t date_of(const SchedulePlan& plan, std::int64_t first, std::int64_t n) {
  constexpr std::int64_t kHour = 3600;
  if (plan.every != Every::month) {
    const std::int64_t period = plan.every == Every::hour ? kHour : plan.every == Every::day ? 24 * kHour : 7 * 24 * kHour;
    return first + n * plan.count * period;
  }
  const auto day = chrono::floor<chrono::days>(at(first));
  const chrono::year_month_day date(day);
  const chrono::year_month month = date.year() / date.month() + chrono::months(n * plan.count);
  const chrono::year_month_day_last last = month / chrono::last;
  const chrono::sys_days shifted = month / std::min(date.day(), last.day());
  return chrono::sys_seconds(shifted).time_since_epoch().count() + (at(first) - day).count();
}

std::int64_t next_date(const SchedulePlan& plan, std::int64_t first, std::int64_t now) {
  std::int64_t low = 0, high = 1;
  if (date_of(plan, first, 0) > now) return date_of(plan, first, 0);
  while (date_of(plan, first, high) <= now) {
    low = high;
    high *= 2;
  }
  while (low + 1 < high) {
    const std::int64_t middle = (low + high) / 2;
    (date_of(plan, first, middle) <= now ? low : high) = middle;
  }
  return date_of(plan, first, high);
}

std::string to_json(const SchedulePlan& plan) {
  JsonWriter json;
  json.begin_object().field("name", plan.name).field("every", to_string(plan.every)).field("count", plan.count).field("first", plan.first).field("collect", plan.collect).field("query", plan.query).field("filter", plan.filter);
  json.field("max_records", plan.max_records).field("run", plan.run).field("check", plan.check).field("deliver", plan.deliver).key("reports").raw(text_list_json(plan.reports)).key("formats").raw(text_list_json(plan.formats));
  return std::move(json.field("language", to_string(plan.language)).field("enabled", plan.enabled).end_object()).text();
}

Result<SchedulePlan> read_schedule_plan(std::string_view text) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  const simdjson::padded_string padded(text);
  if (parser.parse(padded).get(root) != simdjson::SUCCESS) return fail(ErrorKind::corrupt, "a schedule in routine.db cannot be read: restore routine.db from a backup");
  const auto string = [&](const char* key) {
    std::string_view value;
    return root[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
  };
  const auto number = [&](const char* key) {
    std::int64_t value = 0;
    return root[key].get(value) == simdjson::SUCCESS ? value : 0;
  };
  const auto flag = [&](const char* key) {
    bool value = false;
    return root[key].get(value) == simdjson::SUCCESS && value;
  };
  const auto list = [&](const char* key) -> Result<std::vector<std::string>> {
    simdjson::dom::element value;
    if (root[key].get(value) != simdjson::SUCCESS) return std::vector<std::string>();
    return read_text_list(simdjson::minify(value));
  };
  SchedulePlan plan;
  plan.name = string("name");
  plan.every = TRY(parse_every(string("every")));
  plan.count = std::max<std::int64_t>(1, number("count"));
  plan.first = string("first");
  plan.collect = string("collect");
  plan.query = string("query");
  plan.filter = string("filter");
  plan.max_records = number("max_records");
  plan.run = flag("run");
  plan.check = flag("check");
  plan.deliver = flag("deliver");
  plan.reports = TRY(list("reports"));
  plan.formats = TRY(list("formats"));
  plan.language = parse_language(string("language"));
  if (bool enabled = true; root["enabled"].get(enabled) == simdjson::SUCCESS) plan.enabled = enabled;
  return plan;
}

namespace {

Result<> check_plan(const Workspace& workspace, const SchedulePlan& plan) {
  const std::string_view name = trim(plan.name);
  if (name.empty()) return fail(ErrorKind::invalid_input, "name: a schedule needs one");
  // It is part of an address, too.
  if (name.size() > 100 || name != plan.name || std::any_of(name.begin(), name.end(), [](char c) { return c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20; })) {
    return fail(ErrorKind::invalid_input, "the name of a schedule has at most 100 bytes, no blank at its ends, no \"/\" and no line break");
  }
  if (plan.collect.empty() && !plan.run && !plan.check && !plan.deliver && plan.reports.empty()) return fail(ErrorKind::invalid_input, "a schedule that does nothing: give it something to collect, a run, a check, reports or a delivery");
  if (!plan.collect.empty()) TRY(check_collect_source(plan.collect));
  for (const std::string& form : plan.reports) TRY(find_report_template(workspace.root(), form));
  for (const std::string& format : plan.formats) {
    if (format != "html" && format != "pdf" && format != "docx" && format != "pptx") return fail(ErrorKind::invalid_input, "\"{}\" is no format of a report: html, pdf, docx, pptx", format);
  }
  if (!plan.reports.empty() && plan.formats.empty()) return fail(ErrorKind::invalid_input, "a report needs at least one format: html, pdf, docx, pptx");
  return {};
}

// UTC, of one period from now when the plan names none.
Result<std::int64_t> first_date(const SchedulePlan& plan, std::string_view now) { return plan.first.empty() ? next_date(plan, TRY(read_utc(now)), TRY(read_utc(now))) : TRY(read_utc(plan.first)); }

}  // namespace

Result<store::ScheduleRow> add_schedule(Workspace& workspace, SchedulePlan plan, std::string_view by) {
  TRY(check_plan(workspace, plan));
  const std::string now = store::utc_now();
  plan.first = utc_text(TRY(first_date(plan, now)));
  const store::ScheduleRow row{plan.name, to_json(plan), plan.first, now, std::string(by)};
  store::RoutineDb database = TRY(store::RoutineDb::open(workspace.root()));
  TRY(database.add_schedule(row));
  return row;
}

Result<store::ScheduleRow> change_schedule(Workspace& workspace, SchedulePlan plan) {
  TRY(check_plan(workspace, plan));
  store::ScheduleRow row = TRY(find_schedule(workspace, plan.name));
  const std::string now = store::utc_now();
  const std::int64_t first = TRY(first_date(plan, now));
  plan.first = utc_text(first);
  row.plan = to_json(plan);
  row.next_due = utc_text(next_date(plan, first, TRY(read_utc(now))));
  store::RoutineDb database = TRY(store::RoutineDb::open(workspace.root()));
  TRY(database.change_schedule(row));
  return row;
}

Result<> remove_schedule(Workspace& workspace, std::string_view name) {
  store::RoutineDb database = TRY(store::RoutineDb::open(workspace.root()));
  return database.remove_schedule(name);
}

Result<store::ScheduleRow> find_schedule(const Workspace& workspace, std::string_view name) {
  for (store::ScheduleRow& row : TRY(list_schedules(workspace))) {
    if (row.name == name) return std::move(row);
  }
  return fail(ErrorKind::not_found, "there is no schedule \"{}\": `jianwei schedule list WS` shows them", name);
}

Result<std::vector<store::ScheduleRunRow>> list_schedule_runs(const Workspace& workspace, std::int64_t count) {
  std::optional<store::RoutineDb> database = TRY(open_routine_if_there(workspace.root()));
  if (!database) return std::vector<store::ScheduleRunRow>();
  return database->runs(count);
}

Result<std::vector<store::ScheduleRow>> list_schedules(const Workspace& workspace) {
  std::optional<store::RoutineDb> database = TRY(open_routine_if_there(workspace.root()));
  if (!database) return std::vector<store::ScheduleRow>();
  return database->schedules();
}

std::vector<std::string> next_dates(const SchedulePlan& plan, std::string_view next_due, std::int64_t count) {
  std::vector<std::string> dates;
  const auto first = read_utc(plan.first), due = read_utc(next_due);
  if (!first || !due) return dates;
  for (std::int64_t date = *due; std::ssize(dates) < count; date = next_date(plan, *first, date)) dates.push_back(utc_text(date));
  return dates;
}

}  // namespace jianwei::workflow
