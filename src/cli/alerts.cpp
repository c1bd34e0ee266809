// jianwei alerts VERB WS ...: alerts on their way out: mail, webhook, Atom.
#include <memory>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/sentence.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "store/app_db.h"
#include "workflow/routine/delivery.h"
#include "workflow/views/routine.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  std::string verb, rule, until, why, by, output, now, channel;
};

Result<> deliver(const Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::write, "alerts"));
  if (!options.now.empty()) TRY(workflow::read_utc(options.now));
  const workflow::DeliverySettings settings = TRY(workflow::delivery_settings(workspace));
  if (!settings.mail.is_set() && !settings.webhook.is_set() && !session.json) session.note(session.say("alerts.off"));
  const workflow::DeliveryReport report = TRY(workflow::deliver_alerts(workspace, options.now.empty() ? store::utc_now() : options.now, *session.progress));
  if (session.json) {
    session.print(workflow::to_json(report));
  } else {
    session.print(session.say("alerts.delivered", report.sent, report.waiting, report.muted, report.unsure, report.failed));
    for (const std::string& problem : report.problems) session.note(say(session.language, problem));
  }
  return {};
}

Result<> status(const Session& session, const workflow::Workspace& workspace) {
  JsonWriter json;
  json.begin_array();
  TextTable table({session.say("column.channel"), session.say("column.alerts"), session.say("column.state"), session.say("column.tries"), session.say("column.date"), session.say("column.message")}, {false, false, false, true, false, false});
  for (const store::DeliveryRow& row : TRY(workflow::list_deliveries(workspace))) {
    workflow::write_delivery(json, row);
    table.add({row.channel, row.alert_id, session.say("alerts.state." + row.state), std::to_string(row.attempts), row.changed_at, say(session.language, row.message)});
  }
  session.print(session.json ? std::move(json.end_array()).text() : table.text(terminal_width()));
  return {};
}

Result<> test(const Session& session, const Options& options) {
  const workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "alerts"));
  const std::string trouble = TRY(workflow::send_test(workspace, options.channel, store::utc_now(), *session.progress));
  if (session.json) session.print(JsonWriter().begin_object().field("channel", options.channel).field("sent", trouble.empty()).field("problem", trouble).end_object().text());
  if (!trouble.empty()) return fail(ErrorKind::unavailable, "{}: {}", options.channel, trouble);
  if (!session.json) session.print(session.say("alerts.test_sent", options.channel));
  return {};
}

}  // namespace

Action define_alerts(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  app.require_subcommand(1);
  for (const std::string_view name : {"deliver", "test", "status", "mute", "unmute", "feed"}) {
    CLI::App* sub = app.add_subcommand(std::string(name), message(language, fmt::format("alerts.verb.{}", name)));
    sub->fallthrough();
    sub->callback([options, name] { options->verb = name; });
    options->workspace.define(*sub);
    if (name == "deliver") sub->add_option("--now", options->now, message(language, "option.schedule_now"));
    if (name == "test") sub->add_option("CHANNEL", options->channel, message(language, "option.alert_channel"))->required()->check(CLI::IsMember({"mail", "webhook"}));
    if (name == "feed") sub->add_option("-o,--output", options->output, message(language, "option.feed_output"));
    if (name != "mute" && name != "unmute") continue;
    sub->add_option("RULE", options->rule, message(language, "option.mute_rule"))->required();
    sub->add_option("--why", options->why, message(language, "option.reason"))->required();
    sub->add_option("--by", options->by, message(language, "option.by"));
    if (name == "mute") sub->add_option("--until", options->until, message(language, "option.mute_until"));
  }
  return [options](Session& session) -> Result<> {
    if (options->verb == "deliver") return deliver(session, *options);
    if (options->verb == "test") return test(session, *options);
    const bool writes = options->verb == "mute" || options->verb == "unmute";
    workflow::Workspace workspace = TRY(options->workspace.open(session, writes ? store::Access::write : store::Access::read, "alerts"));
    if (options->verb == "status") return status(session, workspace);
    if (writes) {
      TRY(workflow::mute_alerts(workspace, options->rule, options->until, options->verb == "mute", {options->why, decider(options->by)}));
      session.print(session.json ? JsonWriter().begin_object().field(options->verb, options->rule).end_object().text() : session.say("alerts." + options->verb + "d", options->rule));
      return {};
    }
    const std::string feed = workflow::alert_feed(TRY(workflow::alerts(workspace)), workspace.settings.name, session.language);
    if (options->output.empty()) session.print(feed);
    else TRY(write_file_atomically(options->output, feed));
    return {};
  };
}

}  // namespace jianwei::cli
