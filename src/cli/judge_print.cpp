#include "cli/judge_print.h"

#include <map>

#include "base/sentence.h"
#include "base/strings.h"
#include "workflow/judgement/judgement_json.h"
#include "workflow/run/run.h"

namespace jianwei::cli {
namespace {

std::string label(const Session& session, const std::string& zh, const std::string& en) { return session.language == Language::zh ? (zh.empty() ? en : zh) : (en.empty() ? zh : en); }

// What was decided, in a few words.
std::string content(const store::LedgerEvent& event) {
  const auto read = workflow::read_judgement(event);
  if (!read) return "";
  const workflow::Judgement& j = *read;
  std::string text = join(std::vector<std::string>(j.names), " | ");
  const auto add = [&](const std::string& more) { if (!more.empty()) text += (text.empty() ? "" : " ") + more; };
  if (j.names.empty()) add(join(j.others, ", "));
  if (!j.label_zh.empty() || !j.label_en.empty()) add(j.label_zh.empty() || j.label_zh == j.label_en ? j.label_en : j.label_en.empty() ? j.label_zh : j.label_zh + " | " + j.label_en);
  for (const workflow::JudgementPart& part : j.parts) add(fmt::format("{} ({})", part.id, part.label_en.empty() ? part.label_zh : part.label_en));
  if (!j.documents.empty()) add(fmt::format("{}{}", j.documents.front(), j.documents.size() > 1 ? fmt::format(" +{}", j.documents.size() - 1) : ""));
  if (!j.relation.empty()) add(j.relation + " → " + j.to);
  add(j.text);
  if (j.kind == "vote" || j.kind == "watch") add(fmt::format("{:+}", j.value));
  return text;
}

std::string number_text(double value) { return fmt::format("{:+.3f}", value); }

}  // namespace

void print_effect(const Session& session, const workflow::JudgementEffect& effect) {
  session.print(session.say("judge.effect", thousands(effect.documents), effect.objects.empty() ? "-" : join(effect.objects, ", ")));
  for (const workflow::JudgementConflict& conflict : effect.conflicts) session.print(session.say("judge.would_conflict", conflict.sequence, say(session.language, workflow::conflict_text(conflict))));
}

void print_outcome(const Session& session, const workflow::JudgementOutcome& outcome) {
  if (session.json) {
    session.print(workflow::outcome_json(outcome));
    return;
  }
  const store::LedgerEvent& event = outcome.event;
  session.print(session.say(event.state == "proposed" ? "judge.proposed" : "judge.entered", event.sequence, session.say("judge.kind." + event.kind), event.object_id));
  print_effect(session, outcome.effect);
  if (event.object_type == "term" || event.kind == "move") session.note(session.say("judge.learns"));
}

void print_history(const Session& session, const std::vector<workflow::FoldedEvent>& events) {
  TextTable table({"#", session.say("column.date"), session.say("column.decided_by"), session.say("column.decision"), session.say("column.object"), session.say("column.state"), session.say("column.content"), session.say("column.reason")},
                  {true, false, false, false, false, false, false, false});
  for (const workflow::FoldedEvent& one : events) {
    const store::LedgerEvent& event = one.event;
    table.add({std::to_string(event.sequence), event.at, event.role.empty() ? event.actor : fmt::format("{} ({})", event.actor, session.say("role." + event.role)), session.say("judge.kind." + event.kind), event.object_id,
               session.say(fmt::format("judge.state.{}", one.resolution == "drop" ? "dropped" : to_string(one.standing))), content(event), event.reason});
  }
  session.print(table.text(terminal_width()));
}

void print_conflicts(const Session& session, const std::vector<workflow::JudgementConflict>& conflicts) {
  if (conflicts.empty()) {
    session.print(session.say("judge.no_conflicts"));
    return;
  }
  TextTable table({"#", session.say("column.object"), session.say("column.state"), session.say("column.successors"), session.say("column.reason")}, {true, false, false, false, false});
  for (const workflow::JudgementConflict& conflict : conflicts) {
    std::string successors;
    for (const auto& [id, share] : conflict.successors) successors += fmt::format("{}{} {}", successors.empty() ? "" : ", ", id, percent(share));
    table.add({std::to_string(conflict.sequence), conflict.object, session.say(conflict.waiting ? "judge.state.waiting" : "judge.state.open"), successors, session.say("judge.conflict." + conflict.reason)});
  }
  session.print(table.text(terminal_width()));
  session.note(session.say("judge.conflict_note"));
}

void print_differences(const Session& session, const std::vector<workflow::TopicDifference>& differences) {
  TextTable table({session.say("column.id"), session.say("column.what"), session.say("column.documents"), session.say("column.growth_rate"), session.say("column.growth_count"), session.say("column.diversity"), session.say("column.change"), session.say("column.label")},
                  {false, false, true, true, true, true, true, false});
  const auto both = [](const workflow::TopicDifference& one, const auto& text) {
    if (!one.before) return text(*one.after);
    if (!one.after) return text(*one.before);
    const std::string before = text(*one.before), after = text(*one.after);
    return before == after ? after : before + " → " + after;
  };
  for (const workflow::TopicDifference& one : differences) {
    table.add({one.id, session.say("judge.what." + one.what), both(one, [](const workflow::TopicView& v) { return thousands(v.documents); }), both(one, [](const workflow::TopicView& v) { return number_text(v.growth_rate); }),
               both(one, [](const workflow::TopicView& v) { return fmt::format("{:+.0f}", v.growth_count); }), both(one, [](const workflow::TopicView& v) { return fmt::format("{:.2f}", v.diversity); }),
               both(one, [](const workflow::TopicView& v) { return fmt::format("{:.3f}", v.change); }), both(one, [&](const workflow::TopicView& v) { return label(session, v.label_zh, v.label_en); })});
  }
  session.print(table.text(terminal_width()));
}

void print_iterations(const Session& session, const std::vector<workflow::Iteration>& iterations) {
  for (const workflow::Iteration& turn : iterations) {
    std::map<std::string, std::int64_t> kinds;
    for (const workflow::FoldedEvent& one : turn.judgements) ++kinds[one.event.kind];
    std::string counts;
    for (const auto& [kind, count] : kinds) counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", session.say("judge.kind." + kind), count);
    session.print(session.say("judge.iteration", turn.number, turn.run_id, turn.created, turn.topics.size()));
    session.print(session.say("judge.iteration_machine", turn.born.empty() ? "-" : join(turn.born, ", "), turn.ended.empty() ? "-" : join(turn.ended, ", ")));
    session.print(session.say("judge.iteration_people", turn.judgements.size(), counts.empty() ? "-" : counts));
    std::vector<workflow::TopicDifference> changed = turn.topics;
    std::erase_if(changed, [](const workflow::TopicDifference& one) { return one.what == "same"; });
    if (!changed.empty()) print_differences(session, changed);
    session.print("");
  }
}

Result<> print_judged(const Session& session, workflow::Workspace& workspace) {
  const workflow::StudyResult result = TRY(workflow::load_latest_run(workspace));
  if (session.json) {
    session.print(workflow::judged_json(result));
    return {};
  }
  TextTable table({session.say("column.id"), session.say("column.state"), session.say("column.machine_said"), session.say("column.people_said"), session.say("column.judgements")}, {false, false, false, false, false});
  for (const workflow::JudgedObject& object : result.judged.objects) {
    std::string now = join(object.became, ", ");
    for (const workflow::TopicRow& topic : result.topics) {
      if (topic.id == object.id) now = label(session, topic.label_zh, topic.label_en);
    }
    for (const workflow::TermRow& term : result.terms) {
      if (object.type == "term" && term.id == object.id) now = term.label;
    }
    std::string numbers;
    for (const std::int64_t sequence : object.judgements) numbers += fmt::format("{}#{}", numbers.empty() ? "" : " ", sequence);
    table.add({object.id, session.say("judge.state." + object.state), label(session, object.machine_label_zh, object.machine_label_en), now, numbers});
  }
  session.print(table.text(terminal_width()));
  if (!result.judged.conflicts.empty()) session.note(session.say("judge.conflict_count", result.judged.conflicts.size()));
  return {};
}

}  // namespace jianwei::cli
