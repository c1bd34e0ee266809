// experts: the expert library, who knows about a text, who may judge it, panels, assignments, and what the law gives a person.
#include <memory>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/sentence.h"
#include "base/strings.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/expert_library/import_experts.h"
#include "workflow/expert_library/panel_desk.h"
#include "workflow/expert_library/profile.h"
#include "workflow/expert_library/recommend.h"
#include "workflow/run/run.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  std::vector<std::string> words;                       // of the subcommand: ids, field=value, a file, a text
  std::string by, reason, person, text, record, entry, file, fair;
  std::vector<std::string> authors, organisations, quotas, required, filters, records, entries;
  std::int64_t top = 10, size = 10, per_item = 3, load = 0;
  std::int32_t until = 0, window = 3;
  bool eligible = false, library = false, keep = false;
};

// What most subcommands need.
struct Desk {
  workflow::Workspace workspace;
  std::unique_ptr<store::ExpertDb> db;
  std::shared_ptr<const workflow::People> people;
};
Result<Desk> open_desk(Session& session, const Options& options, bool lake) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "experts"));
  auto db = TRY(workflow::open_experts(workspace.root()));
  auto people = lake ? TRY(workflow::load_people(workspace, *session.progress, session.thread_count)) : std::make_shared<const workflow::People>();
  return Desk{std::move(workspace), std::move(db), std::move(people)};
}

Result<std::string> first_word(const Options& options, std::string_view what) {
  if (options.words.empty()) return fail(ErrorKind::invalid_input, "{}: is missing", what);
  return options.words.front();
}

std::string id_of(const workflow::Expert& expert) { return expert.id.empty() ? expert.persons.front() : expert.id; }

void print_experts(const Session& session, const std::vector<workflow::Expert>& experts) {
  TextTable table({session.say("column.id"), session.say("column.name"), session.say("experts.identity"), session.say("column.organisation"), session.say("column.fields")});
  for (const workflow::Expert& expert : experts) table.add({id_of(expert), std::string(expert.name()), session.say(fmt::format("experts.identity.{}", workflow::to_string(expert.identity))), expert.organisation, join(expert.fields, ", ")});
  session.print(table.text(terminal_width()));
}

void print_expert(const Session& session, const workflow::Expert& expert) {
  if (session.json) return session.print(workflow::to_json(expert));
  print_experts(session, {expert});
}

std::string conflicts_text(const Session& session, const std::vector<workflow::FoundConflict>& conflicts) {
  std::string text;
  for (const workflow::FoundConflict& conflict : conflicts) {
    text += (text.empty() ? "" : "; ") + session.say(fmt::format("experts.conflict.{}", experts::to_string(conflict.kind)));
    for (const std::string& with : {conflict.person, conflict.organisation, conflict.reason}) {
      if (!with.empty()) text += " " + with;
    }
  }
  return text;
}

void print_recommendations(const Session& session, const std::vector<workflow::Recommendation>& list) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const workflow::Recommendation& one = list[i];
    session.print(fmt::format("{:>3}  {:.2f}  {}  {}  {}", i + 1, one.score, id_of(one.expert), one.expert.name(), one.expert.organisation));
    session.print("     " + session.say("experts.busy", one.work_count, one.assigned, one.expert.load) + (one.away ? " · " + session.say("experts.away", one.expert.away_until) : ""));
    if (!one.conflicts.empty()) session.print("     " + session.say("experts.conflicts", conflicts_text(session, one.conflicts)));
    for (const workflow::SupportingWork& work : one.works) session.print(fmt::format("     {} {} {}\n       {}", work.record, work.year == 0 ? "" : std::to_string(work.year), work.title, work.sentence));
  }
}

Result<workflow::Thing> thing_of(const Desk& desk, const workflow::Roster& roster, const Options& options) {
  workflow::ThingRequest request{options.text, options.record, options.entry, options.authors, options.organisations};
  if (!options.file.empty()) request.text += TRY(read_file(options.file));
  for (const std::string& word : options.words) request.text += (request.text.empty() ? "" : " ") + word;
  return workflow::find_thing(desk.workspace, *desk.db, roster, request);
}

