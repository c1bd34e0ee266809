// seeds: an expert's concepts guide the mining; the corpus proposes terms, people accept or refuse them, and each concept has its numbers and records.
#include <algorithm>
#include <memory>

#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/report/sections.h"
#include "workflow/run/run.h"
#include "workflow/seeds/seed_study.h"
#include "workflow/views/seeds.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  std::vector<std::string> names;  // of add: terms, or one file
  std::string concept_name, reason, by;
  analysis::SeedOptions propose;
};

void print_events(const Session& session, const std::vector<store::SeedEvent>& events) {
  if (session.json) {
    session.print(workflow::seed_events_json(events));
    return;
  }
  TextTable table({"#", session.say("column.iteration"), session.say("column.decision"), session.say("column.concept"), session.say("column.term"), session.say("column.decided_by"),
                   session.say("column.date"), session.say("column.reason")},
                  {true, true, false, false, false, false, false, false});
  for (const store::SeedEvent& event : events) {
    table.add({std::to_string(event.id), std::to_string(event.iteration), session.say("seeds.kind." + event.kind), event.concept_name, event.term, event.decided_by, event.decided_at, event.reason});
  }
  session.print(table.text(terminal_width()));
}

// The events that were just made, as they are stored.
Result<> print_made(Session& session, workflow::Workspace& workspace, std::size_t count) {
  std::vector<store::SeedEvent> events = TRY(workspace.lake.app().seed_events());
  events.erase(events.begin(), events.end() - static_cast<std::ptrdiff_t>(count));
  if (count > 0 || session.json) print_events(session, events);
  if (count == 0) session.note(session.say("seeds.nothing_new"));
  return {};
}

Result<> add(Session& session, const Options& options) {
  std::vector<workflow::SeedList> lists;
  if (!options.concept_name.empty()) {
    lists.push_back({options.concept_name, options.names});
  } else if (options.names.size() != 1) {
    return fail(ErrorKind::invalid_input, "one FILE of concepts, or --concept NAME before terms");
  } else {
    lists = TRY(workflow::read_seeds(options.names[0]));
  }
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::write, "seeds"));
  const auto made = TRY(workflow::add_seeds(workspace, lists, options.reason, decider(options.by)));
  TRY(print_made(session, workspace, made.size()));
  if (!session.json) session.note(session.say("seeds.next_propose", workspace.root().string()));
  return {};
}

Result<> decide(Session& session, const Options& options, bool accept) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::write, "seeds"));
  const auto made = TRY(workflow::decide_seeds(workspace, accept, options.concept_name, options.names, options.reason, decider(options.by)));
  return print_made(session, workspace, made.size());
}

void note_unknown(const Session& session, const workflow::SeedStudy& study) {
  for (std::size_t c = 0; c < study.concepts.size(); ++c) {
    for (std::size_t t = 0; t < study.terms[c].size(); ++t) {
      const workflow::NamedTerm& named = study.terms[c][t];
      const workflow::SeedTerm& term = study.concepts[c].terms[t];
      if (named.term >= 0 || term.state == workflow::SeedState::refused) continue;
      session.note(session.say(named.parts.empty() ? "seeds.unknown" : "seeds.parts", study.concepts[c].name, term.term));
    }
  }
}

Result<> propose(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::write, "seeds"));
  const workflow::StudyResult result = TRY(workflow::load_latest_run(workspace));
  const workflow::SeedStudy study = TRY(workflow::study_seeds(workspace, result, session.thread_count, *session.progress));
  const workflow::SeedRound round = TRY(workflow::propose_seeds(workspace, result, study, options.propose, decider(options.by), session.thread_count, *session.progress));
  if (session.json) {
    session.print(workflow::to_json(result, study, round));
    return {};
  }
  session.print(session.say("seeds.iteration", round.iteration));
  for (std::size_t c = 0; c < study.concepts.size(); ++c) {
    session.print("\n" + study.concepts[c].name);
    if (round.proposals[c].empty()) session.print("  " + session.say("seeds.no_proposal"));
    if (round.proposals[c].empty()) continue;
    TextTable table({session.say("column.term"), session.say("column.similarity"), session.say("column.company"), session.say("column.documents"), session.say("column.together"), session.say("column.id"), session.say("column.records")},
                    {false, true, true, true, true, false, false});
    for (const analysis::SeedProposal& proposal : round.proposals[c]) {
      const workflow::TermRow& term = result.terms[static_cast<std::size_t>(proposal.term)];
      std::string records;
      for (const std::int32_t d : proposal.examples) records += (records.empty() ? "" : " ") + result.dataset.record_ids[static_cast<std::size_t>(d)];
      table.add({term.label, fmt::format("{:.2f}", proposal.similarity), fmt::format("{:.2f}", proposal.company), thousands(proposal.documents), thousands(proposal.together), term.id, records});
    }
    session.print(table.text(terminal_width()));
  }
  note_unknown(session, study);
  session.note(session.say("seeds.next_decide", workspace.root().string()));
  return {};
}

