// judge: what people say about topics, terms and bodies, kept in the ledger of the workspace.
#include <map>
#include <memory>
#include <optional>

#include "base/file.h"
#include "base/strings.h"
#include "cli/command_list.h"
#include "cli/judge_print.h"
#include "cli/workspace_options.h"
#include "store/ledger_place.h"
#include "store/record_columns.h"
#include "workflow/judgement/judgement_json.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  std::string object, other, to, from, relation, text, role = "analyst", by, output, successor;
  std::vector<std::string> others, parts;
  workflow::Judgement arguments;
  std::string why;
  std::vector<std::string> evidence;
  bool propose = false, dry_run = false, off = false, drop = false, wait = false, by_topic = false;
  std::int64_t sequence = 0, last = 5;
};

// "电池|battery: r0001… term-…": names, then ids of records and ids or labels of terms, parted by blanks or commas.
Result<workflow::JudgementPart> read_part(std::string_view text) {
  const std::size_t colon = text.rfind(": ");
  if (colon == std::string_view::npos) return fail(ErrorKind::invalid_input, "--part \"{}\": write \"NAME|name: ID, ID\", the records and terms after a colon and a blank", text);
  workflow::JudgementPart part;
  const std::vector<std::string> names = split_trimmed(text.substr(0, colon), "|");
  if (!names.empty()) part.label_zh = names[0];
  if (!names.empty()) part.label_en = names.back();
  for (const std::string& id : split_trimmed(text.substr(colon + 2), ",")) (store::parse_record_id(id) ? part.documents : part.terms).push_back(id);
  return part;
}

workflow::Judge judge_of(const Options& options) { return {decider(options.by), options.role}; }

Result<workflow::JudgementRequest> request_of(const Options& options, const std::string& kind) {
  workflow::Judgement arguments = options.arguments;
  arguments.kind = kind;
  workflow::JudgementRequest request;
  request.kind = kind;
  request.object = options.object;
  if (kind == "merge") arguments.others = options.others;
  if (kind == "move") {
    arguments.documents = options.others;
    arguments.from = options.from;
    request.object = options.to;
  }
  if (kind == "link") {
    arguments.to = options.other;
    arguments.relation = options.relation;
  }
  if (kind == "comment") arguments.text = options.text;
  if (kind == "vote") {
    if (options.text != "up" && options.text != "down" && options.text != "none") return fail(ErrorKind::invalid_input, "\"{}\" is no vote: up, down or none", options.text);
    arguments.value = options.text == "up" ? 1 : options.text == "down" ? -1 : 0;
  }
  if (kind == "watch") arguments.value = options.off ? 0 : 1;
  for (const std::string& part : options.parts) arguments.parts.push_back(TRY(read_part(part)));
  request.arguments = workflow::arguments_json(arguments);
  request.reason = options.why;
  request.evidence = options.evidence;
  request.propose = options.propose;
  return request;
}

Result<> enter(Session& session, const Options& options, const std::string& kind) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "judge"));
  const workflow::JudgementRequest request = TRY(request_of(options, kind));
  if (options.dry_run) {
    const workflow::JudgementEffect effect = TRY(workflow::preview_judgement(workspace, request, judge_of(options)));
    if (session.json) session.print(workflow::effect_json(effect));
    else print_effect(session, effect);
    return {};
  }
  print_outcome(session, TRY(workflow::enter_judgement(workspace, request, judge_of(options))));
  return {};
}

Result<> change(Session& session, const Options& options, const std::string& control) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "judge"));
  print_outcome(session, TRY(workflow::change_judgement(workspace, control, options.sequence, options.why, judge_of(options))));
  return {};
}

Result<> resolve(Session& session, const Options& options) {
  if (int(!options.successor.empty()) + int(options.drop) + int(options.wait) != 1) return fail(ErrorKind::invalid_input, "resolve: say one of --apply OBJECT, --drop, --keep-waiting");
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "judge"));
  const char* action = options.drop ? "drop" : options.wait ? "wait" : "apply";
  print_outcome(session, TRY(workflow::resolve_conflict(workspace, options.sequence, action, options.successor, options.why, judge_of(options))));
  return {};
}