workflow::RecommendOptions search_options(const Session& session, const Options& options) {
  workflow::RecommendOptions asked;
  asked.limit = options.top;
  asked.until = static_cast<std::int16_t>(options.until);
  asked.eligible_only = options.eligible;
  asked.conflicts.window_years = options.window;
  asked.conflicts.now = asked.until;
  asked.thread_count = session.thread_count;
  return asked;
}

Result<> list(Session& session, const Options& options) {
  const Desk desk = TRY(open_desk(session, options, false));
  workflow::ExpertQuery query;
  query.text = join(options.words, " ");
  query.limit = options.top;
  for (const std::string& filter : options.filters) {
    const std::size_t equals = filter.find('=');
    if (equals == std::string::npos) return fail(ErrorKind::invalid_input, "--where '{}': write FACET=VALUE", filter);
    query.attributes[filter.substr(0, equals)] = filter.substr(equals + 1);
  }
  const workflow::ExpertPage page = TRY(workflow::find_in_library(*desk.db, query));
  if (session.json) {
    session.print(workflow::to_json(page));
    return {};
  }
  print_experts(session, page.experts);
  session.note(session.say("experts.total", page.total));
  return {};
}

Result<> show(Session& session, const Options& options) {
  Desk desk = TRY(open_desk(session, options, true));
  const workflow::Roster roster = TRY(workflow::load_roster(*desk.db, desk.people));
  const auto run = workflow::load_latest_run(desk.workspace);
  const std::string json = TRY(workflow::profile_json(desk.workspace, *desk.db, roster, run ? &*run : nullptr, TRY(first_word(options, "ID"))));
  session.print(json);
  return {};
}

Result<> import(Session& session, const Options& options) {
  const Desk desk = TRY(open_desk(session, options, true));
  const workflow::ExpertImport done = TRY(workflow::import_experts(*desk.db, *desk.people, TRY(first_word(options, "FILE")), decider(options.by)));
  if (session.json) {
    session.print(workflow::to_json(done));
    return {};
  }
  print_experts(session, done.added);
  for (const workflow::ExpertReject& reject : done.rejects) session.print(session.say("experts.reject", reject.line, reject.field, say(session.language, reject.reason)));
  session.note(session.say("experts.imported", done.added.size(), done.rejects.size()));
  return {};
}

// field=value words as the JSON that change_fields reads; lists are parted by ";".
Result<std::string> fields_of(const std::vector<std::string>& words) {
  JsonWriter json;
  json.begin_object();
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) return fail(ErrorKind::invalid_input, "'{}': write FIELD=VALUE, for example name_zh=王伟", word);
    const std::string name = word.substr(0, equals), value = word.substr(equals + 1);
    json.key(name);
    if (name == "fields" || name == "languages" || name == "projects" || name == "patents" || name == "panels") {
      json.begin_array();
      for (const std::string& part : split_trimmed(value, ";")) json.value(part);
      json.end_array();
    } else if (const auto number = parse_int(value); name == "load" && number) {
      json.value(*number);
    } else {
      json.value(value);
    }
  }
  return json.end_object().text();
}

Result<> add(Session& session, const Options& options) {
  const Desk desk = TRY(open_desk(session, options, true));
  if (!options.person.empty()) {
    print_expert(session, TRY(workflow::add_person(*desk.db, *desk.people, options.person, decider(options.by))));
    return {};
  }
  workflow::Expert expert;
  TRY(workflow::change_fields(expert, TRY(fields_of(options.words))));
  print_expert(session, TRY(workflow::add_expert(*desk.db, *desk.people, std::move(expert), decider(options.by))));
  return {};
}

Result<> set(Session& session, const Options& options) {
  const Desk desk = TRY(open_desk(session, options, false));
  const std::string id = TRY(first_word(options, "ID"));
  print_expert(session, TRY(workflow::change_expert(*desk.db, id, TRY(fields_of({options.words.begin() + 1, options.words.end()})), decider(options.by))));
  return {};
}

