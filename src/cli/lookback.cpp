// lookback: what became of items, signals and forecasts; calibration of experts, panels and the machine; pooled forecasts.
#include <memory>

#include "base/json_writer.h"
#include "base/sentence.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/expert_library/fields.h"
#include "workflow/expert_library/library.h"
#include "workflow/look_back/look_back.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  std::string word, by;
  workflow::Outcome outcome;
};

Result<> report(Session& session, store::ExpertDb& db) {
  const std::string text = TRY(workflow::look_back_json(db));
  if (session.json) {
    session.print(text);
    return {};
  }
  const workflow::Fields fields = TRY(workflow::Fields::parse(text, "look-back"));
  TextTable table({session.say("column.field"), session.say("lookback.realised"), session.say("lookback.partly"), session.say("lookback.not"), session.say("lookback.undecidable"), session.say("column.share")}, {false, true, true, true, true, true});
  std::vector<workflow::Fields> rows = TRY(fields.objects("table"));
  rows.push_back(TRY(fields.object("all")));
  for (const workflow::Fields& row : rows) {
    table.add({TRY(row.text("field")), std::to_string(TRY(row.integer("realised", 0))), std::to_string(TRY(row.integer("partly", 0))), std::to_string(TRY(row.integer("not", 0))), std::to_string(TRY(row.integer("undecidable", 0))),
               row.has("share") ? percent(TRY(row.number("share", 0))) : "-"});
  }
  session.print(table.text(terminal_width()));
  TextTable members({session.say("lookback.member"), session.say("lookback.kind"), session.say("lookback.forecasts"), "Brier", session.say("lookback.skill"), session.say("lookback.reliability")}, {false, false, true, true, true, true});
  for (const workflow::Fields& row : TRY(fields.objects("members"))) {
    const auto number = [&](std::string_view name) { return row.has(name) ? fmt::format("{:.3f}", row.number(name, 0).value_or(0)) : std::string("-"); };
    members.add({TRY(row.text("member")), TRY(row.text("kind")), std::to_string(TRY(row.integer("forecasts", 0))), number("brier"), number("skill"), number("reliability")});
  }
  session.print(members.text(terminal_width()));
  return {};
}

Result<> run_lookback(Session& session, const Options& options, const std::string& action) {
  const workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "lookback"));
  const auto db = TRY(workflow::open_experts(workspace.root()));
  if (action == "report") return report(session, *db);
  if (action == "pool") {
    session.print(TRY(workflow::pool_json(*db, options.word)));
    return {};
  }
  if (action == "set") {
    workflow::Outcome outcome = options.outcome;
    outcome.thing = options.word;
    return workflow::set_outcome(*db, outcome, decider(options.by));
  }
  const workflow::LookBackImport done = TRY(workflow::import_look_back(*db, options.word, decider(options.by)));
  if (session.json) {
    session.print(workflow::to_json(done));
    return {};
  }
  for (const auto& [line, reason] : done.rejects) session.print(session.say("experts.reject", line, "", say(session.language, reason)));
  session.note(session.say("lookback.imported", done.outcomes, done.forecasts, done.rejects.size()));
  return {};
}

}  // namespace

Action define_lookback(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  const auto say = [language](std::string_view key) { return message(language, key); };
  app.require_subcommand(1);
  const auto define = [&](const char* name, const char* word) {
    CLI::App* sub = app.add_subcommand(name, say(fmt::format("lookback.help.{}", name)));
    sub->fallthrough();
    options->workspace.define(*sub);
    if (word[0] != '\0') sub->add_option(word, options->word, say(fmt::format("lookback.words.{}", word)))->required();
    sub->add_option("--by", options->by, say("option.by"));
    return sub;
  };
  define("import", "FILE");
  define("report", "");
  define("pool", "THING");
  CLI::App* setting = define("set", "THING");
  setting->add_option("--verdict", options->outcome.verdict, say("option.lookback_verdict"))->required()->check(CLI::IsMember({"realised", "partly", "not", "undecidable"}));
  setting->add_option("--evidence", options->outcome.evidence, say("option.lookback_evidence"));
  setting->add_option("--date", options->outcome.date, say("option.lookback_date"));
  setting->add_option("--field", options->outcome.field, say("option.longlist_field"));
  setting->add_option("--statement", options->outcome.statement, say("option.lookback_statement"));
  return [options, &app](Session& session) -> Result<> { return run_lookback(session, *options, app.get_subcommands().front()->get_name()); };
}

}  // namespace jianwei::cli
