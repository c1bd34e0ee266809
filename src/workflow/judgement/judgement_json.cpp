#include "workflow/judgement/judgement_json.h"
#include "base/sentence.h"

#include <map>
#include <set>

namespace jianwei::workflow {
namespace {

void write_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
}

void write_fields(JsonWriter& json, const store::LedgerEvent& e) {
  json.field("sequence", e.sequence).field("at", e.at).field("actor", e.actor).field("role", e.role).field("kind", e.kind);
  json.key("object").begin_object().field("type", e.object_type).field("id", e.object_id).end_object().key("arguments").raw(e.arguments).field("reason", e.reason);
  write_texts(json, "evidence", e.evidence);
  json.field("snapshot", e.snapshot).field("run", e.run);
  if (e.refers_to != 0) json.field("refers_to", e.refers_to);
}

void write_effect(JsonWriter& json, const JudgementEffect& effect) {
  json.begin_object().field("documents", effect.documents);
  write_texts(json, "objects", effect.objects);
  json.key("conflicts").begin_array();
  for (const JudgementConflict& conflict : effect.conflicts) write_conflict(json, conflict);
  json.end_array().end_object();
}

void write_view(JsonWriter& json, std::string_view key, const std::optional<TopicView>& view) {
  json.key(key);
  if (!view) {
    json.null();
    return;
  }
  json.begin_object().key("label").begin_object().field("zh", view->label_zh).field("en", view->label_en).end_object().field("documents", view->documents);
  json.field("growth_rate", view->growth_rate).field("growth_count", view->growth_count).field("diversity", view->diversity).field("change", view->change);
  json.field("rank", std::int64_t{view->rank}).end_object();
}

void write_differences(JsonWriter& json, const std::vector<TopicDifference>& differences) {
  json.begin_array();
  for (const TopicDifference& one : differences) {
    json.begin_object().field("id", one.id).field("what", one.what);
    write_view(json, "before", one.before);
    write_view(json, "after", one.after);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void write_event(JsonWriter& json, const store::LedgerEvent& event) {
  json.begin_object();
  write_fields(json, event);
  json.field("state", event.state).field("previous_hash", event.previous_hash).field("hash", event.hash).end_object();
}

void write_folded(JsonWriter& json, const FoldedEvent& folded) {
  json.begin_object();
  write_fields(json, folded.event);
  json.field("state", to_string(folded.standing)).field("superseded", folded.superseded);
  if (!folded.resolution.empty()) json.field("resolution", folded.resolution).field("resolved_to", folded.resolved_to);
  json.key("later").begin_array();
  for (const std::int64_t sequence : folded.later) json.value(sequence);
  json.end_array().field("hash", folded.event.hash).end_object();
}

void write_conflict(JsonWriter& json, const JudgementConflict& conflict) {
  json.begin_object().field("id", conflict.sequence).field("reason", conflict.reason);
  write_said(json, "text", conflict_text(conflict));
  json.field("object", conflict.object);
  if (conflict.other != 0) json.field("other", conflict.other);
  json.field("waiting", conflict.waiting).key("successors").begin_array();
  for (const auto& [id, share] : conflict.successors) json.begin_object().field("id", id).field("share", share).end_object();
  json.end_array().key("choices").begin_array();
  if (!conflict.successors.empty()) json.value("apply");
  json.value("drop").value("wait").end_array().end_object();
}

std::string outcome_json(const JudgementOutcome& outcome) {
  JsonWriter json;
  json.begin_object().key("event");
  write_event(json, outcome.event);
  write_effect(json.key("effect"), outcome.effect);
  return std::move(json.end_object()).text();
}

std::string effect_json(const JudgementEffect& effect) {
  JsonWriter json;
  write_effect(json, effect);
  return std::move(json).text();
}

std::string history_json(const std::vector<FoldedEvent>& events) {
  JsonWriter json;
  json.begin_array();
  for (const FoldedEvent& one : events) write_folded(json, one);
  return std::move(json.end_array()).text();
}

std::string conflicts_json(const std::vector<JudgementConflict>& conflicts) {
  JsonWriter json;
  json.begin_array();
  for (const JudgementConflict& conflict : conflicts) write_conflict(json, conflict);
  return std::move(json.end_array()).text();
}

std::string differences_json(const std::vector<TopicDifference>& differences) {
  JsonWriter json;
  write_differences(json, differences);
  return std::move(json).text();
}

std::string iterations_json(const std::vector<Iteration>& list) {
  JsonWriter json;
  json.begin_array();
  for (const Iteration& turn : list) {
    json.begin_object().field("iteration", turn.number).field("run", turn.run_id).field("snapshot", turn.snapshot_id).field("finished", turn.created);
    write_texts(json, "born", turn.born);
    write_texts(json, "ended", turn.ended);
    json.key("judgements").begin_array();
    for (const FoldedEvent& one : turn.judgements) write_folded(json, one);
    write_differences(json.end_array().key("topics"), turn.topics);
    json.end_object();
  }
  return std::move(json.end_array()).text();
}

std::string topic_trace_json(const std::vector<Iteration>& list) {
  std::map<std::string, std::vector<std::string>> traces;
  std::set<std::string> touched;
  for (const Iteration& turn : list) {
    std::map<std::string, std::vector<const FoldedEvent*>> by_topic;
    for (const FoldedEvent& one : turn.judgements) {
      std::set<std::string> objects{one.event.object_id};
      if (const auto judgement = read_judgement(one.event)) objects.insert(judgement->others.begin(), judgement->others.end());
      for (const std::string& object : objects) by_topic[object].push_back(&one);
    }
    for (const TopicDifference& topic : turn.topics) {
      if (topic.what != "same" || by_topic.contains(topic.id)) touched.insert(topic.id);
      JsonWriter step;
      step.begin_object().field("iteration", turn.number).field("run", turn.run_id);
      write_view(step, "machine", topic.before);
      step.key("judgements").begin_array();
      for (const FoldedEvent* one : by_topic[topic.id]) {
        step.begin_object().field("sequence", one->event.sequence).field("kind", one->event.kind).field("by", one->event.actor).field("role", one->event.role).field("at", one->event.at);
        step.field("reason", one->event.reason).field("state", to_string(one->standing)).end_object();
      }
      step.end_array();
      write_view(step, "revised", topic.after);
      traces[topic.id].push_back(step.end_object().text());
    }
  }
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const auto& [id, steps] : traces) {
    if (!touched.contains(id)) continue;
    json.begin_object().field("id", id).key("steps").begin_array();
    for (const std::string& step : steps) json.raw(step);
    json.end_array().end_object();
  }
  return json.end_array().end_object().text();
}

std::string judged_json(const StudyResult& result) {
  const Judged& judged = result.judged;
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("digest", judged.digest).key("applied").begin_array();
  for (const std::int64_t sequence : judged.applied) json.value(sequence);
  json.end_array().key("objects").begin_array();
  for (const JudgedObject& object : judged.objects) {
    json.begin_object().field("type", object.type).field("id", object.id).field("state", object.state).key("machine").begin_object();
    json.key("label").begin_object().field("zh", object.machine_label_zh).field("en", object.machine_label_en).end_object().field("documents", object.machine_documents).end_object();
    write_texts(json, "became", object.became);
    json.key("judgements").begin_array();
    for (const std::int64_t sequence : object.judgements) json.value(sequence);
    json.end_array().end_object();
  }
  json.end_array().key("links").begin_array();
  for (const JudgedLink& link : judged.links) {
    json.begin_object().key("from").begin_object().field("type", link.from_type).field("id", link.from).end_object().field("relation", link.relation);
    json.key("to").begin_object().field("type", link.to_type).field("id", link.to).end_object().field("judgement", link.judgement).end_object();
  }
  json.end_array().key("conflicts").begin_array();
  for (const JudgementConflict& conflict : judged.conflicts) write_conflict(json, conflict);
  return std::move(json.end_array().end_object()).text();
}

std::string ledger_jsonl(const std::vector<store::LedgerEvent>& events) {
  std::string lines;
  for (const store::LedgerEvent& event : events) {
    JsonWriter json;
    write_event(json, event);
    lines += std::move(json).text() + "\n";
  }
  return lines;
}

}  // namespace jianwei::workflow
