// jianwei schedule VERB WS ...: what a workspace does by itself; `tick` is for a timer.
#include <memory>

#include "base/json_writer.h"
#include "base/sentence.h"
#include "base/strings.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "store/app_db.h"
#include "workflow/collect_settings.h"
#include "workflow/views/routine.h"

namespace jianwei::cli {
namespace {

constexpr std::int64_t kPreviewed = 3, kLogged = 50;

struct Options {
  WorkspaceOption workspace;
  std::string verb, every = "month", by, formats = "html", now;
  workflow::SchedulePlan plan;
  bool online = false;
};

Result<> add(const Session& session, Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::write, "schedule"));
  if (!options.plan.collect.empty() && !options.online && !TRY(workflow::collect_permit(workspace)).allows(options.plan.collect)) return fail(ErrorKind::invalid_input, "a schedule that collects calls a service on the network each time: say so with --online");
  options.plan.every = TRY(workflow::parse_every(options.every));
  options.plan.formats = split_trimmed(options.formats, ",");
  options.plan.language = session.language;
  const store::ScheduleRow row = TRY(workflow::add_schedule(workspace, options.plan, decider(options.by)));
  session.print(session.json ? row.plan : session.say("schedule.added", row.name, row.next_due));
  if (!session.json) session.note(session.say("schedule.added_next", options.workspace.path));
  return {};
}

std::string steps_of(const workflow::SchedulePlan& plan) {
  std::vector<std::string> steps;
  if (!plan.collect.empty()) steps.push_back("collect " + plan.collect);
  if (plan.run) steps.emplace_back("run");
  if (plan.check) steps.emplace_back("check");
  if (!plan.reports.empty()) steps.push_back("report " + join(plan.reports, "+"));
  if (plan.deliver) steps.emplace_back("deliver");
  return join(steps, ", ");
}

Result<> list(const Session& session, const workflow::Workspace& workspace) {
  JsonWriter json;
  json.begin_array();
  TextTable table({session.say("column.name"), session.say("column.every"), session.say("column.does"), session.say("column.next_dates")});
  const auto rows = TRY(workflow::list_schedules(workspace));
  for (const store::ScheduleRow& row : rows) {
    const workflow::SchedulePlan plan = TRY(workflow::read_schedule_plan(row.plan));
    TRY(workflow::write_schedule(json, row, kPreviewed));
    const std::string dates = plan.enabled ? join(workflow::next_dates(plan, row.next_due, kPreviewed), "  ") : session.say("schedule.is_paused");
    table.add({row.name, fmt::format("{} {}", plan.count, workflow::to_string(plan.every)), steps_of(plan), dates});
  }
  if (session.json) session.print(std::move(json.end_array()).text());
  else if (rows.empty()) session.note(session.say("schedule.none"));
  else session.print(table.text(terminal_width()));
  return {};
}

Result<> show_ticked(const Session& session, const Options& options, const std::vector<workflow::Ticked>& ticked) {
  JsonWriter json;
  json.begin_array();
  bool failed = false;
  for (const workflow::Ticked& one : ticked) {
    workflow::write_ticked(json, one);
    if (!session.json) session.print(fmt::format("{}  {}  {}", one.schedule, session.say("schedule.outcome." + one.outcome), say(session.language, one.message)));
    failed = failed || one.outcome == "failed";
  }
  if (session.json) session.print(std::move(json.end_array()).text());
  else if (ticked.empty()) session.note(session.say("schedule.nothing_due"));
  if (failed) return fail(ErrorKind::unavailable, "a schedule failed: `jianwei schedule log {}` says why", options.workspace.path);
  return {};
}

Result<std::int64_t> time_of(const Options& options) { return workflow::read_utc(options.now.empty() ? store::utc_now() : options.now); }

Result<> run_now(const Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::write, "schedule"));
  return show_ticked(session, options, {TRY(workflow::run_schedule(workspace, options.plan.name, TRY(time_of(options)), workflow::CollectBy::plan, *session.progress))});
}

