#include "workflow/delphi/study_judgements.h"

#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/json_writer.h"
#include "workflow/expert_library/fields.h"

namespace jianwei::workflow {
namespace {

// The topic an item is about, "" = none: its own, or that of the entry it was made from.
Result<std::string> topic_of(const store::DelphiItemRow& item) {
  const Fields origin = TRY(Fields::parse(item.origin, item.id));
  const std::string own = TRY(origin.text("topic"));
  return own.empty() ? TRY(TRY(origin.object("source")).text("topic")) : own;
}

std::string figure(const Fields& summary, std::string_view name) {
  const std::string raw = summary.raw(name, "{");
  return raw.starts_with("{") ? std::string() : fmt::format("{:.3g}", summary.number(name, 0.0).value_or(0.0));
}

// "study-1 item-3: consensus_in; 13 answers, importance 86.5, year 2034"
Result<std::string> verdict_text(const DelphiStudy& study, const store::DelphiItemRow& item, const store::SettlementRow& row) {
  std::string text = fmt::format("{} {}: {}; {} answers", study.row.id, item.id, row.state, row.cards);
  if (row.cards < study.protocol.small_cell) return text;
  const Fields questions = TRY(TRY(Fields::parse(row.summary, item.id)).object("questions"));
  if (const experts::Question* importance = study.question(experts::QuestionRole::importance)) {
    const std::string index = figure(TRY(questions.object(importance->id)), "index");
    if (!index.empty()) text += fmt::format(", {} {}", importance->id, index);
  }
  if (const experts::Question* years = study.question(experts::QuestionRole::technical_realization)) {
    const Fields summary = TRY(questions.object(years->id));
    if (!summary.raw("median", "{").starts_with("{")) text += fmt::format(", year {:.0f}", TRY(summary.number("median", 0.0)));
  }
  return text;
}

// Enters what is new and says what became of each.
class Entry {
 public:
  static Result<Entry> open(Workspace& workspace, const DelphiStudy& study, const Judge& judge) {
    Entry entry(TRY(JudgementSeries::open(workspace)), study, judge);
    for (const store::LedgerEvent& event : TRY(workspace.lake.app().ledger().events())) entry.there_.emplace(event.kind, event.object_id, event.reason);
    return entry;
  }

  // Results change by the judge's right, votes and comments by the panel's word.
  void add(const store::DelphiItemRow& item, const std::string& topic, std::string_view kind, std::string arguments, std::string reason, bool propose = false) {
    if (!there_.emplace(std::string(kind), topic, reason).second) return;
    StudyJudgement one{item.id, topic, std::string(kind), 0, ""};
    Judge who = judge_;
    if (kind == "vote" || kind == "comment") who = {fmt::format("panel {}", study_.row.id), "expert"};
    const auto outcome = series_.enter({std::string(kind), "topic", topic, std::move(arguments), std::move(reason), {}, propose}, who);
    if (outcome) {
      one.sequence = outcome->event.sequence;
    } else {
      one.problem = outcome.error().message;
    }
    entered.push_back(std::move(one));
  }

  std::vector<StudyJudgement> entered;

