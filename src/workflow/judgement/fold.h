// What stands: a fold over the events of the ledger, in order.
//
//   undo      stands   -> undone        redo    undone   -> stands
//   approve   proposed -> stands        refuse  proposed -> refused
//   resolve   keeps how people answered a conflict; the last answer counts, an undo of it takes it back
// An event that does not fit the state it meets changes nothing, so that folding is the same however often a command was sent.
// Votes and watches: the last of an actor on an object counts. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/ledger.h"
#include "workflow/judgement/judgement.h"

namespace jianwei::workflow {

enum class Standing : std::uint8_t { stands, proposed, refused, undone };
std::string_view to_string(Standing standing);

struct FoldedEvent {
  store::LedgerEvent event;
  Standing standing = Standing::stands;
  std::string resolution;                 // apply, drop, wait; "" when nobody was asked
  std::string resolved_for, resolved_to;  // of apply: the object that does not fit, and what takes its place
  std::vector<std::int64_t> later;        // events that refer to it
  bool superseded = false;                // a vote or watch that a later one of the same actor replaced
};

// All events that are judgements themselves (no undo, redo, ...), in order.
std::vector<FoldedEvent> fold_events(std::span<const store::LedgerEvent> events);

// Why an event of this kind cannot refer to that one; "" when it can.
std::string why_not(std::string_view control, const FoldedEvent& event);

// Those that stand and change results, not dropped. Errors: corrupt
struct StandingJudgement {
  Judgement judgement;
  std::string applied_for, applied_to;    // an object that no longer fits, and the one that people put in its place
  bool waiting = false;
};
Result<std::vector<StandingJudgement>> standing_judgements(std::span<const FoldedEvent> folded);

// Names the standing judgements: equal digests, equal corrections. "" when there are none.
std::string digest_of(std::span<const StandingJudgement> standing);

}  // namespace jianwei::workflow
