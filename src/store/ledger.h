// The ledger of a workspace: every judgement of a person as an event, in app.db, append-only and hash-chained.
//
//   hash_n = SHA-256( canonical JSON of event n, hash_(n-1) included )     hash_0 = ""
// Canonical JSON: keys in byte order, no white space, numbers as JsonWriter writes them. So a changed, removed or inserted event breaks the chain
// at its place; what a chain alone cannot show is a cut tail, which is why `judge verify` prints the last hash to be noted elsewhere.
// An event is one transaction and is on the disk before append() returns. Appending needs no writer's lock of the lake: people judge while a run works.
// Nothing is ever updated or deleted; what stands is a fold over the events (workflow/judgement/fold.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/sqlite.h"

namespace jianwei::store {

struct LedgerEvent {
  std::int64_t sequence = 0;         // set when it is stored
  std::string at;                    // UTC, ISO 8601; set when it is stored and empty
  std::string actor, role, kind, object_type, object_id;
  std::string arguments = "{}";      // JSON object; made canonical when it is stored
  std::string reason;
  std::vector<std::string> evidence; // record ids
  std::string snapshot, run;         // the data version the actor saw
  std::string state = "stands";      // stands, proposed
  std::int64_t refers_to = 0;        // the event that is undone, redone, approved, refused or resolved; 0: none
  std::string previous_hash, hash;   // set when it is stored
};

// What hash covers. Errors: invalid_input  the arguments are no JSON object
Result<std::string> canonical_text(const LedgerEvent& event);

// JSON in its canonical form. Errors: invalid_input
Result<std::string> canonical_json(std::string_view json);

struct LedgerState {
  std::int64_t count = 0;
  std::string head;                  // hash of the last event, "" when there is none
};

class Ledger {
 public:
  explicit Ledger(Sqlite& database) : database_(database) {}

  Result<std::vector<LedgerEvent>> events();                                  // in order
  Result<std::vector<LedgerEvent>> events_of(std::string_view object_type);   // in order
  // All or none; gives them as stored. Errors: invalid_input  arguments are no JSON object; unavailable
  Result<std::vector<LedgerEvent>> append(std::vector<LedgerEvent> events);
  // The same inside a transaction that is open already.
  Result<> append_in_transaction(std::vector<LedgerEvent>& events);
  // Recomputes the chain. Errors: corrupt  names the first event that does not fit and how
  Result<LedgerState> verify();

 private:
  Result<std::vector<LedgerEvent>> read(std::string_view condition, std::initializer_list<SqliteValue> values);
  Sqlite& database_;
};

}  // namespace jianwei::store