Result<> set_enabled(const Session& session, const Options& options, bool enabled) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::write, "schedule"));
  workflow::SchedulePlan plan = TRY(workflow::read_schedule_plan(TRY(workflow::find_schedule(workspace, options.plan.name)).plan));
  plan.enabled = enabled;
  const store::ScheduleRow row = TRY(workflow::change_schedule(workspace, plan));
  session.print(session.json ? row.plan : enabled ? session.say("schedule.resumed", row.name, row.next_due) : session.say("schedule.paused", row.name));
  return {};
}

Result<> remove(const Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::write, "schedule"));
  TRY(workflow::remove_schedule(workspace, options.plan.name));
  session.print(session.json ? JsonWriter().begin_object().field("removed", options.plan.name).end_object().text() : session.say("schedule.removed", options.plan.name));
  return {};
}

Result<> log(const Session& session, const workflow::Workspace& workspace) {
  JsonWriter json;
  json.begin_array();
  TextTable table({session.say("column.started"), session.say("column.name"), session.say("column.outcome"), session.say("column.missed"), session.say("column.message")}, {false, false, false, true, false});
  for (const store::ScheduleRunRow& run : TRY(workflow::list_schedule_runs(workspace, kLogged))) {
    workflow::write_schedule_run(json, run);
    table.add({run.started_at, run.schedule, session.say("schedule.outcome." + run.outcome), std::to_string(run.missed), say(session.language, run.message)});
  }
  session.print(session.json ? std::move(json.end_array()).text() : table.text(terminal_width()));
  return {};
}

void define_plan(CLI::App& app, Options& options, Language language) {
  app.add_option("--name", options.plan.name, message(language, "option.schedule_name"))->required();
  app.add_option("--every", options.every, message(language, "option.schedule_every"))->check(CLI::IsMember({"hour", "day", "week", "month"}));
  app.add_option("--count", options.plan.count, message(language, "option.schedule_count"))->check(CLI::Range(1, 1000));
  app.add_option("--first", options.plan.first, message(language, "option.schedule_first"));
  app.add_option("--collect", options.plan.collect, message(language, "option.collect_source"));
  app.add_option("--query", options.plan.query, message(language, "option.collect_query"));
  app.add_option("--filter", options.plan.filter, message(language, "option.collect_filter"));
  app.add_option("--max", options.plan.max_records, message(language, "option.collect_max"))->check(CLI::NonNegativeNumber);
  app.add_flag("--online", options.online, message(language, "option.online"));
  app.add_flag("--run", options.plan.run, message(language, "option.schedule_run"));
  app.add_flag("--check", options.plan.check, message(language, "option.schedule_check"));
  app.add_flag("--deliver", options.plan.deliver, message(language, "option.schedule_deliver"));
  app.add_option("--report", options.plan.reports, message(language, "option.schedule_report"));
  app.add_option("--formats", options.formats, message(language, "option.report_formats"));
  app.add_option("--by", options.by, message(language, "option.by"));
}

}  // namespace

Action define_schedule(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  app.require_subcommand(1);
  for (const std::string_view name : {"add", "list", "remove", "pause", "resume", "now", "tick", "log"}) {
    CLI::App* sub = app.add_subcommand(std::string(name), message(language, fmt::format("schedule.verb.{}", name)));
    sub->fallthrough();
    sub->callback([options, name] { options->verb = name; });
    options->workspace.define(*sub);
    if (name == "add") define_plan(*sub, *options, language);
    if (name == "remove" || name == "pause" || name == "resume" || name == "now") sub->add_option("NAME", options->plan.name, message(language, "option.schedule_name"))->required();
    if (name == "tick") sub->add_option("--now", options->now, message(language, "option.schedule_now"));
  }
  return [options](Session& session) -> Result<> {
    if (options->verb == "add") return add(session, *options);
    if (options->verb == "tick") return show_ticked(session, *options, TRY(workflow::tick(options->workspace.path, TRY(time_of(*options)), *session.progress)));
    if (options->verb == "now") return run_now(session, *options);
    if (options->verb == "pause" || options->verb == "resume") return set_enabled(session, *options, options->verb == "resume");
    if (options->verb == "remove") return remove(session, *options);
    const workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::read, "schedule"));
    return options->verb == "list" ? list(session, workspace) : log(session, workspace);
  };
}

}  // namespace jianwei::cli