Result<> identity(Session& session, const Options& options, bool join) {
  const Desk desk = TRY(open_desk(session, options, true));
  if (options.words.size() != 2) return fail(ErrorKind::invalid_input, "an expert and a person of the lake are needed: expert-1 person-...");
  print_expert(session, join ? TRY(workflow::join_identity(*desk.db, *desk.people, options.words[0], options.words[1], options.reason, decider(options.by)))
                             : TRY(workflow::part_identity(*desk.db, *desk.people, options.words[0], options.words[1], options.reason, decider(options.by))));
  return {};
}

Result<> tie(Session& session, const Options& options) {
  const Desk desk = TRY(open_desk(session, options, true));
  if (options.words.size() != 2) return fail(ErrorKind::invalid_input, "two ends are needed: experts, persons of the lake, or an organisation's name");
  const workflow::DeclaredTie made = TRY(workflow::declare_tie(*desk.db, *desk.people, {"", options.words[0], options.words[1], options.reason}, decider(options.by)));
  session.print(session.json ? JsonWriter().begin_object().field("id", made.id).end_object().text() : made.id);
  return {};
}

Result<> recommend(Session& session, const Options& options) {
  const Desk desk = TRY(open_desk(session, options, true));
  const workflow::Roster roster = TRY(workflow::load_roster(*desk.db, desk.people));
  const workflow::SearchIndex index = TRY(workflow::open_search_index(desk.workspace, *session.progress, session.thread_count));
  const auto found = TRY(workflow::recommend(desk.workspace, roster, index, TRY(thing_of(desk, roster, options)), search_options(session, options), *session.progress));
  if (session.json) {
    session.print(workflow::to_json(found));
  } else {
    print_recommendations(session, found);
  }
  return {};
}

Result<> conflicts(Session& session, Options options) {
  const Desk desk = TRY(open_desk(session, options, true));
  const workflow::Roster roster = TRY(workflow::load_roster(*desk.db, desk.people));
  const std::vector<std::string> judges = std::move(options.words);
  options.words.clear();
  if (judges.empty()) return fail(ErrorKind::invalid_input, "ID: name the experts or persons to check");
  const workflow::Thing thing = TRY(thing_of(desk, roster, options));
  experts::ConflictOptions asked = search_options(session, options).conflicts;
  if (asked.now == 0) asked.now = workflow::last_year(*desk.people);
  JsonWriter json;
  json.begin_object().field("now", asked.now).field("window_years", asked.window_years).key("items").begin_array();
  for (const std::string& id : judges) {
    const auto found = workflow::check_conflicts(roster, TRY(roster.expert(id)), thing, asked);
    json.begin_object().field("id", id).field("free", found.empty()).key("conflicts");
    workflow::write_conflicts(json, found);
    json.end_object();
    if (!session.json) session.print(fmt::format("{}  {}", id, found.empty() ? session.say("experts.free") : conflicts_text(session, found)));
  }
  if (session.json) session.print(json.end_array().end_object().text());
  return {};
}

Result<> panel(Session& session, const Options& options) {
  const Desk desk = TRY(open_desk(session, options, true));
  const workflow::Roster roster = TRY(workflow::load_roster(*desk.db, desk.people));
  const workflow::SearchIndex index = TRY(workflow::open_search_index(desk.workspace, *session.progress, session.thread_count));
  workflow::PanelRequest request;
  request.size = static_cast<std::int32_t>(options.size);
  request.required = options.required;
  request.library_only = options.library;
  for (const std::string& quota : options.quotas) request.quotas.push_back(TRY(workflow::parse_quota(quota)));
  const workflow::PanelProposal proposal = TRY(workflow::propose_panel(desk.workspace, roster, index, TRY(thing_of(desk, roster, options)), request, search_options(session, options), *session.progress));
  if (session.json) {
    session.print(workflow::to_json(proposal));
    return {};
  }
  print_recommendations(session, proposal.members);
  if (proposal.feasible) {
    session.note(session.say("experts.panel", proposal.members.size(), proposal.candidates, proposal.left_out, session.say(proposal.proved_best ? "experts.best" : "experts.good")));
    return {};
  }
  session.print(session.say("experts.no_panel", proposal.candidates));
  for (const workflow::PanelQuota& quota : proposal.contradiction) session.print(fmt::format("  {}={}:{}{}", quota.attribute, quota.value, quota.least, quota.greatest < 0 ? "" : fmt::format("-{}", quota.greatest)));
  return {};
}