Result<> history(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "judge"));
  std::vector<workflow::FoldedEvent> events = workflow::fold_events(TRY(workspace.lake.app().ledger().events()));
  if (!options.object.empty()) {
    std::erase_if(events, [&](const workflow::FoldedEvent& one) {
      if (one.event.object_id == options.object) return false;
      const auto judgement = workflow::read_judgement(one.event);
      if (!judgement) return true;
      const auto& others = judgement->others;
      return std::find(others.begin(), others.end(), options.object) == others.end() && judgement->to != options.object && judgement->from != options.object &&
             std::none_of(judgement->parts.begin(), judgement->parts.end(), [&](const workflow::JudgementPart& part) { return part.id == options.object; });
    });
  }
  if (session.json) session.print(workflow::history_json(events));
  else print_history(session, events);
  return {};
}

Result<> conflicts(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "judge"));
  const std::vector<workflow::JudgementConflict> list = TRY(workflow::open_conflicts(workspace));
  if (session.json) session.print(workflow::conflicts_json(list));
  else print_conflicts(session, list);
  return {};
}

Result<> difference(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "judge"));
  std::vector<workflow::TopicDifference> list;
  if (const auto sequence = parse_int(options.object); sequence && options.other.empty()) {
    list = TRY(workflow::difference_of(workspace, *sequence, *session.progress));
  } else if (!options.other.empty()) {
    list = TRY(workflow::difference_of_runs(workspace, options.object, options.other));
  } else {
    return fail(ErrorKind::invalid_input, "diff: give the number of a judgement, or two runs");
  }
  if (session.json) session.print(workflow::differences_json(list));
  else print_differences(session, list);
  return {};
}

Result<> iterate(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "judge"));
  const std::vector<workflow::Iteration> list = TRY(workflow::iterations(workspace, options.last, *session.progress));
  if (options.by_topic) session.print(workflow::topic_trace_json(list));
  else if (session.json) session.print(workflow::iterations_json(list));
  else print_iterations(session, list);
  return {};
}

Result<> verify(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "judge"));
  const store::LedgerState state = TRY(workspace.lake.app().ledger().verify());
  if (session.json) session.print(JsonWriter().begin_object().field("events", state.count).field("head", state.head).end_object().text());
  else session.print(session.say("judge.verified", thousands(state.count), state.head));
  return {};
}

Result<> place(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "judge"));
  const std::filesystem::path app_db = workspace.lake.path("app.db");
  const store::LedgerState state = TRY(options.to.empty() ? workspace.lake.app().ledger().verify() : store::move_ledger(app_db, options.to == "app.db" ? "" : options.to));
  const store::LedgerPlace place = TRY(store::ledger_place(app_db));
  const std::string location = place.location.empty() ? "app.db" : store::shown_location(place.location);
  if (session.json) session.print(JsonWriter().begin_object().field("location", location).field("name", place.workspace).field("events", state.count).field("head", state.head).end_object().text());
  else session.print(session.say("judge.place", location, place.workspace.empty() ? "" : fmt::format(" ({})", place.workspace), thousands(state.count), state.head));
  return {};
}

Result<> show(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "judge"));
  return print_judged(session, workspace);
}

Result<> write_out(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "judge"));
  const std::string lines = workflow::ledger_jsonl(TRY(workspace.lake.app().ledger().events()));
  if (!options.output.empty()) return write_file_atomically(options.output, lines);
  if (!lines.empty()) session.print(std::string_view(lines).substr(0, lines.size() - 1));
  return {};
}

// Adds the subcommands and their options to `app`.
class Definition {
 public:
  Definition(CLI::App& app, Options& options) : app_(app), options_(options) {}

