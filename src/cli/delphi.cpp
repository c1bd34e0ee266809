// jianwei delphi VERB WS STUDY: the moderator's side of a Delphi study that needs no browser: results, who is missing, links, reminders, pilots, exports.
#include <memory>

#include "base/file.h"
#include "base/json_writer.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "server/access/secrets.h"
#include "workflow/delphi/pilot.h"
#include "workflow/delphi/question_order.h"
#include "workflow/delphi/reminders.h"
#include "workflow/delphi/results.h"
#include "workflow/delphi/study_export.h"
#include "workflow/delphi/study_judgements.h"
#include "workflow/expert_library/fields.h"
#include "workflow/routine/delivery_settings.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  std::string verb, study, by, reason, url, output, format = "csv", part = "answers", pilot;
  workflow::SeatName seat;
  std::int64_t days = 90, round = 0, top = 50;
};

std::string link_of(const workflow::Workspace& workspace, const Options& options, std::string_view secret) {
  return fmt::format("{}/p/{}#{}", options.url, std::filesystem::weakly_canonical(workspace.root()).filename().string(), secret);
}

Result<> list(Session& session, workflow::Delphi& delphi) {
  JsonWriter json;
  json.begin_array();
  TextTable table({session.say("column.id"), session.say("delphi.state"), session.say("delphi.column.round"), session.say("column.name_zh"), session.say("column.name_en")});
  for (const store::DelphiStudyRow& row : TRY(delphi.db->studies())) {
    json.begin_object().field("id", row.id).field("state", row.state).field("round", row.round).field("pilot", row.pilot).field("zh", row.title_zh).field("en", row.title_en).end_object();
    table.add({row.id, row.state, std::to_string(row.round), row.title_zh, row.title_en});
  }
  session.print(session.json ? json.end_array().text() : table.text(terminal_width()));
  return {};
}

Result<> results(Session& session, workflow::Delphi& delphi, const workflow::DelphiStudy& study, const Options& options) {
  session.print(TRY(workflow::results_json(delphi, study, options.round > 0 ? options.round : std::max<std::int64_t>(1, study.row.round), *session.progress)));
  return {};
}

Result<> next_questions(Session& session, workflow::Delphi& delphi, const workflow::DelphiStudy& study, const Options& options) {
  const std::string text = TRY(workflow::next_questions_json(delphi, study, static_cast<std::int32_t>(options.top), *session.progress));
  if (session.json) {
    session.print(text);
    return {};
  }
  const workflow::Fields fields = TRY(workflow::Fields::parse(text, "questions"));
  TextTable table({session.say("delphi.column.item"), session.say("delphi.column.seat"), session.say("delphi.column.value")}, {false, false, true});
  for (const workflow::Fields& question : TRY(fields.objects("questions"))) table.add({TRY(question.text("item")), TRY(question.text("seat")), fmt::format("{:.4f}", TRY(question.number("value", 0)))});
  session.print(table.text(terminal_width()));
  session.note(session.say("delphi.undecided", TRY(fields.integer("undecided", 0)), percent(TRY(fields.number("certainty", 0)))));
  return {};
}

Result<> replay(Session& session, workflow::Delphi& delphi, const workflow::DelphiStudy& study, const Options& options) {
  const std::string text = TRY(workflow::replay_json(delphi, study, options.round > 0 ? options.round : study.row.round, *session.progress));
  if (session.json) {
    session.print(text);
    return {};
  }
  const workflow::Fields fields = TRY(workflow::Fields::parse(text, "replay"));
  session.print(session.say("delphi.replay", TRY(fields.integer("questions", 0)), TRY(fields.integer("active_needed", 0)), TRY(fields.number("random_needed", 0)), percent(TRY(fields.number("saved", 0)))));
  return {};
}

Result<> missing(Session& session, const workflow::Workspace& workspace, workflow::Delphi& delphi, const workflow::DelphiStudy& study) {
  const std::string text = TRY(workflow::missing_json(delphi, study, TRY(workflow::delivery_settings(workspace)).mail.is_set()));
  if (session.json) {
    session.print(text);
    return {};
  }
  const workflow::Fields fields = TRY(workflow::Fields::parse(text, "missing"));
  for (const workflow::Fields& seat : TRY(fields.objects("items"))) session.print(fmt::format("{}  {}", TRY(seat.text("seat")), TRY(seat.text("state"))));
  session.note(session.say("delphi.missing", TRY(fields.integer("missing", 0)), TRY(fields.integer("invited", 0)), study.row.round));
  return {};
}

Result<> remind(Session& session, const workflow::Workspace& workspace, workflow::Delphi& delphi, const workflow::DelphiStudy& study, const Options& options) {
  if (TRY(workflow::delivery_settings(workspace)).mail.is_set()) {
    session.print(workflow::to_json(TRY(workflow::mail_reminders(workspace, delphi, study, link_of(workspace, options, ""), decider(options.by), *session.progress))));
    return {};
  }
  products::Sheet sheet{"reminders", {"name", "email", "link"}, {}};
  for (const workflow::ReminderLink& link : TRY(workflow::remind(delphi, study, true, decider(options.by)))) sheet.rows.push_back({link.name, link.email, link_of(workspace, options, link.secret)});
  if (options.output.empty()) {
    session.print(session.json ? products::to_jsonl(sheet) : products::to_csv(sheet, {.byte_order_mark = false}));
    return {};
  }
  return write_file_atomically(options.output, products::to_csv(sheet));
}

