// /audit: the log, its export as JSON lines, its check.
#include "server/access/access_routes.h"
#include "server/access/audit.h"
#include "server/http/answers.h"

namespace jianwei::server {

void add_audit_routes(Router& router, Services& services) {
  router.get("/api/v1/audit", kAuditors, [&services](const Request& request) -> Result<Response> {
    const std::int64_t limit = TRY(request.query_integer("limit", 50, 1, 500));
    const std::int64_t before = TRY(request.query_integer("cursor", 0, 0, std::int64_t{1} << 60));
    const std::vector<store::AuditRow> rows = TRY(services.database.audit_before(before, limit));
    JsonWriter json;
    json.begin_object().key("items").begin_array();
    for (const store::AuditRow& row : rows) json.raw(to_json(row));
    json.end_array().key("next_cursor");
    if (rows.empty() || rows.back().seq <= 1) {
      json.null();
    } else {
      json.value(std::to_string(rows.back().seq));
    }
    const std::vector<store::AuditRow> last = TRY(services.database.audit_before(0, 1));
    return json_response(json.field("total", last.empty() ? 0 : last.front().seq).end_object().text());
  });
  router.get("/api/v1/audit/export", kAuditors, [&services](const Request&) -> Result<Response> {
    Response response;
    response.content_type = "application/x-ndjson";
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"audit.jsonl\"");
    for (std::int64_t after = 0;;) {
      const std::vector<store::AuditRow> rows = TRY(services.database.audit(after, 1000));
      if (rows.empty()) return response;
      for (const store::AuditRow& row : rows) response.body += to_json(row) + '\n';
      after = rows.back().seq;
    }
  });
  router.get("/api/v1/audit/verify", kAuditors, [&services](const Request&) -> Result<Response> { return json_response(to_json(TRY(verify_audit(services.database)))); });
}

void add_access_routes(Router& router, Services& services) {
  add_session_routes(router, services);
  add_user_routes(router, services);
  add_sign_on_routes(router, services);
  add_audit_routes(router, services);
}

}  // namespace jianwei::server