 private:
  Entry(JudgementSeries series, const DelphiStudy& study, const Judge& judge) : series_(std::move(series)), study_(study), judge_(judge) {}
  JudgementSeries series_;
  const DelphiStudy& study_;
  const Judge& judge_;
  std::set<std::tuple<std::string, std::string, std::string>> there_;
};

std::string labels(const store::DelphiItemRow& item) {
  JsonWriter json;
  json.begin_object();
  if (!item.text_zh.empty()) json.field("label_zh", item.text_zh);
  if (!item.text_en.empty()) json.field("label_en", item.text_en);
  return json.end_object().text();
}

// Merged and reworded items: what people did to the words.
Result<> enter_words(const DelphiStudy& study, Entry& entry) {
  std::map<std::string, const store::DelphiItemRow*> by_id;
  for (const store::DelphiItemRow& item : study.items) by_id[item.id] = &item;
  for (const store::DelphiItemRow& item : study.items) {
    const Fields lineage = TRY(Fields::parse(item.lineage, item.id));
    const std::string why = fmt::format("{} {}: {}", study.row.id, item.id, TRY(lineage.text("reason")));
    const std::string topic = TRY(topic_of(item));
    if (lineage.has("reworded_from") && !topic.empty() && in_play(item)) entry.add(item, topic, "rename", labels(item), why);
    std::vector<std::string> topics;
    const std::vector<std::string> merged = TRY(lineage.texts("merged_from"));
    for (const std::string& from : merged) {
      if (by_id.contains(from)) topics.push_back(TRY(topic_of(*by_id[from])));
    }
    if (topics.size() < 2 || std::set(topics.begin(), topics.end()).size() != topics.size() || std::set(topics.begin(), topics.end()).contains("")) continue;
    JsonWriter json;
    json.begin_object().key("others").begin_array();
    for (std::size_t i = 1; i < topics.size(); ++i) json.value(topics[i]);
    json.end_array();
    if (!item.text_zh.empty()) json.field("label_zh", item.text_zh);
    if (!item.text_en.empty()) json.field("label_en", item.text_en);
    entry.add(item, topics.front(), "merge", json.end_object().text(), why);
  }
  return {};
}

}  // namespace

Result<std::vector<StudyJudgement>> enter_study(Workspace& workspace, Delphi& delphi, const DelphiStudy& study, const Judge& judge, Progress& progress) {
  std::map<std::int64_t, store::SettlementRow> verdicts;
  for (std::int64_t round = 1; round <= evaluated_rounds(study); ++round) {
    for (store::SettlementRow& row : TRY(delphi.db->settlements(study.row.number, round))) verdicts[row.item] = std::move(row);
  }
  if (verdicts.empty()) return fail(ErrorKind::conflict, "{} is in state {}: no round was analyzed yet", study.row.id, study.row.state);
  Entry entry = TRY(Entry::open(workspace, study, judge));
  TRY(enter_words(study, entry));
  progress.begin("ledger", std::ssize(study.items), "items");
  for (const store::DelphiItemRow& item : study.items) {
    TRY(progress.check());  // what was entered stays; the next time it is passed over
    progress.advance();
    const std::string topic = TRY(topic_of(item));
    const auto verdict = verdicts.find(item.number);
    if (topic.empty() || !in_play(item) || verdict == verdicts.end()) continue;
    const std::string reason = TRY(verdict_text(study, item, verdict->second));
    const bool in = verdict->second.state == "consensus_in", out = verdict->second.state == "consensus_out";
    if (verdict->second.state != "active") entry.add(item, topic, "vote", JsonWriter().begin_object().field("value", in ? 1 : out ? -1 : 0).end_object().text(), reason);
    if (out) entry.add(item, topic, "remove", "{}", reason, true);
    for (const store::ArgumentRow& argument : TRY(delphi.db->arguments(study.row.number, item.number))) {
      if (!argument.hidden) entry.add(item, topic, "comment", JsonWriter().begin_object().field("text", argument.text).end_object().text(), fmt::format("{} {}, argument {}", study.row.id, item.id, argument.number));
    }
  }
  std::int64_t done = 0;
  for (const StudyJudgement& one : entry.entered) done += one.sequence > 0 ? 1 : 0;
  TRY(delphi.db->add_event(study.row.number, study_event(judge.actor, "entered_in_ledger", JsonWriter().begin_object().field("judgements", done).end_object().text())));
  return std::move(entry.entered);
}

std::string to_json(const std::vector<StudyJudgement>& entered) {
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const StudyJudgement& one : entered) json.begin_object().field("item", one.item).field("topic", one.topic).field("kind", one.kind).field("judgement", one.sequence).field("problem", one.problem).end_object();
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow
