// The audit log: every sign-in and every unsafe request, each entry hashed together with the one before it.
//
// hash = SHA-256 of the entry's fields as one JSON array, previous hash first. Whoever changes, drops or inserts an entry breaks the chain from
// there on; who keeps the last hash elsewhere can also tell that the end was cut off.
#pragma once

#include <string>

#include "store/server_db.h"

namespace jianwei::server {

std::string audit_hash(const store::AuditRow& row);
Result<> append_audit(store::ServerDb& database, store::AuditRow row);
// The entry as one JSON object.
std::string to_json(const store::AuditRow& row);

struct AuditCheck {
  std::int64_t entries = 0;
  std::int64_t broken_at = 0;   // seq of the first entry that does not fit; 0: the chain holds
  std::string last_hash;
};
Result<AuditCheck> verify_audit(store::ServerDb& database);
std::string to_json(const AuditCheck& check);

}  // namespace jianwei::server