Result<> assign(Session& session, const Options& options) {
  const Desk desk = TRY(open_desk(session, options, true));
  const workflow::Roster roster = TRY(workflow::load_roster(*desk.db, desk.people));
  const workflow::SearchIndex index = TRY(workflow::open_search_index(desk.workspace, *session.progress, session.thread_count));
  workflow::AssignmentRequest request;
  request.experts = options.words;
  request.experts_per_thing = static_cast<std::int32_t>(options.per_item);
  request.load = static_cast<std::int32_t>(options.load);
  request.goal = options.fair == "fairest" ? experts::AssignmentGoal::fairest : experts::AssignmentGoal::greatest_sum;
  for (const std::string& record : options.records) request.things.push_back(TRY(workflow::find_thing(desk.workspace, *desk.db, roster, {.record = record})));
  for (const std::string& entry : options.entries) request.things.push_back(TRY(workflow::find_thing(desk.workspace, *desk.db, roster, {.entry = entry})));
  const workflow::AssignmentProposal proposal = TRY(workflow::propose_assignment(roster, index, request, search_options(session, options), *session.progress));
  std::string kept;
  if (options.keep) kept = TRY(workflow::keep_assignment(*desk.db, proposal, decider(options.by)));
  if (session.json) {
    session.print(workflow::to_json(proposal));
    return {};
  }
  if (!proposal.assignment.feasible) {
    session.print(session.say("experts.no_assignment", proposal.assignment.certificate.needed, proposal.assignment.certificate.available));
    for (const std::int32_t item : proposal.assignment.certificate.items) session.print("  " + proposal.things[static_cast<std::size_t>(item)]);
    return {};
  }
  for (std::size_t i = 0; i < proposal.things.size(); ++i) {
    std::string line = proposal.things[i] + ":";
    for (const std::int32_t e : proposal.assignment.experts_of_item[i]) line += " " + proposal.experts[static_cast<std::size_t>(e)];
    session.print(line);
  }
  if (!kept.empty()) session.note(kept);
  return {};
}

Result<> personal(Session& session, const Options& options, std::string_view action) {
  const Desk desk = TRY(open_desk(session, options, false));
  const std::string id = TRY(first_word(options, "ID"));
  if (action == "consent") {
    print_expert(session, TRY(workflow::set_consent(*desk.db, id, options.words.size() > 1 ? options.words[1] : "", decider(options.by))));
  } else if (action == "export") {
    session.print(TRY(workflow::export_expert(*desk.db, id, decider(options.by))));
  } else {
    const workflow::Erasure done = TRY(workflow::erase_expert(*desk.db, id, options.reason, decider(options.by)));
    if (session.json) session.print(JsonWriter().begin_object().field("ties_deleted", done.ties).field("votes_severed", done.votes).field("forecasts_severed", done.forecasts).field("entries_severed", done.entries).end_object().text());
    session.note(session.say("experts.erased", id, done.ties, done.votes + done.forecasts + done.entries));
  }
  return {};
}

Result<> history(Session& session, const Options& options) {
  const Desk desk = TRY(open_desk(session, options, false));
  const auto events = TRY(desk.db->events());
  const auto broken = store::first_broken_event(events);
  JsonWriter json;
  json.begin_object().field("whole", !broken).key("items").begin_array();
  TextTable table({"#", session.say("column.date"), session.say("column.decided_by"), session.say("column.event"), session.say("column.id"), session.say("column.reason")}, {true});
  for (const auto& event : events) {
    json.begin_object().field("seq", event.seq).field("at", event.at).field("by", event.actor).field("kind", event.kind).field("object", event.object).key("detail").raw(event.detail).end_object();
    table.add({std::to_string(event.seq), event.at, event.actor, event.kind, event.object, event.detail});
  }
  session.print(session.json ? json.end_array().end_object().text() : table.text(terminal_width()));
  if (broken) return fail(ErrorKind::corrupt, "the chain of events of experts.db is broken at event {}", *broken);
  return {};
}

}  // namespace

