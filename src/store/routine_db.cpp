#include "store/routine_db.h"

#include "store/migrations.h"
#include "store/routine_sql.h"

namespace jianwei::store {
namespace {

constexpr std::string_view kIssueColumns = "series, number, template, template_version, language, parameters, run_id, snapshot_id, software, numbers, records, files, created_at";

IssueRow read_issue(const SqliteRows& rows) {
  return {rows.text(0), rows.integer(1), rows.text(2), rows.integer(3), rows.text(4), rows.text(5), rows.text(6), rows.text(7), rows.text(8), rows.text(9), rows.text(10), rows.text(11), rows.text(12)};
}

}  // namespace

Result<RoutineDb> RoutineDb::open(const std::filesystem::path& workspace) {
  RoutineDb opened(TRY(Sqlite::open(workspace / "routine.db", true)));
  TRY(migrate(opened.database_, kRoutineMigrations, "routine.db"));
  return opened;
}

Result<std::vector<IssueRow>> RoutineDb::issues(std::string_view series) {
  std::vector<IssueRow> list;
  SqliteRows rows = TRY(database_.query(fmt::format("SELECT {} FROM issues WHERE ?1 = '' OR series = ?1 ORDER BY series, number", kIssueColumns), {series}));
  while (TRY(rows.next())) list.push_back(read_issue(rows));
  return list;
}

Result<std::optional<IssueRow>> RoutineDb::last_issue(std::string_view series) {
  SqliteRows rows = TRY(database_.query(fmt::format("SELECT {} FROM issues WHERE series = ? ORDER BY number DESC LIMIT 1", kIssueColumns), {series}));
  if (!TRY(rows.next())) return std::optional<IssueRow>();
  return std::optional(read_issue(rows));
}

Result<> RoutineDb::add_issue(const IssueRow& issue) {
  return database_.transaction([&]() -> Result<> {
    if (TRY(database_.query_integer("SELECT count(*) FROM issues WHERE series = ? AND number = ?", {issue.series, issue.number})) > 0) {
      return fail(ErrorKind::conflict, "issue {} of the series {} is there already: another process made it; make the next one", issue.number, issue.series);
    }
    return database_.execute("INSERT INTO issues VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             {issue.series, issue.number, issue.report_template, issue.template_version, issue.language, issue.parameters, issue.run_id, issue.snapshot_id, issue.software, issue.numbers, issue.records,
                              issue.files, issue.created_at});
  });
}

Result<std::vector<TechnologyEventRow>> RoutineDb::technology_events() {
  std::vector<TechnologyEventRow> list;
  SqliteRows rows = TRY(database_.query("SELECT list, kind, units, why, decided_by, decided_at FROM technology_events ORDER BY id"));
  while (TRY(rows.next())) list.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5)});
  return list;
}

Result<> RoutineDb::clear_technology_events() { return database_.execute("DELETE FROM technology_events"); }

Result<std::vector<ScheduleRow>> RoutineDb::schedules() {
  std::vector<ScheduleRow> list;
  SqliteRows rows = TRY(database_.query("SELECT name, plan, next_due, created_at, created_by FROM schedules ORDER BY name"));
  while (TRY(rows.next())) list.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)});
  return list;
}

Result<> RoutineDb::add_schedule(const ScheduleRow& schedule) {
  return database_.transaction([&]() -> Result<> {
    if (TRY(database_.query_integer("SELECT count(*) FROM schedules WHERE name = ?", {schedule.name})) > 0) {
      return fail(ErrorKind::conflict, "there is a schedule \"{}\" already: remove it first, or choose another name", schedule.name);
    }
    return database_.execute("INSERT INTO schedules VALUES (?, ?, ?, ?, ?)", {schedule.name, schedule.plan, schedule.next_due, schedule.created_at, schedule.created_by});
  });
}

Result<> RoutineDb::change_schedule(const ScheduleRow& schedule) {
  return database_.execute("UPDATE schedules SET plan = ?, next_due = ? WHERE name = ?", {schedule.plan, schedule.next_due, schedule.name});
}

