#include "server/access/audit.h"

#include "base/hash.h"
#include "base/json_writer.h"
#include "store/app_db.h"

namespace jianwei::server {

std::string audit_hash(const store::AuditRow& row) {
  JsonWriter json;
  json.begin_array().value(row.previous_hash).value(row.seq).value(row.at).value(row.user_id).value(row.user_name).value(row.roles).value(row.address);
  json.value(row.action).value(row.target).value(row.status).value(row.detail).end_array();
  return sha256_hex(json.text());
}

Result<> append_audit(store::ServerDb& database, store::AuditRow row) {
  row.at = store::utc_now();
  return database.append_audit(std::move(row), audit_hash);
}

std::string to_json(const store::AuditRow& row) {
  JsonWriter json;
  json.begin_object().field("seq", row.seq).field("at", row.at).field("user_id", row.user_id).field("user_name", row.user_name).field("roles", row.roles).field("address", row.address);
  json.field("action", row.action).field("target", row.target).field("status", row.status).field("detail", row.detail).field("previous_hash", row.previous_hash).field("hash", row.hash);
  return json.end_object().text();
}

Result<AuditCheck> verify_audit(store::ServerDb& database) {
  AuditCheck check;
  for (;;) {
    const std::vector<store::AuditRow> rows = TRY(database.audit(check.entries, 1000));
    if (rows.empty()) return check;
    for (const store::AuditRow& row : rows) {
      if (row.seq != check.entries + 1 || row.previous_hash != check.last_hash || row.hash != audit_hash(row)) {
        check.broken_at = check.entries + 1;
        return check;
      }
      ++check.entries;
      check.last_hash = row.hash;
    }
  }
}

std::string to_json(const AuditCheck& check) {
  JsonWriter json;
  json.begin_object().field("whole", check.broken_at == 0).field("entries", check.entries);
  if (check.broken_at != 0) json.field("broken_at", check.broken_at);
  return json.field("last_hash", check.last_hash).end_object().text();
}

}  // namespace jianwei::server