Action define_experts(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  const auto say = [language](std::string_view key) { return message(language, key); };
  app.require_subcommand(1);
  const auto define = [&](const char* name, const char* words, bool decides) {
    CLI::App* sub = app.add_subcommand(name, say(fmt::format("experts.help.{}", name)));
    sub->fallthrough();
    sub->footer(say("app.example") + "\n  " + say(fmt::format("example.experts_{}", name)));
    options->workspace.define(*sub);
    if (words[0] != '\0') sub->add_option(words, options->words, say(fmt::format("experts.words.{}", words)));
    if (decides) sub->add_option("--by", options->by, say("option.by"));
    if (decides) sub->add_option("--reason", options->reason, say("option.reason"));
    return sub;
  };
  const auto thing = [&](CLI::App* sub) {
    sub->add_option("--text", options->text, say("option.experts_text"));
    sub->add_option("--file", options->file, say("option.experts_file"));
    sub->add_option("--record", options->record, say("option.experts_record"));
    sub->add_option("--entry", options->entry, say("option.experts_entry"));
    sub->add_option("--author", options->authors, say("option.experts_author"));
    sub->add_option("--organisation", options->organisations, say("option.experts_organisation"));
    sub->add_option("--window", options->window, say("option.experts_window"))->check(CLI::Range(0, 100));
    sub->add_option("--until", options->until, say("option.experts_until"))->check(CLI::Range(0, 2200));
  };
  CLI::App* listing = define("list", "WORDS", false);
  listing->add_option("--where", options->filters, say("option.experts_where"));
  listing->add_option("--top", options->top, say("option.top"))->check(CLI::Range(1, 100'000));
  define("show", "ID", false);
  define("import", "FILE", true);
  define("add", "FIELDS", true)->add_option("--person", options->person, say("option.experts_person"));
  define("set", "FIELDS", true);
  define("join", "ID", true);
  define("part", "ID", true);
  define("tie", "ID", true);
  CLI::App* recommending = define("recommend", "WORDS", false);
  thing(recommending);
  recommending->add_option("--top", options->top, say("option.top"))->check(CLI::Range(1, 10'000));
  recommending->add_flag("--eligible", options->eligible, say("option.experts_eligible"));
  thing(define("conflicts", "ID", false));
  CLI::App* designing = define("panel", "WORDS", false);
  thing(designing);
  designing->add_option("--size", options->size, say("option.experts_size"))->check(CLI::Range(1, 1000));
  designing->add_option("--quota", options->quotas, say("option.experts_quota"));
  designing->add_option("--require", options->required, say("option.experts_require"));
  designing->add_flag("--library", options->library, say("option.experts_library"));
  CLI::App* assigning = define("assign", "ID", true);
  assigning->add_option("--records", options->records, say("option.experts_records"));
  assigning->add_option("--entries", options->entries, say("option.experts_entries"));
  assigning->add_option("--per-item", options->per_item, say("option.experts_per_item"))->check(CLI::Range(1, 1000));
  assigning->add_option("--load", options->load, say("option.experts_load"))->check(CLI::Range(0, 1000));
  assigning->add_option("--goal", options->fair, say("option.experts_goal"))->check(CLI::IsMember({"greatest_sum", "fairest"}));
  assigning->add_option("--window", options->window, say("option.experts_window"))->check(CLI::Range(0, 100));
  assigning->add_flag("--keep", options->keep, say("option.experts_keep"));
  define("consent", "ID", true);
  define("export", "ID", true);
  define("erase", "ID", true);
  define("history", "", false);
  return [options, &app](Session& session) -> Result<> {
    const std::string action = app.get_subcommands().front()->get_name();
    if (action == "list") return list(session, *options);
    if (action == "show") return show(session, *options);
    if (action == "import") return import(session, *options);
    if (action == "add") return add(session, *options);
    if (action == "set") return set(session, *options);
    if (action == "join" || action == "part") return identity(session, *options, action == "join");
    if (action == "tie") return tie(session, *options);
    if (action == "recommend") return recommend(session, *options);
    if (action == "conflicts") return conflicts(session, *options);
    if (action == "panel") return panel(session, *options);
    if (action == "assign") return assign(session, *options);
    if (action == "history") return history(session, *options);
    return personal(session, *options, action);
  };
}

}  // namespace jianwei::cli
