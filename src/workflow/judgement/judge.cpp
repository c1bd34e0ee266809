#include "workflow/judgement/judge.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/strings.h"
#include "records/record_key.h"
#include "store/record_columns.h"
#include "workflow/indicators/indicators.h"
#include "workflow/judgement/judged_stage.h"
#include "workflow/lexicon.h"
#include "workflow/run/run.h"

namespace jianwei::workflow {
namespace {

// The newest run, its judgements, and the results as they stand.
struct Bench {
  std::vector<store::LedgerEvent> events;
  std::vector<FoldedEvent> folded;
  std::vector<StandingJudgement> standing;
  StudyResult machine, now;
  std::set<std::pair<std::string, std::string>> there;  // type and id of objects found to be in `now`
};

Result<> fold(Bench& bench) {
  bench.folded = fold_events(bench.events);
  bench.standing = TRY(standing_judgements(std::span<const FoldedEvent>(bench.folded)));
  return {};
}

Result<> apply(Workspace& workspace, Bench& bench) {
  bench.now = bench.machine;
  apply_judgements(bench.now, bench.standing, TRY(record_aliases(workspace, bench.now, named_records(bench.standing))));
  bench.there.clear();
  return {};
}

Result<Bench> lay_out(Workspace& workspace) {
  Bench bench;
  bench.events = TRY(workspace.lake.app().ledger().events());
  TRY(fold(bench));
  bench.machine = TRY(load_machine_run(workspace, ""));
  TRY(apply(workspace, bench));
  return bench;
}

std::string type_of(std::string_view id) {
  for (const std::string_view type : {"topic", "term", "organisation", "person", "country", "venue"}) {
    if (id.starts_with(std::string(type) + "-")) return std::string(type);
  }
  return store::parse_record_id(id) ? "record" : "";
}

// An object by id, or "organisation:NAME", or the label of a topic or term.
Result<> name_object(const StudyResult& result, std::string& type, std::string& id) {
  if (type.empty()) type = type_of(id);
  const std::size_t colon = id.find(':');
  if (type.empty() && colon != std::string::npos && is_entity(id.substr(0, colon))) {
    type = id.substr(0, colon);
    id = named_id(type, id.substr(colon + 1));
  }
  if (is_entity(type) && !id.starts_with(type + "-")) id = named_id(type, id);
  if (!type.empty() && type != "topic" && type != "term") return {};
  if (type_of(id) == type && !type.empty()) return {};
  const UnitReference found = TRY(find_unit(result, id));
  type = to_string(found.unit);
  id = unit_id(result, found);
  return {};
}

std::vector<std::string> anchor_by_id(const StudyResult& result, const std::string& id) {
  const auto found = std::find_if(result.topics.begin(), result.topics.end(), [&](const TopicRow& topic) { return topic.id == id; });
  return found == result.topics.end() ? std::vector<std::string>() : anchor_of(result, static_cast<std::size_t>(found - result.topics.begin()));
}

std::string label_of_term(const StudyResult& result, const std::string& id) {
  const auto found = std::find_if(result.terms.begin(), result.terms.end(), [&](const TermRow& term) { return term.id == id; });
  return found == result.terms.end() ? std::string() : found->label;
}

// A letter for each part that was ever cut from the object: a, b, ..., z, x27, ...
void name_parts(const std::vector<store::LedgerEvent>& events, Judgement& j) {
  std::size_t given = 0;
  for (const store::LedgerEvent& event : events) {
    if (event.kind != "split" || event.object_id != j.object) continue;
    if (const auto known = read_judgement(event)) given += known->parts.size();
  }
  for (JudgementPart& part : j.parts) {
    part.id = j.object + (given < 26 ? std::string(1, static_cast<char>('a' + given)) : fmt::format("x{}", given));
    ++given;
  }
}

// Ids instead of labels, the words of terms, anchors, names of parts. Errors: not_found
Result<> complete(const Bench& bench, Judgement& j) {
  const StudyResult& result = bench.now;
  TRY(name_object(result, j.type, j.object));
  for (std::string& other : j.others) {
    std::string type = j.type;
    TRY(name_object(result, type, other));
    if (type != j.type) return fail(ErrorKind::invalid_input, "others: {} is a {}, {} a {}", other, type, j.object, j.type);
  }
  if (!j.to.empty()) TRY(name_object(result, j.to_type, j.to));
  if (!j.from.empty()) {
    std::string type = "topic";
    TRY(name_object(result, type, j.from));
  }
  for (JudgementPart& part : j.parts) {
    for (std::string& term : part.terms) {
      std::string type = "term";
      TRY(name_object(result, type, term));
    }
  }
  j.names.clear();
  j.other_anchors.clear();
  if (j.type == "term" && (j.kind == "merge" || j.kind == "remove")) {
    for (const std::string& id : [&] { auto ids = j.others; ids.insert(ids.begin(), j.object); return ids; }()) {
      const std::string label = label_of_term(bench.machine, id);
      if (label.empty()) return fail(ErrorKind::not_found, "the run has no term {}", id);
      j.names.push_back(label);
    }
  }
  if (j.kind == "split") name_parts(bench.events, j);
  if (!changes_results(j)) return {};
  if (j.type == "topic") j.anchor = anchor_by_id(result, j.object);
  if (j.type == "topic" && j.kind == "merge") {
    for (const std::string& other : j.others) j.other_anchors.push_back(anchor_by_id(result, other));
  }
  if (j.kind == "link" && j.to_type == "topic") j.other_anchors = {anchor_by_id(result, j.to)};
  return {};
}

// Id of the topic each document has most of.
std::vector<std::string_view> main_topics(const StudyResult& result) {
  std::vector<std::string_view> ids(static_cast<std::size_t>(result.document_topics.document_count()));
  for (std::size_t d = 0; d < ids.size(); ++d) {
    const auto begin = static_cast<std::size_t>(result.document_topics.offsets[d]);
    if (begin < static_cast<std::size_t>(result.document_topics.offsets[d + 1])) ids[d] = result.topics[static_cast<std::size_t>(result.document_topics.topics[begin])].id;
  }
  return ids;
}

JudgementEffect compare(const StudyResult& before, const StudyResult& after, std::int64_t sequence) {
  JudgementEffect effect;
  const auto was = main_topics(before), is = main_topics(after);
  for (std::size_t d = 0; d < was.size(); ++d) effect.documents += was[d] != is[d] ? 1 : 0;
  for (const JudgedObject& object : after.judged.objects) {
    if (std::find(object.judgements.begin(), object.judgements.end(), sequence) == object.judgements.end()) continue;
    effect.objects.push_back(object.id);
    if (object.type != "topic") effect.documents += object.machine_documents;
  }
  std::set<std::int64_t> known;
  for (const JudgementConflict& conflict : before.judged.conflicts) known.insert(conflict.sequence);
  for (const JudgementConflict& conflict : after.judged.conflicts) {
    if (!known.contains(conflict.sequence) && conflict.sequence != sequence) effect.conflicts.push_back(conflict);
  }
  return effect;
}

Result<JudgementEffect> try_standing(Workspace& workspace, const Bench& bench, const std::vector<StandingJudgement>& standing, std::int64_t sequence) {
  StudyResult after = bench.machine;
  apply_judgements(after, standing, TRY(record_aliases(workspace, after, named_records(standing))));
  for (const JudgementConflict& conflict : after.judged.conflicts) {
    if (conflict.sequence == sequence) return fail(conflict.reason == "gone" || conflict.reason == "documents_gone" ? ErrorKind::not_found : ErrorKind::conflict, "{}", conflict_text(conflict));
  }
  return compare(bench.now, after, sequence);
}

struct Prepared {
  Judgement judgement;
  JudgementEffect effect;
  bool propose = false;
};

// Everything but entering it.
Result<Prepared> prepare(Workspace& workspace, Bench& bench, const JudgementRequest& request, const Judge& judge) {
  if (judge.role == "viewer" || judge.role == "auditor") return fail(ErrorKind::forbidden, "the role {} reads; judging takes analyst, expert, moderator, curator or admin", judge.role);
  if (judge.actor.empty()) return fail(ErrorKind::invalid_input, "who judges? the actor is empty");
  store::LedgerEvent event;
  event.kind = request.kind;
  event.object_type = request.type;
  event.object_id = request.object;
  event.arguments = request.arguments;
  Prepared made;
  made.judgement = TRY(read_judgement(event));
  Judgement& j = made.judgement;
  if (j.kind == "delete") j.kind = "remove";
  if (!request.object.empty()) TRY(complete(bench, j));
  TRY(check_judgement(j));
  if (changes_results(j) && trim(request.reason).empty()) return fail(ErrorKind::invalid_input, "reason: say why; it is kept with the judgement");
  made.propose = request.propose || (judge.role == "expert" && j.type == "topic" && changes_results(j));
  j.run = bench.now.run_id;
  j.sequence = bench.events.empty() ? 1 : bench.events.back().sequence + 1;
  if (!changes_results(j)) {
    if (bench.there.contains({j.type, j.object})) return made;
    // It must be there to be spoken of.
    Judgement link = j;
    link.kind = "link";
    link.to_type = j.type;
    link.to = j.object;
    std::vector<StandingJudgement> standing = bench.standing;
    standing.push_back({link, "", "", false});
    TRY(try_standing(workspace, bench, standing, j.sequence));
    bench.there.emplace(j.type, j.object);
    return made;
  }
  Judgement plain = j;
  plain.anchor.clear();
  plain.other_anchors.clear();
  for (JudgementPart& part : plain.parts) part.id.clear();
  for (const FoldedEvent& known : bench.folded) {
    if ((known.standing != Standing::stands && known.standing != Standing::proposed) || known.event.kind != j.kind || known.event.object_id != j.object) continue;
    Judgement other = TRY(read_judgement(known.event));
    other.anchor.clear();
    other.other_anchors.clear();
    for (JudgementPart& part : other.parts) part.id.clear();
    if (arguments_json(other) == arguments_json(plain)) {
      return fail(ErrorKind::conflict, "the same judgement {} as number {}", known.standing == Standing::stands ? "stands already" : "is proposed already", known.event.sequence);
    }
  }
  std::vector<StandingJudgement> standing = bench.standing;
  standing.push_back({j, "", "", false});
  made.effect = TRY(try_standing(workspace, bench, standing, j.sequence));
  return made;
}

bool is_lexicon(const store::LedgerEvent& event) {
  return event.object_type == "term" && (event.kind == "merge" || event.kind == "remove" || event.kind == "pair" || event.kind == "refuse_pair");
}

DecisionKind decision_kind(std::string_view kind) {
  if (kind == "remove") return DecisionKind::stop;
  if (kind == "merge") return DecisionKind::synonyms;
  return kind == "pair" ? DecisionKind::pair : DecisionKind::refused_pair;
}

// The lexicon's files first, then the event: a crash between the two leaves a line that is entered when it is next read, never an event without its line.
Result<> write_lexicon(Workspace& workspace, const store::LedgerEvent& event, bool present) {
  if (!is_lexicon(event)) return {};
  const Judgement j = TRY(read_judgement(event));
  return write_decision(workspace, decision_kind(j.kind), j.names, present);
}

}  // namespace

std::string conflict_text(const JudgementConflict& c) {
  std::string text;
  if (c.reason == "gone") text = fmt::format("there is no {} in the newest run", c.object);
  if (c.reason == "changed") text = fmt::format("{} now holds other records than those it was judged by", c.object);
  if (c.reason == "documents_gone") text = fmt::format("none of the records named for {} is in the newest run", c.object);
  if (c.reason == "contradicts") text = c.other == 0 ? fmt::format("{} is hidden by another judgement", c.object) : fmt::format("{} was merged, split or hidden by judgement {}", c.object, c.other);
  if (c.reason == "depends") text = fmt::format("{} is made by judgement {}, which does not stand or fit", c.object, c.other);
  if (c.reason == "taken") text = fmt::format("another entity bears the new name of {}: merge them instead", c.object);
  if (c.reason == "unknown") text = fmt::format("{} is of no kind that can be linked", c.object);
  if (!c.successors.empty()) {
    std::vector<std::string> places;
    for (const auto& [object, share] : c.successors) places.push_back(fmt::format("{} ({:.0f} %)", object, 100 * share));
    text = fmt::format("{}; its records are now in {}", text, join(places, ", "));
  }
  return text;
}

Result<JudgementEffect> preview_judgement(Workspace& workspace, const JudgementRequest& request, const Judge& judge) {
  Bench bench = TRY(lay_out(workspace));
  return std::move(TRY(prepare(workspace, bench, request, judge)).effect);
}

struct JudgementSeries::State {
  Workspace& workspace;
  Bench bench;
  bool listed = true;   // the bench holds every event; otherwise they are read anew before the next judgement
  bool applied = true;  // and its results are as the events say; otherwise they are applied anew
};

JudgementSeries::JudgementSeries(std::unique_ptr<State> state) : state_(std::move(state)) {}
JudgementSeries::JudgementSeries(JudgementSeries&&) noexcept = default;
JudgementSeries::~JudgementSeries() = default;

Result<JudgementSeries> JudgementSeries::open(Workspace& workspace) {
  return JudgementSeries(std::unique_ptr<State>(new State{workspace, TRY(lay_out(workspace))}));
}

Result<JudgementOutcome> JudgementSeries::enter(const JudgementRequest& request, const Judge& judge) {
  Workspace& workspace = state_->workspace;
  Bench& bench = state_->bench;
  if (!state_->listed) bench.events = TRY(workspace.lake.app().ledger().events());
  if (!state_->listed || !state_->applied) {
    TRY(fold(bench));
    TRY(apply(workspace, bench));
    state_->listed = state_->applied = true;
  }
  Prepared prepared = TRY(prepare(workspace, bench, request, judge));
  store::LedgerEvent event;
  event.actor = judge.actor;
  event.role = judge.role;
  event.kind = prepared.judgement.kind;
  event.object_type = prepared.judgement.type;
  event.object_id = prepared.judgement.object;
  event.arguments = arguments_json(prepared.judgement);
  event.reason = request.reason;
  event.evidence = request.evidence;
  event.snapshot = bench.now.snapshot_id;
  event.run = bench.now.run_id;
  event.state = prepared.propose ? "proposed" : "stands";
  if (!prepared.propose) TRY(write_lexicon(workspace, event, true));
  state_->listed = false;  // until it is known what the ledger holds: the event may fail to enter, or somebody else may have judged in between
  event = std::move(TRY(workspace.lake.app().ledger().append({event}))[0]);
  if (event.sequence == (bench.events.empty() ? 1 : bench.events.back().sequence + 1)) {
    bench.events.push_back(event);
    state_->listed = true;
    state_->applied = !changes_results(prepared.judgement);
  }
  return JudgementOutcome{std::move(event), std::move(prepared.effect)};
}

Result<JudgementOutcome> enter_judgement(Workspace& workspace, const JudgementRequest& request, const Judge& judge) { return TRY(JudgementSeries::open(workspace)).enter(request, judge); }

Result<JudgementOutcome> change_judgement(Workspace& workspace, std::string_view control, std::int64_t sequence, std::string_view reason, const Judge& judge) {
  if (control != "undo" && control != "redo" && control != "approve" && control != "refuse") return fail(ErrorKind::invalid_input, "\"{}\": undo, redo, approve or refuse", control);
  if (judge.role == "viewer" || judge.role == "auditor") return fail(ErrorKind::forbidden, "the role {} reads; judging takes analyst, expert, moderator, curator or admin", judge.role);
  const std::vector<store::LedgerEvent> events = TRY(workspace.lake.app().ledger().events());
  const std::vector<FoldedEvent> folded = fold_events(events);
  const auto found = std::find_if(folded.begin(), folded.end(), [&](const FoldedEvent& one) { return one.event.sequence == sequence; });
  if (found == folded.end()) return fail(ErrorKind::not_found, "there is no judgement {}: `jianwei judge history {}` lists them", sequence, workspace.root().string());
  const store::LedgerEvent& target = found->event;
  if (target.object_type == "concept") return fail(ErrorKind::invalid_input, "judgement {} is on a concept: `jianwei seeds accept {}` or `refuse` changes it", sequence, workspace.root().string());
  if (target.object_type == "rule" || target.object_type == "alert") return fail(ErrorKind::invalid_input, "judgement {} is on a watch rule or alert: `jianwei watch` changes it", sequence);
  if (judge.role == "expert" && (control == "approve" || control == "refuse" || target.actor != judge.actor)) return fail(ErrorKind::forbidden, "an expert undoes own judgements only; proposals are decided by analysts and curators");
  if (const std::string problem = why_not(control, *found); !problem.empty()) return fail(ErrorKind::conflict, "{}", problem);

  store::LedgerEvent event;
  event.actor = judge.actor;
  event.role = judge.role;
  event.kind = control;
  event.object_type = target.object_type;
  event.object_id = target.object_id;
  event.reason = reason;
  event.refers_to = sequence;
  JudgementEffect effect;
  const Result<Judgement> judgement = read_judgement(target);
  if (judgement && changes_results(*judgement)) {
    const Bench bench = TRY(lay_out(workspace));
    event.snapshot = bench.now.snapshot_id;
    event.run = bench.now.run_id;
    std::vector<store::LedgerEvent> then = events;
    event.sequence = events.back().sequence + 1;
    then.push_back(event);
    const std::vector<StandingJudgement> standing = TRY(standing_judgements(std::span<const FoldedEvent>(fold_events(then))));
    StudyResult after = bench.machine;
    apply_judgements(after, standing, TRY(record_aliases(workspace, after, named_records(standing))));
    effect = compare(bench.now, after, sequence);
  }
  if (control != "refuse") TRY(write_lexicon(workspace, target, control != "undo"));
  return JudgementOutcome{std::move(TRY(workspace.lake.app().ledger().append({event}))[0]), std::move(effect)};
}

Result<std::vector<JudgementConflict>> open_conflicts(Workspace& workspace) {
  std::vector<JudgementConflict> list = TRY(lay_out(workspace)).now.judged.conflicts;
  std::stable_partition(list.begin(), list.end(), [](const JudgementConflict& conflict) { return !conflict.waiting; });
  return list;
}

Result<JudgementOutcome> resolve_conflict(Workspace& workspace, std::int64_t sequence, std::string_view action, std::string_view successor, std::string_view reason, const Judge& judge) {
  if (action != "apply" && action != "drop" && action != "wait") return fail(ErrorKind::invalid_input, "action: \"{}\" is none of apply, drop, wait", action);
  if (judge.role == "viewer" || judge.role == "auditor" || judge.role == "expert") return fail(ErrorKind::forbidden, "conflicts are resolved by analysts and curators, not by the role {}", judge.role);
  const Bench bench = TRY(lay_out(workspace));
  const auto found = std::find_if(bench.now.judged.conflicts.begin(), bench.now.judged.conflicts.end(), [&](const JudgementConflict& conflict) { return conflict.sequence == sequence; });
  if (found == bench.now.judged.conflicts.end()) return fail(ErrorKind::not_found, "judgement {} is in no conflict: `jianwei judge conflicts {}` lists them", sequence, workspace.root().string());
  const auto target = std::find_if(bench.events.begin(), bench.events.end(), [&](const store::LedgerEvent& event) { return event.sequence == sequence; });
  Judgement answer;
  answer.action = action;
  if (action == "apply") {
    if (successor.empty()) return fail(ErrorKind::invalid_input, "to: which object takes the place of {}?", found->object);
    std::string type = target->object_type;
    answer.to = successor;
    TRY(name_object(bench.now, type, answer.to));
    answer.from = found->object;
  }
  store::LedgerEvent event;
  event.actor = judge.actor;
  event.role = judge.role;
  event.kind = "resolve";
  event.object_type = target->object_type;
  event.object_id = target->object_id;
  event.arguments = arguments_json(answer);
  event.reason = reason;
  event.refers_to = sequence;
  event.snapshot = bench.now.snapshot_id;
  event.run = bench.now.run_id;
  event.sequence = bench.events.back().sequence + 1;
  std::vector<store::LedgerEvent> then = bench.events;
  then.push_back(event);
  const std::vector<StandingJudgement> standing = TRY(standing_judgements(std::span<const FoldedEvent>(fold_events(then))));
  // Applying must end the conflict; dropping and waiting need no trial.
  JudgementEffect effect;
  if (action == "apply") effect = TRY(try_standing(workspace, bench, standing, sequence));
  return JudgementOutcome{std::move(TRY(workspace.lake.app().ledger().append({event}))[0]), std::move(effect)};
}

std::vector<std::pair<std::string, std::string>> held_documents(std::span<const StandingJudgement> standing) {
  std::map<std::string, std::string> topic_of;  // the last move of a record counts
  for (const StandingJudgement& one : standing) {
    if (one.judgement.kind != "move") continue;
    std::string topic = !one.applied_to.empty() && one.applied_for == one.judgement.object ? one.applied_to : one.judgement.object;
    const std::size_t digits = topic.find_first_not_of("0123456789", topic.find('-') + 1);
    if (digits != std::string::npos) topic.resize(digits);  // a part lies in the topic of the machine it was cut from
    for (const std::string& record : one.judgement.documents) topic_of[record] = topic;
  }
  return {topic_of.begin(), topic_of.end()};
}

}  // namespace jianwei::workflow
