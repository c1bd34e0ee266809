// terms: the vocabulary of the last run, and what people decide about it.
#include <memory>
#include <set>

#include "base/json_writer.h"
#include "base/strings.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "records/unicode.h"
#include "workflow/lexicon.h"
#include "workflow/run/run.h"
#include "workflow/views/terms.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  std::vector<std::string> names;
  std::string reason, by;
  bool pairs = false;
  std::int32_t top = 50;
  std::int64_t event = 0;
};

Result<> print_terms(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "terms"));
  const workflow::StudyResult result = TRY(workflow::load_latest_run(workspace));
  const std::size_t count = std::min(result.terms.size(), static_cast<std::size_t>(options.top));
  if (session.json) {
    session.print(workflow::terms_json(result, TRY(workflow::load_term_evidence(workspace, result)), static_cast<std::size_t>(options.top)));
    return {};
  }
  TextTable table({session.say("column.label"), session.say("column.name_zh"), session.say("column.name_en"), session.say("column.documents"), session.say("column.id"), session.say("column.forms")}, {false, false, false, true, false, false});
  for (std::size_t t = 0; t < count; ++t) {
    const workflow::TermRow& term = result.terms[t];
    table.add({term.label, term.label_zh, term.label_en, thousands(term.document_count), term.id, join(term.forms, ", ")});
  }
  session.print(table.text(terminal_width()));
  return {};
}

Result<> print_pairs(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "terms"));
  const workflow::StudyResult result = TRY(workflow::load_latest_run(workspace));
  const std::size_t count = std::min(result.term_pairs.size(), static_cast<std::size_t>(options.top));
  if (session.json) {
    session.print(workflow::term_pairs_json(result, static_cast<std::size_t>(options.top)));
    return {};
  }
  TextTable table({session.say("column.name_zh"), session.say("column.name_en"), session.say("column.score"), session.say("column.evidence")}, {false, false, true, false});
  for (std::size_t p = 0; p < count; ++p) {
    const text::TermPair& pair = result.term_pairs[p];
    const std::string evidence = pair.decided ? session.say("terms.decided") : session.say("terms.evidence", pair.together, pair.zh_documents, pair.en_documents, pair.keywords, pair.definitions);
    table.add({pair.zh, pair.en, fmt::format("{:.2f}", pair.score), evidence});
  }
  session.print(table.text(terminal_width()));
  session.note(session.say("terms.pair_count", thousands(static_cast<std::int64_t>(result.term_pairs.size()))));
  return {};
}

Result<> print_history(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "terms"));
  const std::vector<workflow::DecisionRow> rows = TRY(workflow::decision_history(workspace));
  if (session.json) {
    session.print(workflow::term_history_json(rows));
    return {};
  }
  TextTable table({"#", session.say("column.decision"), session.say("column.before"), session.say("column.after"), session.say("column.state"), session.say("column.decided_by"), session.say("column.date"), session.say("column.reason")},
                  {true, false, false, false, false, false, false, false});
  for (const workflow::DecisionRow& row : rows) {
    const std::string state = row.event.undoes != 0 ? fmt::format("#{}", row.event.undoes) : session.say(!row.in_force ? "terms.undone" : row.applied ? "terms.applied" : "terms.waiting");
    table.add({std::to_string(row.event.id), session.say("terms.kind." + row.event.kind), row.event.before, row.event.after, state, row.event.decided_by, row.event.decided_at, row.event.reason});
  }
  session.print(table.text(terminal_width()));
  return {};
}

// Decisions on names that no term of the newest run wears are kept, but do nothing yet: a slip of the pen is told. Nothing is told before the first run.
std::vector<std::string> unknown_names(workflow::Workspace& workspace, const std::vector<std::string>& names) {
  const auto result = workflow::load_latest_run(workspace);
  if (!result) return {};
  std::set<std::string> known;
  for (const workflow::TermRow& term : result->terms) {
    for (const std::string* name : {&term.label, &term.label_zh, &term.label_en}) known.insert(fold_case(*name));
    for (const std::string& form : term.forms) known.insert(fold_case(form));
  }
  std::vector<std::string> unknown;
  for (const std::string& name : names) {
    if (!known.contains(fold_case(name))) unknown.push_back(name);
  }
  return unknown;
}

Result<> change(Session& session, const Options& options, std::string_view action) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::write, "terms"));
  const auto made = [&]() -> Result<store::TermEvent> {
    if (action == "undo") return workflow::undo_decision(workspace, options.event, options.reason, decider(options.by));
    const workflow::DecisionKind kind = action == "stop" ? workflow::DecisionKind::stop : action == "merge" ? workflow::DecisionKind::synonyms : action == "pair" ? workflow::DecisionKind::pair : workflow::DecisionKind::refused_pair;
    return workflow::decide(workspace, kind, options.names, options.reason, decider(options.by));
  };
  const store::TermEvent event = TRY(made());
  const std::vector<std::string> unknown = action == "undo" ? std::vector<std::string>() : unknown_names(workspace, options.names);
  if (!unknown.empty()) session.note(session.say("terms.unknown", join(unknown, " | ")));
  if (session.json) {
    JsonWriter json;
    json.begin_object();
    workflow::write_term_event(json, event);
    session.print(json.end_object().text());
  } else {
    session.print(session.say("terms.done", event.id, event.before, event.after));
    session.note(session.say("terms.next_run", workspace.root().string()));
  }
  return {};
}

}  // namespace

Action define_terms(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  const auto say = [language](std::string_view key) { return message(language, key); };
  app.require_subcommand(0, 1);
  CLI::Option* path = app.add_option("WS", options->workspace.path, say("option.workspace"));
  app.add_flag("--pairs", options->pairs, say("option.pairs"));
  app.add_option("--top", options->top, say("option.top"))->check(CLI::Range(1, 1'000'000));
  const auto add = [&](const char* name, bool decides) {
    CLI::App* sub = app.add_subcommand(name, say(fmt::format("terms.help.{}", name)));
    sub->fallthrough();
    sub->add_option("WS", options->workspace.path, say("option.workspace"))->required();
    if (decides) {
      sub->add_option("--reason", options->reason, say("option.reason"))->required();
      sub->add_option("--by", options->by, say("option.by"));
    }
    return sub;
  };
  for (const char* name : {"merge", "stop", "pair", "refuse"}) add(name, true)->add_option("NAMES", options->names, say("option.names"))->required();
  add("undo", true)->add_option("DECISION", options->event, say("option.decision"))->required();
  add("history", false);
  return [options, &app, path](Session& session) -> Result<> {
    for (const CLI::App* sub : app.get_subcommands()) {
      return sub->get_name() == "history" ? print_history(session, *options) : change(session, *options, sub->get_name());
    }
    if (path->empty()) return fail(ErrorKind::invalid_input, "which workspace? `jianwei terms WS` lists its terms, `jianwei terms --help` shows what can be decided");
    return options->pairs ? print_pairs(session, *options) : print_terms(session, *options);
  };
}

}  // namespace jianwei::cli
