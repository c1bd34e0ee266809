// A judgement: what a person decided about an object, read from an event of the ledger.
//
//   kind      objects                        arguments
//   rename    topic, term, entity            label_zh, label_en (at least one; a language that is left out stays)
//   merge     topic, term, entity            others [ids]; the object takes them in; label_zh, label_en
//   split     topic, entity                  parts [{label_zh, label_en, documents, terms}]; a part's id is given when the event is made
//   remove    topic, term                    hidden; its documents stay
//   move      topic (the target)             documents [record ids]; from: the topic they leave, "" = all of them
//   link      topic, term, entity, record    to_type, to, relation
//   comment   any                            text
//   vote      any                            value -1, 0, 1; the last of an actor counts
//   watch     any                            value 1, 0; the last of an actor counts
// An entity is an organisation, person, country or venue. Events on events: undo, redo, approve, refuse, resolve (action apply with `to`, drop, wait).
// Topics carry an anchor: the records they were known by when they were judged, by which a later run recognises them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/ledger.h"

namespace jianwei::workflow {

struct JudgementPart {
  std::string id, label_zh, label_en;
  std::vector<std::string> documents, terms;
};

struct Judgement {
  std::int64_t sequence = 0;
  std::string kind, type, object;
  std::string actor, at, run;
  std::string label_zh, label_en, from, to_type, to, relation, text, action;
  std::vector<std::string> others, documents, names, anchor;
  std::vector<std::vector<std::string>> other_anchors;  // [others]
  std::vector<JudgementPart> parts;
  std::int64_t value = 0;
};

bool is_control(std::string_view kind);           // undo, redo, approve, refuse, resolve
bool changes_results(const Judgement& judgement); // all but comment, vote, watch, and what is no judgement on results (concepts, rules, alerts, records)
bool is_entity(std::string_view type);

// Errors: corrupt  the arguments cannot be read
Result<Judgement> read_judgement(const store::LedgerEvent& event);
// The arguments as the ledger keeps them; fields that are empty are left out.
std::string arguments_json(const Judgement& judgement);

// Checks what can be checked without data. Errors: invalid_input  names the field and what would mend it
Result<> check_judgement(const Judgement& judgement);

}  // namespace jianwei::workflow