Result<> pilot(Session& session, workflow::Delphi& delphi, workflow::DelphiStudy study, const Options& options) {
  if (!options.pilot.empty()) study = TRY(workflow::set_pilot(delphi, study.row.id, options.pilot == "open", decider(options.by)));
  const std::string text = TRY(workflow::pilot_json(delphi, study));
  if (session.json) {
    session.print(text);
    return {};
  }
  const workflow::Fields sheet = TRY(workflow::Fields::parse(text, "pilot"));
  session.print(session.say("delphi.pilot", TRY(sheet.integer("seats", 0)), TRY(sheet.integer("finished", 0)), TRY(sheet.number("seconds_a_card", 0)), TRY(sheet.number("minutes_a_seat", 0))));
  TextTable table({session.say("delphi.column.question"), session.say("delphi.column.answered"), session.say("delphi.year.unknown"), session.say("delphi.column.skipped")}, {false, true, true, true});
  for (const workflow::Fields& row : TRY(sheet.objects("questions"))) table.add({TRY(row.text("question")), std::to_string(TRY(row.integer("answered", 0))), std::to_string(TRY(row.integer("dont_know", 0))), std::to_string(TRY(row.integer("skipped", 0)))});
  session.print(table.text(terminal_width()));
  return {};
}

Result<> write_export(Session& session, workflow::Delphi& delphi, const workflow::DelphiStudy& study, const Options& options) {
  const workflow::ExportFile file = TRY(workflow::export_study(delphi, study, options.format, options.part, session.language, decider(options.by), *session.progress));
  const std::string path = options.output.empty() ? file.name : options.output;
  TRY(write_file_atomically(path, file.bytes));
  session.note(session.say("export.done", file.name, path));
  return {};
}

Result<> run_delphi(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "delphi"));
  workflow::Delphi delphi = TRY(workflow::open_delphi(workspace.root()));
  if (options.verb == "list") return list(session, delphi);
  const workflow::DelphiStudy study = TRY(workflow::load_study(delphi, options.study));
  if (options.verb == "results") return results(session, delphi, study, options);
  if (options.verb == "next-questions") return next_questions(session, delphi, study, options);
  if (options.verb == "replay") return replay(session, delphi, study, options);
  if (options.verb == "missing") return missing(session, workspace, delphi, study);
  if (options.verb == "remind") return remind(session, workspace, delphi, study, options);
  if (options.verb == "pilot") return pilot(session, delphi, study, options);
  if (options.verb == "export") return write_export(session, delphi, study, options);
  if (options.verb == "ledger") {
    session.print(workflow::to_json(TRY(workflow::enter_study(workspace, delphi, study, {decider(options.by), "curator"}, *session.progress))));
    return {};
  }
  if (options.verb == "revoke") return workflow::revoke_seat(delphi, study.row.id, options.seat, options.reason, decider(options.by));
  session.print(link_of(workspace, options, TRY(workflow::renew_link(delphi, study.row.id, options.seat, unix_now() + options.days * 86'400, decider(options.by))).secret));
  return {};
}

}  // namespace

Action define_delphi(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  const auto say = [language](std::string_view key) { return message(language, key); };
  app.require_subcommand(1);
  const auto verb = [&](const char* name) {
    CLI::App* sub = app.add_subcommand(name, say(fmt::format("delphi.verb.{}", name)));
    sub->fallthrough();
    sub->callback([options, name] { options->verb = name; });
    options->workspace.define(*sub);
    if (std::string_view(name) != "list") sub->add_option("STUDY", options->study, say("option.delphi_study"))->required();
    return sub;
  };
  const auto seat = [&](CLI::App* sub) {
    sub->add_option("--seat", options->seat.seat, say("option.delphi_seat"));
    sub->add_option("--email", options->seat.email, say("option.delphi_email"));
    sub->add_option("--name", options->seat.name, say("option.delphi_name"));
    sub->add_option("--by", options->by, say("option.by"));
  };
  const auto url = [&](CLI::App* sub) { sub->add_option("--url", options->url, say("option.delphi_url"))->required(); };
  verb("list");
  verb("results")->add_option("--round", options->round, say("delphi.column.round"))->check(CLI::Range(1, 20));
  verb("missing");
  verb("next-questions")->add_option("--top", options->top, say("option.top"))->check(CLI::Range(1, 1000));
  verb("replay")->add_option("--round", options->round, say("delphi.column.round"))->check(CLI::Range(1, 20));
  CLI::App* reminding = verb("remind");
  url(reminding);
  reminding->add_option("-o,--output", options->output, say("option.output"));
  reminding->add_option("--by", options->by, say("option.by"));
  CLI::App* revoking = verb("revoke");
  seat(revoking);
  revoking->add_option("--reason", options->reason, say("option.reason"))->required();
  CLI::App* renewing = verb("renew");
  seat(renewing);
  url(renewing);
  renewing->add_option("--days", options->days, say("option.delphi_days"))->check(CLI::Range(1, 730));
  verb("ledger")->add_option("--by", options->by, say("option.by"));
  CLI::App* piloting = verb("pilot");
  piloting->add_option("STATE", options->pilot, say("option.delphi_pilot"))->check(CLI::IsMember({"open", "close"}));
  piloting->add_option("--by", options->by, say("option.by"));
  CLI::App* exporting = verb("export");
  exporting->add_option("--format", options->format, say("option.delphi_format"))->check(CLI::IsMember({"csv", "jsonl", "xlsx", "dta", "r"}))->capture_default_str();
  exporting->add_option("--part", options->part, say("option.delphi_part"))->check(CLI::IsMember({"answers", "codebook"}))->capture_default_str();
  exporting->add_option("-o,--output", options->output, say("option.delphi_output"));
  exporting->add_option("--by", options->by, say("option.by"));
  return [options](Session& session) -> Result<> { return run_delphi(session, *options); };
}

}  // namespace jianwei::cli
