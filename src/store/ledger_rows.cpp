#include "store/ledger_rows.h"

#include <simdjson.h>

#include <map>
#include <set>

#include "base/json_writer.h"
#include "base/strings.h"
#include "records/record_key.h"
#include "store/record_columns.h"

namespace jianwei::store {
namespace {

constexpr std::string_view kBar = " | ";
constexpr std::pair<std::string_view, std::string_view> kTermKinds[] = {
    {"stop", "remove"}, {"synonyms", "merge"}, {"pair", "pair"}, {"refused_pair", "refuse_pair"}, {"undo", "undo"}, {"redo", "redo"}};

// The arguments of an event, read field by field.
class Arguments {
 public:
  static Result<std::unique_ptr<Arguments>> read(const LedgerEvent& event) {
    auto arguments = std::make_unique<Arguments>();
    if (arguments->parser_.parse(event.arguments).get(arguments->object_) != simdjson::SUCCESS) {
      return fail(ErrorKind::corrupt, "the arguments of event {} of the ledger cannot be read", event.sequence);
    }
    return arguments;
  }
  std::string text(std::string_view key) const {
    std::string_view value;
    return object_[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
  }
  std::int64_t integer(std::string_view key) const {
    std::int64_t value = 0;
    return object_[key].get(value) == simdjson::SUCCESS ? value : 0;
  }
  double real(std::string_view key) const {
    double value = 0.0;
    return object_[key].get(value) == simdjson::SUCCESS ? value : 0.0;
  }
  std::vector<std::string> texts(std::string_view key) const {
    std::vector<std::string> list;
    simdjson::dom::array array;
    if (object_[key].get(array) != simdjson::SUCCESS) return list;
    for (const auto item : array) {
      std::string_view value;
      if (item.get(value) == simdjson::SUCCESS) list.emplace_back(value);
    }
    return list;
  }
  // The JSON below a key, "" when there is none.
  std::string json(std::string_view key) const {
    simdjson::dom::element value;
    return object_[key].get(value) == simdjson::SUCCESS ? simdjson::to_string(value) : std::string();
  }

 private:
  simdjson::dom::parser parser_;
  simdjson::dom::object object_;
};

LedgerEvent make_event(std::string_view type, std::string_view object, std::string_view kind, const std::string& arguments, const std::string& reason, const std::string& by, const std::string& at) {
  LedgerEvent event;
  event.at = at;
  event.actor = by;
  event.kind = kind;
  event.object_type = type;
  event.object_id = object;
  event.arguments = arguments;
  event.reason = reason;
  return event;
}

// How the names stood before and after a decision.
void describe(TermEvent& event, const std::string& kind, const std::vector<std::string>& names) {
  event.before = event.words;
  if (kind == "stop" || names.empty()) event.after = "-";
  else if (kind == "synonyms") event.after = names.front();
  else if (kind == "pair") event.after = names.front() + " = " + names.back();
  else event.after = names.front() + " ≠ " + names.back();
}

}  // namespace

LedgerEvent to_event(const Separation& s) {
  JsonWriter json;
  json.begin_object().field("a", record_id(s.key_a)).field("b", record_id(s.key_b)).end_object();
  return make_event("record", record_id(s.key_a), "separate", json.text(), s.reason, s.decided_by, s.decided_at);
}

LedgerEvent to_event(const TermEvent& e) {
  std::string kind;
  for (const auto& [word, known] : kTermKinds) {
    if (word == e.kind) kind = known;
  }
  JsonWriter json;
  json.begin_object().key("names").begin_array();
  std::vector<std::string> names;
  for (const std::string_view name : split(e.words, "|")) names.emplace_back(trim(name));
  for (const std::string& name : names) json.value(name);
  json.end_array().end_object();
  LedgerEvent event = make_event("term", named_id("term", names.front()), kind, json.text(), e.reason, e.decided_by, e.decided_at);
  event.refers_to = e.undoes;
  return event;
}

LedgerEvent to_event(const SeedEvent& e) {
  JsonWriter json;
  json.begin_object().field("iteration", e.iteration).field("similarity", e.similarity).field("term", e.term).field("term_id", e.term_id).end_object();
  LedgerEvent event = make_event("concept", e.concept_name, e.kind, json.text(), e.reason, e.decided_by, e.decided_at);
  event.run = e.run_id;
  return event;
}

LedgerEvent to_event(const WatchEventRow& e) {
  JsonWriter json;
  json.begin_object();
  if (!e.rule.empty()) json.key("rule").raw(e.rule);
  json.end_object();
  return make_event("rule", e.rule_id, e.kind, json.text(), e.why, e.decided_by, e.decided_at);
}

LedgerEvent to_event(const AlertScoreRow& s) {
  JsonWriter json;
  json.begin_object().field("verdict", s.verdict).end_object();
  return make_event("alert", s.alert_id, "score", json.text(), s.why, s.decided_by, s.decided_at);
}

Result<std::vector<Separation>> separations_of(const std::vector<LedgerEvent>& events) {
  std::map<std::int64_t, Separation> standing;
  std::map<std::int64_t, Separation> known;
  for (const LedgerEvent& event : events) {
    if (event.kind == "separate") {
      const auto arguments = TRY(Arguments::read(event));
      known[event.sequence] = {event.sequence, TRY(parse_record_id(arguments->text("a"))), TRY(parse_record_id(arguments->text("b"))), event.reason, event.actor, event.at};
      if (event.state == "stands") standing[event.sequence] = known[event.sequence];
    } else if (known.contains(event.refers_to)) {
      if (event.kind == "undo") standing.erase(event.refers_to);
      if (event.kind == "redo" || event.kind == "approve") standing[event.refers_to] = known[event.refers_to];
    }
  }
  std::vector<Separation> list;
  for (auto& [sequence, separation] : standing) list.push_back(std::move(separation));
  return list;
}

Result<std::vector<TermEvent>> term_events_of(const std::vector<LedgerEvent>& events) {
  std::vector<TermEvent> list;
  std::map<std::int64_t, TermEvent> decisions;
  std::set<std::int64_t> waiting;
  for (const LedgerEvent& e : events) {
    std::string kind;
    for (const auto& [word, known] : kTermKinds) {
      if (known == e.kind) kind = word;
    }
    TermEvent row{e.sequence, kind, "", 0, "", "", e.reason, e.actor, e.at};
    if (e.refers_to != 0) {
      const auto found = decisions.find(e.refers_to);
      if (found == decisions.end()) continue;
      if (e.kind == "approve" && waiting.erase(e.refers_to) != 0) {  // from now on it is a decision
        list.push_back(found->second);
        continue;
      }
      if (kind.empty()) continue;
      row.words = found->second.words;
      row.undoes = e.refers_to;
      row.before = kind == "undo" ? found->second.after : found->second.before;
      row.after = kind == "undo" ? found->second.before : found->second.after;
      list.push_back(std::move(row));
      continue;
    }
    const std::vector<std::string> names = TRY(Arguments::read(e))->texts("names");
    if (kind.empty() || names.empty()) continue;
    row.words = join(names, kBar);
    describe(row, kind, names);
    decisions[e.sequence] = row;
    if (e.state == "proposed") waiting.insert(e.sequence);
    else list.push_back(std::move(row));
  }
  return list;
}

Result<std::vector<SeedEvent>> seed_events_of(const std::vector<LedgerEvent>& events) {
  std::vector<SeedEvent> list;
  for (const LedgerEvent& e : events) {
    if (e.kind != "seed" && e.kind != "proposed" && e.kind != "accepted" && e.kind != "refused") continue;
    const auto arguments = TRY(Arguments::read(e));
    list.push_back({e.sequence, arguments->integer("iteration"), e.kind, e.object_id, arguments->text("term"), arguments->text("term_id"), e.run, arguments->real("similarity"), e.reason, e.actor, e.at});
  }
  return list;
}

Result<std::vector<WatchEventRow>> watch_events_of(const std::vector<LedgerEvent>& events) {
  std::vector<WatchEventRow> list;
  for (const LedgerEvent& e : events) {
    if (e.kind != "added" && e.kind != "removed") continue;
    list.push_back({e.sequence, e.object_id, e.kind, TRY(Arguments::read(e))->json("rule"), e.reason, e.actor, e.at});
  }
  return list;
}

Result<std::vector<AlertScoreRow>> alert_scores_of(const std::vector<LedgerEvent>& events) {
  std::vector<AlertScoreRow> list;
  for (const LedgerEvent& e : events) {
    if (e.kind == "score") list.push_back({e.sequence, e.object_id, TRY(Arguments::read(e))->text("verdict"), e.reason, e.actor, e.at});
  }
  return list;
}

// The functions of AppDb that speak of judgements.

Result<std::vector<Separation>> AppDb::separations() { return separations_of(TRY(ledger().events_of("record"))); }

Result<> AppDb::add_separations(const std::vector<Separation>& separations) {
  std::vector<LedgerEvent> added;
  return database_.transaction([&]() -> Result<> {
    std::set<std::pair<std::uint64_t, std::uint64_t>> known;
    for (const Separation& s : TRY(this->separations())) known.emplace(s.key_a, s.key_b);
    for (const Separation& s : separations) {
      if (known.emplace(s.key_a, s.key_b).second) added.push_back(to_event(s));
    }
    return ledger().append_in_transaction(added);
  });
}

Result<std::vector<TermEvent>> AppDb::term_events() { return term_events_of(TRY(ledger().events_of("term"))); }

Result<> AppDb::add_term_events(const std::vector<TermEvent>& events) {
  std::vector<LedgerEvent> added;
  for (const TermEvent& event : events) added.push_back(to_event(event));
  TRY(ledger().append(std::move(added)));
  return {};
}

Result<std::vector<SeedEvent>> AppDb::seed_events() { return seed_events_of(TRY(ledger().events_of("concept"))); }

Result<> AppDb::add_seed_events(const std::vector<SeedEvent>& events) {
  std::vector<LedgerEvent> added;
  for (const SeedEvent& event : events) added.push_back(to_event(event));
  TRY(ledger().append(std::move(added)));
  return {};
}

}  // namespace jianwei::store
