// Judgements of some objects as plain rows, and rows as events of the ledger: one place knows how each is written.
#pragma once

#include "store/app_db.h"
#include "store/watch_store.h"

namespace jianwei::store {

LedgerEvent to_event(const Separation& separation);   // object record, kind separate
LedgerEvent to_event(const TermEvent& event);         // object term, kind remove (stop), merge (synonyms), pair, refuse_pair, undo, redo
LedgerEvent to_event(const SeedEvent& event);         // object concept, kind seed, proposed, accepted, refused
LedgerEvent to_event(const WatchEventRow& event);     // object rule, kind added, removed
LedgerEvent to_event(const AlertScoreRow& score);     // object alert, kind score

Result<std::vector<Separation>> separations_of(const std::vector<LedgerEvent>& events);  // those that stand
Result<std::vector<TermEvent>> term_events_of(const std::vector<LedgerEvent>& events);   // decisions on the lexicon; others on terms are left out
Result<std::vector<SeedEvent>> seed_events_of(const std::vector<LedgerEvent>& events);
Result<std::vector<WatchEventRow>> watch_events_of(const std::vector<LedgerEvent>& events);
Result<std::vector<AlertScoreRow>> alert_scores_of(const std::vector<LedgerEvent>& events);

}  // namespace jianwei::store