  void define() {
    object(judging("rename"), true);
    CLI::App* merging = judging("merge");
    object(merging, true);
    merging->add_option("OTHERS", options_.others, say("option.judge_others"))->required();
    CLI::App* splitting = judging("split");
    object(splitting, false);
    splitting->add_option("--part", options_.parts, say("option.judge_part"))->required();
    object(judging("delete"), false);
    CLI::App* moving = judging("move");
    moving->add_option("RECORDS", options_.others, say("option.judge_records"))->required();
    moving->add_option("--to", options_.to, say("option.judge_to"))->required();
    moving->add_option("--from", options_.from, say("option.judge_from"));
    CLI::App* linking = judging("link");
    object(linking, false);
    linking->add_option("OTHER", options_.other, say("option.judge_other"))->required();
    linking->add_option("--relation", options_.relation, say("option.judge_relation"))->required();
    CLI::App* commenting = judging("comment");
    object(commenting, false);
    commenting->add_option("TEXT", options_.text, say("option.judge_text"))->required();
    CLI::App* voting = judging("vote");
    object(voting, false);
    voting->add_option("VOTE", options_.text, say("option.judge_vote"))->required();
    CLI::App* watching = judging("watch");
    object(watching, false);
    watching->add_flag("--off", options_.off, say("option.judge_off"));
    for (const char* control : {"undo", "redo", "approve", "refuse"}) numbered(control);
    CLI::App* resolving = numbered("resolve");
    resolving->add_option("--apply", options_.successor, say("option.judge_apply"));
    resolving->add_flag("--drop", options_.drop, say("option.judge_drop"));
    resolving->add_flag("--keep-waiting", options_.wait, say("option.judge_wait"));
    sub("history")->add_option("OBJECT", options_.object, say("option.judge_object"));
    sub("show");
    sub("conflicts");
    CLI::App* comparing = sub("diff");
    comparing->add_option("WHAT", options_.object, say("option.judge_diff"))->required();
    comparing->add_option("OTHER", options_.other, say("option.judge_run"));
    CLI::App* turning = sub("iterations");
    turning->add_option("--last", options_.last, say("option.judge_last"))->check(CLI::Range(1, 1000));
    turning->add_flag("--by-topic", options_.by_topic, say("option.judge_by_topic"));
    sub("verify");
    sub("place")->add_option("--to", options_.to, say("option.judge_place"));
    sub("export")->add_option("-o,--output", options_.output, say("option.output"));
  }

 private:
  std::string say(std::string_view key) const { return message(language_, key); }
  CLI::App* sub(const char* name) {
    CLI::App* made = app_.add_subcommand(name, say(fmt::format("judge.help.{}", name)));
    made->fallthrough();
    made->footer(say("app.example") + "\n  " + say(fmt::format("example.judge_{}", name)));
    options_.workspace.define(*made);
    return made;
  }
  void sign(CLI::App* made) {
    made->add_option("--why", options_.why, say("option.judge_why"));
    made->add_option("--by", options_.by, say("option.by"));
    made->add_option("--role", options_.role, say("option.judge_role"))->check(CLI::IsMember({"analyst", "expert", "moderator", "curator", "admin"}));
  }
  CLI::App* judging(const char* name) {
    CLI::App* made = sub(name);
    sign(made);
    made->add_option("--evidence", options_.evidence, say("option.judge_evidence"));
    made->add_flag("--propose", options_.propose, say("option.judge_propose"));
    made->add_flag("--dry-run", options_.dry_run, say("option.judge_dry_run"));
    return made;
  }
  void object(CLI::App* made, bool labels) {
    made->add_option("OBJECT", options_.object, say("option.judge_object"))->required();
    if (!labels) return;
    made->add_option("--zh", options_.arguments.label_zh, say("option.judge_zh"));
    made->add_option("--en", options_.arguments.label_en, say("option.judge_en"));
  }
  CLI::App* numbered(const char* name) {
    CLI::App* made = sub(name);
    sign(made);
    made->add_option("NUMBER", options_.sequence, say("option.judge_number"))->required();
    return made;
  }

  CLI::App& app_;
  Options& options_;
  Language language_ = environment_language();
};

}  // namespace

Action define_judge(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.require_subcommand(1);
  Definition(app, *options).define();
  return [options, &app](Session& session) -> Result<> {
    static const std::map<std::string, Result<> (*)(Session&, const Options&)> kReading = {{"resolve", resolve}, {"history", history}, {"conflicts", conflicts},   {"diff", difference},
                                                                                           {"show", show},       {"verify", verify},   {"place", place},   {"iterations", iterate}, {"export", write_out}};
    const std::string action = app.get_subcommands().front()->get_name();
    if (const auto found = kReading.find(action); found != kReading.end()) return found->second(session, *options);
    if (action == "undo" || action == "redo" || action == "approve" || action == "refuse") return change(session, *options, action);
    return enter(session, *options, action == "delete" ? "remove" : action);
  };
}

}  // namespace jianwei::cli