void print_iterations(const Session& session, const std::vector<store::SeedEvent>& events) {
  std::vector<store::SeedEvent> decided;
  TextTable table({session.say("column.iteration"), session.say("seeds.kind.seed"), session.say("seeds.kind.proposed"), session.say("seeds.kind.accepted"), session.say("seeds.kind.refused")}, {true, true, true, true, true});
  for (std::int64_t iteration = 0; iteration <= workflow::last_iteration(events); ++iteration) {
    std::vector<std::string> row = {std::to_string(iteration)};
    for (const char* kind : {"seed", "proposed", "accepted", "refused"}) {
      row.push_back(std::to_string(std::count_if(events.begin(), events.end(), [&](const store::SeedEvent& event) { return event.iteration == iteration && event.kind == kind; })));
    }
    table.add(std::move(row));
  }
  session.print(table.text(terminal_width()));
  for (const store::SeedEvent& event : events) {
    if (event.kind != "proposed") decided.push_back(event);
  }
  print_events(session, decided);
}

Result<> print_status(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "seeds"));
  const workflow::StudyResult result = TRY(workflow::load_latest_run(workspace));
  const workflow::SeedStudy study = TRY(workflow::study_seeds(workspace, result, session.thread_count, *session.progress));
  const std::vector<store::SeedEvent> events = TRY(workspace.lake.app().seed_events());
  if (session.json) {
    session.print(workflow::to_json(result, study, events));
    return {};
  }
  TextTable table({session.say("column.concept"), session.say("column.terms"), session.say("column.documents"), session.say("column.growth_rate"), session.say("column.growth_count"), session.say("column.diversity"),
                   session.say("column.change"), session.say("column.records")},
                  {false, true, true, true, true, true, true, false});
  for (std::size_t c = 0; c < study.concepts.size(); ++c) {
    const workflow::Indicators& row = study.units.indicators[c];
    const std::int64_t first = study.units.documents.offsets[c], last = study.units.documents.offsets[c + 1];
    std::string records;
    for (std::int64_t e = last; e-- > std::max(first, last - 3);) records += (records.empty() ? "" : " ") + result.dataset.record_ids[static_cast<std::size_t>(study.units.documents.documents[static_cast<std::size_t>(e)])];
    table.add({study.concepts[c].name, std::to_string(study.seeds[c].terms.size()), thousands(last - first), workflow::rate_text(row.rate), fmt::format("{:+.0f}", row.windows.growth_count),
               fmt::format("{:.2f}", row.growth_diversity_organisations), row.change_measured ? fmt::format("{:.3f}", row.change) : "-", records});
  }
  session.print(table.text(terminal_width()));
  note_unknown(session, study);
  print_iterations(session, events);
  return {};
}

Result<> print_history(Session& session, const Options& options) {
  workflow::Workspace workspace = TRY(options.workspace.open(session, store::Access::read, "seeds"));
  print_events(session, TRY(workspace.lake.app().seed_events()));
  return {};
}

}  // namespace

Action define_seeds(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  const auto say = [language](std::string_view key) { return message(language, key); };
  app.require_subcommand(1);
  const auto define = [&](const char* name) {
    CLI::App* sub = app.add_subcommand(name, say(fmt::format("seeds.help.{}", name)));
    sub->fallthrough();
    sub->footer(say("app.example") + "\n  " + say(fmt::format("example.seeds_{}", name)));
    options->workspace.define(*sub);
    return sub;
  };
  const auto sign = [&](CLI::App* sub) {
    sub->add_option("--by", options->by, say("option.by"));
    sub->add_option("--reason", options->reason, say("option.reason"));
  };
  CLI::App* adding = define("add");
  adding->add_option("FILE", options->names, say("option.seeds_file"))->required();
  adding->add_option("--concept", options->concept_name, say("option.seeds_concept"));
  sign(adding);
  CLI::App* proposing = define("propose");
  proposing->add_option("--top", options->propose.top, say("option.top"))->check(CLI::Range(1, 100'000));
  proposing->add_option("--min-similarity", options->propose.min_similarity, say("option.min_similarity"))->check(CLI::Range(0.01, 1.0));
  proposing->add_option("--by", options->by, say("option.by"));
  for (const char* name : {"accept", "refuse"}) {
    CLI::App* deciding = define(name);
    deciding->add_option("CONCEPT", options->concept_name, say("option.seeds_concept"))->required();
    deciding->add_option("TERMS", options->names, say("option.seeds_terms"))->required();
    sign(deciding);
  }
  define("status");
  define("history");
  return [options, &app](Session& session) -> Result<> {
    const std::string action = app.get_subcommands().front()->get_name();
    if (action == "add") return add(session, *options);
    if (action == "propose") return propose(session, *options);
    if (action == "status") return print_status(session, *options);
    if (action == "history") return print_history(session, *options);
    return decide(session, *options, action == "accept");
  };
}

}  // namespace jianwei::cli
