// Judgements that were kept in tables of their own become events of the ledger, in order of time; each keeps its old number as argument "was".
#pragma once

#include "store/sqlite.h"

namespace jianwei::store {

inline constexpr std::int64_t kLedgerMigration = 6;  // sql/app_006.sql makes the ledger

// Reads separations, term_events, seed_events, watch_events and alert_scores into the ledger and drops them. Inside an open transaction.
Result<> move_into_ledger(Sqlite& database);

}  // namespace jianwei::store
