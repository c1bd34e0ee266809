// longlist: lists of technologies from topics, signals, clusters, files and proposals; merged, split, reworded, voted on, frozen, checked against the topics, handed to a Delphi study.
#include <memory>

#include "base/json_writer.h"
#include "base/strings.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/expert_library/library.h"
#include "workflow/export/export.h"
#include "workflow/run/run.h"
#include "workflow/technology_list/delphi_items.h"
#include "workflow/technology_list/technology_list.h"

namespace jianwei::cli {
namespace {

using workflow::Entry;

struct Options {
  WorkspaceOption workspace;
  std::vector<std::string> words, parts, topics, authors;
  std::string by, reason, zh, en, field, voter, output, study;
  std::int64_t top = 20, vote = 1, version = 0;
  double overlap = 0.8;
  bool clusters = false;
};

Result<std::string> word(const Options& options, std::size_t place, std::string_view what) {
  if (options.words.size() <= place) return fail(ErrorKind::invalid_input, "{}: is missing", what);
  return options.words[place];
}

void print_entries(const Session& session, const std::vector<Entry>& entries) {
  if (session.json) {
    JsonWriter json;
    json.begin_array();
    for (const Entry& entry : entries) json.raw(workflow::to_json(entry));
    session.print(json.end_array().text());
    return;
  }
  TextTable table({session.say("column.id"), session.say("column.state"), "+", "-", session.say("column.name_zh"), session.say("column.name_en")}, {false, false, true, true});
  for (const Entry& entry : entries) table.add({entry.id, session.say(fmt::format("longlist.state.{}", entry.state)), std::to_string(entry.in_favour), std::to_string(entry.against), entry.zh, entry.en});
  session.print(table.text(terminal_width()));
}

// From what: "topics", "signals", or a file of items (--clusters: one entry a cluster of them).
Result<std::vector<Entry>> entries_from(Session& session, workflow::Workspace& workspace, const Options& options) {
  const std::string source = TRY(word(options, 1, "SOURCE"));
  if (source == "topics") return workflow::entries_from_topics(TRY(workflow::load_latest_run(workspace)), options.topics, options.top);
  if (source == "signals") return workflow::entries_from_signals(TRY(workflow::load_latest_run(workspace)), options.top);
  workflow::ItemList items = TRY(workflow::read_items(source, "", ""));
  if (!options.clusters) return workflow::entries_from_items(items);
  const auto run = workflow::load_latest_run(workspace);
  return workflow::entries_from_clusters(TRY(workflow::study_items(std::move(items), run ? &*run : nullptr, {.thread_count = session.thread_count}, *session.progress)));
}

Entry worded(const Options& options) {
  Entry entry;
  entry.field = options.field;
  entry.zh = options.zh;
  entry.en = options.en;
  JsonWriter origin;
  origin.begin_object().field("kind", "proposal").field("by", decider(options.by)).key("authors").begin_array();
  for (const std::string& author : options.authors) origin.value(author);
  entry.origin = origin.end_array().end_object().text();
  return entry;
}

Result<std::vector<Entry>> split_parts(const Options& options) {
  std::vector<Entry> parts;
  for (const std::string& text : options.parts) {
    Entry part;
    const std::size_t bar = text.find('|');
    part.zh = trim(std::string_view(text).substr(0, bar));
    if (bar != std::string::npos) part.en = trim(std::string_view(text).substr(bar + 1));
    parts.push_back(std::move(part));
  }
  return parts;
}

Result<> show(Session& session, store::ExpertDb& db, const Options& options) {
  const std::string id = TRY(word(options, 0, "LIST"));
  const workflow::Longlist list = options.version > 0 ? TRY(workflow::load_version(db, id, options.version)) : TRY(workflow::load_list(db, id));
  if (!options.output.empty()) {
    return workflow::write_sheet(workflow::list_sheet(list), options.output);
  }
  if (session.json) {
    session.print(workflow::to_json(list));
  } else {
    print_entries(session, list.entries);
  }
  return {};
}

Result<> cover(Session& session, workflow::Workspace& workspace, store::ExpertDb& db, const Options& options) {
  const workflow::StudyResult run = TRY(workflow::load_latest_run(workspace));
  const workflow::ListCoverage found = TRY(workflow::cover_topics(TRY(workflow::load_list(db, TRY(word(options, 0, "LIST")))), run, options.overlap, 1, session.thread_count, *session.progress));
  if (session.json) {
    session.print(workflow::to_json(found, run));
    return {};
  }
  for (const auto& row : found.topics) {
    const workflow::TopicRow& topic = run.topics[static_cast<std::size_t>(row.topic)];
    if (!row.covered) session.print(session.say("longlist.uncovered", topic.id, session.language == Language::zh ? topic.label_zh : topic.label_en));
  }
  for (const auto& overlap : found.overlaps) session.print(session.say("longlist.overlap", found.entries[static_cast<std::size_t>(overlap.a)].id, found.entries[static_cast<std::size_t>(overlap.b)].id, fmt::format("{:.2f}", overlap.cosine)));
  return {};
}

Result<> run_longlist(Session& session, const Options& options, const std::string& action) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "longlist"));
  const auto db = TRY(workflow::open_experts(workspace.root()));
  const std::string actor = decider(options.by);
  if (action == "lists" || action == "make") {
    std::vector<workflow::Longlist> lists;
    if (action == "make") {
      lists.push_back(TRY(workflow::make_list(*db, options.zh, options.en, actor)));
    } else {
      lists = TRY(workflow::load_lists(*db));
    }
    JsonWriter json;
    json.begin_array();
    for (const auto& list : lists) {
      json.raw(workflow::to_json(list));
      if (!session.json) session.print(fmt::format("{}  {}  {}  v{}", list.id, list.zh, list.en, list.version));
    }
    if (session.json) session.print(json.end_array().text());
    return {};
  }
  if (action == "show") return show(session, *db, options);
  if (action == "cover") return cover(session, workspace, *db, options);
  if (action == "add") {
    print_entries(session, TRY(workflow::add_entries(*db, TRY(word(options, 0, "LIST")), {worded(options)}, actor)));
  } else if (action == "from") {
    print_entries(session, TRY(workflow::add_entries(*db, TRY(word(options, 0, "LIST")), TRY(entries_from(session, workspace, options)), actor)));
  } else if (action == "reword") {
    print_entries(session, {TRY(workflow::reword_entry(*db, TRY(word(options, 0, "ENTRY")), options.zh, options.en, options.reason, actor))});
  } else if (action == "merge") {
    print_entries(session, {TRY(workflow::merge_entries(*db, options.words, worded(options), options.reason, actor))});
  } else if (action == "split") {
    print_entries(session, TRY(workflow::split_entry(*db, TRY(word(options, 0, "ENTRY")), TRY(split_parts(options)), options.reason, actor)));
  } else if (action == "vote") {
    print_entries(session, {TRY(workflow::vote_entry(*db, TRY(word(options, 0, "ENTRY")), options.voter.empty() ? actor : options.voter, options.vote, options.reason, actor))});
  } else if (action == "accept" || action == "reject") {
    std::vector<Entry> decided;
    for (const std::string& id : options.words) decided.push_back(TRY(workflow::decide_entry(*db, id, action == "accept" ? "accepted" : "rejected", options.reason, actor)));
    print_entries(session, decided);
  } else if (action == "freeze") {
    const std::int64_t version = TRY(workflow::freeze_list(*db, TRY(word(options, 0, "LIST")), options.reason, actor));
    session.print(session.json ? JsonWriter().begin_object().field("version", version).end_object().text() : session.say("longlist.frozen", version));
  } else {
    workflow::Delphi delphi = TRY(workflow::open_delphi(workspace.root()));
    const std::string study = TRY(workflow::ask_about_list(delphi, TRY(workflow::load_list(*db, TRY(word(options, 0, "LIST")))), options.study, actor));
    session.print(session.json ? JsonWriter().begin_object().field("study", study).end_object().text() : study);
  }
  return {};
}

}  // namespace