Result<> RoutineDb::set_next_due(std::string_view name, std::string_view next_due) { return database_.execute("UPDATE schedules SET next_due = ? WHERE name = ?", {next_due, name}); }

Result<> RoutineDb::remove_schedule(std::string_view name) {
  if (TRY(database_.query_integer("SELECT count(*) FROM schedules WHERE name = ?", {name})) == 0) return fail(ErrorKind::not_found, "there is no schedule \"{}\": `jianwei schedule list WS` shows them", name);
  return database_.execute("DELETE FROM schedules WHERE name = ?", {name});
}

Result<std::int64_t> RoutineDb::start_run(std::string_view schedule, std::string_view due_at, std::int64_t missed, std::string_view now) {
  TRY(database_.execute("INSERT INTO schedule_runs (schedule, due_at, missed, started_at, ended_at, outcome, message) VALUES (?, ?, ?, ?, '', 'running', '')", {schedule, due_at, missed, now}));
  return database_.query_integer("SELECT last_insert_rowid()");
}

Result<> RoutineDb::end_run(std::int64_t id, std::string_view outcome, std::string_view message, std::string_view now) {
  return database_.execute("UPDATE schedule_runs SET outcome = ?, message = ?, ended_at = ? WHERE id = ?", {outcome, message, now, id});
}

Result<> RoutineDb::close_cut_off_runs(std::string_view now) { return database_.execute("UPDATE schedule_runs SET outcome = 'cut_off', ended_at = ? WHERE outcome = 'running'", {now}); }

Result<std::vector<ScheduleRunRow>> RoutineDb::runs(std::int64_t count) {
  std::vector<ScheduleRunRow> list;
  SqliteRows rows = TRY(database_.query("SELECT id, schedule, due_at, missed, started_at, ended_at, outcome, message FROM schedule_runs ORDER BY id DESC LIMIT ?", {count}));
  while (TRY(rows.next())) list.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.integer(3), rows.text(4), rows.text(5), rows.text(6), rows.text(7)});
  return list;
}

Result<std::vector<DeliveryRow>> RoutineDb::deliveries() {
  std::vector<DeliveryRow> list;
  SqliteRows rows = TRY(database_.query("SELECT channel, alert_id, state, attempts, next_try, batch, message, changed_at FROM deliveries ORDER BY channel, alert_id"));
  while (TRY(rows.next())) list.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3), rows.text(4), rows.text(5), rows.text(6), rows.text(7)});
  return list;
}

Result<> RoutineDb::enter_deliveries(std::string_view channel, const std::vector<std::string>& alerts, std::string_view state, std::string_view now) {
  return database_.transaction([&]() -> Result<> {
    for (const std::string& alert : alerts) TRY(database_.execute("INSERT OR IGNORE INTO deliveries VALUES (?, ?, ?, 0, ?, '', '', ?)", {channel, alert, state, now, now}));
    return {};
  });
}

Result<> RoutineDb::set_deliveries(std::string_view channel, const std::vector<std::string>& alerts, const DeliveryRow& to) {
  return database_.transaction([&]() -> Result<> {
    for (const std::string& alert : alerts) {
      TRY(database_.execute("UPDATE deliveries SET state = ?, attempts = ?, next_try = ?, batch = ?, message = ?, changed_at = ? WHERE channel = ? AND alert_id = ?",
                            {to.state, to.attempts, to.next_try, to.batch, to.message, to.changed_at, channel, alert}));
    }
    return {};
  });
}

Result<std::vector<MuteRow>> RoutineDb::mutes() {
  std::vector<MuteRow> list;
  SqliteRows rows = TRY(database_.query("SELECT rule, until, kind, why, decided_by, decided_at FROM mutes ORDER BY id"));
  while (TRY(rows.next())) list.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5)});
  return list;
}

Result<> RoutineDb::add_mute(const MuteRow& mute) {
  return database_.execute("INSERT INTO mutes (rule, until, kind, why, decided_by, decided_at) VALUES (?, ?, ?, ?, ?, ?)", {mute.rule, mute.until, mute.kind, mute.why, mute.decided_by, mute.decided_at});
}

}  // namespace jianwei::store