Action define_longlist(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  const auto say = [language](std::string_view key) { return message(language, key); };
  app.require_subcommand(1);
  const auto define = [&](const char* name, const char* words, bool worded) {
    CLI::App* sub = app.add_subcommand(name, say(fmt::format("longlist.help.{}", name)));
    sub->fallthrough();
    options->workspace.define(*sub);
    if (words[0] != '\0') sub->add_option(words, options->words, say(fmt::format("longlist.words.{}", words)));
    sub->add_option("--by", options->by, say("option.by"));
    sub->add_option("--reason", options->reason, say("option.reason"));
    if (worded) {
      sub->add_option("--zh", options->zh, say("option.longlist_zh"));
      sub->add_option("--en", options->en, say("option.longlist_en"));
      sub->add_option("--field", options->field, say("option.longlist_field"));
      sub->add_option("--author", options->authors, say("option.longlist_author"));
    }
    return sub;
  };
  define("make", "", true);
  define("lists", "", false);
  CLI::App* showing = define("show", "LIST", false);
  showing->add_option("--list-version", options->version, say("option.longlist_version"))->check(CLI::Range(0, 1'000'000));
  showing->add_option("-o,--output", options->output, say("option.longlist_output"));
  define("add", "LIST", true);
  CLI::App* from = define("from", "LIST", false);
  from->add_option("--topic", options->topics, say("option.longlist_topic"));
  from->add_option("--top", options->top, say("option.top"))->check(CLI::Range(1, 10'000));
  from->add_flag("--clusters", options->clusters, say("option.longlist_clusters"));
  define("reword", "ENTRY", true);
  define("merge", "ENTRY", true);
  define("split", "ENTRY", false)->add_option("--part", options->parts, say("option.longlist_part"));
  CLI::App* voting = define("vote", "ENTRY", false);
  voting->add_option("--voter", options->voter, say("option.longlist_voter"));
  voting->add_option("--vote", options->vote, say("option.longlist_vote"))->check(CLI::Range(-1, 1));
  define("accept", "ENTRY", false);
  define("reject", "ENTRY", false);
  define("freeze", "LIST", false);
  define("cover", "LIST", false)->add_option("--overlap", options->overlap, say("option.longlist_overlap"))->check(CLI::Range(0.0, 1.0));
  define("delphi", "LIST", false)->add_option("--study", options->study, say("option.longlist_study"));
  return [options, &app](Session& session) -> Result<> { return run_longlist(session, *options, app.get_subcommands().front()->get_name()); };
}

}  // namespace jianwei::cli
